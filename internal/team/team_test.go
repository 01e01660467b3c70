package team_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/board"
	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/team"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// families lets players of the demo form teams of four until noon of the 20th.
var families = strings.Replace(arena.Demo, "boards:\n",
	"teams: {title: 家庭, size: {most: 4}, until: 2026-06-20 12:00}\nboards:\n"+
		"  - {key: kin, title: 家庭榜, subject: team, measure: best}\n", 1)

// teamsOn are the teams as a node keeps them.
func teamsOn(t *testing.T, a *arena.Arena, n *arena.Node) *team.Service {
	t.Helper()
	ids, err := sqldb.NewIDs(t.Context(), n.DB)
	if err != nil {
		t.Fatal(err)
	}
	return team.New(team.Config{DB: n.DB, IDs: ids, Players: n.Players, Now: a.Clock.Now, Touch: n.Boards.Touch,
		Changed: n.Boards.UnitsMoved})
}

func each(t *testing.T, test func(t *testing.T, a *arena.Arena, teams *team.Service)) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(families)
		test(t, a, teamsOn(t, a, a.Node))
	})
}

func people(a *arena.Arena, n int) (players []sqldb.ID) {
	for i := range n {
		players = append(players, a.Enrol(fmt.Sprintf("青禾%d号", i+1), ""))
	}
	return players
}

// founded is a team of a player with its code.
func founded(t *testing.T, a *arena.Arena, teams *team.Service, player sqldb.ID, name string) *team.Team {
	t.Helper()
	if err := teams.Found(t.Context(), a.Contest, player, name); err != nil {
		t.Fatal(err)
	}
	return mine(t, a, teams, player)
}

func mine(t *testing.T, a *arena.Arena, teams *team.Service, player sqldb.ID) *team.Team {
	t.Helper()
	of, err := teams.Mine(t.Context(), a.Contest.ContestID, player)
	if err != nil || of == nil {
		t.Fatalf("player %d has the team %+v, %v", player, of, err)
	}
	return of
}

func TestNoMoreComeIntoATeamThanItTakesAndNobodyIntoTwoAtOnce(t *testing.T) {
	each(t, func(t *testing.T, a *arena.Arena, teams *team.Service) {
		other := teamsOn(t, a, a.NewNode())
		players := people(a, 14)
		first := founded(t, a, teams, players[0], "第一家")
		second := founded(t, a, other, players[1], "第二家")
		var pressing sync.WaitGroup
		var mu sync.Mutex
		got := map[string]int{}
		for i, player := range players[2:] {
			for n, of := range []*team.Team{first, second} { // each presses for both teams, on two nodes
				node := []*team.Service{teams, other}[(i+n)%2]
				pressing.Go(func() {
					err := node.Join(t.Context(), a.Contest, player, of.Code)
					mu.Lock()
					defer mu.Unlock()
					switch {
					case err == nil:
						got["in"]++
					case errors.Is(err, team.ErrFull), errors.Is(err, team.ErrMember), errors.Is(err, sqldb.ErrStale):
						got["refused"]++
					default:
						t.Error(err)
					}
				})
			}
		}
		pressing.Wait()
		for _, player := range players[2:] { // who was pushed aside by others presses again
			for _, of := range []*team.Team{first, second} {
				if err := teams.Join(t.Context(), a.Contest, player, of.Code); err != nil &&
					!errors.Is(err, team.ErrFull) && !errors.Is(err, team.ErrMember) {
					t.Error(err)
				}
			}
		}
		if n := a.Count("team_members", "seat > 4"); n != 0 || a.Count("team_members", "1 = 1") != 8 {
			t.Errorf("%d members, %d of them beyond the seats; %v", a.Count("team_members", "1 = 1"), n, got)
		}
	})
}

func TestACaptainTakesOutWhoHasNotAnsweredAndTheTeamOutlivesItsCaptain(t *testing.T) {
	each(t, func(t *testing.T, a *arena.Arena, teams *team.Service) {
		ctx, players := t.Context(), people(a, 4)
		captain, quick, idle, stranger := players[0], players[1], players[2], players[3]
		of := founded(t, a, teams, captain, "青禾一家")
		for _, player := range []sqldb.ID{quick, quick, idle} { // again changes nothing
			if err := teams.Join(ctx, a.Contest, player, " "+strings.ToUpper(of.Code)); err != nil {
				t.Fatal(err)
			}
		}
		a.PlayLevel(quick, "first", 3)
		for _, c := range []struct {
			what string
			did  error
			want error
		}{
			{"a member takes another out", teams.Remove(ctx, a.Contest, quick, idle), team.ErrCaptain},
			{"a stranger takes one out", teams.Remove(ctx, a.Contest, stranger, idle), team.ErrCaptain},
			{"a member changes the code", teams.Renew(ctx, a.Contest, quick), team.ErrCaptain},
			{"who has answered is taken out", teams.Remove(ctx, a.Contest, captain, quick), team.ErrAnswered},
			{"a stranger is taken out", teams.Remove(ctx, a.Contest, captain, stranger), team.ErrNotInTeam},
			{"a captain takes out themselves", teams.Remove(ctx, a.Contest, captain, captain), team.ErrNotInTeam},
			{"who has not answered is taken out", teams.Remove(ctx, a.Contest, captain, idle), nil},
			{"a name is founded twice", teams.Found(ctx, a.Contest, stranger, "青禾 一家"), team.ErrNameTaken},
			{"a member founds another", teams.Found(ctx, a.Contest, quick, "另一家"), team.ErrMember},
			{"the captain changes the code", teams.Renew(ctx, a.Contest, captain), nil},
			{"the code before", teams.Join(ctx, a.Contest, idle, of.Code), team.ErrCode},
			{"the captain leaves", teams.Leave(ctx, a.Contest, captain), nil},
			{"and leaves again", teams.Leave(ctx, a.Contest, captain), team.ErrNoMember},
			{"who was captain changes the code", teams.Renew(ctx, a.Contest, captain), team.ErrCaptain},
			{"who is captain now does", teams.Renew(ctx, a.Contest, quick), nil},
		} {
			if !errors.Is(c.did, c.want) {
				t.Errorf("%s: %v, want %v", c.what, c.did, c.want)
			}
		}
		if of = mine(t, a, teams, quick); of.Captain != quick || len(of.Members) != 1 {
			t.Errorf("the team is %+v", of)
		}
		err := a.DB.InTx(ctx, func(tx *sqldb.Tx) error { return team.Forget(ctx, tx, a.Contest.ContestID, quick) })
		if err != nil {
			t.Fatal(err)
		}
		if n := a.Count("teams", "1 = 1"); n != 0 {
			t.Errorf("%d teams are left without members", n)
		}
	})
}

func TestNobodyComesOrGoesOnceTeamsAreFixedAndACodeEndsAfterAWeek(t *testing.T) {
	each(t, func(t *testing.T, a *arena.Arena, teams *team.Service) {
		ctx, players := t.Context(), people(a, 3)
		a.Clock.Set("2026-06-02 10:00:00")
		of := founded(t, a, teams, players[0], "第一家")
		if err := teams.Join(ctx, a.Contest, players[1], of.Code); err != nil {
			t.Fatal(err)
		}
		a.Clock.Set("2026-06-09 10:00:01")
		if err := teams.Join(ctx, a.Contest, players[2], of.Code); !errors.Is(err, team.ErrCode) {
			t.Errorf("a code that is over a week old: %v", err)
		}
		if of = mine(t, a, teams, players[0]); of.Code != "" {
			t.Errorf("a code that ended is shown: %s", of.Code)
		}
		if err := teams.Renew(ctx, a.Contest, players[0]); err != nil {
			t.Fatal(err)
		}
		of = mine(t, a, teams, players[0])
		a.Clock.Set("2026-06-20 12:00:00")
		for what, err := range map[string]error{
			"join": teams.Join(ctx, a.Contest, players[2], of.Code), "found": teams.Found(ctx, a.Contest, players[2], "晚了"),
			"leave": teams.Leave(ctx, a.Contest, players[1]), "remove": teams.Remove(ctx, a.Contest, players[0], players[1]),
			"renew": teams.Renew(ctx, a.Contest, players[0]),
		} {
			if !errors.Is(err, contest.ErrTeamsClosed) {
				t.Errorf("%s after the end: %v", what, err)
			}
		}
	})
}

func TestWhoGoesOnAsAProvenPlayerTakesTheGuestsPlace(t *testing.T) {
	each(t, func(t *testing.T, a *arena.Arena, teams *team.Service) {
		ctx, players := t.Context(), people(a, 3)
		guest, kept, own := players[0], players[1], players[2]
		of := founded(t, a, teams, guest, "第一家")
		pass := func(from, to sqldb.ID) {
			t.Helper()
			err := a.DB.InTx(ctx, func(tx *sqldb.Tx) error {
				return team.Pass(ctx, tx, a.Contest.ContestID, from, to, a.Clock.MS())
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		pass(guest, kept)
		if now := mine(t, a, teams, kept); now.ID != of.ID || now.Captain != kept || len(now.Members) != 1 {
			t.Errorf("the team is %+v", now)
		}
		theirs := founded(t, a, teams, own, "第二家")
		pass(kept, own)
		if now := mine(t, a, teams, own); now.ID != theirs.ID || a.Count("teams", "1 = 1") != 1 {
			t.Errorf("who has a team of the own is in %+v", now)
		}
	})
}

func TestABoardOfTeamsFollowsWhoIsInThemAndIsBuiltAgainAlike(t *testing.T) {
	each(t, func(t *testing.T, a *arena.Arena, teams *team.Service) {
		ctx, players := t.Context(), people(a, 5)
		first := founded(t, a, teams, players[0], "第一家")
		second := founded(t, a, teams, players[2], "第二家")
		for i, code := range map[int]string{1: first.Code, 3: second.Code} {
			if err := teams.Join(ctx, a.Contest, players[i], code); err != nil {
				t.Fatal(err)
			}
		}
		founded(t, a, teams, players[4], "一个人") // too few to be ranked
		for i, right := range []int{1, 2, 3, 3, 3} {
			a.PlayLevel(players[i], "first", right)
		}
		shown := func() string {
			t.Helper()
			if err := a.Boards.Rebuild(ctx, a.Contest.ContestID); err != nil {
				t.Fatal(err)
			}
			page, err := a.Boards.Page(ctx, a.Contest, board.Query{Board: "kin", From: 1, Size: 10, Me: first.ID})
			if err != nil {
				t.Fatal(err)
			}
			text := ""
			for _, e := range page.Entries {
				text += fmt.Sprintf("%d %s %d\n", e.Rank, e.Name, e.Points)
			}
			if page.Me != nil {
				text += fmt.Sprintf("me %d", page.Me.Rank)
			}
			return text
		}
		want := func(what, text string) {
			t.Helper()
			if got := shown(); got != text {
				t.Errorf("%s: %s", what, got)
			}
		}
		want("two families", "1 第二家 60\n2 第一家 30\nme 2")
		if err := teams.Decide(ctx, staff.Actor{Name: "值班"}, a.Contest, second.ID, "", true, "不文明"); err != nil {
			t.Fatal(err)
		}
		if got := shown(); strings.Contains(got, "第二家") || !strings.Contains(got, "1 队伍") {
			t.Errorf("a hidden name is shown: %s", got)
		}
		if err := teams.Decide(ctx, staff.Actor{Name: "值班"}, a.Contest, second.ID, "第二家", false, ""); err != nil {
			t.Fatal(err)
		}
		if err := teams.Leave(ctx, a.Contest, players[3]); err != nil {
			t.Fatal(err)
		}
		want("one left", "1 第一家 30\nme 1")
		if err := teams.Join(ctx, a.Contest, players[3], first.Code); err != nil {
			t.Fatal(err)
		}
		want("and came elsewhere", "1 第一家 60\nme 1")
	})
}

func TestTeamsAreRankedByAccuracyWithEnoughPeopleAndAnswers(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(strings.NewReplacer("most: 4", "most: 6", "title: 家庭榜, subject: team, measure: best}", "title: 家庭榜, subject: team, measure: accuracy, answers: 15}\n"+
			"  - {key: quick, title: 快榜, subject: team, measure: time}").Replace(families))
		teams := teamsOn(t, a, a.Node)
		ctx, players := t.Context(), people(a, 11)
		first := founded(t, a, teams, players[0], "第一家")
		second := founded(t, a, teams, players[6], "第二家")
		for i, player := range players {
			of := first
			if i > 5 {
				of = second
			}
			if err := teams.Join(ctx, a.Contest, player, of.Code); err != nil {
				t.Fatal(err)
			}
			a.PlayLevel(player, "first", 3-i%2)
		}
		want := func(what, key, text string) {
			t.Helper()
			if err := a.Boards.Rebuild(ctx, a.Contest.ContestID); err != nil {
				t.Fatal(err)
			}
			page, err := a.Boards.Page(ctx, a.Contest, board.Query{Board: key, From: 1, Size: 10})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, e := range page.Entries {
				got += fmt.Sprintf("%d %s %d;", e.Rank, e.Name, e.Points)
			}
			if text == "" && len(page.Entries) != 2 || text != "" && got != text {
				t.Errorf("%s: %s", what, got)
			}
		}
		want("13 right of 15, and 15 of 18", "kin", "1 第二家 8666;2 第一家 8333;")
		want("by time", "quick", "")
		if err := teams.Leave(ctx, a.Contest, players[6]); err != nil {
			t.Fatal(err)
		}
		want("four are left, of whom a figure would tell too much", "kin", "1 第一家 8333;")
	})
}

func TestAThousandMadeUpPeopleGuessNoCode(t *testing.T) {
	a := arena.New(t, testkit.Embedded(t))
	a.Apply(families)
	teams := teamsOn(t, a, a.Node)
	founded(t, a, teams, a.Enrol("队长", ""), "第一家")
	crowd := people(a, 1_000)
	for i, player := range crowd {
		for n := range 10 { // what limit.Team lets one of them try in an hour
			code := fmt.Sprintf("%08d", i*10+n)
			code = strings.NewReplacer("0", "a", "1", "z").Replace(code)
			if err := teams.Join(t.Context(), a.Contest, player, code); !errors.Is(err, team.ErrCode) {
				t.Fatalf("%s: %v", code, err)
			}
		}
	}
	if n := a.Count("team_members", "1 = 1"); n != 1 {
		t.Errorf("%d are in the team", n)
	}
}
