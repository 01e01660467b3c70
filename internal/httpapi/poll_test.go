package httpapi_test

import (
	"net/http"
	"testing"

	"anquanda/internal/testkit"
)

// pollContest asks players what they think once they have finished.
const pollContest = `
contest: asks
title: 听听您的看法
organizer: 社区
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
players: {unit: {ask: optional}}
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}], attempts: {max: 0}}]
poll: [{key: hard, title: 题目难不难, options: [太难, 正好, 太容易]}]
`

func TestWhoHasFinishedIsAskedAsDocumented(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		if _, err := h.app.Catalog.Apply(t.Context(), "asks.yaml", []byte(pollContest), "test"); err != nil {
			t.Fatal(err)
		}
		p := h.enrolled("asks")
		asked := func() (keys []string) {
			t.Helper()
			var got struct{ Polls []struct{ Key string } }
			if err := p.Call(http.MethodGet, p.InContest("/polls"), nil, &got); err != nil {
				t.Fatal(err)
			}
			for _, q := range got.Polls {
				keys = append(keys, q.Key)
			}
			return keys
		}
		answer := func(from *testkit.Player, key, option string) string {
			t.Helper()
			err := from.Call(http.MethodPost, from.InContest("/polls/"+key), map[string][]string{"options": {option}}, nil)
			if problem, ok := err.(*testkit.Problem); ok {
				return problem.Code
			} else if err != nil {
				t.Fatal(err)
			}
			return ""
		}
		if keys, code := asked(), answer(p, "hard", "正好"); keys != nil || code != "poll_not_yet" {
			t.Errorf("before anything is finished %v are asked, and answering says %q", keys, code)
		}
		step, err := p.Start("only")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Finish(step.Ticket); err != nil {
			t.Fatal(err)
		}
		if keys := asked(); len(keys) != 1 {
			t.Fatalf("afterwards %v are asked", keys)
		}
		for _, c := range []struct{ key, option, code string }{
			{"gone", "正好", "poll_unknown"}, {"hard", "别的", "invalid_field"}, {"hard", "正好", ""},
			{"hard", "太难", "poll_answered"},
		} {
			if code := answer(p, c.key, c.option); code != c.code {
				t.Errorf("%s %s says %q, want %q", c.key, c.option, code, c.code)
			}
		}
		if code := answer(h.player("asks"), "hard", "正好"); code != "unauthenticated" {
			t.Errorf("a stranger's answer says %q", code)
		}
		if keys := asked(); keys != nil {
			t.Errorf("once answered %v are asked", keys)
		}
		var kept struct {
			Answers []struct {
				Question string
				Chosen   []string
			}
		}
		if err := p.Call(http.MethodGet, p.InContest("/personal/export"), nil, &kept); err != nil || len(kept.Answers) != 1 ||
			kept.Answers[0].Question != "题目难不难" || len(kept.Answers[0].Chosen) != 1 || kept.Answers[0].Chosen[0] != "正好" {
			t.Errorf("what is kept is %+v, %v", kept, err)
		}
	})
}
