package httpapi_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

const askingContest = `
contest: asking
title: 要登记的活动
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
retention: 30d
bank: safety
players:
  unit: {ask: optional, changes: 1}
  divisions: [{key: worker, title: 职工组}, {key: student, title: 学生组}]
  fields:
    - {key: name, label: 姓名, kind: name, when: start, why: 核对身份}
    - {key: phone, label: 手机号, kind: phone, when: earn, why: 中奖后联系}
    - {key: address, label: 收件地址, kind: address, when: claim, why: 寄送奖品}
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 0, attempts: {max: 9}}]
units: [{code: "a", name: 东镇}, {code: "b", name: 西镇}, {code: "c", name: 南镇}]
`

// asked is what a page learns about what to ask.
type asked struct {
	Contest struct {
		Asks struct {
			Divisions []struct{ Key, Title string }
			Fields    []struct {
				Key, Label, Kind, When, Why string
				Required                    bool
			}
			Consent struct{ Version, Text string }
		}
	}
	Me *part
}

type part struct {
	Unit          *struct{ Name string }
	Division      string
	DivisionFixed bool     `json:"division_fixed"`
	UnitFixed     bool     `json:"unit_fixed"`
	UnitChanges   int      `json:"unit_changes"`
	MissingStart  []string `json:"missing_start"`
	MissingEarn   []string `json:"missing_earn"`
	Filled        []string
}

type heldParts struct {
	Division    string
	KeptUntil   int64 `json:"kept_until"`
	Told        []struct{ Key, Label, Value string }
	UnitChanges []struct{ From, To string } `json:"unit_changes"`
}

// desk is a phone at the sign-in sheet of a contest that asks much.
type desk struct {
	*testkit.Player
	t       *testing.T
	consent string
}

func openDesk(t *testing.T, h *house) *desk {
	t.Helper()
	if _, err := h.app.Catalog.Apply(t.Context(), "asking.yaml", []byte(askingContest), "test"); err != nil {
		t.Fatal(err)
	}
	d := &desk{h.player("asking"), t, ""}
	d.consent = d.home().Contest.Asks.Consent.Version
	return d
}

func (d *desk) home() (seen asked) {
	d.t.Helper()
	if err := d.Call(http.MethodGet, d.InContest(""), nil, &seen); err != nil {
		d.t.Fatal(err)
	}
	return seen
}

func (d *desk) held() (seen heldParts) {
	d.t.Helper()
	if err := d.Call(http.MethodGet, d.InContest("/enrolment"), nil, &seen); err != nil {
		d.t.Fatal(err)
	}
	return seen
}

// enrol sends the sheet; change adds to what is always on it.
func (d *desk) enrol(change map[string]any) (*part, error) {
	body := map[string]any{"nickname": "青禾小李", "division": "worker", "consent": d.consent}
	for key, value := range change {
		body[key] = value
	}
	var reply struct{ Me part }
	err := d.Call(http.MethodPost, d.InContest("/enrolment"), body, &reply)
	return &reply.Me, err
}

func fieldOf(err error) string {
	var problem *testkit.Problem
	if errors.As(err, &problem) {
		return problem.Field
	}
	return ""
}

func TestAPlayerRegistersSeesWhatWasToldAndDeletesIt(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		d := openDesk(t, h)
		asks := d.home().Contest.Asks
		if len(asks.Fields) != 2 || asks.Fields[1].Key != "phone" || asks.Fields[1].Why != "中奖后联系" ||
			!asks.Fields[1].Required || len(asks.Divisions) != 2 ||
			!strings.Contains(asks.Consent.Text, "手机号（中奖后联系）") || strings.Contains(asks.Consent.Text, "收件地址") {
			t.Errorf("asked is %+v", asks)
		}
		me, err := d.enrol(nil)
		if err != nil || !slices.Equal(me.MissingStart, []string{"name"}) ||
			!slices.Equal(me.MissingEarn, []string{"phone"}) || me.Division != "worker" {
			t.Fatalf("without telling anything: %+v, %v", me, err)
		}
		if _, err := d.Start("only"); codeOf(err) != "fields_missing" {
			t.Errorf("starting without the name: %v", err)
		}
		if me, err = d.enrol(map[string]any{"fields": map[string]string{"name": "张三"}}); err != nil ||
			len(me.MissingStart) != 0 || len(me.MissingEarn) != 1 {
			t.Fatalf("with the name: %+v, %v", me, err)
		}
		if _, err := d.Play("only", 1); err != nil {
			t.Fatal(err)
		}
		if me, err = d.enrol(map[string]any{"fields": map[string]string{"phone": "138 0013 8000"}}); err != nil ||
			len(me.MissingEarn) != 0 || len(me.Filled) != 2 {
			t.Fatalf("with the phone: %+v, %v", me, err)
		}
		held := d.held()
		if len(held.Told) != 2 || held.Told[0].Value != "张*" || held.Told[1].Value != "138****8000" ||
			held.Told[1].Label != "手机号" || held.Division != "职工组" {
			t.Errorf("held is %+v", held)
		}
		if until := time.UnixMilli(held.KeptUntil).UTC().Format(time.DateOnly); until != "2030-01-30" {
			t.Errorf("it is kept until %s", until)
		}
		var told heldParts
		err = d.Call(http.MethodGet, d.InContest("/personal?digits=0013"), nil, &told)
		if err != nil || len(told.Told) != 2 || told.Told[1].Value != "13800138000" {
			t.Errorf("in full it is %+v, %v", told, err)
		}
		d.deletes(t)
	})
}

func (d *desk) deletes(t *testing.T) {
	for range 2 {
		if err := d.Call(http.MethodDelete, d.InContest("/personal/phone"), nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	if me := d.home().Me; !slices.Equal(me.MissingEarn, []string{"phone"}) || !slices.Equal(me.Filled, []string{"name"}) {
		t.Errorf("without the phone: %+v", me)
	}
	if err := d.Call(http.MethodDelete, d.InContest("/enrolment"), nil, nil); err != nil {
		t.Fatal(err)
	}
	for _, call := range [][2]string{{http.MethodGet, "/personal"}, {http.MethodDelete, "/personal/name"}} {
		if err := d.Call(call[0], d.InContest(call[1]), nil, nil); codeOf(err) != "unauthenticated" {
			t.Errorf("%s %s after leaving: %v", call[0], call[1], err)
		}
	}
}

func TestWhatIsWrongOnTheSheetIsNamed(t *testing.T) {
	h := openHouse(t, embedded(t))
	d := openDesk(t, h)
	phone := func(text string) map[string]any { return map[string]any{"fields": map[string]string{"phone": text}} }
	for name, c := range map[string]struct {
		change      map[string]any
		code, field string
	}{
		"a short number":   {phone("1380013800"), "invalid_field", "fields.phone"},
		"no division":      {map[string]any{"division": ""}, "invalid_field", "division"},
		"another division": {map[string]any{"division": "boss"}, "invalid_field", "division"},
		"not agreed": {map[string]any{"fields": map[string]string{"name": "张三"}, "consent": ""},
			"invalid_field", "consent"},
		"agreed to something else": {map[string]any{"fields": map[string]string{"name": "张三"}, "consent": "0123456789abcdef"},
			"consent_outdated", ""},
		"a list of fields": {map[string]any{"fields": []string{"name"}}, "invalid_field", "fields"},
		"a number as a value": {map[string]any{"fields": map[string]any{"phone": 13800138000}},
			"invalid_field", "fields"},
		"no fields at all": {map[string]any{"fields": nil}, "invalid_field", "fields"},
		"a unit of nobody": {map[string]any{"unit": "1"}, "invalid_field", "unit"},
		"a long text":      {phone(strings.Repeat("1", 9_000)), "body_too_large", ""},
	} {
		if _, err := d.enrol(c.change); codeOf(err) != c.code || fieldOf(err) != c.field {
			t.Errorf("%s: %v, %s %s; want %s %s", name, err, codeOf(err), fieldOf(err), c.code, c.field)
		}
	}
	if err := d.Call(http.MethodGet, d.InContest("/enrolment"), nil, nil); codeOf(err) != "unauthenticated" {
		t.Errorf("something of it was kept: %v", err)
	}
	// An older page may send what is no longer asked, and winners' fields too early.
	me, err := d.enrol(map[string]any{"fields": map[string]string{"name": "张三", "address": "青禾县青禾镇柳湾村", "shoe": "42"}})
	if err != nil || !slices.Equal(me.Filled, []string{"name"}) || len(d.held().Told) != 1 {
		t.Errorf("told is %+v, %v", me, err)
	}
}

func TestAPlayerChangesUnitsAsOftenAsTheContestAllows(t *testing.T) {
	h := openHouse(t, embedded(t))
	d := openDesk(t, h)
	unit := func(name string) map[string]any {
		return map[string]any{"unit": h.unit("asking", name), "fields": map[string]string{"name": "张三"}}
	}
	for _, name := range []string{"东镇", "西镇", "东镇"} {
		if me, err := d.enrol(unit(name)); err != nil || me.UnitFixed || me.UnitChanges != -1 || me.Unit.Name != name {
			t.Fatalf("before the first attempt: %+v, %v", me, err)
		}
	}
	if _, err := d.Play("only", 1); err != nil {
		t.Fatal(err)
	}
	if me := d.home().Me; me.UnitFixed || me.UnitChanges != 1 || !me.DivisionFixed {
		t.Errorf("after it: %+v", me)
	}
	if me, err := d.enrol(nil); err != nil || me.Unit.Name != "东镇" || me.UnitChanges != 1 {
		t.Errorf("a page that sends no unit: %+v, %v", me, err)
	}
	if me, err := d.enrol(unit("西镇")); err != nil || !me.UnitFixed || me.UnitChanges != 0 {
		t.Errorf("after the one change: %+v, %v", me, err)
	}
	_, err := d.enrol(unit("南镇"))
	var problem *testkit.Problem
	if !errors.As(err, &problem) || problem.Field != "unit" || problem.Detail != "开始答题后只能更换 1 次参赛单位，已经用完" {
		t.Errorf("once more: %v", err)
	}
	if _, err := d.enrol(map[string]any{"division": "student"}); fieldOf(err) != "division" {
		t.Errorf("another division: %v", err)
	}
	if changes := d.held().UnitChanges; len(changes) != 1 || changes[0].From != "东镇" || changes[0].To != "西镇" {
		t.Errorf("recorded are %+v", changes)
	}
}

func TestNobodyReadsWhatAnotherPlayerTold(t *testing.T) {
	h := openHouse(t, embedded(t))
	d := openDesk(t, h)
	if _, err := d.enrol(map[string]any{"fields": map[string]string{"name": "张三"}}); err != nil {
		t.Fatal(err)
	}
	other := h.enrolled("workmonth") // known, but not in this contest
	for _, call := range [][2]string{{http.MethodGet, "/personal"}, {http.MethodDelete, "/personal/name"},
		{http.MethodGet, "/enrolment"}} {
		if err := other.Call(call[0], d.InContest(call[1]), nil, nil); codeOf(err) != "not_enrolled" {
			t.Errorf("%s %s: %v", call[0], call[1], err)
		}
	}
}

func TestWhatPlayersTellIsNeverLogged(t *testing.T) {
	h := openHouse(t, embedded(t))
	d := openDesk(t, h)
	book := keepLog(t)
	for _, phone := range []string{"13800138000x", "13800138000"} {
		d.enrol(map[string]any{"fields": map[string]string{"name": "张三丰", "phone": phone}}) //nolint:errcheck // one is wrong
	}
	d.held()
	if err := d.Call(http.MethodGet, d.InContest("/personal?digits=0013"), nil, nil); err != nil {
		t.Fatal(err)
	}
	// A value that does not open is an internal error; the log tells whose, not what.
	if err := stored(t, h, "UPDATE personal SET sealed = 'broken' WHERE field_key = 'phone'"); err != nil {
		t.Fatal(err)
	}
	if err := d.Call(http.MethodGet, d.InContest("/personal"), nil, nil); codeOf(err) != "internal" {
		t.Errorf("a broken value: %v", err)
	}
	log := book.String()
	if !strings.Contains(log, "a sealed personal value does not open") {
		t.Error("the broken value is not in the log")
	}
	for _, secret := range []string{"13800138000", "张三丰"} {
		if strings.Contains(log, secret) {
			t.Errorf("%s is in the log", secret)
		}
	}
}

func stored(t *testing.T, h *house, query string) error {
	return h.app.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), query)
		return err
	})
}
