package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/identity/personal"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

type deskCase struct {
	Case struct {
		ID, State, Nickname, Player string
	}
	Decisions []struct {
		State, Reason string
		Mine          bool
		Appeal        *struct{ Text, Answer string }
	}
}

type told struct {
	Decision *struct {
		State, Reason string
		EndedReason   string `json:"ended_reason"`
		Appeal        *struct{ Text, Answer string }
	}
}

// enrolled is the id of a player by the nickname.
func (d *drawnInHouse) enrolled(nickname string) string {
	d.t.Helper()
	var id sqldb.ID
	if err := d.app.DB.Get(d.t.Context(), &id, "SELECT player_id FROM enrolments WHERE contest_id = ? AND nickname = ?",
		d.in.ContestID, nickname); err != nil {
		d.t.Fatal(err)
	}
	return id.String()
}

func TestACaseGoesFromSignalToAppealAndBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, stores *testkit.Store) {
		d := drawnHouse(t, stores)
		sun, wu, player := d.member(staff.Prizes), d.member(staff.Organizer), d.players[0]
		who, none := d.enrolled("平安青松0"), map[string]any{}
		get := func(p *testkit.Player, path string, into any) {
			t.Helper()
			if err := p.Call(http.MethodGet, path, nil, into); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
		}
		contestPath := consolePath + "/contests/drawn"
		if err := sun.Call(http.MethodPost, contestPath+"/signals", none, nil); err != nil {
			t.Fatal(err)
		}
		// The points of drawnHouse were given by hand, and no rule gives them.
		var signals struct {
			Total int
			Look  struct {
				EndedAt int64 `json:"ended_at"`
			}
			Players []struct{ Player string }
		}
		// A look of before anybody played may have ended already, and a call may fall
		// into the moment in which this one ends.
		waitFor(t, func() bool {
			get(sun, contestPath+"/signals", &signals)
			return signals.Look.EndedAt != 0 && signals.Total == 4 && len(signals.Players) == 4
		})
		get(sun, contestPath+"/players?name=平安", nil)
		get(sun, contestPath+"/players/"+who+"/evidence", nil)

		var opened struct{ Case string }
		if err := sun.Call(http.MethodPost, contestPath+"/cases", map[string]any{"player": who, "found_by": "rules",
			"note": "积分来历不明"}, &opened); err != nil {
			t.Fatal(err)
		}
		step := func(p *testkit.Player, name string, body any) (reply deskCase) {
			t.Helper()
			if err := p.Call(http.MethodPost, consolePath+"/cases/"+opened.Case+"/"+name, body, &reply); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return reply
		}
		refused := func(p *testkit.Player, name string, body any, code string) {
			t.Helper()
			err := p.Call(http.MethodPost, consolePath+"/cases/"+opened.Case+"/"+name, body, nil)
			if err == nil || !strings.Contains(err.Error(), code) {
				t.Errorf("%s: %v, want %s", name, err, code)
			}
		}
		step(sun, "propose", map[string]any{"reason": "积分来历不明"})
		step(wu, "withdraw", none)
		step(sun, "propose", map[string]any{"reason": "积分来历不明"})
		refused(sun, "agree", none, "second_person_needed")
		refused(d.member(staff.Viewer), "agree", none, "not_permitted")
		if after := step(wu, "agree", none); after.Case.State != "standing" || after.Decisions[0].Mine {
			t.Errorf("after it was agreed: %+v", after)
		}
		d.checkDisqualified(player, true)
		var mine told
		if err := player.Call(http.MethodPost, "/api/v1/contests/drawn/appeal", map[string]any{"text": "这是活动组织方补发的"},
			&mine); err != nil {
			t.Fatal(err)
		}
		if mine.Decision == nil || mine.Decision.Reason != "积分来历不明" || mine.Decision.Appeal == nil {
			t.Errorf("the player is told %+v", mine.Decision)
		}
		if err := player.Call(http.MethodPost, "/api/v1/contests/drawn/appeal", map[string]any{"text": "再说一次"},
			nil); err == nil {
			t.Error("a second appeal is taken")
		}
		refused(wu, "answer", map[string]any{"answer": "已核实，属于补发"}, "own_decision")
		step(d.member(staff.Owner), "answer", map[string]any{"answer": "已核实，属于补发"})
		step(sun, "undo", map[string]any{"reason": "已核实，属于补发"})
		step(wu, "undo/withdraw", none)
		step(sun, "undo", map[string]any{"reason": "已核实，属于补发"})
		refused(sun, "undo", map[string]any{"reason": "已核实，属于补发"}, "proposal_waiting")
		refused(sun, "undo/agree", none, "second_person_needed")
		d.checkDisqualified(player, true)
		step(wu, "undo/agree", none)
		refused(wu, "undo/withdraw", none, "decision_unknown")
		d.checkDisqualified(player, false)
		get(player, "/api/v1/contests/drawn/decision", &mine)
		if mine.Decision.State != "undone" || mine.Decision.EndedReason == "" || mine.Decision.Appeal.Answer == "" {
			t.Errorf("after it was taken back the player is told %+v", mine.Decision)
		}
		refused(wu, "close", map[string]any{"note": "没有问题"}, "case_closed")
		get(sun, contestPath+"/cases", nil)
		get(sun, consolePath+"/cases/"+opened.Case, nil)
		if err := sun.Call(http.MethodPost, contestPath+"/cases", map[string]any{"player": d.enrolled("平安青松1"),
			"note": "有人反映"}, &opened); err != nil {
			t.Fatal(err)
		}
		step(sun, "close", map[string]any{"note": "没有问题"})
	})
}

// checkDisqualified looks at what the player's home says, and at the list of a
// drawing.
func (d *drawnInHouse) checkDisqualified(p *testkit.Player, is bool) {
	d.t.Helper()
	var home struct {
		Me struct{ Decision string }
	}
	if err := p.Call(http.MethodGet, "/api/v1/contests/drawn", nil, &home); err != nil {
		d.t.Fatal(err)
	}
	if want := map[bool]string{true: "standing", false: "undone"}[is]; home.Me.Decision != want {
		d.t.Errorf("the home page says %q, want %q", home.Me.Decision, want)
	}
}

const paidContest = `
contest: paid
title: 红包活动
organizer: 县安委办
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
players: {unit: {ask: optional}, fields: [{key: phone, label: 手机号, kind: phone, when: claim, ask: required, why: 充话费}]}
levels: [{key: only, title: 一题, questions: [{count: 1}], pass: 1}]
prizes: [{key: credit, title: 十元话费, kind: credit, value: 1000, stock: 9, price: 1}]
claims: {fields: [phone], within: 7d}
`

func TestPaymentsArePlannedMarkedAndMadeAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, stores *testkit.Store) {
		d := openHouse(t, stores)
		in, err := d.app.Catalog.Apply(t.Context(), "paid.yaml", []byte(paidContest), "test")
		if err != nil {
			t.Fatal(err)
		}
		p := d.player("paid")
		if err := p.Enrol("平安青松", ""); err != nil {
			t.Fatal(err)
		}
		var player sqldb.ID
		if err := d.app.DB.Get(t.Context(), &player, "SELECT player_id FROM enrolments WHERE contest_id = ?",
			in.ContestID); err != nil {
			t.Fatal(err)
		}
		err = d.app.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(),
				`INSERT INTO awards (id, contest_id, player_id, prize_key, kind, tier, unit_no, stock, source_kind,
					source_key, status, won_at, changed_at, title, worth, claim_until)
				VALUES (7, ?, ?, 'credit', 'credit', '', 1, 9, 'shop', '', 'won', 1, 1, '十元话费', 1000, 0)`, in.ContestID, player)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		desk, none := d.member(staff.Prizes), map[string]any{}
		path := consolePath + "/contests/paid/payouts"
		call := func(method, path string, body, into any) {
			t.Helper()
			if err := desk.Call(method, path, body, into); err != nil {
				t.Fatalf("%s %s: %v", method, path, err)
			}
		}
		var planned struct{ Planned int }
		call(http.MethodPost, path, map[string]any{"way": "credit"}, &planned)
		if planned.Planned != 0 {
			t.Error("an award is paid before its winner has told where to")
		}
		awardPath := "/api/v1/contests/paid/prizes/7/claim"
		consent := personal.ConsentTo(in.Definition, in.ClaimFields()).Version
		if err := p.Call(http.MethodPost, awardPath, map[string]any{"fields": map[string]any{"phone": "13812345678"},
			"consent": consent}, nil); err != nil {
			t.Fatal(err)
		}
		call(http.MethodPost, path, map[string]any{"way": "credit"}, &planned)
		if _, err := d.app.Payouts.SendDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		var list struct {
			Due     int
			Payouts []struct{ Number, State, Phone string }
		}
		call(http.MethodGet, path, nil, &list)
		if planned.Planned != 1 || len(list.Payouts) != 1 || list.Payouts[0].State != "waiting" ||
			list.Payouts[0].Phone != "138****5678" {
			t.Fatalf("planned %d: %+v", planned.Planned, list)
		}
		reply, file := d.send(desk, http.MethodGet, path+"/credit.csv", nil, nil)
		if reply.StatusCode != http.StatusOK || !strings.Contains(string(file), "13812345678,10.00") {
			t.Errorf("the file is %q", file)
		}
		bill := consolePath + "/payouts/" + list.Payouts[0].Number
		call(http.MethodPost, bill+"/mark", map[string]any{"paid": false, "detail": "空号"}, nil)
		call(http.MethodPost, bill+"/again", map[string]any{"way": "hand"}, nil)
		call(http.MethodGet, path, nil, &list)
		if len(list.Payouts) != 2 {
			t.Errorf("after it failed: %+v", list)
		}
		for _, c := range []struct {
			path string
			body any
			code string
		}{
			{path, map[string]any{"way": "post"}, "invalid_field"},
			{bill + "/again", map[string]any{"way": "hand"}, "payout_not_failed"},
			{bill + "/mark", map[string]any{"paid": true}, "payout_not_manual"},
			{consolePath + "/payouts/aq1t1/mark", map[string]any{"paid": true}, "payout_unknown"},
			{path, none, "invalid_field"},
		} {
			if err := desk.Call(http.MethodPost, c.path, c.body, nil); err == nil || !strings.Contains(err.Error(), c.code) {
				t.Errorf("%s %v: %v, want %s", c.path, c.body, err, c.code)
			}
		}
		var logged int
		if err := d.app.DB.Get(t.Context(), &logged,
			"SELECT COUNT(*) FROM audit_log WHERE action_name IN ('payouts.file', 'payouts.mark', 'payouts.again')"); err != nil || logged != 3 {
			t.Errorf("%d entries are logged, want 3: %v", logged, err)
		}
	})
}
