package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/testkit"
)

const halfPoints = `contest: half-points
title: 半分题
organizer: 社区
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
levels:
  - {key: one, title: 逐题, questions: [{count: 3, kinds: [single]}], score: 2.5, streak: {length: 2, score: 0.5}, pass: 1}
earnings: [{key: score, give: {score: true}}]
boards:
  - {key: total, title: 总榜, subject: player, measure: best}
  - {key: points, title: 积分榜, subject: player, measure: points}
`

// Inside a contest scores are whole numbers of tenths; what leaves the program is what
// people count.
func TestHalfPointsAreToldAsPeopleCountThem(t *testing.T) {
	h := openHouse(t, testkit.Embedded(t))
	apply := func(text string) error {
		_, err := h.app.Catalog.Apply(t.Context(), "half.yaml", []byte(text), "test")
		return err
	}
	whole := strings.NewReplacer("2.5", "3", "0.5", "1").Replace(halfPoints)
	for _, text := range []string{whole, halfPoints} { // before anybody answered the unit may change
		if err := apply(text); err != nil {
			t.Fatal(err)
		}
	}
	p := h.enrolled("half-points")
	step, err := p.Start("one")
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range []float64{2.5, 5.5} { // the second answer with what a streak of two adds
		next, err := p.Send(step.Ticket, p.Answer(step.Question, true))
		if err != nil {
			t.Fatal(err)
		}
		if next.Score != want {
			t.Errorf("after %d right answers the score is %v, want %v", n+1, next.Score, want)
		}
		step = next
	}
	last, err := p.Send(step.Ticket, p.Answer(step.Question, false))
	if err != nil {
		t.Fatal(err)
	}
	if r := last.Result; r == nil || r.Score != 5.5 || r.FullScore != 8 {
		t.Errorf("the result is %+v", r)
	}
	type figure struct{ Score float64 }
	var home struct {
		Levels []struct {
			BestScore float64 `json:"best_score"`
			FullScore float64 `json:"full_score"`
		}
		Me struct {
			figure
			Points int
		}
	}
	get := func(path string, into any) {
		t.Helper()
		if err := p.Call(http.MethodGet, p.InContest(path), nil, into); err != nil {
			t.Fatal(err)
		}
	}
	get("", &home)
	if home.Me.Score != 5.5 || home.Me.Points != 5 || home.Levels[0].BestScore != 5.5 || home.Levels[0].FullScore != 8 {
		t.Errorf("at home it tells %+v", home)
	}
	var exported struct{ Attempts []figure }
	if get("/personal/export", &exported); exported.Attempts[0].Score != 5.5 {
		t.Errorf("the export tells %+v", exported)
	}
	in, err := h.app.Catalog.Current("half-points")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.app.Boards.Rebuild(t.Context(), in.ContestID); err != nil { // from SQL
		t.Fatal(err)
	}
	for board, want := range map[string]float64{"total": 5.5, "points": 5} {
		var page struct {
			Entries []figure
			Me      *figure
		}
		get("/boards/"+board, &page)
		if page.Me == nil || page.Me.Score != want || page.Entries[0].Score != want {
			t.Errorf("board %s tells %+v", board, page)
		}
	}
	if err := apply(whole); err == nil || !strings.Contains(err.Error(), "score_unit") {
		t.Errorf("whole points after answers in tenths: %v", err)
	}
	if err := apply(strings.NewReplacer("2.5", "3.0").Replace(halfPoints)); err != nil {
		t.Errorf("another worth in tenths is refused: %v", err)
	}
}
