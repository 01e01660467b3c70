package board_test

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/board"
	"anquanda/internal/testkit/arena"
)

// partly is the contest of the arena with boards of one level and of weeks.
var partly = strings.Replace(arena.Demo, "boards:\n", `boards:
  - {key: weekly, title: 周榜, subject: player, measure: best, period: week, least: 20}
  - {key: first, title: 第一关榜, subject: player, measure: best, level: first, daily: true}
  - {key: second, title: 第二关村榜, subject: unit, measure: best, level: second, period: week}
`, 1)

func TestBoardsOfOneLevelAndOfWeeksAreTheSameBuiltAgain(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(partly)
		a.Clock.Set("2026-06-14 23:50:00") // Sunday; before boards run, which catch up by the clock
		a.RunBoards(a.Node)
		ming, hong := a.Enrol("小明", "n1"), a.Enrol("小红", "s1")
		a.PlayLevel(ming, "first", 3)
		a.Clock.Pass(time.Second)
		a.PlayLevel(hong, "first", 2)
		a.PlayLevel(hong, "second", 2)
		a.Clock.Set("2026-06-15 00:10:00")
		a.PlayLevel(hong, "first", 3)
		a.Clock.Pass(time.Second)
		a.PlayLevel(ming, "first", 1)
		a.PlayLevel(ming, "second", 3)
		a.Settle()
		weekly, _ := a.Contest.Board("weekly")
		weeks := a.Contest.RoundsOf(&weekly, a.Clock.MS())
		this, last := weeks[0].Period, weeks[1].Period
		check := func(when string) {
			t.Helper()
			for _, c := range []struct {
				board  string
				period int
				want   string
			}{
				{"weekly", last, "1小红40 2小明30"}, {"weekly", this, "1小明40 2小红30"}, {"weekly", this + 7, ""},
				{"first", 0, "1小明30 2小红30"}, {"first", 20260614, "1小明30 2小红20"}, {"first", 20260615, "1小红30 2小明10"},
				{"second", last, "1南一村20"}, {"second", this, "1北一村30"},
				{"total", 0, "1小明60 2小红50"},
			} {
				if got := lines(page(t, a, board.Query{Board: c.board, Period: c.period}).Entries); got != c.want {
					t.Errorf("%s, %s in %d: %s, want %s", when, c.board, c.period, got, c.want)
				}
			}
		}
		check("counted as it happened")
		a.Store.EmptyRedis()
		a.Until("the boards are built again", func() bool {
			_, err := a.Boards.Page(t.Context(), a.Contest, board.Query{Board: "total", From: 1, Size: 1})
			return err == nil && !a.Boards.Late()
		})
		a.Settle()
		check("built again")
	})
}

func TestAWeekRanksNobodyBelowItsLeast(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(partly)
		a.RunBoards(a.Node)
		a.PlayLevel(a.Enrol("小明", "n1"), "first", 2)
		a.PlayLevel(a.Enrol("小红", "n1"), "first", 1)
		a.Settle()
		weekly, _ := a.Contest.Board("weekly")
		week := a.Contest.RoundsOf(&weekly, a.Clock.MS())[0].Period
		if p := page(t, a, board.Query{Board: "weekly", Period: week}); lines(p.Entries) != "1小明20" || p.Total != 1 {
			t.Errorf("the week ranks %s of %d", lines(p.Entries), p.Total)
		}
	})
}

// Without a board of the whole contest nothing but rounds tells that somebody has a total.
func TestWhereOnlyRoundsAreRankedPeoplePlayAgainAndAgain(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		before, units, _ := strings.Cut(arena.Demo, "boards:\n")
		_, units, _ = strings.Cut(units, "units:\n")
		a.Apply(before + `earnings: [{key: shared, for: share, give: {points: 2}}]
share: {title: 一起来}
periods:
  - {title: 第一期, opens: 2026-06-16 09:00, closes: 2026-06-16 12:00}
  - {title: 第二期, opens: 2026-06-16 14:00, closes: 2026-06-16 18:00}
boards:
  - {key: own, title: 每期榜, subject: player, measure: best, period: own}
units:
` + units)
		a.RunBoards(a.Node)
		ming := a.Enrol("小明", "n1")
		for _, at := range []string{"10:00", "10:00", "14:30", "15:00"} {
			a.Clock.Set("2026-06-16 " + at + ":00")
			a.PlayLevel(ming, "first", 2)
		}
		for _, period := range []int{1, 2} {
			a.Until("the round shows who played", func() bool {
				page, err := a.Boards.Page(t.Context(), a.Contest, board.Query{Board: "own", Period: period, From: 1, Size: 10})
				return err == nil && lines(page.Entries) == "1小明20"
			})
		}
	})
}
