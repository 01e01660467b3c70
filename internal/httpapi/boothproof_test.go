package httpapi_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const boothContest = `
contest: seen
title: 现场安全竞赛
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
players: {proof: [staff]}
levels: [{key: first, title: 第一关, questions: [{count: 2}], pass: 1}]
`

// hallOf is two programs on the same stores with a contest that staff prove persons in.
func hallOf(t *testing.T, s *testkit.Store) [2]*house {
	t.Helper()
	var two [2]*house
	for i := range two {
		two[i] = openHouseOf(t, app.Config{Data: s.DataFolder, MySQL: s.MySQLDSN, Redis: s.RedisAddr()}, 7)
		if _, err := two[i].app.Catalog.Apply(t.Context(), "test.yaml", []byte(boothContest), "test"); err != nil {
			t.Fatal(err)
		}
	}
	return two
}

type boothCode struct {
	Code      string
	Address   string
	ExpiresAt int64 `json:"expires_at"`
}

func boothCodeOf(t *testing.T, p *testkit.Player) (code boothCode) {
	t.Helper()
	if err := p.Call(http.MethodPost, p.InContest("/signin/booth"), struct{}{}, &code); err != nil {
		t.Fatal(err)
	}
	return code
}

type seen struct {
	Visitor struct {
		Nickname string
		Proven   []string
		Done     bool
	}
}

const proofs = "/api/v1/console/contests/seen/booth/proofs"

func problemOf(err error) string {
	var p *testkit.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return fmt.Sprint(err)
}

func named(t *testing.T, h *house, nickname string) *testkit.Player {
	t.Helper()
	p := h.player("seen")
	if err := p.Call(http.MethodPost, p.InContest("/enrolment"), map[string]any{"nickname": nickname}, nil); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestStaffConfirmAPersonOnceAtWhateverNode(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		two := hallOf(t, s)
		wang, li := named(t, two[0], "小王"), named(t, two[0], "小李")
		clerk, owner := two[1].member(staff.Prizes), two[1].member(staff.Owner)
		code := boothCodeOf(t, wang)
		bareCode := strings.ReplaceAll(code.Code, " ", "")
		if len(code.Code) != 9 || !strings.HasSuffix(code.Address, "/console#/c/seen/proofs/"+bareCode) {
			t.Errorf("the code is %+v", code)
		}
		var looked, done seen
		if err := clerk.Call(http.MethodPost, proofs, map[string]any{"code": code.Address}, &looked); err != nil ||
			looked.Visitor.Nickname != "小王" || looked.Visitor.Done {
			t.Fatalf("the code shows %+v, %v", looked, err)
		}
		confirm := map[string]any{"code": code.Code, "who": "王小明 01234x", "note": "看了身份证"}
		for range 2 { // pressed again after a lost reply
			if err := clerk.Call(http.MethodPost, proofs, confirm, &done); err != nil || !done.Visitor.Done ||
				fmt.Sprint(done.Visitor.Proven) != "[staff]" {
				t.Fatalf("confirmed it shows %+v, %v", done, err)
			}
		}
		confirm["who"] = "李大力 99999X"
		if got := problemOf(clerk.Call(http.MethodPost, proofs, confirm, nil)); got != "booth_code_used" {
			t.Errorf("the same code for another person: %s", got)
		}
		// The same person with a second phone, written differently.
		for _, who := range []string{"王小明 01234x", "　０１２３４Ｘ 王小明", "王 小明-01234X"} {
			again := map[string]any{"code": boothCodeOf(t, li).Code, "who": who}
			if got := problemOf(clerk.Call(http.MethodPost, proofs, again, nil)); got != "identity_taken" {
				t.Errorf("%q for a second player: %s", who, got)
			}
		}
		var list struct {
			Confirmed []struct {
				ID, Nickname, Staff string
				MayUndo             bool  `json:"may_undo"`
				UndoneAt            int64 `json:"undone_at"`
			}
		}
		if err := clerk.Call(http.MethodGet, proofs, nil, &list); err != nil || len(list.Confirmed) != 1 ||
			list.Confirmed[0].MayUndo {
			t.Fatalf("the clerk's list is %+v, %v", list, err)
		}
		undo := proofs + "/" + list.Confirmed[0].ID + "/undo"
		refused := clerk.Call(http.MethodPost, undo, map[string]any{"reason": "认错了"}, nil)
		if got := problemOf(refused); got != "not_permitted" {
			t.Errorf("the clerk takes it back: %s", got)
		}
		if err := owner.Call(http.MethodPost, undo, map[string]any{"reason": "认错了"}, nil); err != nil {
			t.Fatal(err)
		}
		twice := owner.Call(http.MethodPost, undo, map[string]any{"reason": "认错了"}, nil)
		if got := problemOf(twice); got != "booth_proof_unknown" {
			t.Errorf("taken back twice: %s", got)
		}
		again := map[string]any{"code": boothCodeOf(t, li).Code, "who": "王小明 01234X"}
		if err := clerk.Call(http.MethodPost, proofs, again, &done); err != nil || done.Visitor.Nickname != "小李" {
			t.Errorf("after taking it back: %+v, %v", done, err)
		}
		var text []string
		err := s.DB.Select(t.Context(), &text, `SELECT detail FROM audit_log UNION ALL SELECT subject FROM proofs
			UNION ALL SELECT subject FROM booth_proofs UNION ALL SELECT code FROM booth_codes`)
		if err != nil {
			t.Fatal(err)
		}
		all := strings.ToLower(strings.Join(text, "\n"))
		for _, secret := range []string{"01234x", "王小明", bareCode} {
			if strings.Contains(all, secret) {
				t.Errorf("%s is stored in plain", secret)
			}
		}
	})
}

func TestWrongCodesAreCountedForWhoTriesThemAtOnceToo(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		two := hallOf(t, s)
		clerk := two[0].member(staff.Prizes)
		right := boothCodeOf(t, named(t, two[0], "小王")).Code
		answers := make(chan string, 40)
		for i := range cap(answers) {
			go func() {
				phone := *clerk
				phone.Base = two[i%2].url
				wrong := fmt.Sprintf("%08d", i)
				answers <- problemOf(phone.Call(http.MethodPost, proofs, map[string]any{"code": wrong}, nil))
			}()
		}
		counted := map[string]int{}
		for range cap(answers) {
			counted[<-answers]++
		}
		if counted["booth_code_unknown"] != 10 || counted["booth_tries"] != 30 {
			t.Errorf("40 wrong codes get %v", counted)
		}
		look := map[string]any{"code": right}
		if got := problemOf(clerk.Call(http.MethodPost, proofs, look, nil)); got != "booth_tries" {
			t.Errorf("the right one after them: %s", got)
		}
		two[0].later(10 * time.Minute)
		two[1].later(10 * time.Minute)
		if got := problemOf(clerk.Call(http.MethodPost, proofs, look, nil)); got != "booth_code_unknown" {
			t.Errorf("the right one after its time: %s", got)
		}
	})
}

func TestWhatACodeAndAnIdentityMustLookLikeIsSaid(t *testing.T) {
	h := hallOf(t, embedded(t))[0]
	clerk, p := h.member(staff.Prizes), named(t, h, "小王")
	code, long := boothCodeOf(t, p).Code, strings.Repeat("记", 101)
	for name, c := range map[string]struct {
		body map[string]any
		want string
	}{
		"no code":         {map[string]any{"code": ""}, "invalid_field"},
		"letters":         {map[string]any{"code": "abcdefgh"}, "invalid_field"},
		"a name alone":    {map[string]any{"code": code, "who": "王小明"}, "invalid_field"},
		"a long name":     {map[string]any{"code": code, "who": strings.Repeat("王", 61) + "1234"}, "invalid_field"},
		"a long note":     {map[string]any{"code": code, "who": "13800001111", "note": long}, "invalid_field"},
		"not here":        {map[string]any{"code": "1234 5678"}, "booth_code_unknown"},
		"it is all right": {map[string]any{"code": code, "who": "+86 138-0000-1111"}, "<nil>"},
	} {
		if got := problemOf(clerk.Call(http.MethodPost, proofs, c.body, nil)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	bare := h.enrolled("bare")
	off := bare.Call(http.MethodPost, bare.InContest("/signin/booth"), struct{}{}, nil)
	if got := problemOf(off); got != "booth_proof_off" {
		t.Errorf("where staff prove nobody: %s", got)
	}
	if got := problemOf(clerk.Call(http.MethodPost, "/api/v1/console/contests/bare/booth/proofs",
		map[string]any{"code": code}, nil)); got != "booth_proof_off" {
		t.Errorf("where staff prove nobody, for staff: %s", got)
	}
}
