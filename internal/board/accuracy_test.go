package board_test

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/board"
	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/arena"
)

// exact is the contest of the arena with boards by accuracy. Its first level asks three.
var exact = strings.Replace(arena.Demo, "boards:\n", `boards:
  - {key: exact, title: 个人正确率, subject: player, measure: accuracy, answers: 6}
  - {key: exact-units, title: 村正确率, subject: unit, measure: accuracy, answers: 15}
  - {key: exact-towns, title: 镇正确率, subject: unit, measure: accuracy, answers: 15, depth: 1, average: 6}
`, 1)

func TestAccuracyIsOfAllAnswersAndOfEnoughOfThemAlsoBuiltAgain(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(exact)
		a.RunBoards(a.Node)
		players := map[string]sqldb.ID{}
		for _, c := range []struct {
			name  string
			right []int
		}{{"全对", []int{3, 3}}, {"半对", []int{3, 0}}, {"也半对", []int{1, 2}}, {"太少", []int{3}}, {"全错", []int{0, 0}}} {
			player := a.Enrol(c.name, "n1")
			players[c.name] = player
			for _, right := range c.right {
				a.Clock.Pass(time.Second)
				a.PlayLevel(player, "first", right)
			}
		}
		for range 4 { // without a single wrong one, and too few people
			a.PlayLevel(a.Enrol("选手", "n2"), "first", 3)
		}
		for range 5 {
			a.PlayLevel(a.Enrol("选手", "s2"), "first", 1)
		}
		a.Settle()
		check := func(when string) {
			t.Helper()
			for key, want := range map[string]string{
				"exact":       "1全对10000 2半对5000 3也半对5000 4全错0", // of equals, who was first
				"exact-units": "1北一村5555 2南二村3333",
				"exact-towns": "1北镇6923", // the south has five people
			} {
				p := page(t, a, board.Query{Board: key, Me: players["太少"]})
				if got := lines(p.Entries); got != want || p.Me != nil {
					t.Errorf("%s, %s: %s, want %s; who has too few answers: %+v", when, key, got, want, p.Me)
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

func TestWhoHasTooFewAnswersIsNotRankedByAccuracyForADrawingEither(t *testing.T) {
	b := contest.Board{Measure: contest.MeasureAccuracy, Answers: 6}
	few, enough := contest.Total{Points: 5, Answered: 5}, contest.Total{Points: 3, Answered: 6}
	if b.Ranks(few) || !b.Ranks(enough) {
		t.Errorf("with 5 answers: %t, with 6: %t", b.Ranks(few), b.Ranks(enough))
	}
}
