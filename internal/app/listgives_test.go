package app

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/shortlist"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/unit"
)

// fullVillages gives to who answered in a village that has 20 points together.
const fullVillages = `contest: villages
title: 满分村
organizer: 测试
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
players: {unit: {ask: optional}}
units: [{code: a, name: 甲村}, {code: b, name: 乙村}]
boards: [{key: sum, title: 总分榜, subject: unit, measure: sum}]
lists: [{key: full, title: 满分名单, board: sum, least: 20, at: 2026-06-20 20:00}]
earnings: [{key: full, for: list, list: full, give: {chances: 1, points: 3}}]
levels: [{key: heat, title: 初赛, questions: [{count: 1, kinds: [single]}]}]
`

// villages are two programs (one, where the store serves no more) on the stores of a test
// that do nothing by themselves, by one clock, and their contest.
func villages(
	t *testing.T, s *testkit.Store, definition string,
) (nodes [2]*App, c *catalog.Contest, clock *atomic.Int64) {
	t.Helper()
	clock = &atomic.Int64{}
	clock.Store(time.Date(2026, 6, 16, 2, 0, 0, 0, time.UTC).UnixMilli())
	for i := range nodes {
		if i > 0 && s.MySQLDSN == "" {
			nodes[i] = nodes[0] // the store in a file serves one program
			break
		}
		a, err := New(t.Context(), Config{Data: t.TempDir(), MySQL: s.MySQLDSN, Redis: s.RedisAddr(), Key: make([]byte, 32),
			Now: func() time.Time { return time.UnixMilli(clock.Load()) }, AtOnce: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { a.Close() })
		nodes[i] = a
	}
	var err error
	if c, err = nodes[0].Catalog.Apply(t.Context(), "test.yaml", []byte(definition), "test"); err != nil {
		t.Fatal(err)
	}
	if err := nodes[1].Catalog.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return nodes, c, clock
}

func TestWhoAnsweredInAVillageWithEnoughPointsIsGivenOnceWhatItsListGives(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		nodes, c, clock := villages(t, s, fullVillages)
		a := nodes[0]
		comes := func(village string, plays bool) sqldb.ID {
			units := c.Units.Units()
			at := slices.IndexFunc(units, func(u *unit.Unit) bool { return u.Code == village })
			e, err := a.Players.Enrol(t.Context(), c.ContestID, 0, "村民", units[at].ID)
			if err != nil {
				t.Fatal(err)
			}
			if plays {
				playLevel(t, a, c, e.PlayerID, "heat", rightOptions)
			}
			return e.PlayerID
		}
		first, second, onlyNamed, out, other := comes("a", true), comes("a", true), comes("a", false), comes("a", true),
			comes("b", true)
		gave := func(wanted ...int) {
			t.Helper()
			for i, player := range []sqldb.ID{first, second, onlyNamed, out, other} {
				var got int
				err := a.DB.Get(t.Context(), &got, "SELECT COUNT(*) FROM grants WHERE player_id = ? AND rule_key = 'full'", player)
				if err != nil || got != 2*wanted[i] { // a chance and points
					t.Errorf("player %d has %d grants, %v; want %d", i, got, err, 2*wanted[i])
				}
			}
		}
		look := func() {
			t.Helper()
			var both sync.WaitGroup
			for _, node := range nodes {
				both.Go(func() {
					if err := node.MakeLists(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			both.Wait()
		}
		if look(); a.untilLists() != listsEvery {
			t.Error("the list is awaited for days")
		}
		gave(0, 0, 0, 0, 0)
		clock.Store(c.Lists[0].At.MS - 700)
		if pause := a.untilLists(); pause != 700*time.Millisecond {
			t.Errorf("700 ms before its moment the list is looked for in %v", pause)
		}
		clock.Store(c.Lists[0].At.MS)
		if err := a.makeListsOf(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		units, err := a.Lists.Units(t.Context(), c.ContestID, "full")
		if err != nil || len(units) != 1 || c.Units.Path(units[0]) != "甲村" {
			t.Errorf("the list took the units %v, %v", units, err)
		}
		// A node dies that has given one of them and noted nothing, and holds the claim.
		list := shortlist.Owing{ContestID: c.ContestID, Key: "full"}
		if until, err := nodes[1].Lists.Claim(t.Context(), list, 0, clock.Load()); err != nil || until == 0 {
			t.Fatal(until, err)
		}
		if _, err := nodes[1].Play.Do(t.Context(), c, second, c.Listing("full", clock.Load())); err != nil {
			t.Fatal(err)
		}
		aside(t, a.DB, "INSERT INTO set_aside (contest_id, player_id, kept_id, aside_at) VALUES (?, ?, 1, 0)",
			c.ContestID, out)
		look()
		gave(0, 1, 0, 0, 0)
		clock.Add(time.Minute.Milliseconds())
		look()
		gave(1, 1, 0, 0, 0)

		aside(t, a.DB, "DELETE FROM set_aside")
		by := staff.Actor{ID: 7, Name: "评委"}
		put := func(on bool, players ...sqldb.ID) {
			t.Helper()
			if err := a.Lists.Put(t.Context(), by, c, "full", players, on, "更正", clock.Load()); err != nil {
				t.Fatal(err)
			}
		}
		put(false, first)
		look()
		gave(1, 1, 0, 1, 0) // who is back is given, who is taken off keeps it
		clock.Store(c.Window.Closes.MS + time.Hour.Milliseconds())
		put(true, first, other, onlyNamed)
		for range 2 {
			look()
		}
		gave(1, 1, 0, 1, 1)
		if owing, err := a.Lists.Owing(t.Context()); err != nil || len(owing) > 0 {
			t.Errorf("in the end %v is owing, %v", owing, err)
		}
	})
}

func aside(t *testing.T, db *sqldb.DB, query string, args ...any) {
	t.Helper()
	err := db.InTx(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
