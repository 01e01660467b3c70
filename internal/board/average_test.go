package board_test

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/board"
	"anquanda/internal/testkit/arena"
)

// averaged is the contest of the arena with boards of averages a head.
var averaged = strings.Replace(arena.Demo, "boards:\n", `boards:
  - {key: mean, title: 村均榜, subject: unit, measure: best, average: 2, daily: true}
  - {key: towns-mean, title: 镇均榜, subject: unit, measure: best, depth: 1, average: 1, ties: time}
`, 1)

func TestUnitsAreRankedByTheirAverageAHeadAlsoBuiltAgain(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(averaged)
		a.RunBoards(a.Node)
		for _, c := range []struct {
			unit  string
			right int
		}{{"s2", 3}, {"s2", 1}, {"n1", 3}, {"n1", 1}, {"n2", 2}, {"n2", 2}, {"n2", 1}, {"s1", 3}} {
			a.Clock.Pass(11 * time.Minute) // units differ by steps of ten
			a.PlayLevel(a.Enrol("选手", c.unit), "first", c.right)
		}
		a.Settle()
		check := func(when string) {
			t.Helper()
			for _, c := range []struct {
				board  string
				period int
				want   string
			}{
				// Of the equal ones, who was first; and nobody alone.
				{"mean", 0, "1南二村20000 2北一村20000 3北二村16666"},
				{"mean", a.Contest.Day(a.Clock.MS()), "1南二村20000 2北一村20000 3北二村16666"},
				{"towns-mean", 0, "1南镇23333 2北镇18000"}, // of sums, the north's is the larger
				{"villages", 0, "1北二村50 2南二村40 3北一村40 4南一村30"},
			} {
				p := page(t, a, board.Query{Board: c.board, Period: c.period, Me: a.Unit("s1")})
				if got := lines(p.Entries); got != c.want || p.Me != nil && c.board != "villages" {
					t.Errorf("%s, %s in %d: %s, want %s; alone: %+v", when, c.board, c.period, got, c.want, p.Me)
				}
			}
		}
		check("counted as it happened")
		if err := a.Boards.Rebuild(t.Context(), a.Contest.ContestID); err != nil {
			t.Fatal(err)
		}
		a.Settle()
		check("built again")
	})
}

func TestABoardThatIsChangedToAveragesNeverShowsItsSums(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.RunBoards(a.Node)
		a.PlayLevel(a.Enrol("小明", "n1"), "first", 3)
		a.Settle()
		a.Apply(strings.Replace(arena.Demo, "key: towns, title: 镇榜, subject: unit, measure: best,",
			"key: towns, title: 镇榜, subject: unit, measure: best, average: 1,", 1))
		now := lines(page(t, a, board.Query{Board: "towns"}).Entries) // nothing, until it is added up
		if now != "" && now != "1北镇30000" {
			t.Errorf("the sum is read as an average: %s", now)
		}
		a.Settle()
		if p := page(t, a, board.Query{Board: "towns"}); lines(p.Entries) != "1北镇30000" {
			t.Errorf("the average is %s", lines(p.Entries))
		}
	})
}

func TestAnAverageIsOfThoseWhoAreCounted(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(strings.Replace(arena.Demo, "boards:\n", `boards:
  - {key: able, title: 前两名均榜, subject: unit, measure: best, average: 2, least: 20, top: 2}
`, 1))
		a.RunBoards(a.Node)
		for unit, all := range map[string][]int{"n1": {3, 1, 1}, "n2": {2, 3, 2}, "s1": {3}, "s2": {2, 2}} {
			for _, right := range all {
				a.PlayLevel(a.Enrol("选手", unit), "first", right)
			}
		}
		a.Until("totals are in Redis", func() bool { return a.Boards.Settled() && !a.Boards.Late() })
		if err := a.Boards.RefreshUnits(t.Context(), a.Contest.ContestID); err != nil {
			t.Fatal(err)
		}
		// Of n1 only one has 20 points.
		if got := lines(page(t, a, board.Query{Board: "able"}).Entries); got != "1北二村25000 2南二村20000" {
			t.Errorf("the average is %s", got)
		}
	})
}
