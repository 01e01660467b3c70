package httpapi_test

import (
	"net/http"
	"testing"

	"anquanda/internal/testkit"
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

// Who answers one question and gives up would learn by the count whether it was right.
func TestWhereAnswersAreNotPublishedNoCountTellsOneBeforeTheEnd(t *testing.T) {
	h := openHouse(t, testkit.Embedded(t))
	_, err := h.app.Catalog.Apply(t.Context(), "exam.yaml", []byte(`contest: exam
title: 安全考试
organizer: 社区
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
feedback: none
levels: [{key: only, title: 五题, questions: [{count: 5, kinds: [single]}], pass: 1, attempts: {max: 9}}]
`), "test")
	if err != nil {
		t.Fatal(err)
	}
	script := h.enrolled("exam")
	for _, right := range []bool{true, false} {
		step, err := script.Start("only")
		if err != nil {
			t.Fatal(err)
		}
		if step, err = script.Send(step.Ticket, script.Answer(step.Question, right)); err != nil {
			t.Fatal(err)
		}
		var reply struct{ Result map[string]any }
		if err := script.Call(http.MethodPost, "/api/v1/attempts/"+step.Ticket+"/finish", struct{}{}, &reply); err != nil {
			t.Fatal(err)
		}
		r := reply.Result
		if r["told"] != false || r["passed_told"] != false || r["correct"] != 0.0 || r["score"] != 0.0 ||
			r["stars"] != 0.0 || r["passed"] != false {
			t.Errorf("given up after one answer, right %v, it tells %v", right, r)
		}
		var home struct {
			Levels []struct {
				BestScore int `json:"best_score"`
				Stars     int
			}
			Me struct{ Score int }
		}
		if err := script.Call(http.MethodGet, script.InContest(""), nil, &home); err != nil {
			t.Fatal(err)
		}
		if home.Me.Score != 0 || home.Levels[0].BestScore != 0 || home.Levels[0].Stars != 0 {
			t.Errorf("at home it tells %+v", home)
		}
	}
	if r, err := script.Play("only", 5); err != nil || !r.Passed || r.Correct != 0 || r.Score != 0 {
		t.Errorf("answered whole it tells %+v, %v", r, err)
	}
}
