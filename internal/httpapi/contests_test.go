package httpapi_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const contestText = `contest: fete
title: 安全答题
organizer: 县应急管理局
window: {opens: 2026-01-01, closes: 2040-01-01}
bank: safety
publish: [wechat]
levels:
  - {key: one, title: 第一关, questions: [{count: 3, kinds: [single]}], pass: 2}
earnings:
  - {key: passing, when: {result: passed}, give: {points: 10}, max: 1, per: level}
`

func TestAContestGoesThroughTheConsoleAsDocumented(t *testing.T) {
	h := openHouse(t, embedded(t))
	p := h.signedIn(h.colleague(staff.Organizer))
	try := func(method, path string, body any, wanted string) {
		t.Helper()
		err := p.Call(method, consolePath+path, body, nil)
		var problem *testkit.Problem
		if errors.As(err, &problem) && problem.Code == wanted || err == nil && wanted == "" {
			return
		}
		t.Errorf("%s %s: %v, want %q", method, path, err, wanted)
	}
	text := func(old, new string) map[string]any {
		return map[string]any{"text": strings.Replace(contestText, old, new, 1), "figures": true,
			"path": "levels[0].pass", "value": "1",
			"slug": "other", "title": "另一个", "opens": "2026-06-01"}
	}
	apply := func(old, new string, base int, reason string) map[string]any {
		return map[string]any{"text": strings.Replace(contestText, old, new, 1), "base": base, "reason": reason}
	}
	try("GET", "/examples", nil, "")
	for _, path := range []string{"/contests/check", "/contests/edit", "/contests/copy"} {
		try("POST", path, text("", ""), "")
	}
	try("POST", "/contests/check", text("pass: 2", "pass: 9"), "")
	try("POST", "/contests/check", text("pass: 2", "pass: ["), "")
	try("POST", "/contests/check", text("earnings:\n", "earnings:\n  - {key: told, for: share, give: {points: 1}}\n"), "")
	try("POST", "/contests/edit", text("pass: 2", "pass: ["), "contest_wrong")
	try("POST", "/contests/copy", text("pass: 2", "pass: ["), "contest_wrong")
	try("PUT", "/contests", apply("earnings:\n", "earnings:\n  - {key: told, for: share, give: {points: 1}}\n", 0, ""),
		"concerns_open")
	try("PUT", "/contests", apply("pass: 2", "pass: 9", 0, ""), "contest_wrong")
	try("PUT", "/contests", apply("count: 3", "count: 99, difficulty: [5]", 0, ""), "bank_too_small")
	try("PUT", "/contests", apply("bank: safety", "bank: nowhere", 0, ""), "bank_unknown")
	try("PUT", "/contests", apply("", "", 7, ""), "contest_renamed")
	try("PUT", "/contests", apply("", "", -1, ""), "invalid_field")
	try("PUT", "/contests", apply("", "", 0, ""), "")
	try("PUT", "/contests", apply("", "", 0, ""), "contest_taken")
	try("POST", "/contests/check", text("pass: 2", "pass: 3"), "")
	try("POST", "/contests/check", text("give: {points: 10}", "give: {points: 1}"), "")
	try("PUT", "/contests", apply("pass: 2", "pass: 3", 1, ""), "invalid_field")
	try("PUT", "/contests", apply("pass: 2", "pass: 3", 1, "太容易"), "")
	try("PUT", "/contests", apply("pass: 2", "pass: 1", 1, "太难"), "contest_changed")
	try("GET", "/contests/fete", nil, "")
	try("GET", "/contests/fete/check", nil, "")
	try("GET", "/contests/nowhere/check", nil, "contest_unknown")
	try("GET", "/contests/nowhere", nil, "contest_unknown")

	try("DELETE", "/contests/fete/rehearsal", nil, "rehearsal_unknown")
	var begun struct{ Rehearsal struct{ Pass string } }
	if err := p.Call("POST", consolePath+"/contests/fete/rehearsal", map[string]any{}, &begun); err != nil {
		t.Fatal(err)
	}
	try("POST", "/contests/fete/rehearsal", map[string]any{}, "rehearsal_running")
	try("POST", "/contests/fete-rehearsal/rehearsal", map[string]any{}, "rehearsal_of_rehearsal")
	try("PUT", "/contests", apply("contest: fete", "contest: fete-rehearsal", 1, "x"), "contest_rehearsal")
	try("GET", "/contests", nil, "")
	for _, slug := range []string{"fete", "fete-rehearsal"} { // a phone at both
		phone := h.player(slug)
		if err := phone.Enter(begun.Rehearsal.Pass); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"", "/changes", "/rules"} {
			if err := phone.Call(http.MethodGet, phone.InContest(path), nil, nil); err != nil {
				t.Errorf("%s%s: %v", slug, path, err)
			}
		}
	}
	try("DELETE", "/contests/fete/rehearsal", nil, "")
}
