package httpapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
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
	h := openHouse(t, embedded(t))
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

// examContest publishes no answers, and gives for what was right whatever can be given.
const examContest = `contest: exam-of-all
title: 安全考试
organizer: 社区
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
feedback: none
levels:
  - {key: only, title: 六题, questions: [{count: 6, kinds: [single]}], pass: 1, attempts: {max: 9}}
  - {key: next, title: 下一关, questions: [{count: 5, kinds: [single]}], pass: 1}
  - {key: again, title: 重答, after: [], pass: 2, retry: wrong, attempts: {max: 9}, questions: [{count: 6}]}
cards: [{key: lucky, title: 福}]
earnings:
  - {key: score, give: {score: true}}
  - {key: right, each: {correct: 1}, give: {points: 1}}
  - {key: day, each: {correct: 1, over: day}, give: {points: 1}}
  - {key: passed, when: {result: passed}, give: {chances: 1, card: lucky}}
prizes: [{key: bonus, title: 积分, kind: points, value: 2, stock: 9}]
pools: [{key: pool, title: 抽奖, prizes: [{prize: bonus, odds: 1}]}]
boards:
  - {key: best, title: 个人榜, subject: player, measure: best, daily: true}
  - {key: points, title: 积分榜, subject: player, measure: points}
certificates: [{key: done, title: 证书, text: 通过, who: {passed: [all]}}]
`

// changing is what differs from player to player: ids, times, places among the others.
var changing = regexp.MustCompile(`\d{12,}|"id":"[^"]*"|` +
	`"\d{4}-\d\d-\d\dT[^"]*"|"seconds":[\d.]+|"rank":\d+|"around":\[[^]]*\]`)

// probe answers the first question, right or wrong, and makes the attempt end: by giving
// up, or by passing over the rest. It returns all that the pages are told afterwards.
func (h *house) probe(right, passOver bool) string {
	h.t.Helper()
	p := h.enrolled("exam-of-all")
	told := ""
	for _, level := range []string{"only", "again", "again"} { // what was wrong may be asked again
		step, err := p.Start(level)
		if err == nil {
			told += fmt.Sprint(step.Attempt.Questions, " ")
			step, err = p.Send(step.Ticket, p.Answer(step.Question, right))
		}
		for err == nil && passOver && step.Result == nil {
			step, err = p.Send(step.Ticket, testkit.Answer{Question: step.Question.ID, Options: []string{}})
		}
		if err == nil && !passOver {
			_, err = p.Finish(step.Ticket)
		}
		if err != nil {
			h.t.Fatal(err)
		}
	}
	waitFor(h.t, func() bool {
		return h.app.Boards.Settled() && p.Call(http.MethodGet, p.InContest("/boards/points"), nil, nil) == nil
	})
	for _, path := range []string{"", "/mistakes", "/draws", "/prizes", "/personal/export", "/boards/best",
		"/boards/points"} {
		var reply map[string]any
		if err := p.Call(http.MethodGet, p.InContest(path), nil, &reply); err != nil {
			h.t.Fatal(path, err)
		}
		for _, other := range []string{"server_time", "entries", "total", "exported_at"} { // not of this player
			delete(reply, other)
		}
		text, err := json.Marshal(reply)
		if err != nil {
			h.t.Fatal(err)
		}
		told += path + changing.ReplaceAllString(string(text), "") + "\n"
	}
	return told
}

// Points, cards, chances, boards, levels that open and what is asked again are counts as
// well: of an attempt in which one question was answered they would tell its answer.
func TestWhereAnswersAreNotPublishedNothingThatAnAttemptGivesTellsOne(t *testing.T) {
	h := openHouse(t, embedded(t))
	if _, err := h.app.Catalog.Apply(t.Context(), "exam.yaml", []byte(examContest), "test"); err != nil {
		t.Fatal(err)
	}
	for _, passOver := range []bool{false, true} {
		was, is := strings.Split(h.probe(true, passOver), "\n"), strings.Split(h.probe(false, passOver), "\n")
		for i := range was {
			if was[i] != is[i] {
				t.Errorf("passing over %v, the right answer tells\n%s\nthe wrong one\n%s", passOver, was[i], is[i])
			}
		}
	}
	p := h.enrolled("exam-of-all")
	if r, err := p.Play("only", 3); err != nil || !r.Passed {
		t.Errorf("a whole attempt comes to %+v, %v", r, err)
	}
	var home struct{ Me struct{ Points int } }
	if err := p.Call(http.MethodGet, p.InContest(""), nil, &home); err != nil || home.Me.Points != 36 {
		t.Errorf("a whole attempt gives %+v, %v; want 3 times 10, 1 and 1", home, err)
	}
}
