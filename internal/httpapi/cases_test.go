package httpapi_test

import (
	"encoding/json"
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
	each(t, func(t *testing.T, stores *testkit.Store) {
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
		waits := func(p *testkit.Player) int {
			t.Helper()
			var tasks struct{ Waits map[string]int }
			get(p, contestPath+"/tasks", &tasks)
			return tasks.Waits["cases"]
		}
		step(sun, "propose", map[string]any{"reason": "积分来历不明"})
		step(wu, "withdraw", none)
		step(sun, "propose", map[string]any{"reason": "积分来历不明"})
		if waits(sun) != 0 || waits(wu) != 1 || waits(d.member(staff.Viewer)) != 0 {
			t.Errorf("a proposal waits for who made it (%d), for a colleague (%d)", waits(sun), waits(wu))
		}
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
		if waits(sun) != 1 {
			t.Errorf("an appeal without an answer: %d wait", waits(sun))
		}
		refused(wu, "answer", map[string]any{"answer": "已核实，属于补发"}, "own_decision")
		step(d.member(staff.Owner), "answer", map[string]any{"answer": "已核实，属于补发"})
		if waits(sun) != 0 {
			t.Errorf("after the appeal was answered: %d wait", waits(sun))
		}
		step(sun, "undo", map[string]any{"reason": "已核实，属于补发"})
		if waits(sun) != 0 || waits(wu) != 1 {
			t.Errorf("that rights are given back waits for who proposed it (%d), for a colleague (%d)", waits(sun), waits(wu))
		}
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
	each(t, func(t *testing.T, stores *testkit.Store) {
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
		desk, second, none := d.member(staff.Payouts), d.member(staff.Organizer), map[string]any{}
		path := consolePath + "/contests/paid/payouts"
		call := func(by *testkit.Player, method, path string, body, into any) {
			t.Helper()
			if err := by.Call(method, path, body, into); err != nil {
				t.Fatalf("%s %s: %v", method, path, err)
			}
		}
		refused := func(by *testkit.Player, path string, body any, code string) {
			t.Helper()
			if err := by.Call(http.MethodPost, path, body, nil); err == nil || !strings.Contains(err.Error(), code) {
				t.Errorf("%s %v: %v, want %s", path, body, err, code)
			}
		}
		type act struct {
			ID, Kind     string
			Bills, Cents int
			Mine         bool
		}
		var list struct {
			Due     int
			Open    []act
			Files   []struct{ Number, Downloads int }
			Payouts []struct{ Number, State, Tail, Detail string }
		}
		approve := func() {
			t.Helper()
			call(desk, http.MethodGet, path, nil, &list)
			if len(list.Open) != 1 || !list.Open[0].Mine {
				t.Fatalf("what waits is %+v", list.Open)
			}
			one := list.Open[0]
			body := map[string]any{"approve": true, "bills": one.Bills, "cents": one.Cents}
			refused(desk, consolePath+"/payout-acts/"+one.ID, body, "second_person_needed")
			call(second, http.MethodPost, consolePath+"/payout-acts/"+one.ID, body, nil)
			call(desk, http.MethodGet, path, nil, &list)
		}
		refused(desk, path, map[string]any{"way": "credit"}, "payout_nothing_due") // nobody has told where to
		awardPath := "/api/v1/contests/paid/prizes/7/claim"
		consent := personal.ConsentTo(in.Definition, in.ClaimFields()).Version
		if err := p.Call(http.MethodPost, awardPath, map[string]any{"fields": map[string]any{"phone": "13812345678"},
			"consent": consent}, nil); err != nil {
			t.Fatal(err)
		}
		call(desk, http.MethodPost, path, map[string]any{"way": "credit"}, nil)
		refused(desk, path+"/files", nil, "payout_file_empty") // not approved yet
		approve()
		if len(list.Payouts) != 1 || list.Payouts[0].State != "waiting" || list.Payouts[0].Tail != "5678" {
			t.Fatalf("the list is %+v", list)
		}
		var mine struct {
			Awards []struct{ Pay struct{ State, Tail string } }
		}
		call(p, http.MethodGet, "/api/v1/contests/paid/prizes", nil, &mine)
		if len(mine.Awards) != 1 || mine.Awards[0].Pay.Tail != "5678" {
			t.Errorf("the winner sees %+v", mine)
		}
		call(desk, http.MethodPost, path+"/files", nil, nil)
		reply, file := d.send(desk, http.MethodPost, path+"/files/1/download", nil, nil)
		if reply.StatusCode != http.StatusOK || !strings.Contains(file, "13812345678,10.00") {
			t.Errorf("the file is %q", file)
		}
		refused(desk, path+"/files/1/download", nil, "payout_file_sent")
		call(desk, http.MethodPost, path+"/files/1/copy", map[string]any{"reason": "电脑坏了"}, nil)
		approve()
		reply, file = d.send(desk, http.MethodPost, path+"/files/1/download", nil, nil)
		if named := reply.Header.Get("Content-Disposition"); reply.StatusCode != http.StatusOK ||
			!strings.Contains(named, "%E5%89%AF%E6%9C%AC") || !strings.Contains(file, "13812345678") {
			t.Errorf("the copy is %q of %q", named, file)
		}
		results := "单号,结果,失败原因\n" + list.Payouts[0].Number + ",失败,空号\n"
		var found struct {
			SHA256 string
			Failed int `json:"failed_bills"`
		}
		for range 2 {
			reply, text := d.send(desk, http.MethodPost, path+"/results?apply="+found.SHA256,
				http.Header{"Content-Type": {"application/octet-stream"}}, strings.NewReader(results))
			if err := json.Unmarshal([]byte(text), &found); err != nil || reply.StatusCode != http.StatusOK ||
				found.Failed != 1 {
				t.Fatalf("results: %s, %v", text, err)
			}
		}
		approve()
		bill := consolePath + "/payouts/" + list.Payouts[0].Number
		call(desk, http.MethodPost, bill+"/again", map[string]any{"way": "hand", "reason": "号码停机"}, nil)
		approve()
		if len(list.Payouts) != 2 {
			t.Errorf("after it failed: %+v", list)
		}
		for _, c := range []struct {
			path string
			body any
			code string
		}{
			{path, map[string]any{"way": "post"}, "invalid_field"},
			{bill + "/again", map[string]any{"way": "hand", "reason": "再发"}, "payout_not_failed"},
			{bill + "/mark", map[string]any{"paid": true, "detail": "单号 1"}, "payout_not_manual"},
			{bill + "/mark", map[string]any{"paid": true}, "invalid_field"},
			{bill + "/payee", map[string]any{"replace": true, "reason": "核实过"}, "payout_not_held"},
			{consolePath + "/payouts/aq1t1/mark", map[string]any{"paid": true, "detail": "单号 1"}, "payout_unknown"},
			{consolePath + "/payout-acts/1", map[string]any{"approve": true}, "act_unknown"},
			{path, none, "invalid_field"},
		} {
			refused(desk, c.path, c.body, c.code)
		}
		if reply, _ := d.send(desk, http.MethodGet, path+".xlsx", nil, nil); reply.StatusCode != http.StatusOK {
			t.Errorf("the sheet: %d", reply.StatusCode)
		}
	})
}
