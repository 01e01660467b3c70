package board_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/bank"
	"anquanda/internal/board"
	"anquanda/internal/identity/personal"
	"anquanda/internal/play"
	"anquanda/internal/question"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// collect keeps what followers are told.
func collect(all *[]*play.Change) arena.Option {
	var mu sync.Mutex
	return func(c *play.Config) {
		c.Followers = append(c.Followers, func(f *play.Change) {
			mu.Lock()
			defer mu.Unlock()
			*all = append(*all, f)
		})
	}
}

func permutations(n int) (all [][]int) {
	if n == 0 {
		return [][]int{nil}
	}
	for _, shorter := range permutations(n - 1) {
		for at := range n {
			longer := append([]int{}, shorter[:at]...)
			all = append(all, append(append(longer, n-1), shorter[at:]...))
		}
	}
	return all
}

// emptied empties Redis and sets the mark of a view that is up to date, so that
// nothing but what is handed over comes in.
func emptied(t *testing.T, a *arena.Arena) {
	t.Helper()
	mark := redisdb.Keys(a.Contest.ContestID).Boards().Mark
	text := a.Redis.Get(t.Context(), mark).Val()
	a.Store.EmptyRedis()
	if err := a.Redis.Set(t.Context(), mark, text, 0).Err(); err != nil {
		t.Fatal(err)
	}
}

// Whatever the order in which totals arrive, and however often, over midnight
// too: the newest of each day and of the whole stands.
func TestTotalsMayComeLateTwiceAndInAnyOrder(t *testing.T) {
	var finished []*play.Change
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		finished = nil
		player, other := a.Enrol("小明", "n1"), a.Enrol("小红", "")
		a.Clock.Set("2026-06-16 23:50:00")
		a.PlayLevel(player, "first", 1)
		a.Clock.Pass(time.Minute)
		a.PlayLevel(player, "first", 2)
		a.Clock.Set("2026-06-17 00:10:00")
		a.PlayLevel(player, "first", 1)
		a.Clock.Pass(time.Minute)
		a.PlayLevel(player, "second", 3)
		a.PlayLevel(other, "first", 3)
		late := a.NewNode()
		a.RunBoards(late)
		a.Until("the boards are built", func() bool {
			return a.Redis.Exists(t.Context(), redisdb.Keys(a.Contest.ContestID).Boards().Mark).Val() == 1
		})
		for round, order := range permutations(len(finished)) {
			if round%3 == 0 {
				emptied(t, a) // else they come again on top of what is there
			}
			for _, i := range order {
				late.Boards.Follow(finished[i])
				if round%2 == 0 {
					a.Until("the total is in Redis", late.Boards.Settled) // one by one, else in a batch
				}
			}
			a.Until("totals are in Redis", late.Boards.Settled)
			if err := a.Boards.RefreshUnits(t.Context(), a.Contest.ContestID); err != nil {
				t.Fatal(err)
			}
			if a.CheckBoards(); t.Failed() {
				t.Fatalf("in the order %v", order)
			}
		}
	}, collect(&finished))
}

func TestScoringSeveralDaysAgainMovesTheBoardsOfAllOfThem(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(strings.Replace(arena.Demo, "[{count: 3, kinds: [single]}]", "[{count: 10, kinds: [single]}]", 1))
		a.RunBoards(a.Node)
		player := a.Enrol("小明", "n1")
		a.PlayLevel(player, "first", 0)
		a.Clock.Set("2026-06-17 10:00:00")
		a.PlayLevel(player, "first", 0)
		a.PlayLevel(player, "first", 0)
		a.Settle()
		target := bank.Regrading{Bank: "safety", QuestionID: "single-03", Kind: question.Single,
			Judge: func(question.Choice) question.Mark { return question.Mark{Right: true} }}
		if err := a.Play.Rescore(t.Context(), target, func(play.Rescored) {}); err != nil {
			t.Fatal(err)
		}
		a.Settle()
		if n := a.Count("standings", "points = 10"); n != 3 { // both days and the whole
			t.Errorf("%d totals were raised, want 3:\n%s", n, a.Tables())
		}
		target.Judge = func(question.Choice) question.Mark { return question.Mark{} }
		if err := a.Play.Rescore(t.Context(), target, func(play.Rescored) {}); err != nil {
			t.Fatal(err)
		}
		a.Settle()
		if n := a.Count("standings", "points = 0"); n != 3 {
			t.Errorf("%d totals were taken back, want 3:\n%s", n, a.Tables())
		}
	})
}

func TestYesterdaysUnitsGetWhatWasFinishedInItsLastMoment(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.RunBoards(a.Node)
		a.Clock.Set("2026-06-16 23:59:59")
		a.PlayLevel(a.Enrol("小明", "n1"), "first", 3)
		a.Clock.Set("2026-06-17 00:00:00")
		a.Until("the units are added up", func() bool {
			found, err := a.Boards.Page(t.Context(), a.Contest, board.Query{Board: "villages", Period: 20260616,
				From: 1, Size: 10})
			return err == nil && len(found.Entries) == 1 // at first the view is not built yet
		})
	})
}

func TestAUnitThatMovedInTheTreeCountsForItsNewTown(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.RunBoards(a.Node)
		a.PlayLevel(a.Enrol("小明", "n1"), "first", 3)
		a.Settle()
		north := "units:\n  - {code: n, name: 北镇, children: [{code: n1, name: 北一村}, {code: n2, name: 北二村}]}\n  - {code: s, name: 南镇, children: ["
		a.Apply(strings.Replace(arena.Demo, north,
			"units:\n  - {code: n, name: 北镇}\n  - {code: s, name: 南镇, children: [{code: n1, name: 北一村}, ", 1))
		a.Settle()
		if got := lines(page(t, a, board.Query{Board: "towns"}).Entries); got != "1南镇30" {
			t.Errorf("the towns are %s", got)
		}
	})
}

func TestWhenTheOpeningIsMovedWhoWasFirstStaysFirst(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.RunBoards(a.Node)
		a.PlayLevel(a.Enrol("甲", ""), "first", 3)
		a.Settle()
		a.Apply(strings.Replace(arena.Demo, "opens: 2026-06-01 08:00", "opens: 2026-05-01 08:00", 1))
		a.Boards.Reconcile(t.Context())
		a.Clock.Pass(time.Hour)
		a.PlayLevel(a.Enrol("乙", ""), "first", 3)
		a.Settle()
		a.Apply(strings.Replace(arena.Demo, "opens: 2026-06-01 08:00", "opens: 2026-06-15 08:00", 1))
		a.Boards.Reconcile(t.Context())
		a.Clock.Pass(time.Hour)
		a.PlayLevel(a.Enrol("丙", ""), "first", 3)
		a.Settle()
		if got := lines(page(t, a, board.Query{Board: "total"}).Entries); got != "1甲30 2乙30 3丙30" {
			t.Errorf("the board is %s", got)
		}
	})
}

// twoDays has players finish on both sides of midnight.
func twoDays(a *arena.Arena, players []sqldb.ID) {
	a.Clock.Set("2026-06-16 23:59:00")
	for i, player := range players {
		a.PlayLevel(player, "first", i%4)
	}
	a.Clock.Set("2026-06-17 00:01:00")
	for i, player := range players {
		a.PlayLevel(player, "first", (i+1)%4)
	}
}

func enrolSome(a *arena.Arena, n int) []sqldb.ID {
	players := make([]sqldb.ID, n)
	for i := range players {
		players[i] = a.Enrol(fmt.Sprint("选手", i), []string{"n1", "n2", "s1", "s", ""}[i%5])
	}
	return players
}

func TestAnEmptiedRedisIsFilledAgainByItself(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		players := enrolSome(a, 30)
		twoDays(a, players)
		a.RunBoards(a.Node)
		ready := func() bool {
			_, err := a.Boards.Page(t.Context(), a.Contest, board.Query{Board: "total", From: 1, Size: 1})
			return err == nil
		}
		a.Until("the boards are built", ready)
		a.Settle()
		a.Store.EmptyRedis()
		if _, err := a.Boards.Page(t.Context(), a.Contest, board.Query{Board: "total", From: 1,
			Size: 1}); code(err) != "board_unavailable" {
			t.Errorf("a board that was emptied: %v", err)
		}
		a.PlayLevel(players[3], "first", 3) // answers go on
		a.Until("the boards are built again", ready)
		a.Until("the boards are whole", func() bool { return !a.Boards.Late() })
		a.Settle()
	})
}

// An emptied Redis must not end up with a mark that vouches for what is not
// there, at whatever step it was emptied.
func TestRedisMayBeEmptiedAtAnyStepOfBuildingItAgain(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		twoDays(a, enrolSome(a, 8))
		for step := int64(1); ; step++ {
			another := a.NewNode()
			emptier := &testkit.RedisCalls{Before: func(number int64) error {
				if number == step {
					a.Store.EmptyRedis()
				}
				return nil
			}}
			another.Redis.AddHook(emptier)
			a.Store.EmptyRedis()
			another.Boards.Reconcile(t.Context())
			for range 3 {
				another.Boards.Reconcile(t.Context())
			}
			if a.CheckBoards(); t.Failed() {
				t.Fatalf("emptied before step %d", step)
			}
			if emptier.Load() < step {
				t.Logf("%d steps", step-1)
				return
			}
		}
	})
}

func TestAnsweringGoesOnWhileRedisIsAway(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.RunBoards(a.Node)
		players := enrolSome(a, 10)
		a.PlayLevel(players[0], "first", 3)
		a.Settle()
		a.Store.KillRedis()
		twoDays(a, players)
		a.Until("it is noticed that Redis is away", a.Boards.Late)
		if _, err := a.Boards.Page(t.Context(), a.Contest, board.Query{Board: "total", From: 1,
			Size: 1}); code(err) != "board_unavailable" {
			t.Errorf("a board while Redis is away: %v", err)
		}
		a.Store.RestartRedis()
		a.Until("the boards have caught up", func() bool {
			_, err := a.Boards.Page(t.Context(), a.Contest, board.Query{Board: "total", From: 1, Size: 1})
			return err == nil && !a.Boards.Late()
		})
		a.Settle()
	})
}

// The clock stands still here: nothing is due by the watermark's age.
func TestTotalsThatDidNotReachRedisAreCaughtUpAsSoonAsItIsBack(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.RunBoards(a.Node)
		players := enrolSome(a, 5)
		a.PlayLevel(players[0], "first", 1)
		a.Settle()
		cut := testkit.CutRedis(a.Redis)
		cut.Store(true)
		for _, player := range players {
			a.PlayLevel(player, "first", 3)
		}
		a.Until("the totals were tried", a.Boards.Settled)
		cut.Store(false)
		if !a.Boards.Late() {
			t.Error("totals are missing, and boards do not say that they are late")
		}
		a.Until("the boards have caught up", func() bool { return !a.Boards.Late() })
		a.Settle()
	})
}

func TestARedisRestoredFromAnOldSnapshotCatchesUp(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.RunBoards(a.Node)
		players := enrolSome(a, 12)
		twoDays(a, players[:6])
		a.Settle()
		old := snapshot(a)
		a.Clock.Set("2026-06-17 10:00:00")
		for i, player := range players {
			a.PlayLevel(player, "first", i%4)
		}
		a.Settle()
		old.restore(a)
		a.Boards.Reconcile(t.Context())
		a.Settle()
	})
}

// keys are the contents of a Redis.
type keys map[string]any

func snapshot(a *arena.Arena) keys {
	a.T.Helper()
	all, client := keys{}, a.Redis
	ctx := a.T.Context()
	for _, key := range a.Store.RedisKeys("*") {
		switch kind := client.Type(ctx, key).Val(); kind {
		case "string":
			all[key] = client.Get(ctx, key).Val()
		case "hash":
			all[key] = client.HGetAll(ctx, key).Val()
		case "set":
			all[key] = client.SMembers(ctx, key).Val()
		case "zset":
			all[key] = client.ZRangeWithScores(ctx, key, 0, -1).Val()
		default:
			a.T.Fatalf("the key %s is a %s", key, kind)
		}
	}
	return all
}

func (k keys) restore(a *arena.Arena) {
	a.T.Helper()
	a.Store.EmptyRedis()
	ctx := a.T.Context()
	_, err := a.Redis.TxPipelined(ctx, func(pipe redis.Pipeliner) error {
		for key, content := range k {
			switch c := content.(type) {
			case string:
				pipe.Set(ctx, key, c, 0)
			case map[string]string:
				pipe.HSet(ctx, key, c)
			case []string:
				pipe.SAdd(ctx, key, c)
			case []redis.Z:
				pipe.ZAdd(ctx, key, c...)
			}
		}
		return nil
	})
	if err != nil {
		a.T.Fatal(err)
	}
}

// A node that dies, or Redis away, at the very moment when names are deleted must not leave
// them on the boards for ever.
func TestNamesLeaveTheBoardsWhenTheirRetentionIsOver(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.RunBoards(a.Node)
		anna := a.Enrol("安娜", "n1")
		a.PlayLevel(anna, "first", 3)
		a.Settle()
		shows := func(name string) func() bool {
			return func() bool { // not while it is built again
				p, err := a.Boards.Page(t.Context(), a.Contest, board.Query{Board: "total", From: 1, Size: 1})
				return err == nil && len(p.Entries) == 1 && p.Entries[0].Name == name
			}
		}
		a.Until("the name is there", shows("安娜"))
		kept := time.UnixMilli(personal.KeptUntil(a.Contest.Definition)).In(arena.Zone)
		a.Clock.Set(kept.Format(time.DateTime))
		a.Until("the name is gone", shows(""))
		e, err := a.Players.Enrolment(t.Context(), a.Contest.ContestID, anna)
		if err != nil {
			t.Fatal(err)
		}
		a.Boards.Rename(t.Context(), a.Contest.ContestID, e) // a list of words changes before they are deleted
		who := redisdb.Keys(a.Contest.ContestID).BoardWho()
		if kept, err := a.Redis.HVals(t.Context(), who).Result(); err != nil || strings.Contains(fmt.Sprint(kept), "安娜") {
			t.Errorf("Redis keeps %q, %v", kept, err)
		}
		if p := page(t, a, board.Query{Board: "total", Me: anna}); p.Me == nil || p.Me.Rank != 1 {
			t.Errorf("the result went with the name: %+v", p)
		}
	})
}

func TestBoardsAreBuiltAgainUnderLoad(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		nodes := []*arena.Node{a.Node, a.NewNode()}
		a.RunBoards(nodes[0])
		a.RunBoards(nodes[1])
		players := enrolSome(a, 24)
		var playing, building sync.WaitGroup
		done := make(chan struct{})
		for i, player := range players {
			playing.Go(func() {
				for _, level := range []string{"first", "first", "second", "first", "third"} {
					a.PlayOn(nodes[i%2], player, level, 2+i%2)
				}
			})
		}
		rebuilt := 0
		building.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				err := nodes[rebuilt%2].Boards.Rebuild(context.Background(), a.Contest.ContestID)
				if err != nil && !errors.Is(err, redisdb.ErrRebuilding) && code(err) != "internal" {
					t.Error(err)
				}
				rebuilt++
			}
		})
		playing.Wait()
		close(done)
		building.Wait()
		a.Until("the boards are whole", func() bool { return !nodes[0].Boards.Late() && !nodes[1].Boards.Late() })
		a.Settle(nodes...)
		t.Logf("built again %d times", rebuilt)
	})
}

func TestOneNodeAtATimeBuildsTheBoardsAgain(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		lock := redisdb.Keys(a.Contest.ContestID).Boards().Lock
		if err := a.Redis.Set(t.Context(), lock, "another node", 0).Err(); err != nil {
			t.Fatal(err)
		}
		soon, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		if a.Boards.Rebuild(soon, a.Contest.ContestID) == nil {
			t.Error("two nodes build the boards at once")
		}
		if a.Redis.Get(t.Context(), lock).Val() != "another node" {
			t.Error("the lock of another node was taken away")
		}
		time.AfterFunc(300*time.Millisecond, func() { a.Redis.Del(context.Background(), lock) })
		if err := a.Boards.Rebuild(t.Context(), a.Contest.ContestID); err != nil {
			t.Error(err)
		}
		if a.Redis.Exists(t.Context(), lock).Val() != 0 {
			t.Error("the lock stays behind")
		}
	})
}

func TestBoardsRunOnARedisCluster(t *testing.T) {
	a := arena.New(t, testkit.Cluster(t))
	a.RunBoards(a.Node)
	players := enrolSome(a, 12)
	twoDays(a, players)
	a.Settle()
	if p := page(t, a, board.Query{Board: "total", Me: players[3]}); p.Me == nil || p.Total != 12 {
		t.Errorf("the page is %+v", p)
	}
	if err := a.Boards.Rebuild(t.Context(), a.Contest.ContestID); err != nil {
		t.Error(err)
	}
	a.Settle()
}
