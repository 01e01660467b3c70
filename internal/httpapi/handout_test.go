package httpapi_test

import (
	"testing"
	"time"
)

// An elderly reader takes 75 seconds over each explanation: the next question comes
// whole, with all its time, and what was read is in no time that ranks.
func TestAPlayerReadsAnExplanationInPeace(t *testing.T) {
	h := openHouse(t, embedded(t))
	p := h.enrolled("workmonth")
	step, err := p.StartLarge("home")
	if err != nil {
		t.Fatal(err)
	}
	if !step.Attempt.Large || step.Question.LimitMS != 90_000 || step.Attempt.ReviewMS != 120_000 ||
		step.Attempt.Next != "timer" {
		t.Errorf("in large type it begins as %+v", step)
	}
	waits := false
	for step.Result == nil {
		answer := p.Answer(step.Question, true)
		answer.Next, answer.ShownMS = &waits, 800
		h.later(20 * time.Second)
		reply, err := p.Send(step.Ticket, answer)
		if err != nil {
			t.Fatal(err)
		}
		if step = reply; step.Result != nil {
			break
		}
		if step.Question != nil || step.Ticket == "" || step.Verdict.Explanation == "" {
			t.Fatalf("the reply to read first is %+v", step)
		}
		h.later(75 * time.Second)
		if _, err := p.Send(step.Ticket, answer); err == nil {
			t.Fatal("a ticket that waits was answered")
		}
		if step, err = p.HandOut(step.Ticket); err != nil {
			t.Fatal(err)
		}
		if left := step.Question.Deadline - step.ServerTime; left < 89_000 || left > 90_000 {
			t.Fatalf("question %d has %d ms", step.Question.Position, left)
		}
	}
	// Ten times 20 seconds of thinking, and what the calls took.
	if r := step.Result; r.Correct != 10 || r.UsedMS < 200_000 || r.UsedMS > 215_000 {
		t.Errorf("the result is %+v", r)
	}
}
