package play_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// follows counts the followers' calls.
func follows(count *atomic.Int64) arena.Option {
	return func(c *play.Config) {
		c.Followers = append(c.Followers, func(*play.Change) { count.Add(1) })
	}
}

func TestGivingUpCountsWhatWasNotAnsweredAsWrong(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player := a.Enrol("小明", "")
		step := a.Start(player, "first")
		a.Clock.Pass(4 * time.Second)
		reply := a.Respond(player, step.Ticket, arena.Answer(step.Question, true))
		a.Clock.Pass(4 * time.Second)
		result, err := a.Play.Finish(t.Context(), player, step.Ticket) // any of its tickets will do
		if err != nil {
			t.Fatal(err)
		}
		if result.Correct != 1 || result.Score != 10 || result.Passed || result.Stars != 0 || result.UsedMS != 4000 ||
			result.Unlocked != nil {
			t.Errorf("the result is %+v", result)
		}
		if a.Count("attempts", "answered = 1 AND correct = 1 AND score = 10 AND passed = 0") != 1 ||
			a.Count("responses", "used_ms = -1 AND correct = 0 AND choice = ''") != 2 {
			t.Errorf("stored is\n%s", a.Tables())
		}
		before := a.Tables()
		if _, err := a.Play.Respond(t.Context(), player, reply.Ticket,
			arena.Answer(reply.Question, true)); code(err) != "already_answered" {
			t.Errorf("an answer after giving up: %v", err)
		}
		stand, err := a.Play.Resume(t.Context(), player, reply.Ticket)
		if err != nil || stand.Result == nil || stand.Result.Score != 10 || stand.Ticket != "" {
			t.Errorf("it stands at %+v, %v", stand, err)
		}
		if a.Tables() != before {
			t.Error("a finished attempt changed")
		}
	})
}

func TestFinishingTwiceAtOnceIsOneResultAndItsFollowersHearOnce(t *testing.T) {
	var followed atomic.Int64
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		nodes := []*arena.Node{a.Node, a.NewNode()}
		followed.Store(0)
		player := a.Enrol("小明", "n1")
		step := a.Start(player, "first")
		a.Respond(player, step.Ticket, arena.Answer(step.Question, true))
		results := make([]*play.Result, 60)
		atOnce(len(results), func(i int) {
			var err error
			if results[i], err = nodes[i%2].Play.Finish(t.Context(), player, step.Ticket); err != nil {
				t.Error(err)
			}
		})
		if t.Failed() {
			return
		}
		for _, result := range results {
			if result.Score != 10 || result.FinishedAt != results[0].FinishedAt || !result.Best {
				t.Errorf("results %+v and %+v", result, results[0])
			}
		}
		if n := followed.Load(); n != 1 {
			t.Errorf("followers heard %d times, want once", n)
		}
		if a.Count("progress", "version = 2") != 1 || a.Count("progress", "1 = 1") != 1 ||
			a.Count("standings", "points = 10") != 2 {
			t.Errorf("stored is\n%s", a.Tables())
		}
	}, follows(&followed))
}

func TestAHookThatFailsLeavesNothingBehind(t *testing.T) {
	var broken atomic.Bool
	var followed atomic.Int64
	failing := func(c *play.Config) {
		c.Hooks = append(c.Hooks, func(_ context.Context, _ *play.Work, changes []*play.Change) error {
			if broken.Load() {
				return errors.New("no room for rewards")
			}
			return nil
		})
	}
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		followed.Store(0)
		player := a.Enrol("小明", "n1")
		step := a.Start(player, "first")
		ticket, asked := step.Ticket, step.Question
		for range 2 {
			reply := a.Respond(player, ticket, arena.Answer(asked, true))
			ticket, asked = reply.Ticket, reply.Question
		}
		before := a.Tables()
		broken.Store(true)
		if _, err := a.Play.Finish(t.Context(), player, ticket); code(err) != "internal" {
			t.Errorf("finishing with a broken hook: %v", err)
		}
		if after := a.Tables(); after != before || followed.Load() != 0 {
			t.Errorf("%d followers heard, and of\n%s\nit left\n%s", followed.Load(), before, after)
		}
		// The last answer is stored before the end of the attempt is tried.
		if _, err := a.Play.Respond(t.Context(), player, ticket, arena.Answer(asked, true)); code(err) != "internal" {
			t.Errorf("the last answer with a broken hook: %v", err)
		}
		broken.Store(false)
		reply := a.Respond(player, ticket, arena.Answer(asked, true))
		if !reply.Repeated || reply.Result == nil || reply.Result.Score != 30 || followed.Load() != 1 {
			t.Errorf("sent again: %+v, %d followers heard", reply, followed.Load())
		}
	}, failing, follows(&followed))
}

// A bad attempt in a batch must not take its neighbours down.
func TestAnAttemptThatCannotBeFinishedDoesNotHinderOthers(t *testing.T) {
	refused := new(atomic.Int64)
	choosy := func(c *play.Config) {
		c.Hooks = append(c.Hooks, func(_ context.Context, _ *play.Work, changes []*play.Change) error {
			for _, f := range changes {
				if int64(f.PlayerID) == refused.Load() {
					return errors.New("not this one")
				}
			}
			return nil
		})
	}
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		players := make([]sqldb.ID, 20)
		tickets := make([]string, len(players))
		for i := range players {
			players[i] = a.Enrol("小明", "")
			tickets[i] = a.Start(players[i], "first").Ticket
		}
		refused.Store(int64(players[7]))
		atOnce(len(players), func(i int) {
			_, err := a.Play.Finish(t.Context(), players[i], tickets[i])
			if (err != nil) != (i == 7) {
				t.Errorf("player %d: %v", i, err)
			}
		})
		if n := a.Count("attempts", "finished_at > 0"); n != 19 {
			t.Errorf("%d attempts finished, want 19", n)
		}
	}, choosy)
}

// What is acknowledged counts, what comes too late is refused, and the score is
// that of the rows, whichever of the two is faster.
func TestAnAnswerThatCrossesTheEndOfItsAttemptCountsOrIsRefused(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		nodes := []*arena.Node{a.Node, a.NewNode()}
		counted, late := 0, 0
		for round := range 60 {
			player := a.Enrol("小明", "")
			step := a.Start(player, "first")
			reply := a.Respond(player, step.Ticket, arena.Answer(step.Question, true))
			var answered, finished error
			var result *play.Result
			atOnce(2, func(i int) {
				if i == 0 {
					_, answered = nodes[0].Play.Respond(t.Context(), player, reply.Ticket, arena.Answer(reply.Question, true))
				} else {
					result, finished = nodes[round%2].Play.Finish(t.Context(), player, reply.Ticket)
				}
			})
			if finished != nil {
				t.Fatal(finished)
			}
			want := 1
			switch code(answered) {
			case "":
				counted++
				want = 2
			case "already_answered":
				late++
			default:
				t.Fatalf("the answer: %v", answered)
			}
			if result.Correct != want {
				t.Errorf("round %d: %d right answers count, %d were acknowledged", round, result.Correct, want)
			}
		}
		t.Logf("%d counted, %d came too late", counted, late)
		sums := a.Count("attempts", `correct <> (SELECT SUM(r.correct) FROM responses r WHERE r.attempt_id = attempts.id)
			OR 3 <> (SELECT COUNT(*) FROM responses r WHERE r.attempt_id = attempts.id)`)
		if sums != 0 {
			t.Errorf("%d attempts do not come to what their responses come to", sums)
		}
	})
}

func TestTwoNodesThatFinishAttemptsOfOnePlayerAtOnceGetTheTotalsRight(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		nodes := []*arena.Node{a.Node, a.NewNode(), a.NewNode()}
		a.RunBoards(nodes[0])
		a.RunBoards(nodes[1])
		a.RunBoards(nodes[2])
		players := make([]sqldb.ID, 6)
		for i := range players {
			players[i] = a.Enrol("小明", []string{"n1", "n2", "s1"}[i%3])
			a.PlayLevel(players[i], "first", 2)
			a.PlayLevel(players[i], "second", 2)
		}
		levels := []string{"first", "second", "third"}
		atOnce(len(players)*len(levels), func(i int) {
			a.PlayOn(nodes[i%3], players[i/3], levels[i%3], 3)
		})
		if t.Failed() {
			return
		}
		if a.Count("progress", "version = 10") != len(players) {
			t.Errorf("stored is\n%s", a.Tables())
		}
		if a.Count("standings", "period = 0 AND points = 80") != len(players) {
			t.Errorf("stored is\n%s", a.Tables())
		}
		a.Settle(nodes...)
	})
}

func TestBestTellsWhetherNoEarlierAttemptScoredAsMuch(t *testing.T) {
	a := arena.New(t, testkit.Embedded(t))
	player := a.Enrol("小明", "")
	for i, c := range []struct {
		right int
		best  bool
	}{{0, false}, {1, true}, {1, false}, {3, true}, {2, false}} {
		a.Clock.Pass(time.Minute)
		if result := a.PlayLevel(player, "first", c.right); result.Best != c.best {
			t.Errorf("attempt %d with %d right: best is %v", i, c.right, result.Best)
		}
	}
}

func TestAnAttemptBegunBeforeAChangeOfUnitDoesNotTakeThePlayerBack(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player := a.Enrol("小明", "n1")
		a.PlayLevel(player, "first", 3)
		older := a.Start(player, "second")
		if _, err := a.Players.Enrol(t.Context(), a.Contest.ContestID, player, "小明", a.Unit("n2")); err != nil {
			t.Fatal(err)
		}
		a.Clock.Pass(time.Second)
		a.PlayLevel(player, "first", 2)
		if _, err := a.Play.Finish(t.Context(), player, older.Ticket); err != nil {
			t.Fatal(err)
		}
		if n := a.Count("standings", "period = 0 AND unit_id <> ?", a.Unit("n2")); n != 0 {
			t.Errorf("%d totals went back to the unit of before", n)
		}
	})
}

// One batch ends an attempt whose time ran out hours ago and one that ends now.
func TestAttemptsThatEndTogetherKeepTheirOwnEnds(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		late := a.Start(a.Enrol("小明", "n1"), "first")
		a.Clock.Pass(3 * time.Hour)
		a.Start(a.Enrol("小红", "n1"), "first")
		a.Clock.Pass(time.Hour)
		if err := a.Play.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := a.Count("attempts", "finished_at = ?", late.Deadline); n != 1 {
			t.Errorf("%d attempts ended when the first one's time was over:\n%s", n, a.Tables())
		}
		if n := a.Count("attempts", "finished_at = deadline_at"); n != 2 {
			t.Errorf("%d of two attempts ended at their own time", n)
		}
	})
}

// A server whose clock is set right in the middle of an attempt.
func TestAClockThatIsSetBackLosesNoAnswerAndEndsNothingBeforeItBegan(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Clock.Set("2026-06-17 00:00:20")
		player := a.Enrol("小明", "n1")
		step := a.Start(player, "first")
		a.Clock.Set("2026-06-16 23:59:30")
		reply := a.Respond(player, step.Ticket, arena.Answer(step.Question, true))
		for reply.Result == nil {
			reply = a.Respond(player, reply.Ticket, arena.Answer(reply.Question, true))
		}
		if reply.Result.Score != 30 || reply.Result.FinishedAt != step.StartedAt || reply.Result.UsedMS != 0 {
			t.Errorf("the attempt comes to %+v", reply.Result)
		}
		if n := a.Count("standings", "period = 20260617"); n == 0 || a.Count("standings", "period = 20260616") != 0 {
			t.Errorf("the attempt of the 17th counts on another day:\n%s", a.Tables())
		}
		// The tries of the 17th stay used when the clock gets there again.
		a.Clock.Set("2026-06-17 00:00:25")
		for range 4 {
			a.PlayLevel(player, "first", 0)
		}
		if _, err := a.Play.Start(t.Context(), a.Contest, player, "first", play.With{}); code(err) != "no_tries_left" {
			t.Errorf("a sixth try on the 17th: %v", err)
		}
	})
}

func TestTheTimeOfARetryIsThatOfTheWholeTry(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(strings.Replace(arena.Demo, "pass: 2", "pass: 3, retry: wrong", 1))
		player := a.Enrol("小明", "")
		used := int64(0)
		for piece, right := range []bool{false, true} {
			step := a.Start(player, "first")
			ticket, asked := step.Ticket, step.Question
			for position := 1; ; position++ {
				a.Clock.Pass(4 * time.Second)
				used += 4000
				reply := a.Respond(player, ticket, arena.Answer(asked, right || position == 1))
				if reply.Result != nil {
					if reply.Result.UsedMS != used || reply.Result.Passed != right {
						t.Errorf("piece %d: %+v, and %d ms were used in all", piece, reply.Result, used)
					}
					break
				}
				ticket, asked = reply.Ticket, reply.Question
			}
		}
		if used != 5*4000 {
			t.Errorf("%d ms for three questions and two again", used)
		}
	})
}
