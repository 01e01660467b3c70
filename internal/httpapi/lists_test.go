package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// finalContest has a level for the first of its board, whose moment is years away.
const finalContest = `
contest: finals
title: 决赛
organizer: 社区
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
boards: [{key: total, title: 个人榜, subject: player, measure: best, level: heat}]
lists: [{key: one, title: 晋级名单, board: total, count: 1, at: 2029-01-02 00:00}]
levels:
  - {key: heat, title: 初赛, questions: [{count: 1, kinds: [single]}]}
  - {key: final, title: 决赛, questions: [{count: 1, kinds: [single]}], after: [{list: one}]}
`

func TestTheFirstOfABoardComeIntoTheFinalAndStaffLetsAnotherIn(t *testing.T) {
	h := openHouse(t, testkit.Embedded(t))
	if _, err := h.app.Catalog.Apply(t.Context(), "test.yaml", []byte(finalContest), "test"); err != nil {
		t.Fatal(err)
	}
	first, second := h.enrolled("finals"), h.enrolled("finals")
	if _, err := first.Play("heat", 1); err != nil {
		t.Fatal(err)
	}
	closed := func(p *testkit.Player) bool {
		_, err := p.Start("final")
		if err != nil && !strings.Contains(err.Error(), "level_locked") {
			t.Error(err)
		}
		return err != nil
	}
	if !closed(first) || !closed(second) {
		t.Error("the final is open before its list is made")
	}
	// Only now, or the program's own clock would make the list before anybody has played.
	over := strings.Replace(finalContest, "at: 2029", "at: 2026", 1)
	in, err := h.app.Catalog.Apply(t.Context(), "test.yaml", []byte(over), "test")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // two nodes
		if err := h.app.MakeLists(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if closed(first) || !closed(second) {
		t.Error("the final is not open to the first alone")
	}
	if _, err := second.Play("heat", 1); err != nil { // too late
		t.Fatal(err)
	}
	if err := h.app.MakeLists(t.Context()); err != nil || !closed(second) {
		t.Errorf("who came later is let in: %v", err)
	}

	path := consolePath + "/contests/finals/lists"
	var shown struct {
		Players []struct {
			Player, Nickname string
			Place            int
			On               bool
		}
		Units []string
	}
	judge := h.member(staff.Organizer)
	if err := judge.Call(http.MethodGet, path+"/one", nil, &shown); err != nil || len(shown.Players) != 1 ||
		shown.Players[0].Place != 1 || !shown.Players[0].On {
		t.Fatalf("the list shows %+v, %v", shown, err)
	}
	var done struct {
		Changed int
		Unknown []string
	}
	var later sqldb.ID // who joined second
	if err := h.app.DB.Get(t.Context(), &later, "SELECT MAX(player_id) FROM enrolments WHERE contest_id = ?",
		in.ContestID); err != nil {
		t.Fatal(err)
	}
	change := map[string]any{"players": "12345 " + later.String(), "on": true, "reason": "递补"}
	if err := h.member(staff.Viewer).Call(http.MethodPost, path+"/one/players", change, nil); err == nil {
		t.Error("who may look at the console changes a list")
	}
	if err := judge.Call(http.MethodPost, path+"/one/players", change, &done); err != nil || done.Changed != 1 ||
		len(done.Unknown) != 1 || done.Unknown[0] != "12345" {
		t.Errorf("letting one in comes to %+v, %v", done, err)
	}
	if closed(second) {
		t.Error("whom staff put on the list may not play")
	}

	third := h.enrolled("finals")
	if err := h.app.DB.Get(t.Context(), &later, "SELECT MAX(player_id) FROM enrolments WHERE contest_id = ?",
		in.ContestID); err != nil {
		t.Fatal(err)
	}
	var found struct {
		SHA256           string
		Applied          bool
		Fresh, WrongRows int
	}
	file := func(text string) int {
		found.WrongRows = 0
		reply, answer := h.send(judge, http.MethodPost, path+"/one/file?reason=x&apply="+found.SHA256, asFile,
			strings.NewReader(text))
		if err := json.Unmarshal([]byte(answer), &found); err != nil {
			t.Fatalf("%s: %v", answer, err)
		}
		return reply.StatusCode
	}
	good := "参赛者编号\n" + later.String() + "\n"
	if file(good); found.Applied || found.Fresh != 1 || !closed(third) {
		t.Errorf("the file that is looked at comes to %+v", found)
	}
	if code := file(good + "12345\n"); code != http.StatusConflict || !closed(third) {
		t.Errorf("another file than was looked at is answered with %d", code)
	}
	if code := file(good); code != http.StatusOK || !found.Applied || closed(third) {
		t.Errorf("the file comes to %d, %+v", code, found)
	}
}
