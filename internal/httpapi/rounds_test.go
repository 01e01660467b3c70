package httpapi_test

import (
	"net/http"
	"testing"

	"anquanda/internal/testkit"
)

const everyWeek = `contest: every-week
title: 周周练
organizer: 社区
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
levels: [{key: one, title: 第一关, questions: [{count: 2, kinds: [single]}], pass: 1}]
boards:
  - {key: weekly, title: 周榜, subject: player, measure: best, level: one, ties: time, period: week}
  - {key: total, title: 总榜, subject: player, measure: best}
`

func TestABoardOfWeeksShowsTheNewestAndEachBeforeIt(t *testing.T) {
	h := openHouse(t, testkit.Embedded(t))
	in, err := h.app.Catalog.Apply(t.Context(), "every-week.yaml", []byte(everyWeek), "test")
	if err != nil {
		t.Fatal(err)
	}
	p := h.enrolled("every-week")
	if _, err := p.Play("one", 2); err != nil {
		t.Fatal(err)
	}
	if err := h.app.Boards.Rebuild(t.Context(), in.ContestID); err != nil { // from SQL
		t.Fatal(err)
	}
	type reply struct {
		Round   string
		Rounds  []struct{ Round, Title string }
		Entries []struct{ Score float64 }
	}
	get := func(path string) (page reply) {
		t.Helper()
		if err := p.Call(http.MethodGet, p.InContest("/boards/"+path), nil, &page); err != nil {
			t.Fatal(err)
		}
		return page
	}
	newest := get("weekly")
	weeks := len(newest.Rounds)
	if weeks < 2 || newest.Round != newest.Rounds[0].Round || newest.Rounds[weeks-1].Title != "1月1日至4日" ||
		len(newest.Entries) != 1 || newest.Entries[0].Score != 20 {
		t.Errorf("the newest week is %+v", newest)
	}
	if first := get("weekly?round=20251229"); first.Round != "20251229" || len(first.Entries) != 0 {
		t.Errorf("the first week is %+v", first)
	}
	if total := get("total"); total.Round != "" || len(total.Rounds) != 0 || len(total.Entries) != 1 {
		t.Errorf("the board of the contest is %+v", total)
	}
	for _, path := range []string{"weekly?round=20251222", "weekly?round=1", "total?round=20251229",
		"weekly?day=2026-01-05"} {
		if err := p.Call(http.MethodGet, p.InContest("/boards/"+path), nil, nil); codeOf(err) != "invalid_field" {
			t.Errorf("%s: %v", path, err)
		}
	}
}
