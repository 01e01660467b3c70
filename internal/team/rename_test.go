package team_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/errs"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/team"
	"anquanda/internal/testkit/arena"
)

func TestACaptainGivesAnotherNameWhereOthersDoNotSeeTheOneThatIsThere(t *testing.T) {
	each(t, func(t *testing.T, a *arena.Arena, teams *team.Service) {
		ctx, players, host := t.Context(), people(a, 3), staff.Actor{Name: "值班"}
		of := founded(t, a, teams, players[0], "坏名字")
		if err := teams.Join(ctx, a.Contest, players[1], of.Code); err != nil {
			t.Fatal(err)
		}
		rename := func(player sqldb.ID, name string) error { return teams.Rename(ctx, a.Contest, player, name) }
		decide := func(seen string, hidden bool) error {
			return teams.Decide(ctx, host, a.Contest, of.ID, seen, hidden, "不文明")
		}
		a.Clock.Set("2026-06-25 12:00:00") // teams are fixed, and the name stands on boards
		for _, c := range []struct {
			what string
			did  func() error
			want error
		}{
			{"a name that all see", func() error { return rename(players[0], "好名字") }, team.ErrNameShown},
			{"staff hides it", func() error { return decide("坏名字", true) }, nil},
			{"a member names the team", func() error { return rename(players[1], "好名字") }, team.ErrCaptain},
			{"a number", func() error { return rename(players[0], "电话13800138000") }, errs.InvalidField("name", "")},
			{"the same name again", func() error { return rename(players[0], "坏 名字") }, team.ErrNameTaken},
			{"another name", func() error { return rename(players[0], "好名字") }, nil},
			{"and one more before staff has looked", func() error { return rename(players[0], "更好") }, team.ErrNameWaits},
			{"staff shows what was there before", func() error { return decide("坏名字", false) }, team.ErrNameChanged},
			{"staff hides this too", func() error { return decide("好名字", true) }, nil},
			{"the first name once more", func() error { return rename(players[0], "坏名字") }, team.ErrNameTaken},
			{"a third name", func() error { return rename(players[0], "第三名") }, nil},
			{"staff hides it", func() error { return decide("", true) }, nil},
			{"a fourth name", func() error { return rename(players[0], "第四名") }, nil},
			{"staff hides it", func() error { return decide("", true) }, nil},
			{"a fifth name", func() error { return rename(players[0], "第五名") }, team.ErrNamesSpent},
			{"staff shows it after all", func() error { return decide("第四名", false) }, nil},
		} {
			if err := c.did(); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", c.what, err, c.want)
			}
		}
		listed, err := teams.List(ctx, a.Contest.ContestID, "第四")
		if err != nil || len(listed) != 1 || fmt.Sprint(listed[0].Former) != "[坏名字 好名字 第三名]" ||
			listed[0].State != publicname.Approved {
			t.Errorf("staff sees %+v, %v", listed, err)
		}
		for _, player := range players[:2] { // with the last of them goes what they wrote
			err := a.DB.InTx(ctx, func(tx *sqldb.Tx) error { return team.Forget(ctx, tx, a.Contest.ContestID, player) })
			if err != nil {
				t.Fatal(err)
			}
		}
		if n := a.Count("team_names", "1 = 1"); n != 0 {
			t.Errorf("%d names are left of a team that is gone", n)
		}
	})
}

func TestWhatIsDoneWithATeamsNameIsNotJudgedAway(t *testing.T) {
	each(t, func(t *testing.T, a *arena.Arena, teams *team.Service) {
		ctx, captain, host := t.Context(), people(a, 1)[0], staff.Actor{Name: "值班"}
		of := founded(t, a, teams, captain, "坏名字")
		state := func() (state publicname.State) {
			if err := a.DB.Get(ctx, &state, "SELECT name_state FROM teams WHERE id = ?", of.ID); err != nil {
				t.Fatal(err)
			}
			return state
		}
		for what, c := range map[string]struct {
			do     func() error
			judged publicname.State
		}{
			"staff hide it": {func() error {
				return teams.Decide(ctx, host, a.Contest, of.ID, "", true, "不文明")
			}, publicname.Approved},
			"the captain gives another": {func() error {
				return errors.Join(teams.Decide(ctx, host, a.Contest, of.ID, "", true, "不文明"),
					teams.Rename(ctx, a.Contest, captain, "好名字"))
			}, publicname.Unfit},
		} {
			err := a.DB.InTx(ctx, func(tx *sqldb.Tx) error {
				_, err := tx.Exec(ctx, "UPDATE teams SET name = '坏名字', folded = '坏名字', name_state = ? WHERE id = ?",
					publicname.Unseen, of.ID)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			want := publicname.Unseen
			err = teams.Rejudge(ctx, func(publicname.Kept) publicname.State {
				if err := c.do(); err != nil {
					t.Fatal(err)
				}
				want = state()
				return c.judged
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := state(); got != want || got == c.judged {
				t.Errorf("%s: the name is %q, want %q", what, got, want)
			}
		}
	})
}

func TestTwoCaptainsWhoPressAtOnceDoNotGetOneName(t *testing.T) {
	each(t, func(t *testing.T, a *arena.Arena, teams *team.Service) {
		ctx, players := t.Context(), people(a, 2)
		nodes := []*team.Service{teams, teamsOn(t, a, a.NewNode())}
		for i, player := range players {
			of := founded(t, a, teams, player, fmt.Sprintf("坏名字%c", '甲'+rune(i)))
			if err := teams.Decide(ctx, staff.Actor{Name: "值班"}, a.Contest, of.ID, "", true, "不文明"); err != nil {
				t.Fatal(err)
			}
		}
		var pressing sync.WaitGroup
		for n := range 6 {
			pressing.Go(func() {
				err := nodes[n%2].Rename(ctx, a.Contest, players[n/3], "好名字")
				if err != nil && !errors.Is(err, team.ErrNameTaken) && !errors.Is(err, team.ErrNameWaits) &&
					!errors.Is(err, sqldb.ErrStale) {
					t.Error(err)
				}
			})
		}
		pressing.Wait()
		if named, had := a.Count("teams", "name = '好名字'"), a.Count("team_names", "1 = 1"); named != 1 || had != 1 {
			t.Errorf("%d teams have the name, %d names were replaced", named, had)
		}
		if name := mine(t, a, teams, players[0]).Name + mine(t, a, teams, players[1]).Name; !strings.Contains(name, "坏名字") {
			t.Error(name)
		}
	})
}
