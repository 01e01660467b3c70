package referral_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/redisdb"
	"anquanda/internal/referral"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// checkTallies fails the test where the share board differs from the truth.
func checkTallies(t *testing.T, a *arena.Arena) {
	t.Helper()
	var truth []struct {
		Inviter sqldb.ID `db:"inviter_id"`
		Invited int64    `db:"invited"`
	}
	err := a.DB.Select(t.Context(), &truth, `SELECT inviter_id, COUNT(*) AS invited FROM arrivals
		WHERE contest_id = ? AND state = 'counted' GROUP BY inviter_id`, a.Contest.ContestID)
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, tally := range truth {
		want = append(want, fmt.Sprint(tally.Inviter, " brought ", tally.Invited))
	}
	page, err := a.Referrals.Board(t.Context(), a.Contest, 1, referral.MaxPage, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page.Entries {
		got = append(got, fmt.Sprint(e.PlayerID, " brought ", e.Invited))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the share board is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// One node builds the share board; before each of its steps another one begins too,
// also where the first one stood still for so long that its lock ended, and dies after
// some steps of its own. Meanwhile an invitation comes in.
func TestTwoNodesThatBuildTheShareBoardAtOnceEndWithTheRightTallies(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		anna := a.Enrol("安娜", "")
		bring(t, a, anna, 2)
		run(a, a.Node)
		two := newBuilders(a)
		for _, lapsed := range []bool{false, true} {
			for lasts := int64(1); lasts <= 4; lasts++ {
				for step := int64(1); two.build(t, a, step, lasts, lapsed); step++ {
					if checkTallies(t, a); t.Failed() {
						t.Fatalf("the other node began before step %d and died after %d of its own (lock lapsed: %v)",
							step, lasts, lapsed)
					}
					onlyThoseOf(t, a, anna)
				}
			}
		}
	})
}

// onlyThoseOf forgets the arrivals that others brought: the next invitation is again
// as many as were there before.
func onlyThoseOf(t *testing.T, a *arena.Arena, inviter sqldb.ID) {
	t.Helper()
	err := a.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), "DELETE FROM arrivals WHERE inviter_id <> ?", inviter)
		return err
	})
	if err == nil {
		err = a.Referrals.Rebuild(t.Context(), a.Contest.ContestID)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// builders are two nodes that build the same share board.
type builders struct {
	one, other  *arena.Node
	calls, died *testkit.RedisCalls
	before      func(step int64) // a step of the one
	lasts       int64            // steps of the other
}

func newBuilders(a *arena.Arena) *builders {
	two := &builders{one: a.NewNode(), other: a.NewNode()}
	two.calls = &testkit.RedisCalls{Before: func(step int64) error { two.before(step); return nil }}
	two.died = &testkit.RedisCalls{Before: func(step int64) error {
		if step > two.lasts {
			return errors.New("the node died")
		}
		return nil
	}}
	two.one.Redis.AddHook(two.calls)
	two.other.Redis.AddHook(two.died)
	return two
}

// build reports whether the one took so many steps. Then the share board is whole
// again.
func (two *builders) build(t *testing.T, a *arena.Arena, step, lasts int64, lapsed bool) bool {
	t.Helper()
	lock := redisdb.Keys(a.Contest.ContestID).Shares().Lock
	a.Clock.Pass(time.Minute) // what was counted before is not caught up by the watermark
	two.calls.Store(0)
	two.died.Store(0)
	two.lasts = lasts
	two.before = func(at int64) {
		if at != step {
			return
		}
		if lapsed {
			a.Redis.Del(t.Context(), lock)
		}
		two.other.Referrals.Reconcile(t.Context())
		bring(t, a, a.Enrol("小本", ""), 1)
		a.Until("the tally was handed over", a.Referrals.Settled)
	}
	a.Redis.Del(t.Context(), redisdb.Keys(a.Contest.ContestID).Shares().Mark)
	err := two.one.Referrals.Reconcile(t.Context())
	if err != nil && !errors.Is(err, redisdb.ErrEmptied) {
		t.Fatal(err)
	}
	a.Redis.Del(t.Context(), lock) // of the dead node; it would end by itself
	a.Until("the share board is whole", func() bool {
		a.Referrals.Reconcile(t.Context())
		_, err := a.Referrals.Board(t.Context(), a.Contest, 1, 1, 0)
		return err == nil && !a.Referrals.Late()
	})
	return two.calls.Load() >= step
}

// Both nodes build again and again while friends finish on both.
func TestTheShareBoardIsBuiltAgainUnderLoad(t *testing.T) {
	each(t, strings.Replace(sharing, "per_day: 3", "per_day: 100", 1), func(t *testing.T, a *arena.Arena) {
		nodes := []*arena.Node{a.Node, a.NewNode()}
		inviters := []sqldb.ID{a.Enrol("安娜", ""), a.Enrol("小本", ""), a.Enrol("卡尔", "")}
		var friends []sqldb.ID
		for i := range 24 {
			friends = append(friends, a.Enrol("朋友", ""))
			arrive(t, a, friends[i], code(a, inviters[i%len(inviters)]), referral.Waiting)
		}
		var playing, building sync.WaitGroup
		done := make(chan struct{})
		for i, n := range nodes {
			run(a, n)
			building.Go(func() {
				for {
					select {
					case <-done:
						return
					default:
					}
					err := n.Referrals.Rebuild(context.Background(), a.Contest.ContestID)
					if err != nil && !errors.Is(err, redisdb.ErrRebuilding) && !errors.Is(err, redisdb.ErrEmptied) {
						t.Error(err)
					}
				}
			})
			playing.Go(func() {
				for k := i; k < len(friends); k += len(nodes) {
					a.PlayOn(n, friends[k], "first", 3)
				}
			})
		}
		playing.Wait()
		close(done)
		building.Wait()
		a.Until("the share board is whole", func() bool {
			_, err := a.Referrals.Board(t.Context(), a.Contest, 1, 1, 0)
			late := nodes[0].Referrals.Late() || nodes[1].Referrals.Late()
			return err == nil && !late && nodes[0].Referrals.Settled() && nodes[1].Referrals.Settled()
		})
		checkTallies(t, a)
	})
}

// The clock stands still here: nothing is due by the watermark's age.
func TestTalliesThatDidNotReachRedisAreCaughtUpAsSoonAsItIsBack(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		run(a, a.Node)
		anna := a.Enrol("安娜", "")
		bring(t, a, anna, 1)
		a.Until("she is ranked", func() bool { return ranking(t, a) == "1安娜1" })
		cut := testkit.CutRedis(a.Redis)
		cut.Store(true)
		bring(t, a, anna, 1)
		a.Until("the tally was tried", a.Referrals.Settled)
		if !a.Referrals.Late() {
			t.Error("a tally is missing, and the share board does not know that it is late")
		}
		cut.Store(false)
		a.Until("it has caught up", func() bool { return !a.Referrals.Late() })
		checkTallies(t, a)
	})
}

func TestTheShareBoardRunsOnARedisCluster(t *testing.T) {
	a := arena.New(t, testkit.Cluster(t))
	a.Apply(sharing)
	run(a, a.Node)
	anna := a.Enrol("安娜", "")
	bring(t, a, anna, 2)
	a.Until("she is ranked", func() bool { return ranking(t, a) == "1安娜2" })
	if err := a.Referrals.Rebuild(t.Context(), a.Contest.ContestID); err != nil {
		t.Fatal(err)
	}
	checkTallies(t, a)
	if err := a.Redis.DropContest(t.Context(), a.Contest.ContestID); err != nil {
		t.Error(err)
	}
	if n := a.Redis.DBSize(t.Context()).Val(); n != 0 {
		t.Errorf("%d keys stay when a contest's are dropped", n)
	}
}
