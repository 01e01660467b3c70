package play_test

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/arena"
)

// with is Demo with more of its first level.
func with(more string) string {
	return strings.Replace(arena.Demo, "attempts: {max: 5}", "attempts: {max: 5}, "+more, 1)
}

// reader is a player who reads each verdict before asking for the next question.
type reader struct {
	*arena.Arena
	id sqldb.ID
}

// answer answers a question right, and must not fail.
func (r reader) answer(ticket string, asked *play.Asked) *play.Reply {
	r.T.Helper()
	response := arena.Answer(asked, true)
	response.Wait = true
	return r.Respond(r.id, ticket, response)
}

// handOut asks a node for the question of a ticket.
func (r reader) handOut(n *arena.Node, ticket string) *play.Step {
	r.T.Helper()
	step, err := n.Play.HandOut(r.T.Context(), r.id, ticket)
	if err != nil {
		r.T.Fatalf("hand out: %v", err)
	}
	return step
}

func TestWhoReadsForLongLosesNothing(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		r := reader{a, a.Enrol("张奶奶", "n1")}
		step := a.Start(r.id, "first")
		ticket, asked := step.Ticket, step.Question
		for position := 1; ; position++ {
			a.Clock.Pass(44 * time.Second) // of 45
			reply := r.answer(ticket, asked)
			if reply.Result != nil {
				// Three times 44 seconds: what was read counts in nothing.
				if position != 3 || !reply.Result.Passed || reply.Result.Score != 30 || reply.Result.UsedMS != 132_000 {
					t.Errorf("the result of %d questions is %+v", position, reply.Result)
				}
				return
			}
			if reply.Question != nil || reply.Ticket == "" || !reply.Verdict.Correct || reply.Verdict.Explanation == "" {
				t.Fatalf("the reply to read first is %+v", reply)
			}
			a.Clock.Pass(75 * time.Second)
			next := r.handOut(a.Node, reply.Ticket)
			if next.Question == nil || next.Question.Position != position+1 || next.Question.LimitMS != 45_000 ||
				next.Question.Deadline != a.Clock.MS()+45_000 {
				t.Fatalf("after 75 seconds the next question is %+v at %d", next.Question, a.Clock.MS())
			}
			ticket, asked = next.Ticket, next.Question
		}
	})
}

func TestAQuestionThatWasNeverAskedForIsNeverLost(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(with("time: {level: 20m}"))
		r := reader{a, a.Enrol("小明", "")}
		step := a.Start(r.id, "first")
		waits := r.answer(step.Ticket, step.Question)
		a.Clock.Pass(15 * time.Minute) // a call, a meal
		// The page was closed meanwhile, and the phone forgot what it had.
		again := a.Start(r.id, "first")
		if !again.Resumed || again.Question != nil || again.Result != nil || again.Run.Correct != 1 {
			t.Fatalf("begun again it stands at %+v", again)
		}
		next := r.handOut(a.NewNode(), again.Ticket)
		if next.Question == nil || next.Question.Deadline != a.Clock.MS()+45_000 || next.Run.Correct != 1 {
			t.Errorf("after the meal: %+v", next.Question)
		}
		if from := r.handOut(a.Node, waits.Ticket); from.Question.Deadline != next.Question.Deadline {
			t.Errorf("by the ticket of before: %+v, want %+v", from.Question, next.Question)
		}
	})
}

// The first time stands, whoever asks again: a page that was reloaded, another
// phone, or who wants a later start.
func TestTheClockOfAQuestionBeginsOnce(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		nodes := []*arena.Node{a.Node, a.NewNode(), a.NewNode()}
		r := reader{a, a.Enrol("小明", "")}
		step := a.Start(r.id, "first")
		waits := r.answer(step.Ticket, step.Question)
		first := r.handOut(a.Node, waits.Ticket)
		for range 3 {
			a.Clock.Pass(10 * time.Second)
			for i, node := range nodes {
				again := r.handOut(node, waits.Ticket)
				stand, err := node.Play.Resume(t.Context(), r.id, first.Ticket)
				if err != nil {
					t.Fatal(err)
				}
				reloaded := r.handOut(node, stand.Ticket)
				for _, got := range []*play.Step{again, reloaded, r.handOut(node, first.Ticket)} {
					if got.Question.ID != first.Question.ID || got.Question.Deadline != first.Question.Deadline {
						t.Errorf("node %d hands out %+v, first it was %+v", i, got.Question, first.Question)
					}
				}
			}
		}
		last := r.answer(r.handOut(nodes[2], waits.Ticket).Ticket, first.Question)
		if !last.Verdict.Correct || a.Count("responses", "position = 2 AND used_ms = 30000") != 1 {
			t.Errorf("30 seconds after the first time:\n%s", a.Tables())
		}
	})
}

func TestFortyWhoAskAtOnceGetOneClock(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		nodes := []*arena.Node{a.Node, a.NewNode()}
		r := reader{a, a.Enrol("小明", "")}
		step := a.Start(r.id, "first")
		waits := r.answer(step.Ticket, step.Question)
		deadlines := make([]int64, 40)
		atOnce(len(deadlines), func(i int) {
			a.Clock.Pass(time.Millisecond)
			got, err := nodes[i%2].Play.HandOut(t.Context(), r.id, waits.Ticket)
			if err != nil {
				t.Error(err)
				return
			}
			deadlines[i] = got.Question.Deadline
		})
		for _, deadline := range deadlines {
			if deadline != deadlines[0] {
				t.Errorf("deadlines %v, want one", deadlines)
				break
			}
		}
	})
}

func TestATicketThatWaitsCannotBeAnswered(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		r := reader{a, a.Enrol("小明", "")}
		other := a.Enrol("小红", "")
		step := a.Start(r.id, "first")
		waits := r.answer(step.Ticket, step.Question)
		next := r.handOut(a.Node, waits.Ticket)
		before := a.Tables()
		right := arena.Answer(next.Question, true)
		if _, err := a.Play.Respond(t.Context(), r.id, waits.Ticket, right); code(err) != "out_of_order" {
			t.Errorf("an answer to what waits: %v", err)
		}
		if _, err := a.Play.HandOut(t.Context(), other, waits.Ticket); code(err) != "ticket_foreign" {
			t.Errorf("somebody else asks: %v", err)
		}
		if _, err := a.Play.HandOut(t.Context(), r.id, waits.Ticket[1:]); code(err) != "ticket_invalid" {
			t.Errorf("asked with no ticket: %v", err)
		}
		if a.Tables() != before {
			t.Error("what was refused changed something")
		}
	})
}

// Whether the next question waits is for the first answer to say: otherwise an answer
// that is sent again would start the clock of a question that was seen anew.
func TestAnAnswerSentAgainDoesNotMakeTheNextQuestionWait(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		r := reader{a, a.Enrol("小明", "")}
		step := a.Start(r.id, "first")
		seen := a.Respond(r.id, step.Ticket, arena.Answer(step.Question, true))
		a.Clock.Pass(30 * time.Second)
		for i, node := range []*arena.Node{a.Node, a.NewNode()} {
			response := arena.Answer(step.Question, true)
			response.Wait = true
			again, err := node.Play.Respond(t.Context(), r.id, step.Ticket, response)
			if err != nil || again.Question == nil || again.Question.Deadline != seen.Question.Deadline {
				t.Errorf("sent again to node %d: %+v, %v", i, again, err)
			}
			stand, err := node.Play.Resume(t.Context(), r.id, step.Ticket)
			if err != nil || stand.Question == nil || stand.Question.Deadline != seen.Question.Deadline {
				t.Errorf("node %d says that it stands at %+v, %v", i, stand, err)
			}
		}
		// And the other way round: what waits is not handed out past its memory.
		second := r.answer(seen.Ticket, seen.Question)
		at := arena.Answer(seen.Question, true)
		if again := a.Respond(r.id, seen.Ticket, at); again.Question != nil || again.Ticket == "" || second.Question != nil {
			t.Errorf("what waits is handed out by %+v", again)
		}
	})
}

func TestAPhoneCanPutTheEndOfAQuestionOffByTheBoundAlone(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		for bound, most := range map[string]int64{"{}": 10_000, "{load: 4s}": 4_000, "{load: 0s}": 0} {
			a.Apply(strings.Replace(arena.Demo, "attempts: {max: 5}", "attempts: {max: 0}, time: "+bound, 1))
			player := a.Enrol("小明", "")
			claims := map[int64]int64{time.Hour.Milliseconds(): most, most + 1: most, most: most, 0: 0, -5_000: 0}
			for claimed, counts := range claims {
				for late, want := range map[int64]string{0: "", 1: "answer_late"} {
					step := a.Start(player, "first")
					if step.Question.LoadMS != most {
						t.Errorf("time %s: load_ms is %d", bound, step.Question.LoadMS)
					}
					response := arena.Answer(step.Question, true)
					response.ShownMS = claimed
					used := 45_000 + counts + play.Grace + late
					a.Clock.Pass(time.Duration(used) * time.Millisecond)
					_, err := a.Play.Respond(t.Context(), player, step.Ticket, response)
					if code(err) != want {
						t.Errorf("time %s: %d ms claimed, answered after %d: %v, want %q", bound, claimed, used, err, want)
					}
					if want == "" && a.Count("responses", "position = 1 AND used_ms = ?", used) == 0 {
						t.Errorf("time %s: %d ms claimed changed the time that ranks:\n%s", bound, claimed, a.Tables())
					}
					if _, err := a.Play.Finish(t.Context(), player, step.Ticket); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	})
}

// The level's own time bounds what a phone may claim, and what is read beyond its
// time.
func TestNothingIsTakenAfterTheLevelsTime(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(with("time: {level: 60s}"))
		r := reader{a, a.Enrol("小明", "")}
		step := a.Start(r.id, "first")
		a.Clock.Pass(30 * time.Second)
		waits := r.answer(step.Ticket, step.Question)
		a.Clock.Pass(75 * time.Second) // 15 of them count
		next := r.handOut(a.Node, waits.Ticket)
		if next.Question.Deadline != a.Clock.MS()+15_000 || next.Question.LoadMS != 0 {
			t.Fatalf("15 seconds are left, not %+v at %d", next.Question, a.Clock.MS())
		}
		response := arena.Answer(next.Question, true)
		response.ShownMS = time.Hour.Milliseconds()
		a.Clock.Pass(17*time.Second + time.Millisecond)
		if _, err := a.Play.Respond(t.Context(), r.id, next.Ticket, response); code(err) != "attempt_expired" {
			t.Errorf("an answer after the level's time: %v", err)
		}
		over := r.handOut(a.Node, waits.Ticket)
		if over.Result == nil || over.Ticket != "" || over.Question != nil || over.Result.Score != 10 {
			t.Errorf("asked for after the end: %+v", over)
		}
		if step := a.Start(r.id, "first"); step.Resumed || step.Question == nil {
			t.Errorf("the next attempt is %+v", step)
		}
	})
}

// Nobody gains while Redis is away: the clock counts from the answer before, though
// there is time to read, as long as it may be read.
func TestWhileRedisIsAwayTheClockCountsFromTheAnswerBefore(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		r := reader{a, a.Enrol("小明", "")}
		step := a.Start(r.id, "first")
		waits := r.answer(step.Ticket, step.Question)
		answered := a.Clock.MS()
		a.Store.KillRedis()
		a.Clock.Pass(20 * time.Second)
		next := r.handOut(a.Node, waits.Ticket)
		if next.Question.Deadline != answered+60_000+45_000 {
			t.Errorf("handed out after 20 seconds: %+v, answered before at %d", next.Question, answered)
		}
		a.Store.RestartRedis()
		a.Clock.Pass(20 * time.Second)
		if again := r.handOut(a.Node, waits.Ticket); again.Question.Deadline != next.Question.Deadline {
			t.Errorf("with Redis back its clock is another: %+v", again.Question)
		}
		last := r.answer(next.Ticket, next.Question)
		if a.Count("responses", "position = 2 AND used_ms = 40000") != 1 {
			t.Errorf("the time that ranks:\n%s", a.Tables())
		}
		if third := r.handOut(a.Node, last.Ticket); third.Question.Deadline != a.Clock.MS()+45_000 {
			t.Errorf("with Redis back: %+v at %d", third.Question, a.Clock.MS())
		}
	})
}

func TestLargeTypeHasTwiceTheTimeWhereTheContestAllowsIt(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		large := func(player sqldb.ID, large bool) *play.Step {
			t.Helper()
			step, err := a.Play.Start(t.Context(), a.Contest, player, "first", play.With{Large: large})
			if err != nil {
				t.Fatal(err)
			}
			return step
		}
		r := reader{a, a.Enrol("张奶奶", "")}
		step := large(r.id, true)
		if !step.Large || step.Question.LimitMS != 90_000 || step.Question.Deadline != a.Clock.MS()+90_000 ||
			step.Clock.Review != 120_000 || step.Deadline != a.Clock.MS()+2*345_000+2*120_000 {
			t.Errorf("in large type: %+v", step)
		}
		a.Clock.Pass(89 * time.Second)
		waits := r.answer(step.Ticket, step.Question)
		// Switched in mid-attempt, it changes nothing until the next one.
		if again := large(r.id, false); !again.Large || again.Clock != step.Clock || again.Deadline != step.Deadline {
			t.Errorf("gone on with in small type: %+v", again)
		}
		next := r.handOut(a.NewNode(), waits.Ticket)
		if next.Question.LimitMS != 90_000 || next.Question.Deadline != a.Clock.MS()+90_000 ||
			a.Count("responses", "used_ms = 89000") != 1 {
			t.Errorf("the second question: %+v", next.Question)
		}
		if _, err := a.Play.Finish(t.Context(), r.id, next.Ticket); err != nil {
			t.Fatal(err)
		}
		small := large(r.id, false)
		if again := large(r.id, true); small.Large || again.Large || again.Question.LimitMS != 45_000 ||
			again.Deadline != small.Deadline {
			t.Errorf("small type becomes large in mid-attempt: %+v", again)
		}
		a.Apply(with("time: {large: same}"))
		other := a.Enrol("小明", "")
		if step := large(other, true); step.Large || step.Question.LimitMS != 45_000 ||
			step.Deadline != a.Clock.MS()+345_000+2*60_000 {
			t.Errorf("where the contest gives no more time: %+v", step)
		}
	})
}

func TestToLeaveAndComeBackEndsWhatWaitsToo(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(with("ends: {leave: true}"))
		r := reader{a, a.Enrol("小明", "")}
		step := a.Start(r.id, "first")
		waits := r.answer(step.Ticket, step.Question)
		again := a.Start(r.id, "first")
		if again.Resumed || again.Question == nil || again.Question.ID == step.Question.ID ||
			a.Count("attempts", "finished_at <> 0 AND score = 10") != 1 {
			t.Errorf("come back to: %+v\n%s", again, a.Tables())
		}
		if _, err := a.Play.Respond(t.Context(), r.id, r.handOut(a.Node, waits.Ticket).Ticket,
			arena.Answer(r.handOut(a.Node, waits.Ticket).Question, true)); code(err) != "already_answered" {
			t.Errorf("the attempt that was left takes an answer: %v", err)
		}
	})
}
