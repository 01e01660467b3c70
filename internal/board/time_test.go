package board_test

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/board"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/arena"
)

// timed is the contest of the arena with boards by time and by a purse. Levels are passed
// with two right answers; the third with one.
var timed = strings.Replace(arena.Demo, "boards:\n", `purses: [{key: flowers, title: 小红花}]
earnings:
  - {key: bloom, for: attempt, each: {correct: 1, over: attempt}, give: {purse: flowers, amount: 2}}
boards:
  - {key: quick, title: 用时榜, subject: player, measure: time, answers: 3}
  - {key: quick-units, title: 村用时榜, subject: unit, measure: time, answers: 3}
  - {key: quick-towns, title: 镇用时榜, subject: unit, measure: time, answers: 3, depth: 1, average: 6}
  - {key: blooms, title: 小红花榜, subject: player, measure: points, purse: flowers, least: 4}
  - {key: blooms-units, title: 村小红花榜, subject: unit, measure: points, purse: flowers}
`, 1)

// playIn plays a level and takes so long for each question.
func playIn(a *arena.Arena, player sqldb.ID, level string, right int, each time.Duration) {
	a.T.Helper()
	step, err := a.Play.Start(a.T.Context(), a.Contest, player, level, play.With{})
	if err != nil {
		a.T.Fatal(err)
	}
	for ticket, asked := step.Ticket, step.Question; ; {
		a.Clock.Pass(each)
		reply, err := a.Play.Respond(a.T.Context(), player, ticket, arena.Answer(asked, asked.Position <= right))
		if err != nil {
			a.T.Fatal(err)
		}
		if reply.Result != nil {
			return
		}
		ticket, asked = reply.Ticket, reply.Question
	}
}

func TestBoardsByTimeAndByAPurseAreTheSameBuiltAgain(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(timed)
		a.RunBoards(a.Node)
		players := map[string]sqldb.ID{}
		for _, c := range []struct {
			name  string
			right []int
			each  []time.Duration
		}{
			{"快", []int{3}, []time.Duration{4 * time.Second}},
			{"先看题", []int{0, 3}, []time.Duration{5 * time.Second, 3 * time.Second}}, // reading it before costs
			{"再练", []int{2, 3}, []time.Duration{6 * time.Second, 3 * time.Second}},  // what comes after counts nothing
			{"没过", []int{1}, []time.Duration{3 * time.Second}},
			{"慢", []int{2}, []time.Duration{10 * time.Second}},
			{"中", []int{2}, []time.Duration{5 * time.Second}},
		} {
			player := a.Enrol(c.name, "n1")
			players[c.name] = player
			for i, right := range c.right {
				playIn(a, player, "first", right, c.each[i])
			}
		}
		for range 4 { // too few people
			playIn(a, a.Enrol("选手", "s1"), "first", 2, 3500*time.Millisecond)
		}
		for range 2 { // in another village of the town
			playIn(a, a.Enrol("南人", "s2"), "first", 2, 5500*time.Millisecond)
		}
		a.Settle()
		check := func(when string) {
			t.Helper()
			for key, want := range map[string]string{
				"quick": "1选手863895 2选手863895 3选手863895 4选手863895 5快863880 6中863850 7南人863835 8南人863835 " +
					"9再练863820 10先看题863760 11慢863700",
				"quick-units":  "1北一村863820",
				"quick-towns":  "1南镇863895",
				"blooms":       "1再练10 2快6 3先看题6",
				"blooms-units": "1北一村32 2南一村16 3南二村8",
			} {
				p := page(t, a, board.Query{Board: key, Me: players["没过"]})
				got := lines(p.Entries)
				if key == "blooms" {
					got = lines(p.Entries[:3])
				}
				if got != want || p.Me != nil {
					t.Errorf("%s, %s: %s, want %s; who passed nothing: %+v", when, key, got, want, p.Me)
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
