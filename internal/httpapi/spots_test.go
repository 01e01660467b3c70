package httpapi_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// trailContest has two spots, one daily; a level hangs on the first.
const trailContest = `
contest: %s
title: 寻宝
organizer: 社区
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
spots: [{key: east, title: 东门}, {key: west, title: 西门, daily: true}]
earnings: [{key: found, for: found, give: {points: 5, chances: 1}}]
levels: [{key: door, title: 门, questions: [{count: 1, kinds: [single]}], pass: 1, after: [{spot: east}]}]
`

type found struct {
	Title    string
	Repeated bool
	Earned   []struct {
		Kind   string
		Amount int
	}
	Opened []struct{ Key string }
}

// give gives a code, and the code of the problem that it meets.
func (h *house) give(p *testkit.Player, code string) (got found, problem string) {
	err := p.Call(http.MethodPost, p.InContest("/spots"), map[string]string{"code": code}, &got)
	var refused *testkit.Problem
	if errors.As(err, &refused) {
		return got, refused.Code
	}
	if err != nil {
		h.t.Error(err)
	}
	return got, ""
}

// codesOf are the codes that staff see on a day, by spot.
func (h *house) codesOf(contest string, day time.Time) map[string]string {
	h.t.Helper()
	var reply struct {
		Codes []struct{ Key, Code, Path string }
	}
	err := h.member(staff.Organizer).Call(http.MethodPost, consolePath+"/contests/"+contest+"/spots/codes",
		map[string]any{"from": day.Format(time.DateOnly), "days": 1}, &reply)
	if err != nil {
		h.t.Fatal(err)
	}
	codes := map[string]string{}
	for _, c := range reply.Codes {
		codes[c.Key] = c.Code
		if !strings.HasSuffix(c.Path, "#/spots/"+strings.ToLower(strings.ReplaceAll(c.Code, "-", ""))) {
			h.t.Errorf("the code %s is scanned as %s", c.Code, c.Path)
		}
	}
	return codes
}

func TestASpotIsFoundOnceByItsCodeAndOpensItsLevel(t *testing.T) {
	h := openHouse(t, testkit.Embedded(t))
	for _, slug := range []string{"trail", "other"} {
		text := fmt.Sprintf(trailContest, slug)
		if _, err := h.app.Catalog.Apply(t.Context(), "test.yaml", []byte(text), "test"); err != nil {
			t.Fatal(err)
		}
	}
	in, err := h.app.Catalog.Current("trail")
	if err != nil {
		t.Fatal(err)
	}
	today := time.Now().In(in.Zone())
	codes := h.codesOf("trail", today)
	stranger, p := h.player("trail"), h.enrolled("trail")
	if _, problem := h.give(stranger, codes["east"]); problem != "unauthenticated" {
		t.Errorf("a stranger meets %q", problem)
	}
	if _, err := p.Start("door"); err == nil || !strings.Contains(err.Error(), "level_locked") {
		t.Errorf("the level before its spot: %v", err)
	}
	for code, want := range map[string]string{
		h.codesOf("other", today)["east"]: "spot_code_unknown", // another contest's, as a rehearsal's
		"23456789":                        "spot_code_unknown",
		"":                                "spot_code_unknown",
		"east":                            "spot_code_unknown",
		h.codesOf("trail", today.AddDate(0, 0, -1))["west"]: "spot_code_old", // yesterday's picture
		h.codesOf("trail", today.AddDate(0, 0, 1))["west"]:  "spot_code_unknown",
	} {
		if _, problem := h.give(p, code); problem != want {
			t.Errorf("%q meets %q, want %q", code, problem, want)
		}
	}
	// Two phones of one player, and a code typed as people do: the ledger gives once.
	var both sync.WaitGroup
	for _, code := range []string{codes["east"], " " + strings.ToLower(strings.ReplaceAll(codes["east"], "-", " "))} {
		both.Go(func() {
			if _, problem := h.give(p, code); problem != "" {
				t.Errorf("%q meets %q", code, problem)
			}
		})
	}
	both.Wait()
	again, _ := h.give(p, codes["east"])
	if !again.Repeated || len(again.Earned) > 0 || len(again.Opened) != 1 || again.Opened[0].Key != "door" {
		t.Errorf("the third time comes to %+v", again)
	}
	got, _ := h.give(p, codes["west"])
	if got.Repeated || len(got.Earned) != 2 || got.Earned[0].Amount != 5 || len(got.Opened) > 0 {
		t.Errorf("the daily spot comes to %+v", got)
	}
	var home struct{ Me struct{ Points, Chances int } }
	if err := p.Call(http.MethodGet, p.InContest(""), nil, &home); err != nil || home.Me.Points != 10 ||
		home.Me.Chances != 2 {
		t.Errorf("the player holds %+v, %v", home.Me, err)
	}
	if _, err := p.Start("door"); err != nil {
		t.Errorf("the level after its spot: %v", err)
	}
	var list struct{ Spots []struct{ Found bool } }
	if err := p.Call(http.MethodGet, p.InContest("/spots"), nil, &list); err != nil || len(list.Spots) != 2 ||
		!list.Spots[0].Found || !list.Spots[1].Found {
		t.Errorf("the player sees %+v, %v", list, err)
	}
	h.guess(p)
	h.seeCodes(today)
}

// guess tries codes until it is refused; right codes are refused then too.
func (h *house) guess(p *testkit.Player) {
	h.t.Helper()
	for n := range 40 {
		_, problem := h.give(p, fmt.Sprintf("abcdef%02d", 22+n%78))
		if problem == "spot_tries" {
			return
		}
		if problem != "spot_code_unknown" {
			h.t.Errorf("guess %d meets %q", n, problem)
		}
	}
	h.t.Error("forty guesses are taken")
}

// seeCodes holds who sees codes, and that it is written down; who looks on sees counts.
func (h *house) seeCodes(day time.Time) {
	h.t.Helper()
	viewer, path := h.member(staff.Viewer), consolePath+"/contests/trail/spots"
	err := viewer.Call(http.MethodPost, path+"/codes", map[string]any{"from": day.Format(time.DateOnly), "days": 1}, nil)
	var refused *testkit.Problem
	if !errors.As(err, &refused) || refused.Status != http.StatusForbidden {
		h.t.Errorf("a viewer sees the codes: %v", err)
	}
	var list struct {
		Spots []struct {
			Key   string
			Found int
		}
	}
	if err := viewer.Call(http.MethodGet, path, nil, &list); err != nil || len(list.Spots) != 2 ||
		list.Spots[0].Found != 1 {
		h.t.Errorf("a viewer sees %+v, %v", list, err)
	}
	organizer := h.member(staff.Organizer)
	for body, field := range map[string]string{`{"from":"heute","days":1}`: "from",
		`{"from":"2026-06-01","days":32}`: "days"} {
		if reply, text := h.postJSON(organizer, path+"/codes", body); reply.StatusCode != http.StatusBadRequest ||
			!strings.Contains(text, `"field":"`+field+`"`) {
			h.t.Errorf("%s gets %d %s", body, reply.StatusCode, text)
		}
	}
	entries, err := h.app.Staff.Log(h.t.Context(), 0, 50)
	if err != nil || !strings.Contains(fmt.Sprint(entries), "spot.codes") {
		h.t.Errorf("the audit log holds %v, %v", entries, err)
	}
}
