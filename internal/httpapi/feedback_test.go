package httpapi_test

import (
	"net/http"
	"testing"
)

// Where a contest tells only at the end what was right, no reply before it does: a
// phone could be read by who plays on.
func TestWhatWasRightIsNotToldBeforeItsTime(t *testing.T) {
	h := commonHouse(t)
	p := h.enrolled("county")
	step, err := p.Start("all-kinds")
	if err != nil {
		t.Fatal(err)
	}
	type told struct {
		Verdict map[string]any
		Correct, Score, Steps, Streak, Wrong,
		Ticket any
		Result map[string]any
	}
	ticket, question := step.Ticket, step.Question.ID
	for answered := 1; ; answered++ {
		var reply told
		var next struct {
			Ticket   string
			Question struct{ ID string }
			told
		}
		err := p.Call(http.MethodPost, "/api/v1/attempts/"+ticket+"/responses",
			map[string]any{"question": question, "options": []string{}}, &next)
		if err != nil {
			t.Fatal(err)
		}
		reply = next.told
		if reply.Verdict["correct"] != nil || reply.Verdict["score"] != nil || reply.Verdict["right"] != nil {
			t.Errorf("the verdict after %d answers tells %v", answered, reply.Verdict)
		}
		if reply.Result != nil {
			if answered != 4 || reply.Result["correct"] == nil {
				t.Errorf("after %d answers the result is %v", answered, reply.Result)
			}
			return
		}
		if reply.Correct != nil || reply.Score != nil || reply.Steps != nil || reply.Streak != nil || reply.Wrong != nil {
			t.Errorf("the reply to answer %d tells %+v", answered, reply)
		}
		var stand told
		if err := p.Call(http.MethodGet, "/api/v1/attempts/"+next.Ticket, nil, &stand); err != nil || stand.Correct != nil ||
			stand.Wrong != nil {
			t.Errorf("a reload after %d answers tells %+v, %v", answered, stand, err)
		}
		ticket, question = next.Ticket, next.Question.ID
	}
}
