package app

import (
	"context"
	"slices"
	"testing"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/play"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// openApp builds the App on the stores of a test, with its background work.
func openApp(t *testing.T, s *testkit.Store, now func() time.Time) *App {
	t.Helper()
	a, err := New(t.Context(), Config{Data: t.TempDir(), MySQL: s.MySQLDSN, Redis: s.RedisAddr(),
		Key: make([]byte, 32), Now: now, AtOnce: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	running := a.Start(ctx)
	t.Cleanup(func() {
		stop()
		running.Wait()
		a.Close()
	})
	return a
}

func enrolled(t *testing.T, a *App, c *catalog.Contest, nickname string) sqldb.ID {
	t.Helper()
	e, err := a.Players.Enrol(t.Context(), c.ContestID, 0, nickname, 0)
	if err != nil {
		t.Fatal(err)
	}
	return e.PlayerID
}

// playLevel plays a whole level, answering as choose says.
func playLevel(
	t *testing.T, a *App, c *catalog.Contest, player sqldb.ID, level string,
	choose func(*play.Asked, *question.Question) []string,
) *play.Result {
	t.Helper()
	step, err := a.Play.Start(t.Context(), c, player, level, play.With{})
	if err != nil {
		t.Fatal(err)
	}
	ticket, asked := step.Ticket, step.Question
	for {
		q := byStem(t, c, asked.Stem)
		response := play.Response{Question: asked.ID, Options: choose(asked, q)}
		reply, err := a.Play.Respond(t.Context(), player, ticket, response)
		if err != nil {
			t.Fatal(err)
		}
		if reply.Result != nil {
			return reply.Result
		}
		ticket, asked = reply.Ticket, reply.Question
	}
}

func byStem(t *testing.T, c *catalog.Contest, stem string) *question.Question {
	t.Helper()
	at := slices.IndexFunc(c.Bank.Questions, func(q question.Question) bool { return q.Stem == stem })
	if at < 0 {
		t.Fatalf("no question %q in the bank", stem)
	}
	return &c.Bank.Questions[at]
}

// rightOptions are the opaque ids of the right options of a question.
func rightOptions(asked *play.Asked, q *question.Question) []string {
	var ids []string
	for _, option := range asked.Options {
		if slices.Contains(q.Right, slices.Index(q.Options, option.Text)) {
			ids = append(ids, option.ID)
		}
	}
	return ids
}

// points is what the board shows of a player, once it shows want.
func points(t *testing.T, a *App, c *catalog.Contest, player sqldb.ID, want int64) int64 {
	t.Helper()
	var last int64 = -1
	for deadline := time.Now().Add(testkit.Patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		page, err := a.Boards.Page(t.Context(), c, board.Query{Board: "total", From: 1, Size: 10, Me: player})
		if err != nil || page.Me == nil {
			continue
		}
		if last = page.Me.Points; last == want {
			break
		}
	}
	return last
}

// twoPlayed has one player who answers all of a level right and one who has one
// question of the first's paper wrong; it returns that question.
func twoPlayed(t *testing.T, a *App, c *catalog.Contest) (right, wrong sqldb.ID, q question.Question) {
	t.Helper()
	right, wrong = enrolled(t, a, c, "全对"), enrolled(t, a, c, "错一题")
	playLevel(t, a, c, right, "home", rightOptions)
	playLevel(t, a, c, wrong, "home", func(asked *play.Asked, of *question.Question) []string {
		if q.ID == "" && of.Kind == question.Single {
			q = *of
			for _, option := range asked.Options {
				if option.Text == of.Options[(of.Right[0]+1)%len(of.Options)] {
					return []string{option.ID}
				}
			}
		}
		return rightOptions(asked, of)
	})
	return right, wrong, q
}

func TestACorrectedQuestionMovesResultsAndBoardsAndUndoMovesThemBack(t *testing.T) {
	t.Parallel() // it waits for background work
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := openApp(t, s, time.Now)
		c, err := a.Catalog.Current("workmonth")
		if err != nil {
			t.Fatal(err)
		}
		_, wrong, q := twoPlayed(t, a, c)
		if got := points(t, a, c, wrong, 90); got != 90 {
			t.Fatalf("before the correction the board shows %d points, want 90", got)
		}

		corrected := q
		corrected.Right = []int{(q.Right[0] + 1) % len(q.Options)}
		correction := bank.Correction{Bank: c.Bank.Name, QuestionID: q.ID, Action: bank.Corrected, Body: body(t, &corrected)}
		var preview []play.Rescored
		target, err := a.Banks.Regrading(t.Context(), correction)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Play.PreviewRescore(t.Context(), target, func(ch play.Rescored) {
			preview = append(preview, ch)
		}); err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(preview, func(ch play.Rescored) bool { return ch.PlayerID == wrong })
		if at < 0 || preview[at].ScoreBefore != 90 || preview[at].ScoreAfter != 100 {
			t.Errorf("the preview says %+v, want 90 → 100 for the player who had it wrong", preview)
		}

		if _, err := a.Banks.Correct(t.Context(), staff.CommandLine, c.Bank.Name, corrected, "答案有误"); err != nil {
			t.Fatal(err)
		}
		if got := points(t, a, c, wrong, 100); got != 100 {
			t.Errorf("after the correction the board shows %d points, want 100", got)
		}
		if _, _, err := a.Banks.Undo(t.Context(), staff.CommandLine, c.Bank.Name); err != nil {
			t.Fatal(err)
		}
		if got := points(t, a, c, wrong, 90); got != 90 {
			t.Errorf("after undo the board shows %d points, want 90", got)
		}
	})
}

func TestAVoidedQuestionCountsAsRightForEveryoneAlsoInAnAttemptUnderWay(t *testing.T) {
	t.Parallel() // it waits for background work
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := openApp(t, s, time.Now)
		c, err := a.Catalog.Current("workmonth")
		if err != nil {
			t.Fatal(err)
		}
		right, wrong, q := twoPlayed(t, a, c)
		if _, err := a.Banks.Void(t.Context(), staff.CommandLine, c.Bank.Name, q.ID, "题目过时"); err != nil {
			t.Fatal(err)
		}
		if got := points(t, a, c, wrong, 100); got != 100 {
			t.Errorf("who had the voided question wrong has %d points, want 100", got)
		}
		if got := points(t, a, c, right, 100); got != 100 {
			t.Errorf("who had all right has %d points, want 100", got)
		}
		if err := a.Catalog.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		newer, err := a.Catalog.Current("workmonth")
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(newer.Bank.Questions, func(other question.Question) bool { return other.ID == q.ID }) {
			t.Error("the voided question can still be drawn")
		}
		older, err := a.Catalog.Edition(t.Context(), c.Edition)
		if err != nil {
			t.Fatal(err)
		}
		if !older.Bank.Grade(&q, question.Choice{}) {
			t.Error("in an attempt that began before, the voided question is not right for everyone")
		}
	})
}

func body(t *testing.T, q *question.Question) string {
	t.Helper()
	text, err := q.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
