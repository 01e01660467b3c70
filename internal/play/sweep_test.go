package play_test

import (
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/arena"
)

func TestAnAttemptWhosePlayerWentAwayIsFinishedSomeSecondsAfterItsTime(t *testing.T) {
	var followed atomic.Int64
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		followed.Store(0)
		player := a.Enrol("小明", "n1")
		step := a.Start(player, "first")
		reply := a.Respond(player, step.Ticket, arena.Answer(step.Question, true))
		open := func() int { return a.Count("attempts", "finished_at = 0") }
		sweep := func() {
			t.Helper()
			if err := a.Play.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		a.Clock.Pass(465*time.Second + 7*time.Second) // no answer may still be on its way
		if sweep(); open() != 1 {
			t.Error("an attempt was finished while an answer could still come")
		}
		a.Clock.Pass(time.Millisecond)
		if sweep(); open() != 0 || followed.Load() != 1 {
			t.Errorf("%d attempts stay open, %d followers heard; want none and one", open(), followed.Load())
		}
		if a.Count("attempts", "correct = 1 AND score = 10 AND answered = 1") != 1 || a.Count("responses", "1 = 1") != 3 {
			t.Errorf("stored is\n%s", a.Tables())
		}
		before := a.Tables()
		sweep()
		if _, err := a.Play.Respond(t.Context(), player, reply.Ticket,
			arena.Answer(reply.Question, true)); code(err) != "attempt_expired" {
			t.Errorf("an answer after the end: %v", err)
		}
		stand, err := a.Play.Resume(t.Context(), player, reply.Ticket)
		if err != nil || stand.Result == nil || stand.Result.Score != 10 {
			t.Errorf("it stands at %+v, %v", stand, err)
		}
		if a.Tables() != before {
			t.Error("a finished attempt changed")
		}
	}, follows(&followed))
}

// Nobody was there to end it; it must not count on a day, or after an end, on
// which nobody played.
func TestAnAttemptThatIsFoundLongAfterItsTimeCountsAtItsTime(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.RunBoards(a.Node)
		player := a.Enrol("小明", "n1")
		a.Clock.Set("2026-06-16 23:52:00")
		step := a.Start(player, "first") // until 23:59:45
		a.Respond(player, step.Ticket, arena.Answer(step.Question, true))
		a.Clock.Set("2026-06-18 09:00:00") // the only node was down
		if err := a.Play.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if a.Count("attempts", "finished_at = ?", step.Deadline) != 1 ||
			a.Count("standings", "period = 20260616 AND points = 10") != 1 || a.Count("standings", "1 = 1") != 2 {
			t.Errorf("stored is\n%s", a.Tables())
		}
		a.Settle()
	})
}

func TestAnAttemptWhoseNodeDiedBeforeTheEndIsNotStuck(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player := a.Enrol("小明", "n1")
		step := a.Start(player, "first")
		ticket, asked := step.Ticket, step.Question
		for range 2 {
			reply := a.Respond(player, ticket, arena.Answer(asked, true))
			ticket, asked = reply.Ticket, reply.Question
		}
		// The last response is there, and nobody finished the attempt.
		storeResponse(t, a)
		a.Clock.Pass(time.Second)
		stand, err := a.NewNode().Play.Resume(t.Context(), player, ticket)
		if err != nil || stand.Result == nil || stand.Result.Correct != 2 {
			t.Errorf("it stands at %+v, %v", stand, err)
		}
		if a.Count("attempts", "finished_at = 0") != 0 {
			t.Error("the attempt is still open")
		}
	})
}

// storeResponse stores a wrong answer to the third question behind the service's
// back.
func storeResponse(t *testing.T, a *arena.Arena) {
	t.Helper()
	err := a.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		var id sqldb.ID
		if err := tx.Get(t.Context(), &id, "SELECT id FROM attempts"); err != nil {
			return err
		}
		_, err := tx.Exec(t.Context(),
			`INSERT INTO responses (attempt_id, position, question_id, choice, correct, used_ms, answered_at)
			VALUES (?, 3, 'single-00', '', 0, 5, ?)`, id, a.Clock.MS())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAttemptsOfAnEditionThatCannotBeReadDoNotKeepOthersOpen(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		lost := a.Enrol("小刚", "")
		a.Start(lost, "first")
		a.Clock.Pass(time.Second)
		for range 5 {
			a.Start(a.Enrol("小明", ""), "first")
		}
		err := a.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(), "UPDATE attempts SET contest_version = 99 WHERE player_id = ?", lost)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		a.Clock.Pass(time.Hour)
		if err := a.Play.Sweep(t.Context()); err == nil {
			t.Error("an attempt that cannot be finished is not told of")
		}
		if open := a.Count("attempts", "finished_at = 0"); open != 1 {
			t.Errorf("%d attempts stay open, want the one that cannot be read", open)
		}
	})
}

func TestManyAttemptsThatEndTogetherAreAllFinished(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		const many = 450 // more than are looked for at once
		atOnce(8, func(i int) {
			for n := i; n < many; n += 8 {
				e, err := a.Players.Enrol(t.Context(), a.Contest.ContestID, 0, "小明", 0)
				if err == nil {
					_, err = a.Play.Start(t.Context(), a.Contest, e.PlayerID, "first", play.With{})
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
		a.Clock.Pass(time.Hour)
		another := a.NewNode()
		atOnce(2, func(i int) { // every node sweeps
			if err := []*arena.Node{a.Node, another}[i].Play.Sweep(t.Context()); err != nil {
				t.Error(err)
			}
		})
		if open, done := a.Count("attempts", "finished_at = 0"), a.Count("progress", "version = 2"); open != 0 ||
			done != many {
			t.Errorf("%d stay open, %d players went on by one attempt; want 0 and %d", open, done, many)
		}
	})
}
