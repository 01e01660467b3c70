package prize_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/play"
	"anquanda/internal/prize"
	"anquanda/internal/prize/instant"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/unit"
)

// fair is the contest of festival on the stores of a test.
type fair struct {
	*node
	t       testing.TB
	store   *testkit.Store
	contest *catalog.Contest

	mu     sync.Mutex
	now    time.Time
	marks  map[sqldb.ID]instant.Marks
	random *rand.Rand
}

// node is one program of the installation.
type node struct {
	db      *sqldb.DB
	ids     *sqldb.IDs
	catalog *catalog.Catalog
	players *identity.Players
	play    *play.Service
	ledger  *prize.Ledger
	prizes  *instant.Service
}

func eachFair(t *testing.T, test func(t *testing.T, f *fair)) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) { test(t, newFair(t, s)) })
}

func newFair(t testing.TB, s *testkit.Store) *fair {
	t.Helper()
	s.Migrate(sqldb.Migrations(), staff.Migrations(), bank.Migrations(), unit.Migrations(), catalog.Migrations(), conduct.Migrations(),
		identity.Migrations(), play.Migrations(), prize.Migrations())
	f := &fair{t: t, store: s, marks: map[sqldb.ID]instant.Marks{}, random: rand.New(rand.NewPCG(1, 2))}
	f.at("2026-06-16 10:00:00")
	asked := question.Question{ID: "q", Kind: question.TrueFalse, Stem: "灭火器要放在锁着的柜子里。", Options: question.TrueFalseOptions,
		Right: []int{1}, Difficulty: 1, Topics: []string{"消防"}, Explanation: "要取用方便", Source: question.Source{Title: "消防法"}}
	if _, _, err := bank.NewStore(s.DB).Import(t.Context(), staff.CommandLine, "safety", []question.Question{asked}, "测试"); err != nil {
		t.Fatal(err)
	}
	f.node = f.newNode()
	f.apply(festival)
	return f
}

// newNode starts another program on the same stores.
func (f *fair) newNode() *node {
	f.t.Helper()
	db := f.store.Open()
	ids, err := sqldb.NewIDs(f.t.Context(), db)
	if err != nil {
		f.t.Fatal(err)
	}
	vault, err := personal.NewVault([]byte("the key of what winners tell us."), []byte("hashes"))
	if err != nil {
		f.t.Fatal(err)
	}
	n := &node{db: db, ids: ids, players: identity.NewPlayers(db, ids, vault)}
	n.catalog = catalog.New(db, ids, bank.NewStore(db))
	if err := n.catalog.Refresh(f.t.Context()); err != nil {
		f.t.Fatal(err)
	}
	key := []byte("the key of every node at the fair")[:32]
	if n.play, err = play.New(play.Config{DB: db, IDs: ids, Catalog: n.catalog, Players: n.players, Key: key, Now: f.clock}); err != nil {
		f.t.Fatal(err)
	}
	if n.ledger, err = prize.New(prize.Config{DB: db, IDs: ids, Players: n.players, Key: key, HashKey: key, Now: f.clock}); err != nil {
		f.t.Fatal(err)
	}
	n.prizes = instant.New(instant.Config{DB: db, Catalog: n.catalog, Players: n.players, Play: n.play, Ledger: n.ledger,
		Now: f.clock, Marks: f.marksOf, Random: f.roll})
	f.t.Cleanup(n.prizes.Close)
	f.t.Cleanup(n.play.Close)
	return n
}

func (f *fair) apply(definition string) {
	f.t.Helper()
	c, err := f.catalog.Apply(f.t.Context(), "festival.yaml", []byte(definition), "测试")
	if err != nil {
		f.t.Fatal(err)
	}
	f.contest = c
}

func (f *fair) marksOf(_ context.Context, _ sqldb.ID, players []sqldb.ID) (map[sqldb.ID]instant.Marks, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	of := map[sqldb.ID]instant.Marks{}
	for _, player := range players {
		of[player] = f.marks[player]
	}
	return of, nil
}

func (f *fair) roll() uint64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.random.Uint64()
}

func (f *fair) clock() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// at sets the clock to a moment in China.
func (f *fair) at(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = time.UnixMilli(ms(text))
}

// player lets somebody take part; the code of the unit may be empty.
func (f *fair) player(unitCode string) sqldb.ID {
	f.t.Helper()
	var unitID sqldb.ID
	if unitCode != "" {
		if err := f.db.Get(f.t.Context(), &unitID, "SELECT id FROM units WHERE contest_id = ? AND code = ?", f.contest.ContestID, unitCode); err != nil {
			f.t.Fatal(err)
		}
	}
	e, err := f.players.Enrol(f.t.Context(), f.contest.ContestID, 0, "安全员", unitID)
	if err != nil {
		f.t.Fatal(err)
	}
	return e.PlayerID
}

// chances gives a player chances to draw, as play does.
func (f *fair) chances(player sqldb.ID, count int) (ids []sqldb.ID) {
	f.t.Helper()
	return f.grant(player, contest.GrantChance, 1, count)
}

func (f *fair) grant(player sqldb.ID, kind contest.GrantKind, amount, count int) (ids []sqldb.ID) {
	f.t.Helper()
	err := f.db.InTx(f.t.Context(), func(tx *sqldb.Tx) error {
		ids = nil
		var rows [][]any
		for range count {
			id := f.ids.Next()
			ids = append(ids, id)
			rows = append(rows, []any{id, f.contest.ContestID, player, string(kind), "test/" + id.String(), "test", amount, f.clock().UnixMilli()})
		}
		return tx.InsertRows(f.t.Context(), "INSERT INTO grants (id, contest_id, player_id, kind, source, rule_key, amount, granted_at)", rows)
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return ids
}

// draw draws on the first node and must not fail.
func (f *fair) draw(player sqldb.ID, pool string) *instant.Draw {
	f.t.Helper()
	draw, err := f.prizes.Draw(f.t.Context(), f.contest, player, pool, f.chances(player, 1)[0])
	if err != nil {
		f.t.Fatalf("draw from %s: %v", pool, err)
	}
	return draw
}

func (f *fair) count(query string, args ...any) (n int) {
	f.t.Helper()
	if err := f.db.Get(f.t.Context(), &n, query, args...); err != nil {
		f.t.Fatal(err)
	}
	return n
}

// exec goes round the code.
func (f *fair) exec(query string, args ...any) error {
	return f.db.InTx(f.t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(f.t.Context(), query, args...)
		return err
	})
}
