package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// cupContest has a round that closes at a moment, and a level for who wins it.
func cupContest(closes time.Time) string {
	return fmt.Sprintf(`
contest: towns
title: 各镇对抗
organizer: 县应急管理局
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
periods: [{title: 半决赛, opens: 2026-01-02 00:00, closes: %q}]
bank: safety
players: {unit: {ask: required, label: 镇}}
units: [{code: a, name: 东镇}, {code: b, name: 西镇}, {code: c, name: 南镇}, {code: d, name: 北村}]
boards: [{key: rounds, title: 每期镇榜, subject: unit, measure: players, period: own}]
pairings: [{key: semi, title: 半决赛, board: rounds, round: 1, pairs: [{first: a, second: b}, {first: c, second: d}]}]
lists: [{key: on, title: 晋级名单, pairing: semi}]
levels:
  - {key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 1, attempts: {max: 9}}
  - {key: final, title: 决赛, questions: [{count: 1, kinds: [single]}], after: [{list: on}]}
`, closes.In(time.FixedZone("", 8*3600)).Format("2006-01-02 15:04"))
}

type pairingsTold struct {
	Pairings []struct {
		DecidedAt int64 `json:"decided_at"`
		Waits     string
		Pairs     []struct {
			First, Second *struct {
				Unit      string
				Score     *float64
				Won, Mine bool
			}
		}
	}
	Waiting []struct{ ID, Text string }
}

// says tells the pairs of the first pairing: who meets whom, with points, ! for who won.
func (told pairingsTold) says() string {
	var text []string
	for _, pair := range told.Pairings[0].Pairs {
		for _, side := range []struct {
			unit string
			won  bool
			at   *float64
			mine bool
		}{{pair.First.Unit, pair.First.Won, pair.First.Score, pair.First.Mine},
			{pair.Second.Unit, pair.Second.Won, pair.Second.Score, pair.Second.Mine}} {
			one := side.unit
			if side.at != nil {
				one += fmt.Sprint(*side.at)
			}
			if side.won {
				one += "!"
			}
			if side.mine {
				one += "*"
			}
			text = append(text, one)
		}
	}
	return strings.Join(text, " ")
}

func TestTheUnitThatWinsItsPairGoesOnAndTwoOfStaffCorrectIt(t *testing.T) {
	h := openHouse(t, testkit.Embedded(t))
	apply := func(closes time.Time) {
		if _, err := h.app.Catalog.Apply(t.Context(), "towns.yaml", []byte(cupContest(closes)), "新"); err != nil {
			t.Fatal(err)
		}
	}
	apply(time.Date(2029, 1, 1, 0, 0, 0, 0, time.UTC))
	plays := func(unit string) *testkit.Player {
		p := h.player("towns")
		if err := p.Enrol("镇上的人", h.unit("towns", unit)); err != nil {
			t.Fatal(err)
		}
		h.passes(p)
		return p
	}
	east, west := plays("东镇"), plays("西镇")
	plays("西镇")
	makes := func() {
		t.Helper()
		if err := h.app.MakeLists(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	makes()
	public := func(p *testkit.Player) (told pairingsTold) {
		t.Helper()
		if err := p.Call(http.MethodGet, "/api/v1/contests/towns/pairings", nil, &told); err != nil {
			t.Fatal(err)
		}
		return told
	}
	sees := func(p *testkit.Player, want string) {
		t.Helper()
		for end := time.Now().Add(testkit.Patience); public(p).says() != want; time.Sleep(50 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("shown is %s, want %s", public(p).says(), want)
			}
		}
	}
	sees(east, "东镇1* 西镇2 南镇 北村")
	apply(time.Now().Add(-2 * time.Minute))
	makes()
	makes()
	sees(west, "东镇1 西镇2!* 南镇 北村")
	closed := func(p *testkit.Player) bool {
		_, err := p.Start("final")
		return err != nil && strings.Contains(err.Error(), "level_locked")
	}
	if !closed(east) || closed(west) {
		t.Error("the final is not open to the players of the winning unit alone")
	}

	const path = consolePath + "/contests/towns"
	wang, li := h.member(staff.Organizer), h.member(staff.Owner)
	body := map[string]any{"place": 1, "winner": "first", "reason": "代答"}
	if err := h.member(staff.Viewer).Call(http.MethodPost, path+"/pairings/semi/corrections", body, nil); err == nil {
		t.Error("who may look at the console corrects who won")
	}
	if err := wang.Call(http.MethodPost, path+"/pairings/semi/corrections", body, nil); err != nil {
		t.Fatal(err)
	}
	var told pairingsTold
	if err := li.Call(http.MethodGet, path+"/pairings", nil, &told); err != nil || len(told.Waiting) != 1 ||
		told.Waiting[0].Text != "半决赛第 1 对改为“东镇”胜。原因：代答" {
		t.Fatalf("staff see %+v, %v", told, err)
	}
	agree := path + "/corrections/" + told.Waiting[0].ID + "/agree"
	if err := wang.Call(http.MethodPost, agree, map[string]any{}, nil); !refusedAs(err, "second_person_needed") {
		t.Errorf("who proposed agrees: %v", err)
	}
	if err := li.Call(http.MethodPost, agree, map[string]any{}, nil); err != nil {
		t.Fatal(err)
	}
	sees(east, "东镇1!* 西镇2 南镇 北村")
	if closed(east) {
		t.Error("who goes on after the correction may not play")
	}
	if third := plays("西镇"); !closed(third) {
		t.Error("who joins a unit later comes on the list")
	}
}
