package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const secondContest = `
contest: second
title: 另一个活动
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
levels: [{key: only, title: 一题, questions: [{count: 1}], pass: 1}]
`

func TestAnAccountForOneContestReachesNothingOfAnotherAndEnds(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		d := openDesk(t, s)
		const other = "second"
		if _, err := d.app.Catalog.Apply(t.Context(), "second.yaml", []byte(secondContest), ""); err != nil {
			t.Fatal(err)
		}
		mine := "workmonth"
		of, err := d.app.Catalog.Current(mine)
		if err != nil {
			t.Fatal(err)
		}
		owner, prizes := d.signedIn("owner", staff.Owner), d.signedIn("zheng", staff.Prizes)
		until := of.Window.Closes.MS + 365*24*time.Hour.Milliseconds()
		scope := "/staff/" + prizes.member.ID.String() + "/scope"
		owner.must("PUT", scope, map[string]any{"contest": mine, "until": until}, nil)
		for path, status := range map[string]int{
			"/session": http.StatusOK, "/choices": http.StatusOK, "/notices": http.StatusOK,
			"/contests/" + mine + "/booth":     http.StatusOK,
			"/contests/" + mine + "/drawings":  http.StatusOK,
			"/contests/" + other + "/booth":    http.StatusForbidden,
			"/contests/" + other + "/drawings": http.StatusForbidden,
			"/contests/" + other + "/cases":    http.StatusForbidden,
			"/contests":                        http.StatusForbidden,
			"/banks":                           http.StatusForbidden,
			"/drawings/1":                      http.StatusForbidden,
			"/cases/1":                         http.StatusForbidden,
		} {
			r := prizes.send("GET", path, nil)
			if r.status != status || status == http.StatusForbidden && r.Code != "not_permitted" {
				t.Errorf("%s: %d %s, want %d", path, r.status, r.Code, status)
			}
		}
		for path, code := range map[string]string{"/payouts/aq1t1/again": "not_permitted", "/payout-acts/1": "not_permitted"} {
			prizes.wants("POST", path, map[string]any{}, http.StatusForbidden, code, "")
		}
		var choices struct {
			Choices []struct{ Slug string }
			Scoped  bool
		}
		prizes.must("GET", "/choices", nil, &choices)
		if len(choices.Choices) != 1 || choices.Choices[0].Slug != mine || !choices.Scoped {
			t.Errorf("the choices are %+v", choices)
		}
		owner.must("PUT", scope, map[string]any{"contest": mine, "until": 1}, nil)
		prizes.wants("GET", "/contests/"+mine+"/booth", nil, http.StatusForbidden, "account_ended", "")
	})
}

// Tried on the running program: a viewer read 644 questions with their answers.
func TestOnlyWhoMakesBanksSeesAnswersBeforeTheContestHasClosed(t *testing.T) {
	d := openDesk(t, embedded(t))
	organizer, viewer := d.signedIn("zu", staff.Organizer), d.signedIn("kan", staff.Viewer)
	const path = "/banks/safety/questions"
	if r := organizer.send("GET", path, nil); !strings.Contains(string(r.body), `"answer":`) {
		t.Fatalf("the organizer sees no answers: %.200s", r.body)
	}
	var page struct {
		Questions []struct{ ID, Explanation string }
	}
	organizer.must("GET", path, nil, &page)
	secret := ""
	for _, q := range page.Questions {
		if secret == "" && q.Explanation != "" {
			secret = q.Explanation
		}
	}
	one := path + "/" + page.Questions[0].ID
	for _, at := range []string{path, one, "/banks/safety/compare?from=1&to=1", "/reports"} {
		r := viewer.send("GET", at, nil)
		if r.status != http.StatusOK || strings.Contains(string(r.body), `"answer":`) ||
			strings.Contains(string(r.body), `"explanation":`) {
			t.Errorf("%s tells a viewer: %d %.300s", at, r.status, r.body)
		}
	}
	var found struct{ Total int }
	if viewer.must("GET", path+"?q="+url.QueryEscape(secret), nil, &found); found.Total != 0 {
		t.Errorf("a viewer finds %d questions by an explanation", found.Total)
	}
	if organizer.must("GET", path+"?q="+url.QueryEscape(secret), nil, &found); found.Total == 0 {
		t.Error("the organizer finds none by it")
	}
	var log struct {
		Entries []struct{ Action, Login, Subject string }
	}
	organizer.must("GET", "/audit", nil, &log)
	read := 0
	for _, e := range log.Entries {
		if e.Action == "bank.read" && e.Login == "zu" && e.Subject == "safety" {
			read++
		}
	}
	if read != 1 {
		t.Errorf("reading the bank is %d entries of the log", read)
	}
}

func TestStaffAreToldOfAnAlteredLogAndOfAccountsTouchedWhileACaseIsOpen(t *testing.T) {
	d := openDesk(t, embedded(t))
	owner, viewer := d.signedIn("owner", staff.Owner), d.signedIn("kan", staff.Viewer)
	var told struct {
		LogBroken int64 `json:"log_broken"`
		Touches   []struct{ Login, By, What string }
	}
	owner.must("PATCH", "/staff/"+viewer.member.ID.String(), map[string]any{"role": "host", "disabled": false}, nil)
	if viewer.must("GET", "/notices", nil, &told); len(told.Touches) != 0 || told.LogBroken != 0 {
		t.Errorf("while nothing is decided: %+v", told)
	}
	err := d.app.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO conduct_cases
				(id, contest_id, player_id, live, found_by, note, evidence, opened_by, opened_name, opened_at)
			VALUES (1, 2, 3, 1, 'hand', '', '[]', 1, '', 1)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	viewer.must("GET", "/notices", nil, &told)
	if len(told.Touches) != 1 || told.Touches[0].Login != "kan" || told.Touches[0].By != "owner" ||
		told.Touches[0].What != "role" {
		t.Errorf("while a case is open: %+v", told)
	}
}
