package board_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"anquanda/internal/board"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

func eachArena(t *testing.T, test func(t *testing.T, a *arena.Arena), options ...arena.Option) {
	t.Helper()
	t.Parallel()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) { test(t, arena.New(t, s, options...)) })
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return errs.From(err).Code
}

func page(t *testing.T, a *arena.Arena, q board.Query) *board.Page {
	t.Helper()
	if q.From == 0 {
		q.From = 1
	}
	if q.Size == 0 {
		q.Size = board.MaxPage
	}
	p, err := a.Boards.Page(t.Context(), a.Contest, q)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// lines are places as "rank name points".
func lines(places []board.Place) string {
	var all []string
	for _, p := range places {
		all = append(all, fmt.Sprint(p.Rank, p.Name, p.Points))
	}
	return strings.Join(all, " ")
}

// field is a board of twelve players, A with 30 points to L with none; those
// with equal points reached them in the order of their names.
func field(t *testing.T, a *arena.Arena) map[string]sqldb.ID {
	t.Helper()
	a.RunBoards(a.Node)
	ids := map[string]sqldb.ID{}
	for i, name := range strings.Split("ABCDEFGHIJKL", "") {
		a.Clock.Pass(time.Second)
		ids[name] = a.Enrol(name, "")
		a.PlayLevel(ids[name], "first", 3-i/3)
	}
	a.Settle()
	return ids
}

func TestWhoHasMoreIsAboveAndAmongEqualsWhoGotThereFirst(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		ids := field(t, a)
		p := page(t, a, board.Query{Board: "total"})
		if got, want := lines(p.Entries), "1A30 2B30 3C30 4D20 5E20 6F20 7G10 8H10 9I10 10J0 11K0 12L0"; got != want ||
			p.Total != 12 || p.Late || p.Me != nil {
			t.Errorf("the board is %s of %d (late %v, me %v), want %s", got, p.Total, p.Late, p.Me, want)
		}
		// Whoever catches up stands below those who were there before, and
		// playing on without gaining anything costs no place.
		a.Clock.Pass(time.Second)
		a.PlayLevel(ids["K"], "first", 3)
		a.Clock.Pass(time.Second)
		a.PlayLevel(ids["A"], "first", 3)
		a.PlayLevel(ids["B"], "first", 0)
		a.Settle()
		if got, want := lines(page(t, a,
			board.Query{Board: "total"}).Entries), "1A30 2B30 3C30 4K30 5D20 6E20 7F20 8G10 9H10 10I10 11J0 12L0"; got != want {
			t.Errorf("the board is %s, want %s", got, want)
		}
	})
}

func TestMyPlaceComesWithMyNeighboursAlsoAtTheEdges(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		ids := field(t, a)
		for name, want := range map[string]string{
			"A": "1A30 2B30 3C30", "B": "1A30 2B30 3C30 4D20", "C": "1A30 2B30 3C30 4D20 5E20",
			"F": "4D20 5E20 6F20 7G10 8H10", "K": "9I10 10J0 11K0 12L0", "L": "10J0 11K0 12L0",
		} {
			p := page(t, a, board.Query{Board: "total", Size: 1, Me: ids[name]})
			if p.Me == nil || lines(p.Me.Around) != want || p.Me.Name != name || p.Me.ID != ids[name] {
				t.Errorf("%s stands among %+v, want %s", name, p.Me, want)
			}
			if got := lines(p.Entries); got != "1A30" {
				t.Errorf("the page of %s is %s", name, got)
			}
		}
		if p := page(t, a, board.Query{Board: "total", Me: a.Enrol("新人", "")}); p.Me != nil {
			t.Errorf("who has not played stands at %+v", p.Me)
		}
	})
}

func TestABoardIsTurnedPageByPage(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		field(t, a)
		for _, c := range []struct {
			from, size int64
			want       string
		}{
			{1, 5, "1A30 2B30 3C30 4D20 5E20"}, {6, 5, "6F20 7G10 8H10 9I10 10J0"}, {11, 5, "11K0 12L0"},
			{12, 1, "12L0"}, {13, 5, ""}, {1_000_000_000, 100, ""},
		} {
			p := page(t, a, board.Query{Board: "total", From: c.from, Size: c.size})
			if got := lines(p.Entries); got != c.want || p.Total != 12 {
				t.Errorf("%d from %d: %s of %d, want %s of 12", c.size, c.from, got, p.Total, c.want)
			}
		}
	})
}

func TestABoardWithALeastRanksNobodyBelowItAndShowsTimesThatBreakTies(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		ids := field(t, a)
		in, definition := *a.Contest, *a.Contest.Definition
		total, _ := definition.Board("total")
		total.Least = 11
		definition.Boards = []contest.Board{total}
		in.Definition = &definition
		for _, c := range []struct {
			name     string
			from     int64
			list, me string
		}{
			{"A", 1, "1A30 2B30 3C30 4D20", "1A30 2B30 3C30"}, {"F", 5, "5E20 6F20", "4D20 5E20 6F20"},
			{"G", 7, "", ""}, {"L", 1_000_000, "", ""},
		} {
			p, err := a.Boards.Page(t.Context(), &in, board.Query{Board: "total", From: c.from, Size: 4, Me: ids[c.name]})
			if err != nil {
				t.Fatal(err)
			}
			me := ""
			if p.Me != nil {
				me = lines(p.Me.Around)
			}
			if got := lines(p.Entries); got != c.list || me != c.me || p.Total != 6 {
				t.Errorf("%s from %d sees %s and %s of %d; want %s and %s of 6", c.name, c.from, got, me, p.Total, c.list, c.me)
			}
			if len(p.Entries) > 0 && p.Entries[0].UsedMS != 0 {
				t.Errorf("a board that ranks by who was first shows a time of %d ms", p.Entries[0].UsedMS)
			}
		}
		// What breaks ties is told as a time only where it is one.
		total.Ties, total.Least = contest.TiesTime, 0
		definition.Boards[0] = total
		p, err := a.Boards.Page(t.Context(), &in, board.Query{Board: "total", From: 1, Size: 1})
		if err != nil || p.Entries[0].UsedMS == 0 {
			t.Errorf("no time is told: %+v, %v", p, err)
		}
	})
}

func TestADaysBoardHoldsWhatWasFinishedOnThatDay(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.RunBoards(a.Node)
		one, two := a.Enrol("甲", "n1"), a.Enrol("乙", "s1")
		a.PlayLevel(one, "first", 3)
		a.Clock.Set("2026-06-16 23:59:59")
		a.PlayLevel(two, "first", 1)
		started := a.Start(two, "first") // finished on the next day
		a.Clock.Set("2026-06-17 00:00:01")
		if _, err := a.Play.Finish(t.Context(), two, started.Ticket); err != nil {
			t.Fatal(err)
		}
		a.PlayLevel(two, "first", 2)
		a.Settle()
		for _, c := range []struct {
			board  string
			period int
			want   string
		}{
			{"total", 0, "1甲30 2乙20"}, {"total", 20260616, "1甲30 2乙10"}, {"total", 20260617, "1乙20"}, {"total", 20260618, ""},
			{"villages", 20260616, "1北一村30 2南一村10"}, {"villages", 20260617, "1南一村20"},
			{"crowd", 0, "1北镇1 2南镇1"}, {"crowd", 20260617, "1南镇1"},
		} {
			if got := lines(page(t, a, board.Query{Board: c.board, Period: c.period}).Entries); got != c.want {
				t.Errorf("%s on %d: %s, want %s", c.board, c.period, got, c.want)
			}
		}
	})
}

func TestUnitsAreRankedByTheirOwnOrByTheTownAboveThem(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.RunBoards(a.Node)
		for i, c := range []struct {
			unit  string
			right int
		}{{"n1", 3}, {"n2", 1}, {"n2", 1}, {"s1", 3}, {"s1", 3}, {"n", 1}, {"", 3}, {"n1", 0}} {
			a.Clock.Pass(11 * time.Minute) // units differ by steps of ten
			a.PlayLevel(a.Enrol(fmt.Sprint("选手", i), c.unit), "first", c.right)
		}
		a.Settle()
		for _, c := range []struct{ board, me, want, mine string }{
			{"villages", "n2", "1南一村60 2北一村30 3北二村20 4北镇10", "3北二村20"},
			{"towns", "s", "1南镇60 2北镇60", "1南镇60"},
			{"crowd", "n", "1北镇5 2南镇2", "1北镇5"},
			{"villages", "s2", "1南一村60 2北一村30 3北二村20 4北镇10", ""},
		} {
			p := page(t, a, board.Query{Board: c.board, Me: a.Unit(c.me)})
			mine := ""
			if p.Me != nil {
				mine = lines([]board.Place{p.Me.Place})
			}
			if got := lines(p.Entries); got != c.want || mine != c.mine {
				t.Errorf("%s: %s, mine is %s; want %s and %s", c.board, got, mine, c.want, c.mine)
			}
		}
	})
}

func TestABoardShowsUnitAndNewestNickname(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.RunBoards(a.Node)
		player := a.Enrol("小 明", "n1")
		a.PlayLevel(player, "first", 3)
		a.Settle()
		if first := page(t, a, board.Query{Board: "total"}).Entries[0]; first.Name != "小 明" || first.Unit != "北一村" ||
			first.ID != player {
			t.Errorf("the board shows %+v", first)
		}
		e := rename(t, a, player, "大明=7,0=9")
		a.Boards.Rename(t.Context(), a.Contest.ContestID, e)
		if first := page(t, a, board.Query{Board: "total"}).Entries[0]; first.Name != "大明=7,0=9" || first.Unit != "北一村" ||
			first.Points != 30 {
			t.Errorf("after a new name the board shows %+v", first)
		}
		a.Boards.Rename(t.Context(), a.Contest.ContestID, identity.Enrolment{PlayerID: player + 1, Nickname: "未上榜"})
		rename(t, a, player, "小明") // Redis is not told: the next total brings it
		a.PlayLevel(player, "first", 0)
		a.Settle()
		if p := page(t, a, board.Query{Board: "total"}); lines(p.Entries) != "1小明30" {
			t.Errorf("after the next total the board shows %+v", p.Entries)
		}
	})
}

func rename(t *testing.T, a *arena.Arena, player sqldb.ID, nickname string) identity.Enrolment {
	t.Helper()
	e, err := a.Players.Enrol(t.Context(), a.Contest.ContestID, player, nickname, a.Unit("n1"))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestABoardThatIsNoneIsUnknown(t *testing.T) {
	a := arena.New(t, testkit.Embedded(t))
	if _, err := a.Boards.Page(t.Context(), a.Contest, board.Query{Board: "secret", From: 1,
		Size: 1}); code(err) != "board_unknown" {
		t.Errorf("an unknown board: %v", err)
	}
}

func TestAPageIsOneRoundTrip(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		ids := field(t, a)
		another := a.NewNode() // nobody else talks to Redis through it
		for _, q := range []board.Query{
			{Board: "total", From: 1, Size: 50, Me: ids["F"]}, {Board: "total", Period: 20260616, From: 5, Size: 100},
			{Board: "towns", From: 1, Size: 50, Me: a.Unit("n")}, {Board: "total", Period: 20260701, From: 1, Size: 50,
				Me: ids["F"]},
		} {
			if _, err := another.Boards.Page(t.Context(), a.Contest, q); err != nil { // loads the script
				t.Fatal(err)
			}
			var count testkit.RedisCalls
			another.Redis.AddHook(&count)
			if _, err := another.Boards.Page(t.Context(), a.Contest, q); err != nil {
				t.Fatal(err)
			}
			if n := count.Load(); n != 1 {
				t.Errorf("%+v takes %d round trips, want 1", q, n)
			}
		}
	})
}
