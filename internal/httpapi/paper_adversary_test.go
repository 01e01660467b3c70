package httpapi_test

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"anquanda/internal/testkit"
)

// paperContest has one whole paper, whose right answers and passing earn points.
const paperContest = `
contest: sitting
title: 安全考试
organizer: 社区
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
players: {unit: {ask: optional}}
levels:
  - {key: paper, title: 答卷, mode: paper, questions: [{count: 5, kinds: [single]}], pass: 3, time: {level: 10m},
     attempts: {max: 1, per: contest}}
earnings: [{key: right, for: attempt, each: {correct: 1, over: attempt}, give: {points: 10}, per: contest}]
`

// sitting is a player with a paper over HTTP.
type sitting struct {
	*testkit.Player
	t      *testing.T
	ticket string
	asked  []*testkit.Asked
}

// putDown is an answer on a paper.
type putDown struct {
	Question string   `json:"question"`
	Revision int      `json:"revision"`
	Options  []string `json:"options"`
}

func (h *house) sits() *sitting {
	h.t.Helper()
	s := &sitting{Player: h.enrolled("sitting"), t: h.t}
	var step struct {
		Ticket string
		Whole  struct{ Questions []*testkit.Asked }
	}
	if err := s.Call(http.MethodPost, s.InContest("/levels/paper/attempts"), struct{}{}, &step); err != nil {
		h.t.Fatal(err)
	}
	s.ticket, s.asked = step.Ticket, step.Whole.Questions
	return s
}

// put is an answer to the question at an index.
func (s *sitting) put(index, revision int, right bool) putDown {
	answer := s.Answer(s.asked[index], right)
	return putDown{answer.Question, revision, answer.Options}
}

// saves sends answers as another phone, or this one, would, and returns the code of the
// refusal and the revisions that are stored.
func (s *sitting) saves(as *testkit.Player, answers ...putDown) (code string, revisions []int) {
	s.t.Helper()
	var kept struct{ Answers []struct{ Revision int } }
	code = codeOf(as.Call(http.MethodPost, "/api/v1/attempts/"+s.ticket+"/answers",
		map[string][]putDown{"answers": answers}, &kept))
	for _, k := range kept.Answers {
		revisions = append(revisions, k.Revision)
	}
	return code, revisions
}

// review is the paper that was handed in, without its ticket, which differs each time.
func (s *sitting) review() string {
	s.t.Helper()
	var paper struct {
		Score     float64
		Questions []struct {
			Question struct{ Stem string }
			Chosen   struct{ Options []string }
			Verdict  struct{ Correct bool }
		}
	}
	if err := s.Call(http.MethodGet, s.InContest("/levels/paper/review"), nil, &paper); err != nil {
		s.t.Fatal(err)
	}
	text := fmt.Sprint(paper.Score)
	for _, q := range paper.Questions {
		text += fmt.Sprintf("; %s %d %t", q.Question.Stem, len(q.Chosen.Options), q.Verdict.Correct)
	}
	return text
}

func (s *sitting) points() int {
	s.t.Helper()
	var home struct{ Me struct{ Points int } }
	if err := s.Call(http.MethodGet, s.InContest(""), nil, &home); err != nil {
		s.t.Fatal(err)
	}
	return home.Me.Points
}

// isRefused holds that a call is refused, with one of some codes.
func isRefused(t *testing.T, what, code string, codes ...string) {
	t.Helper()
	if !slices.Contains(codes, code) {
		t.Errorf("%s is answered with %q, want one of %v", what, code, codes)
	}
}

func TestNothingIsGainedFromAPaperByTheDoorsThatATrickWouldTry(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		if _, err := h.app.Catalog.Apply(t.Context(), "sitting.yaml", []byte(paperContest), "test"); err != nil {
			t.Fatal(err)
		}
		s, other := h.sits(), h.sits()
		path := "/api/v1/attempts/" + s.ticket

		// Somebody else's paper, by its ticket, and its questions in one's own.
		code, _ := s.saves(other.Player, s.put(0, 1, false))
		isRefused(t, "an answer on another's paper", code, "ticket_invalid", "ticket_foreign")
		for _, door := range []string{"/finish", "/responses", "/question"} {
			body := any(struct{}{})
			if door == "/responses" {
				body = s.Answer(s.asked[0], false)
			}
			isRefused(t, door+" of another's paper", codeOf(other.Call(http.MethodPost, path+door, body, nil)),
				"ticket_invalid", "ticket_foreign", "out_of_order")
		}
		code, _ = s.saves(s.Player, other.put(0, 1, true))
		isRefused(t, "another paper's question", code, "out_of_order", "option_unknown")

		// One's own paper as if it went question by question, to be told what is right.
		isRefused(t, "an answer that asks for its verdict",
			codeOf(s.Call(http.MethodPost, path+"/responses", s.Answer(s.asked[0], true), nil)), "out_of_order")

		// Revisions that never were, and such that come late.
		for _, revision := range []int{0, -1, 501, 70_000} {
			code, _ = s.saves(s.Player, s.put(0, revision, true))
			isRefused(t, "a revision out of bounds", code, "invalid_field")
		}
		code, kept := s.saves(s.Player, s.put(0, 1, true), s.put(1, 1, true))
		if code != "" || !slices.Equal(kept, []int{1, 1}) {
			t.Fatalf("saving gives %q, %v", code, kept)
		}
		if code, kept := s.saves(s.Player, s.put(1, 2, false)); code != "" || !slices.Equal(kept, []int{2}) {
			t.Fatalf("changing gives %q, %v", code, kept)
		}
		if _, kept := s.saves(s.Player, s.put(1, 1, false)); !slices.Equal(kept, []int{2}) { // it was another answer
			t.Errorf("a revision that comes late stands as %v", kept)
		}

		// Handed in by many at once: one result, and what it earns once.
		var presses sync.WaitGroup
		results := make([]*testkit.Result, 6)
		for i := range results {
			phone := &testkit.Player{Base: s.Base, Contest: s.Contest, Client: s.Client}
			presses.Go(func() {
				if result, err := phone.Finish(s.ticket); err == nil {
					results[i] = result
				}
			})
		}
		presses.Wait()
		for i, r := range results {
			if r == nil || r.Correct != 1 || r.FinishedAt != results[0].FinishedAt {
				t.Errorf("press %d is told %+v", i, r)
			}
		}
		if points := s.points(); points != 10 {
			t.Errorf("one right answer earns %d", points)
		}

		// Afterwards, with what the result has told.
		reviewed := s.review()
		code, _ = s.saves(s.Player, s.put(2, 1, true))
		isRefused(t, "an answer after handing in", code, "paper_handed_in")
		code, _ = s.saves(s.Player, s.put(1, 3, true))
		isRefused(t, "another answer after handing in", code, "paper_handed_in")
		// Numbers that no phone would send: whatever is said to them, nothing comes of it.
		s.saves(s.Player, s.put(2, 2, true), s.put(3, 500, true))
		if again := s.review(); again != reviewed {
			t.Errorf("answers after handing in change the paper from %s to %s", reviewed, again)
		}
		isRefused(t, "a second try", codeOf(s.Call(http.MethodPost, s.InContest("/levels/paper/attempts"), struct{}{},
			nil)), "no_tries_left")
		if r, err := s.Finish(s.ticket); err != nil || r.Correct != 1 || s.points() != 10 {
			t.Errorf("handed in again it is %+v, %v", r, err)
		}

		// Past the end of the time: what is on the paper counts, and nothing else.
		if code, _ := other.saves(other.Player, other.put(0, 1, true), other.put(1, 1, false)); code != "" {
			t.Fatalf("saving gives %q", code)
		}
		h.skew.Add((10*time.Minute + 3*time.Second).Milliseconds())
		code, _ = other.saves(other.Player, other.put(1, 2, true), other.put(2, 1, true))
		isRefused(t, "an answer after the time", code, "attempt_expired", "paper_handed_in")
		if r, err := other.Finish(other.ticket); err != nil || r.Correct != 1 || r.UsedMS > 10*60_000 {
			t.Errorf("handed in late it is %+v, %v", r, err)
		}
		if points := other.points(); points != 10 {
			t.Errorf("late answers earn: %d points", points)
		}
	})
}
