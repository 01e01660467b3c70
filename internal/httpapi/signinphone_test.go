package httpapi_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/puzzle"
	"anquanda/internal/sms"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// phoneContest gives to persons that are proven by phone.
const phoneContest = `
contest: proven
title: 手机号验证的活动
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
players: {proof: [phone]}
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 1}]
`

// phoneHouse is a house whose codes go to a stand-in.
func phoneHouse(t *testing.T, stores *testkit.Store) (*house, *testkit.SMS) {
	t.Helper()
	stand := testkit.StartSMS(t)
	path := filepath.Join(t.TempDir(), "sms.yaml")
	account := stand.Account(sms.Aliyun)
	text := "provider: aliyun\naddress: " + account.Address + "\nkey: " + account.Key + "\nsecret: " + account.Secret +
		"\nsignature: " + account.Signature + "\ntemplate: " + account.Template + "\ndaily: 4\nwork: {bits: 1, answers: 2}\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	h := openHouseOf(t, app.Config{Data: stores.DataFolder, MySQL: stores.MySQLDSN, Redis: stores.RedisAddr(),
		SMS: path}, 7)
	stand.Now = func() time.Time { return time.Now().Add(time.Duration(h.skew.Load()) * time.Millisecond) }
	if _, err := h.app.Catalog.Apply(t.Context(), "proven.yaml", []byte(phoneContest), "test"); err != nil {
		t.Fatal(err)
	}
	return h, stand
}

type phoneOutcome struct {
	Outcome string
	Me      *struct{ Nickname string }
}

// askCode goes the way of the page up to the code.
func askCode(p *testkit.Player, phone string) (state string, err error) {
	var door struct{ Consent struct{ Version string } }
	if err := p.Call(http.MethodGet, p.InContest("/signin/phone"), nil, &door); err != nil {
		return "", err
	}
	var challenge puzzle.Challenge
	err = p.Call(http.MethodPost, p.InContest("/signin/phone/challenge"), map[string]string{"phone": phone}, &challenge)
	if err != nil {
		return "", err
	}
	var sent struct{ State string }
	err = p.Call(http.MethodPost, p.InContest("/signin/phone/code"), map[string]string{"phone": phone,
		"challenge": challenge.Text, "nonce": puzzle.Solve(challenge), "consent": door.Consent.Version}, &sent)
	return sent.State, err
}

func proveCode(p *testkit.Player, phone, code string) (done phoneOutcome, err error) {
	err = p.Call(http.MethodPost, p.InContest("/signin/phone"), map[string]string{"phone": phone, "code": code}, &done)
	return done, err
}

func wantProblem(t *testing.T, err error, code string) {
	t.Helper()
	var problem *testkit.Problem
	if !errors.As(err, &problem) || problem.Code != code {
		t.Errorf("it gets %v, not %s", err, code)
	}
}

func TestAPersonIsProvenByPhoneAsDocumented(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h, stand := phoneHouse(t, stores)
		const number = "138 0000 1111"
		guest := h.enrolled("proven")
		if state, err := askCode(guest, number); err != nil || state != "sent" {
			t.Fatalf("asking gets %s, %v", state, err)
		}
		code := stand.CodeOf("13800001111")
		wrong := "000000"
		if code == wrong {
			wrong = "000001"
		}
		_, err := proveCode(guest, number, wrong)
		wantProblem(t, err, "code_wrong")
		_, err = proveCode(guest, "139 0000 2222", code)
		wantProblem(t, err, "code_none")
		done, err := proveCode(guest, number, code)
		if err != nil || done.Outcome != "kept" || done.Me == nil {
			t.Fatalf("the guest gets %+v, %v", done, err)
		}
		if again, err := proveCode(guest, number, code); err != nil || again.Outcome != "known" {
			t.Errorf("pressed again it is %+v, %v", again, err)
		}
		_, err = proveCode(h.player("proven"), number, code)
		wantProblem(t, err, "code_used")
		_, err = askCode(guest, number)
		wantProblem(t, err, "sms_wait")

		// Another browser of the same person goes on as the same player.
		h.later(time.Minute)
		other := h.enrolled("proven")
		if _, err := askCode(other, number); err != nil {
			t.Fatal(err)
		}
		if done, err := proveCode(other, number, stand.CodeOf("13800001111")); err != nil || done.Outcome != "switched" {
			t.Errorf("another browser gets %+v, %v", done, err)
		}
		// A stranger is somebody with a name still to come.
		stranger := h.player("proven")
		if _, err := askCode(stranger, "13900002222"); err != nil {
			t.Fatal(err)
		}
		if done, err := proveCode(stranger, "13900002222", stand.CodeOf("13900002222")); err != nil ||
			done.Outcome != "new" || done.Me != nil {
			t.Errorf("a stranger gets %+v, %v", done, err)
		}
		if err := stranger.Enrol("小王", ""); err != nil {
			t.Error(err)
		}
		h.later(10 * time.Minute)
		_, err = proveCode(stranger, "13900002222", stand.CodeOf("13900002222"))
		wantProblem(t, err, "code_old")
	})
}

func TestStaffSeeTheBudgetAndWhatToLookAt(t *testing.T) {
	h, stand := phoneHouse(t, embedded(t))
	stand.Next("isv.SMS_SIGNATURE_ILLEGAL")
	_, err := askCode(h.player("proven"), "13700000000")
	wantProblem(t, err, "sms_trouble")
	manager := h.member(staff.Owner)
	reply, body := h.send(manager, http.MethodGet, "/api/v1/console/messages", nil, nil)
	if reply.StatusCode != http.StatusOK || !strings.Contains(body, "isv.SMS_SIGNATURE_ILLEGAL") ||
		!strings.Contains(body, "报备") {
		t.Errorf("staff see %d %s", reply.StatusCode, body)
	}
	h.later(time.Minute)
	for i, number := range []string{"13700000001", "13700000002", "13700000003", "13700000004"} {
		_, err := askCode(h.player("proven"), number)
		if i < 3 && err != nil {
			t.Error(err)
		}
		if i == 3 {
			wantProblem(t, err, "sms_budget")
		}
	}
	_, body = h.send(manager, http.MethodGet, "/api/v1/console/messages", nil, nil)
	if !strings.Contains(body, `"spent":true`) || !strings.Contains(body, `"trouble":null`) {
		t.Errorf("staff see %s", body)
	}
	for _, number := range []string{"+852 91234567", "0578-2021234", "1380000", ""} {
		_, err := askCode(h.player("proven"), number)
		wantProblem(t, err, "invalid_field")
	}
}

func TestWithoutAProviderOrInAContestThatAsksForNoPhoneTheDoorIsShut(t *testing.T) {
	h := commonHouse(t)
	p := h.player("county")
	_, err := askCode(p, "13800001111")
	wantProblem(t, err, "phone_off")
	for _, path := range []string{"/signin/phone/challenge", "/signin/phone/code", "/signin/phone"} {
		err := p.Call(http.MethodPost, p.InContest(path), map[string]string{"phone": "13800001111"}, nil)
		wantProblem(t, err, "phone_off")
	}
	_, body := h.postJSON(p, p.InContest("/signin/phone"), "[]")
	if !strings.Contains(body, "invalid_json") {
		t.Errorf("a list gets %s", body)
	}
}
