package httpapi_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

const pupilsContest = `
contest: pupils
title: 小学生安全知识竞赛
organizer: 县教育局
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
retention: 30d
bank: safety
players:
  ages: {minors: true}
  fields:
    - {key: name, label: 姓名, kind: name, ask: optional, when: earn, why: 写在奖状上}
    - {key: card, label: 身份证号, kind: id, ask: optional, when: earn, why: 核对年级}
accept: [{finding: id-number, by: 县教育局, why: 核对年级}, {finding: minors, by: 县教育局, why: 监护人在页面上同意}]
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 0, attempts: {max: 9}}]
`

func openPupils(t *testing.T, h *house) *desk {
	t.Helper()
	if _, err := h.app.Catalog.Apply(t.Context(), "pupils.yaml", []byte(pupilsContest), "test"); err != nil {
		t.Fatal(err)
	}
	d := &desk{h.player("pupils"), t, ""}
	d.consent = d.home().Contest.Asks.Consent.Version
	return d
}

func TestAChildTellsNothingUntilAGuardianAgrees(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		d := openPupils(t, h)
		var home struct {
			Contest struct {
				Asks struct {
					Guardian struct{ Version, Text string }
				}
			}
		}
		if err := d.Call(http.MethodGet, d.InContest(""), nil, &home); err != nil {
			t.Fatal(err)
		}
		text := home.Contest.Asks.Guardian
		if !strings.Contains(text.Text, "监护人") || !strings.Contains(text.Text, "姓名、身份证号") {
			t.Fatalf("the guardian agrees to %+v", text)
		}
		by := func(name, version string) map[string]string {
			return map[string]string{"name": name, "consent": version}
		}
		child := map[string]string{"name": "张小三", "card": "110105201812310025"}
		for field, guardian := range map[string]any{
			"guardian.name":    nil,
			"guardian.consent": by("张大三", ""),
		} {
			_, err := d.enrol(map[string]any{"division": "", "fields": child, "guardian": guardian})
			if fieldOf(err) != field {
				t.Errorf("with %v: %v", guardian, err)
			}
		}
		_, err := d.enrol(map[string]any{"division": "", "fields": child, "guardian": by("张大三", "0000000000000000")})
		if codeOf(err) != "consent_outdated" {
			t.Errorf("by an older text: %v", err)
		}
		_, err = d.enrol(map[string]any{"division": "", "fields": child, "guardian": by("张大三", text.Version)})
		if err != nil {
			t.Fatal(err)
		}
		if told := d.held().Told; len(told) != 3 || told[2].Label != "监护人姓名" || told[2].Value != "张**" {
			t.Errorf("kept is %+v", told)
		}
		// What was told before needs no second consent; withdrawing it takes all that rests on it.
		if _, err := d.enrol(map[string]any{"division": "", "fields": child}); err != nil {
			t.Error(err)
		}
		if err := d.Call(http.MethodDelete, d.InContest("/personal/@guardian"), nil, nil); err != nil {
			t.Fatal(err)
		}
		if told := d.held().Told; len(told) != 0 {
			t.Errorf("without the guardian's consent there is %+v", told)
		}
	})
}

func TestEverythingIsTakenAlongByWhoKnowsWhatIsMasked(t *testing.T) {
	h := openHouse(t, embedded(t))
	d := openDesk(t, h)
	_, err := d.enrol(map[string]any{"fields": map[string]string{"name": "张三", "phone": "13812345678"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Play("only", 1); err != nil {
		t.Fatal(err)
	}
	in, err := h.app.Catalog.Current("asking")
	if err != nil {
		t.Fatal(err)
	}
	ask := func(query string) (got exported, err error) {
		err = d.Call(http.MethodGet, d.InContest("/personal/export"+query), nil, &got)
		return got, err
	}
	var problem *testkit.Problem
	if _, err := ask(""); codeOf(err) != "digits_needed" || !errors.As(err, &problem) ||
		!strings.Contains(problem.Detail, "138****5678") {
		t.Errorf("without digits: %+v", problem)
	}
	if _, err := ask("?digits=5678"); codeOf(err) != "digits_wrong" {
		t.Errorf("with what the page shows: %v", err)
	}
	all, err := ask("?digits=1234")
	if err != nil {
		t.Fatal(err)
	}
	if all.Player.Nickname != "青禾小李" || all.Player.Division != "职工组" || len(all.Told) != 2 ||
		all.Told[1].Value != "13812345678" || len(all.Attempts) != 1 || all.Attempts[0].Level != "一题" ||
		!strings.HasSuffix(all.Attempts[0].StartedAt, "+08:00") || len(all.Consents) != 1 ||
		!strings.Contains(all.Consents[0].Text, "手机号") {
		t.Errorf("taken along is %+v", all)
	}
	for range 6 {
		_, err = ask("?digits=0000")
	}
	if codeOf(err) != "digits_often" {
		t.Errorf("guessing on and on: %v", err)
	}
	// A phone that proved the person is asked for before one that was only told.
	player, ok := sqldb.ParseID(all.Player.ID)
	if !ok {
		t.Fatalf("the player's id is %q", all.Player.ID)
	}
	_, err = h.app.Players.Prove(t.Context(), in.Definition, in.ContestID, player, identity.Proof{
		Kind: contest.ProofPhone, Subjects: []string{"13900001111"}, Value: "13900001111", At: 1781568000000})
	if err != nil {
		t.Fatal(err)
	}
	proved, err := h.app.Players.ProvedBy(t.Context(), in.ContestID, player)
	if err != nil || len(proved) != 1 || proved[0].Masked() != "139****1111" {
		t.Errorf("proved is %+v, %v", proved, err)
	}
}

// exported is what the test looks at of the file.
type exported struct {
	Player   struct{ ID, Nickname, Division string }
	Told     []struct{ Label, Value string }
	Attempts []struct {
		Level     string
		StartedAt string `json:"started_at"`
	}
	Consents []struct{ Text string }
}
