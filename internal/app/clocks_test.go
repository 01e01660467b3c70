package app

import (
	"sync"
	"testing"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// onceADay is a contest in which a day has one attempt, and five points for it.
const onceADay = `contest: clocks
title: 时钟不一
organizer: 测试
bank: safety
window: {opens: 2026-06-01, closes: 2026-06-30}
players: {unit: {ask: optional}}
levels:
  - {key: daily, title: 每日一答, questions: [{count: 3, kinds: [single, truefalse]}], pass: 1, attempts: {max: 1, per: day}}
earnings:
  - {key: played, for: attempt, when: {result: passed}, give: {points: 5}, max: 1, per: day}
`

// apart is two programs on one store whose clocks are a minute apart, 15 seconds before
// midnight: to the one it is the 16th already.
type apart struct {
	*testing.T
	db            *sqldb.DB
	clock         *movable
	ahead, behind *App
}

func clocksApart(t *testing.T, s *testkit.Store) *apart {
	n := &apart{T: t, db: s.DB, clock: &movable{}}
	n.clock.set("2026-06-15T23:59:45+08:00")
	shifted := func(by time.Duration) func() time.Time {
		return func() time.Time { return n.clock.now().Add(by) }
	}
	n.ahead, n.behind = openApp(t, s, shifted(30*time.Second)), openApp(t, s, shifted(-30*time.Second))
	if _, err := n.ahead.Catalog.Apply(t.Context(), "clocks.yaml", []byte(onceADay), "test"); err != nil {
		t.Fatal(err)
	}
	if err := n.behind.Catalog.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return n
}

func (n *apart) contest(a *App) *catalog.Contest {
	n.Helper()
	c, err := a.Catalog.Current("clocks")
	if err != nil {
		n.Fatal(err)
	}
	return c
}

func (n *apart) plays(a *App, player sqldb.ID) {
	n.Helper()
	if result := playLevel(n.T, a, n.contest(a), player, "daily", rightOptions); !result.Passed {
		n.Errorf("the result is %+v", result)
	}
}

func (n *apart) isRefused(a *App, player sqldb.ID) {
	n.Helper()
	if step, err := a.Play.Start(n.Context(), n.contest(a), player, "daily", play.With{}); err == nil {
		n.Errorf("a second attempt of the day begins: %+v", step)
	}
}

// holds compares what a player has in the store.
func (n *apart) holds(player sqldb.ID, attempts, points int) {
	n.Helper()
	var row struct{ Attempts, Points, Twice int }
	err := n.db.Get(n.Context(), &row, `SELECT (SELECT COUNT(*) FROM attempts WHERE player_id = ?) AS attempts,
		(SELECT COALESCE(SUM(amount), 0) FROM grants WHERE player_id = ? AND kind = 'points') AS points,
		(SELECT COUNT(*) - COUNT(DISTINCT period) FROM attempts WHERE player_id = ?) AS twice`, player, player, player)
	if err != nil || row.Attempts != attempts || row.Points != points || row.Twice != 0 {
		n.Errorf("the store holds %+v, %v; want %d attempts on as many days and %d points", row, err, attempts, points)
	}
}

func TestADailyLimitHoldsOnNodesBetweenWhichItIsMidnight(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		if s.MySQLDSN == "" {
			return // SQLite has one program
		}
		n := clocksApart(t, s)
		early, later := enrolled(t, n.ahead, n.contest(n.ahead), "早"), enrolled(t, n.ahead, n.contest(n.ahead), "晚")

		n.plays(n.ahead, early) // on the 16th, and there is no way back to the 15th
		n.isRefused(n.behind, early)
		n.isRefused(n.ahead, early)

		n.plays(n.behind, later) // on the 15th, and then on the 16th
		n.plays(n.ahead, later)
		n.isRefused(n.behind, later)
		n.isRefused(n.ahead, later)

		n.clock.set("2026-06-16T00:05:00+08:00") // for both
		for _, a := range []*App{n.ahead, n.behind} {
			n.isRefused(a, early)
			n.isRefused(a, later)
		}
		n.holds(early, 1, 5)
		n.holds(later, 2, 10)
	})
}

func TestPressingOnTwoNodesAtMidnightBeginsNoTwoAttemptsOfADay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		if s.MySQLDSN == "" {
			return // SQLite has one program
		}
		n := clocksApart(t, s)
		for range 5 {
			player := enrolled(t, n.ahead, n.contest(n.ahead), "快")
			var pressing sync.WaitGroup
			for _, a := range []*App{n.ahead, n.behind, n.ahead, n.behind} {
				pressing.Go(func() { a.Play.Start(t.Context(), n.contest(a), player, "daily", play.With{}) })
			}
			pressing.Wait()
			n.plays(n.behind, player)
			n.holds(player, 1, 5)
		}
	})
}
