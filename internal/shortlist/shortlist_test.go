package shortlist_test

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"anquanda/internal/errs"
	"anquanda/internal/play"
	"anquanda/internal/shortlist"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

var ranking = strings.Replace(arena.Demo, "levels:", `lists:
  - {key: two, title: 决赛名单, board: total, count: 2, at: 2026-06-16 12:00}
  - {key: guests, title: 特邀}
  - {key: north, title: 北镇队, units: [n]}
levels:
  - {key: final, title: 决赛, questions: [{count: 1, kinds: [single]}], after: [{list: two}, {list: guests}], unlock: any}
  - {key: north, title: 北镇赛, questions: [{count: 1, kinds: [single]}], after: [{list: north}]}`, 1)

func begins(a *arena.Arena, player sqldb.ID, level string) string {
	_, err := a.Play.Start(a.T.Context(), a.Contest, player, level, play.With{})
	if err == nil {
		return ""
	}
	return errs.From(err).Code
}

func TestTheFirstOfABoardComeIntoTheFinalWhateverHappensAfterwards(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(strings.Replace(ranking, "key: first, title: 第一关,", "key: first, title: 第一关, after: [],", 1))
		lists := shortlist.New(s.DB)
		var players []sqldb.ID
		for i, name := range []string{"小赵", "小钱", "小孙", "小李"} {
			player := a.Enrol(name, []string{"n1", "s1"}[i%2])
			players = append(players, player)
			a.PlayLevel(player, "first", []int{2, 3, 3, 1}[i])
		}
		board, _ := a.Contest.Board("total")
		if due, err := lists.Due(t.Context(), a.Contest, a.Clock.MS()); err != nil || len(due) != 0 {
			t.Fatalf("before its moment: %v, %v", due, err)
		}
		a.Clock.Set("2026-06-16 12:00:00")
		due, err := lists.Due(t.Context(), a.Contest, a.Clock.MS())
		if err != nil || len(due) != 1 {
			t.Fatalf("at its moment: %v, %v", due, err)
		}
		first, err := a.Boards.First(t.Context(), a.Contest, board, a.Contest.List("two"))
		if err != nil || !slices.Equal(first, players[1:3]) { // of equals who was there first
			t.Fatalf("the first are %v, %v; want %v", first, err, players[1:3])
		}
		var made atomic.Int32
		var nodes sync.WaitGroup
		for n := range 6 { // nodes that look at once, some of which see another board
			nodes.Go(func() {
				took := shortlist.Taken{Players: first[n%2:], Ranked: true}
				did, err := lists.Make(t.Context(), a.Contest, "two", took, a.Clock.MS())
				if err != nil {
					t.Error(err)
				} else if did {
					made.Add(1)
				}
			})
		}
		nodes.Wait()
		if made.Load() != 1 || a.Count("shortlists", "list_key = 'two'") != 1 {
			t.Fatalf("the list was made %d times:\n%s", made.Load(), a.Tables())
		}
		if n := a.Count("shortlisted", "list_key = 'two'"); n != 1 && n != 2 {
			t.Fatalf("%d are on the list", n)
		}
	})
}

func TestStaffTakesOffAListAndPutsOnItWithAReason(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(ranking)
		lists := shortlist.New(s.DB)
		in, out := a.Enrol("小赵", "n1"), a.Enrol("小钱", "s1")
		by := staff.Actor{ID: 7, Name: "评委"}
		put := func(key string, player sqldb.ID, on bool, reason string) string {
			err := lists.Put(t.Context(), by, a.Contest, key, []sqldb.ID{player}, on, reason, a.Clock.MS())
			if err == nil {
				return ""
			}
			return errs.From(err).Code
		}
		for _, c := range [][2]string{{put("two", in, true, "递补"), "list_not_made"},
			{put("none", in, true, "递补"), "list_unknown"},
			{put("guests", in, true, ""), "invalid_field"}} {
			if c[0] != c[1] {
				t.Errorf("refused with %q, want %q", c[0], c[1])
			}
		}
		took := shortlist.Taken{Players: []sqldb.ID{in}}
		if _, err := lists.Make(t.Context(), a.Contest, "two", took, a.Clock.MS()); err != nil {
			t.Fatal(err)
		}
		if begins(a, in, "final") != "" || begins(a, out, "final") != "level_locked" {
			t.Error("the final is not open to the first alone")
		}
		if put("two", in, false, "代答") != "" || put("guests", out, true, "递补") != "" || put("guests", out, true, "再按一次") != "" {
			t.Error("the list is not changed")
		}
		a.Clock.Pass(3600e9)
		if begins(a, in, "final") != "level_locked" || begins(a, out, "final") != "" {
			t.Error("who was taken off still plays, or who was put on does not")
		}
		if n := a.Count("audit_log", "action_name = 'list.change'"); n != 3 {
			t.Errorf("%d changes stand in the audit log", n)
		}
		if begins(a, in, "north") != "" || begins(a, out, "north") != "level_locked" {
			t.Error("the level of a town is not open to its people alone")
		}
		err := s.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			return shortlist.Forget(t.Context(), tx, a.Contest.ContestID, out)
		})
		if err != nil || a.Count("shortlisted", "list_key = 'guests'") != 0 {
			t.Errorf("who left is still on a list: %v", err)
		}
	})
}

func TestWhoIsDisqualifiedIsOnNoList(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(ranking)
		lists := shortlist.New(s.DB)
		player := a.Enrol("小赵", "n1")
		took := shortlist.Taken{Players: []sqldb.ID{player}}
		if _, err := lists.Make(t.Context(), a.Contest, "two", took, a.Clock.MS()); err != nil {
			t.Fatal(err)
		}
		aside := func(query string, args ...any) {
			err := s.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
				_, err := tx.Exec(t.Context(), query, args...)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		aside("INSERT INTO set_aside (contest_id, player_id, kept_id, aside_at) VALUES (?, ?, 1, 0)",
			a.Contest.ContestID, player)
		if begins(a, player, "final") != "level_locked" {
			t.Error("who is set aside plays the final")
		}
		aside("DELETE FROM set_aside")
		if code := begins(a, player, "final"); code != "" {
			t.Errorf("after it was taken back: %s", code)
		}
	})
}
