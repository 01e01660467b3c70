package app

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// rankedContest draws among the first of a board: once of all of it, once a week.
const rankedContest = `
contest: ranked
title: 排名摇奖
organizer: 县安委办
window: {opens: 2026-06-01 00:00, closes: 2026-06-29 00:00}
bank: safety
levels: [{key: only, title: 一题, questions: [{count: 1}]}]
earnings: [{key: share, for: share, give: {points: 1}}]
boards: [{key: points, title: 积分榜, subject: player, measure: points}]
prizes: [{key: towel, title: 毛巾, stock: 500, collect: 到社区领取}]
drawings:
  - {key: all, title: 总摇奖, who: {top: {board: points, count: 130}}, prizes: [{prize: towel, count: 5}], source: 骰子}
  - {key: weekly, title: 周摇奖, every: week, who: {top: {board: points, count: 2}}, prizes: [{prize: towel, count: 1}], source: 骰子}
accept:
  - {finding: drawing-date, by: 王主任, why: 开奖时间在现场宣布}
  - {finding: unproven-prizes, by: 王主任, why: 到场的人才能领}
`

// rankedApp has 160 players; the later ones have more points, in groups of eight
// who reached theirs at the same moment.
func rankedApp(t *testing.T, s *testkit.Store) (*App, *catalog.Contest, *movable, []sqldb.ID) {
	t.Helper()
	clock := &movable{}
	clock.set("2026-06-02T10:00:00+08:00")
	a := openApp(t, s, clock.now)
	c, err := a.Catalog.Apply(t.Context(), "ranked.yaml", []byte(rankedContest), "test")
	if err != nil {
		t.Fatal(err)
	}
	var players []sqldb.ID
	for i := range 160 {
		e, err := a.Players.Enrol(t.Context(), c.ContestID, 0, fmt.Sprintf("平安青松%03d", i), 0)
		if err != nil {
			t.Fatal(err)
		}
		gives(t, a, c, e.PlayerID, "first", 1+i/8)
		players = append(players, e.PlayerID)
	}
	return a, c, clock, players
}

func gives(t *testing.T, a *App, c *catalog.Contest, player sqldb.ID, ref string, amount int) {
	t.Helper()
	at := a.now().UnixMilli()
	_, err := a.Play.Give(t.Context(), c, player, contest.Deed{Kind: contest.DeedShare, Ref: ref, At: at},
		[]contest.Grant{{Kind: contest.GrantPoints, Source: "test " + ref, Rule: "share", Amount: amount, At: at}})
	if err != nil {
		t.Fatal(err)
	}
}

// listed freezes a drawing and returns who is on its list, in the order of ids.
func listed(t *testing.T, a *App, c *catalog.Contest, key string, clock *movable) (id sqldb.ID, players []sqldb.ID) {
	t.Helper()
	row, err := a.Drawings.Plan(t.Context(), staff.CommandLine, c,
		drawing.Plan{Key: key, SourceAt: clock.ms.Load() + 3_600_000,
			Sources: []drawing.Source{{Name: "一枚骰子", Values: 1, Lowest: 1, Highest: 6}}})
	if err != nil {
		t.Fatal(err)
	}
	number, err := a.Conduct.BeginScan(t.Context(), c.ContestID)
	if err == nil {
		err = a.scan(t.Context(), c, number)
	}
	if err != nil {
		t.Fatal(err)
	}
	doubts, err := a.Drawings.Doubts(t.Context(), row.ID)
	if err == nil {
		err = a.Drawings.Freeze(t.Context(), staff.CommandLine, row.ID, doubts.Seen)
	}
	if err != nil {
		t.Fatal(err)
	}
	err = a.DB.Select(t.Context(), &players,
		"SELECT player_id FROM drawing_entrants WHERE drawing_id = ? ORDER BY player_id", row.ID)
	if err != nil {
		t.Fatal(err)
	}
	return row.ID, players
}

// boardFirst are the first so many as the board shows them by now.
func boardFirst(t *testing.T, a *App, c *catalog.Contest, count int) (first []sqldb.ID) {
	t.Helper()
	for len(first) < count {
		page, err := a.Boards.Page(t.Context(), c, board.Query{Board: "points", From: int64(len(first) + 1),
			Size: board.MaxPage})
		if err != nil || len(page.Entries) == 0 {
			return nil
		}
		for _, place := range page.Entries {
			first = append(first, place.ID)
		}
	}
	first = first[:count]
	slices.Sort(first)
	return first
}

func TestTheFirstOfABoardAreDrawnAsItShowsThemEqualsIncluded(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a, c, clock, players := rankedApp(t, s)
		clock.set("2026-06-29T10:00:00+08:00")
		id, got := listed(t, a, c, "all", clock)
		for end := time.Now().Add(testkit.Patience); !slices.Equal(got,
			boardFirst(t, a, c, 130)); time.Sleep(50 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%d are on the list, not those that the board shows", len(got))
			}
		}
		// The cut falls among eight equals: of them the older ones are in.
		if !slices.Contains(got, players[24]) || !slices.Contains(got, players[25]) || slices.Contains(got, players[26]) {
			t.Error("of equals others than the older ones are on the list")
		}
		if row, err := a.Drawings.Drawing(t.Context(), id); err != nil || row.Done != row.Total || row.Total != 320 {
			t.Errorf("%d of %d were looked at, %v", row.Done, row.Total, err)
		}
	})
}

func TestWithoutRedisTheListOfTheFirstIsTheSame(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a, c, clock, players := rankedApp(t, s)
		clock.set("2026-06-29T10:00:00+08:00")
		// Totals that never reach Redis, which then is away altogether.
		gives(t, a, c, players[0], "late", 500)
		s.KillRedis()
		if _, err := a.Boards.Page(t.Context(), c, board.Query{Board: "points", From: 1, Size: 10}); err == nil {
			t.Fatal("the board shows a page without Redis")
		}
		_, got := listed(t, a, c, "all", clock)
		if len(got) != 130 || !slices.Contains(got, players[0]) || !slices.Contains(got, players[159]) ||
			slices.Contains(got, players[26]) {
			t.Errorf("%d are on the list", len(got))
		}
	})
}

func TestAWeeklyDrawingRanksByItsWeekAlone(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a, c, clock, players := rankedApp(t, s)
		clock.set("2026-06-10T10:00:00+08:00") // Wednesday of the next week
		gives(t, a, c, players[3], "second", 2)
		gives(t, a, c, players[5], "second", 3)
		gives(t, a, c, players[7], "second", 1)
		clock.set("2026-06-15T00:00:00+08:00") // Monday after it
		gives(t, a, c, players[7], "third", 400)
		_, got := listed(t, a, c, "weekly", clock)
		if !slices.Equal(got, []sqldb.ID{players[3], players[5]}) {
			t.Errorf("on the list are %v", got)
		}
	})
}
