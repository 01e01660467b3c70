package httpapi_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/testkit"
)

// The client of these tests holds every reply against openapi.yaml; what they
// assert themselves is what a player sees.

func TestAPlayerGoesThroughALevelAsDocumented(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		p := h.player("workmonth")
		// Boards are built behind the start, one contest after another.
		waitFor(t, func() bool { return p.Call(http.MethodGet, p.InContest("/boards/total"), nil, nil) == nil })
		look(t, p)
		if err := p.Enrol("青禾小李", h.unit("workmonth", "柳湾村")); err != nil {
			t.Fatal(err)
		}
		step, err := p.Start("home")
		if err != nil {
			t.Fatal(err)
		}
		answer := p.Answer(step.Question, false)
		second, err := p.Send(step.Ticket, answer)
		if err != nil {
			t.Fatal(err)
		}
		if second.Verdict.Correct || second.Verdict.Right == nil || second.Verdict.Explanation == "" ||
			second.Question.Position != 2 {
			t.Errorf("a wrong answer gets %+v", second)
		}
		again, err := p.Send(step.Ticket, answer)
		if err != nil {
			t.Fatal(err)
		}
		if !again.Repeated || again.Question.ID != second.Question.ID {
			t.Errorf("the same answer again gets %+v, first %+v", again, second)
		}
		if stands, err := p.Resume(step.Ticket); err != nil || stands.Question.ID != second.Question.ID {
			t.Errorf("the first ticket stands at %+v, %v", stands, err)
		}
		result, err := p.Play("home", 10)
		if err != nil {
			t.Fatal(err)
		}
		if !result.Passed || result.Correct != 9 || result.TriesLeft != 2 || len(result.Unlocked) != 1 ||
			result.Unlocked[0].Key != "community" {
			t.Errorf("the result is %+v", result)
		}
		waitFor(t, h.app.Boards.Settled)
		look(t, p)
	})
}

// look asks for everything that a player can look at.
func look(t *testing.T, p *testkit.Player) {
	t.Helper()
	for _, path := range []string{"", "/rules", "/units", "/units?q=村", "/stats", "/boards/total",
		"/boards/units?from=1&size=3",
		"/boards/crowd", "/boards/total?day=2026-06-16"} {
		if err := p.Call(http.MethodGet, p.InContest(path), nil, nil); err != nil {
			t.Errorf("%q: %v", path, err)
		}
	}
	err := p.Call(http.MethodGet, p.InContest("/mistakes"), nil, nil)
	var problem *testkit.Problem
	if err != nil && !(errors.As(err, &problem) && problem.Code == "unauthenticated") {
		t.Errorf("mistakes: %v", err)
	}
}

func TestEveryKindOfQuestionGoesAsDocumented(t *testing.T) {
	h := commonHouse(t)
	p := h.enrolled("county")
	result, err := p.Play("all-kinds", 2)
	if err != nil || result.Correct != 2 || !result.Passed {
		t.Fatalf("the result is %+v, %v", result, err)
	}
	var mistakes struct {
		Questions []struct{ Times int } `json:"questions"`
	}
	if err := p.Call(http.MethodGet, p.InContest("/mistakes"), nil, &mistakes); err != nil ||
		len(mistakes.Questions) != 2 {
		t.Errorf("two answers were wrong; there are %d mistakes, %v", len(mistakes.Questions), err)
	}
}

func TestAContestThatShowsNoAnswersTellsNone(t *testing.T) {
	h := commonHouse(t)
	p, step := h.started("bare", "only")
	over, err := p.Send(step.Ticket, p.Answer(step.Question, false))
	if err != nil {
		t.Fatal(err)
	}
	if over.Verdict.Right != nil || over.Verdict.Explanation != "" || over.Verdict.Source != "" {
		t.Errorf("the verdict is %+v", over.Verdict)
	}
	if _, body := h.send(p, http.MethodGet, p.InContest("/mistakes"), nil, nil); body != `{"questions":[]}` {
		t.Errorf("the mistakes are %s", body)
	}
	if _, body := h.send(p, http.MethodGet, p.InContest(""), nil, nil); !strings.Contains(body, `"rules":[]`) ||
		!strings.Contains(body, `"boards":[]`) {
		t.Errorf("lists are not lists in %s", body)
	}
}

// TestWhatTheRulesForbidIsRefusedWithItsCode goes through the codes that need a
// player in some state; wrong input has a test of its own.
func TestWhatTheRulesForbidIsRefusedWithItsCode(t *testing.T) {
	h := openHouse(t, embedded(t))
	for _, c := range []struct {
		code string
		try  func() error
	}{
		{"unauthenticated", func() error { _, err := h.player("county").Start("all-kinds"); return err }},
		{"unauthenticated", func() error { _, err := h.player("county").Resume("x"); return err }},
		{"unauthenticated", func() error { _, err := h.player("county").Finish("x"); return err }},
		{"unauthenticated", func() error { _, err := h.player("county").Send("x", testkit.Answer{}); return err }},
		{"not_enrolled", func() error {
			p := h.enrolled("county")
			p.Contest = "bare"
			_, err := p.Start("only")
			return err
		}},
		{"contest_closed", func() error { _, err := h.enrolled("closed").Start("only"); return err }},
		{"contest_not_open", func() error { _, err := h.enrolled("upcoming").Start("only"); return err }},
		{"level_locked", func() error { _, err := h.enrolled("county").Start("after"); return err }},
		{"level_unknown", func() error { _, err := h.enrolled("county").Start("home"); return err }},
		{"no_tries_left", func() error {
			p := h.enrolled("bare")
			if _, err := p.Play("only", 0); err != nil {
				return err
			}
			_, err := p.Start("only")
			return err
		}},
		{"ticket_foreign", func() error {
			_, step := h.started("county", "all-kinds")
			_, err := h.enrolled("county").Resume(step.Ticket)
			return err
		}},
		{"already_answered", func() error {
			p, step := h.started("county", "all-kinds")
			if _, err := p.Send(step.Ticket, p.Answer(step.Question, true)); err != nil {
				return err
			}
			_, err := p.Send(step.Ticket, p.Answer(step.Question, false))
			return err
		}},
		{"already_answered", func() error {
			p, step := h.started("county", "all-kinds")
			if _, err := p.Finish(step.Ticket); err != nil {
				return err
			}
			_, err := p.Send(step.Ticket, p.Answer(step.Question, true))
			return err
		}},
		{"out_of_order", func() error {
			p, step := h.started("county", "all-kinds")
			answer := p.Answer(step.Question, true)
			answer.Question = "something"
			_, err := p.Send(step.Ticket, answer)
			return err
		}},
		{"answer_late", func() error {
			p, step := h.started("county", "all-kinds")
			h.later(time.Minute)
			_, err := p.Send(step.Ticket, p.Answer(step.Question, true))
			return err
		}},
		{"attempt_expired", func() error {
			p, step := h.started("county", "all-kinds")
			h.later(time.Hour)
			_, err := p.Send(step.Ticket, p.Answer(step.Question, true))
			return err
		}},
	} {
		t.Run(c.code, func(t *testing.T) {
			err := c.try()
			var problem *testkit.Problem
			if !errors.As(err, &problem) || problem.Code != c.code {
				t.Errorf("it gets %v", err)
			}
		})
	}
}

func TestAnExpiredAttemptCanStillBeLookedAtAndGivenUp(t *testing.T) {
	h := openHouse(t, embedded(t))
	p, step := h.started("county", "all-kinds")
	h.later(time.Hour)
	if stands, err := p.Resume(step.Ticket); err != nil || stands.Result == nil || stands.Ticket != "" ||
		stands.Question != nil {
		t.Errorf("it stands at %+v, %v", stands, err)
	}
	if result, err := p.Finish(step.Ticket); err != nil || result.Passed {
		t.Errorf("given up, it comes to %+v, %v", result, err)
	}
}

func TestAUnitIsFixedByTheFirstAttempt(t *testing.T) {
	h := commonHouse(t)
	p := h.enrolled("county")
	if err := p.Enrol("青禾小王", h.unit("county", "西村")); err != nil {
		t.Errorf("before the first attempt: %v", err)
	}
	if _, err := p.Start("all-kinds"); err != nil {
		t.Fatal(err)
	}
	if err := p.Enrol("青禾小赵", h.unit("county", "西村")); err != nil {
		t.Errorf("another nickname: %v", err)
	}
	var problem *testkit.Problem
	if err := p.Enrol("青禾小赵", h.unit("county", "东镇")); !errors.As(err, &problem) || problem.Field != "unit" {
		t.Errorf("another unit gets %v", err)
	}
}

func TestOperatorsCallsAnswerAsDocumented(t *testing.T) {
	h := commonHouse(t)
	p := h.player("county")
	for path, media := range map[string]string{
		"/healthz": "text/plain", "/readyz": "application/json", "/metrics": "text/plain",
		"/api/openapi.yaml":           "application/yaml",
		"/api/contest.schema.json":    "application/schema+json",
		"/qr.svg?text=" + h.url + "/": "image/svg+xml",
	} {
		reply, body := h.send(p, http.MethodGet, path, nil, nil)
		if reply.StatusCode != http.StatusOK || !strings.HasPrefix(reply.Header.Get("Content-Type"), media) || body == "" {
			t.Errorf("%s: %d %s %.60s", path, reply.StatusCode, reply.Header.Get("Content-Type"), body)
		}
	}
	if !slices.ContainsFunc(h.spec.operations, func(o operation) bool { return o.path == "/readyz" }) {
		t.Error("readyz is not documented")
	}
}

func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for end := time.Now().Add(testkit.Patience); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it does not come")
		}
	}
}
