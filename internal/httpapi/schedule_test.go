package httpapi_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/staff"
)

type scheduled struct {
	Meant, Public string
	Contests      []struct{ Slug, Phase string }
}

// slugs are the contests of a list in its order.
func (s scheduled) slugs() string {
	slugs := make([]string, len(s.Contests))
	for i, c := range s.Contests {
		slugs[i] = c.Slug
	}
	return strings.Join(slugs, " ")
}

// A contest that opens next year, published last, must not take the place of one that runs.
func TestWhoNamesNoContestGetsTheOpenOneOrAChoice(t *testing.T) {
	h := openHouseOf(t, app.Config{Data: t.TempDir(), Public: "http://quiz.example.org"}, 7)
	apply := func(text string) {
		t.Helper()
		if _, err := h.app.Catalog.Apply(t.Context(), "x.yaml", []byte(text), ""); err != nil {
			t.Fatal(err)
		}
	}
	list := func() (reply scheduled) {
		t.Helper()
		if err := h.player("current").Call(http.MethodGet, "/api/v1/contests", nil, &reply); err != nil {
			t.Fatal(err)
		}
		return reply
	}
	home := func(slug string) (found string, choice int) {
		t.Helper()
		var reply struct {
			Contest struct{ Slug string }
			Choice  []struct{ Slug string }
		}
		if err := h.player("current").Call(http.MethodGet, "/api/v1/contests/"+slug, nil, &reply); err != nil {
			t.Fatal(err)
		}
		return reply.Contest.Slug, len(reply.Choice)
	}
	apply(upcomingContest)
	apply(closedContest)
	const all = "county bare workmonth upcoming closed"
	if got := list(); got.Meant != "" || got.slugs() != all || got.Public != "http://quiz.example.org" {
		t.Errorf("three are open: %+v", got)
	}
	if slug, choice := home("current"); slug != "county" || choice != 5 {
		t.Errorf("three are open: %s with %d to choose from", slug, choice)
	}
	if slug, choice := home("upcoming"); slug != "upcoming" || choice != 0 {
		t.Errorf("the one that was named: %s with %d to choose from", slug, choice)
	}
	if _, err := h.app.Catalog.Rehearse(t.Context(), staff.CommandLine, "workmonth"); err != nil {
		t.Fatal(err)
	}
	if got := list(); got.slugs() != all {
		t.Errorf("with a rehearsal: %s", got.slugs())
	}
	var desk scheduled
	viewer := h.member(staff.Viewer)
	if err := viewer.Call(http.MethodGet, consolePath+"/contests", nil, &desk); err != nil || desk.slugs() != all {
		t.Errorf("the console lists %+v, %v", desk, err)
	}
	var console struct {
		Public  string
		Choices []struct {
			Slug      string
			Rehearsal bool
		}
	}
	if err := viewer.Call(http.MethodGet, consolePath+"/choices", nil, &console); err != nil {
		t.Fatal(err)
	}
	if n := len(console.Choices); n != 6 || !console.Choices[3].Rehearsal ||
		console.Choices[3].Slug != "workmonth-rehearsal" ||
		console.Choices[2].Slug != "workmonth" || console.Public != "http://quiz.example.org" {
		t.Errorf("the console can be of %+v", console)
	}

	apply(contestText) // is open after all others
	h.later(4 * 366 * 24 * time.Hour)
	if got := list(); got.Meant != "fete" || !strings.HasPrefix(got.slugs(), "fete ") {
		t.Errorf("one is open: %+v", got)
	}
	if slug, choice := home("current"); slug != "fete" || choice != 0 {
		t.Errorf("one is open: %s with %d to choose from", slug, choice)
	}
}

func TestCodesAreDrawnForThisServerAndItsPublicAddressOnly(t *testing.T) {
	h := openHouseOf(t, app.Config{Data: t.TempDir(), Public: "https://quiz.example.org"}, 7)
	for text, want := range map[string]int{
		h.url + "/c/workmonth":                   200, // this machine
		"https://quiz.example.org/c/workmonth":   200,
		"https://quiz.example.org.evil.example/": 400, "https://quiz.example.org@evil.example/": 400,
		"https://elsewhere.example/": 400, "javascript:alert(1)": 400,
	} {
		reply, _ := h.send(h.player("current"), http.MethodGet, "/qr.svg?text="+url.QueryEscape(text), nil, nil)
		if reply.StatusCode != want {
			t.Errorf("%s: %d, want %d", text, reply.StatusCode, want)
		}
	}
}
