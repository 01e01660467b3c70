package referral_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/identity"
	"anquanda/internal/publicname"
	"anquanda/internal/referral"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/arena"
)

// run keeps the share board of a node until the test ends.
func run(a *arena.Arena, n *arena.Node) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { n.Referrals.Run(ctx) })
	a.T.Cleanup(func() {
		cancel()
		running.Wait()
	})
}

// bring lets a player bring so many friends.
func bring(t *testing.T, a *arena.Arena, inviter sqldb.ID, friends int) (brought []sqldb.ID) {
	t.Helper()
	for range friends {
		a.Clock.Pass(time.Second)
		friend := a.Enrol("朋友", "")
		arrive(t, a, friend, code(a, inviter), referral.Waiting)
		a.PlayLevel(friend, "first", 3)
		brought = append(brought, friend)
	}
	return brought
}

// ranking is the share board as text.
func ranking(t *testing.T, a *arena.Arena) string {
	t.Helper()
	page, err := a.Referrals.Board(t.Context(), a.Contest, 1, 10, 0)
	if err != nil {
		return err.Error()
	}
	var lines []string
	for _, e := range page.Entries {
		lines = append(lines, fmt.Sprintf("%d%s%d", e.Rank, e.Nickname, e.Invited))
	}
	return strings.Join(lines, " ")
}

func TestTheShareBoardRanksWhoBroughtMostAndThenWhoWasFirst(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		run(a, a.Node)
		anna, ben, carl := a.Enrol("安娜", ""), a.Enrol("小本", ""), a.Enrol("卡尔", "")
		bring(t, a, ben, 1)
		bring(t, a, anna, 2)
		bring(t, a, carl, 2)
		a.Until("all are ranked", func() bool { return ranking(t, a) == "1安娜2 2卡尔2 3小本1" })
		bring(t, a, ben, 1) // as many as the others, and later
		a.Until("the last one rises", func() bool { return ranking(t, a) == "1安娜2 2卡尔2 3小本2" })
		page, err := a.Referrals.Board(t.Context(), a.Contest, 1, 1, ben)
		if err != nil || page.Total != 3 || len(page.Entries) != 1 || page.Me == nil || page.Me.Rank != 3 ||
			page.Me.Invited != 2 || page.Me.Nickname != "小本" {
			t.Errorf("the page is %+v, %v", page, err)
		}
	})
}

func TestAHiddenNameIsNotOnTheShareBoardNorInATree(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		run(a, a.Node)
		anna := a.Enrol("安娜", "")
		ben := bring(t, a, anna, 1)[0]
		for _, player := range []sqldb.ID{anna, ben} {
			err := a.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
				_, err := identity.SetName(t.Context(), tx, a.Contest.ContestID, player, publicname.Hidden, "", 1)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		a.Until("she is ranked under an alias", func() bool { return ranking(t, a) == "1"+publicname.Alias(anna)+"1" })
		tree, err := a.Referrals.Tree(t.Context(), a.Contest, anna, 1, 1, 10)
		if err != nil || len(tree.Branches) != 1 || tree.Branches[0].Nickname != publicname.Alias(ben) {
			t.Errorf("the tree is %+v, %v", tree, err)
		}
	})
}

func TestTheShareBoardIsBuiltAgainWhenRedisWasEmptied(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		run(a, a.Node)
		bring(t, a, a.Enrol("安娜", ""), 2)
		a.Until("she is ranked", func() bool { return ranking(t, a) == "1安娜2" })
		a.Store.EmptyRedis()
		if got := ranking(t, a); !strings.Contains(got, "share_board_unavailable") && got != "1安娜2" {
			t.Errorf("right after, the board is %q", got)
		}
		a.Until("it is built again", func() bool { return ranking(t, a) == "1安娜2" })
	})
}

// A node that dies between the commit and Redis leaves its tallies to be caught up.
func TestWhatDidNotReachRedisIsCaughtUp(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		anna := a.Enrol("安娜", "")
		a.Referrals.Reconcile(t.Context()) // builds the empty board; nothing Runs, so what follows is lost
		bring(t, a, anna, 2)
		if got := ranking(t, a); got != "" {
			t.Errorf("nothing was sent, and the board is %q", got)
		}
		a.Clock.Pass(20 * time.Second)
		second := a.NewNode()
		second.Referrals.Reconcile(t.Context())
		if got := ranking(t, a); got != "1安娜2" {
			t.Errorf("caught up, the board is %q", got)
		}
	})
}

func TestATallyThatComesLateOrTwiceChangesNothing(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		anna, ben := a.Enrol("安娜", ""), a.Enrol("小本", "")
		a.Referrals.Reconcile(t.Context())
		bring(t, a, anna, 2)
		if err := a.Referrals.Rebuild(t.Context(), a.Contest.ContestID); err != nil {
			t.Fatal(err)
		}
		run(a, a.Node) // sends now what was queued: the tally of one, then of two
		bring(t, a, ben, 1)
		a.Until("the queue is through", func() bool { return strings.Contains(ranking(t, a), "小本") })
		if got := ranking(t, a); got != "1安娜2 2小本1" {
			t.Errorf("the board is %q", got)
		}
	})
}

func TestMyTreeShowsLevelsCountsAndMaskedNames(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		anna := a.Enrol("安娜同志", "")
		friends := bring(t, a, anna, 3)
		a.Clock.Set("2026-06-17 10:00:00")
		grand := bring(t, a, friends[0], 2)
		bring(t, a, grand[1], 1)
		waiting := a.Enrol("没答完", "")
		arrive(t, a, waiting, code(a, anna), referral.Waiting)
		tree, err := a.Referrals.Tree(t.Context(), a.Contest, anna, 1, 2, 1)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(tree.Levels); got != "[{1 3 false} {2 2 false} {3 1 false}]" {
			t.Errorf("the levels are %s", got)
		}
		if len(tree.Branches) != 1 || tree.Branches[0].Nickname != "朋*" || tree.Branches[0].By != "" ||
			tree.Branches[0].Brought != 0 {
			t.Errorf("the second of the first level is %+v", tree.Branches)
		}
		tree, err = a.Referrals.Tree(t.Context(), a.Contest, anna, 2, 1, 10)
		if err != nil || len(tree.Branches) != 2 || tree.Branches[1].By != "朋*" || tree.Branches[1].Brought != 1 ||
			tree.Branches[0].Brought != 0 {
			t.Errorf("the second level is %+v, %v", tree.Branches, err)
		}
		tree, err = a.Referrals.Tree(t.Context(), a.Contest, friends[2], 1, 1, 10)
		if err != nil || len(tree.Levels) != 0 || len(tree.Branches) != 0 {
			t.Errorf("who brought nobody sees %+v, %v", tree, err)
		}
		a.Apply(strings.Replace(sharing, ", tree: true", "", 1))
		if _, err := a.Referrals.Tree(t.Context(), a.Contest, anna, 1, 1, 10); err == nil {
			t.Error("a contest without a tree shows one")
		}
	})
}

func TestNamesAreMaskedAfterTheirFirstCharacter(t *testing.T) {
	for name, want := range map[string]string{"": "", "安": "安", "安娜": "安*", "平安青松12": "平**", "é1": "é*"} {
		if got := publicname.FirstOnly(name); got != want {
			t.Errorf("%q is shown as %q, want %q", name, got, want)
		}
	}
}
