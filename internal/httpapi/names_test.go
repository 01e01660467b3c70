package httpapi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

var alias = regexp.MustCompile(`^网友\d{4}$`)

const hallContest = `
contest: hall
title: 安全知识竞赛
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
players: {unit: {ask: optional, typed: true}}
levels: [{key: only, title: 一题, questions: [{count: 1}], pass: 0, attempts: {max: 0}}]
boards: [{key: total, title: 个人榜, subject: player, measure: best}]
pledge: {title: 我为安全生产倡议, lines: [遵守安全规章]}
share: {tree: true}
units: [{code: a, name: 青禾镇}]
`

// hallHouse is a house of its own with the contest hall, whose players have names of
// that kind.
func hallHouse(t *testing.T, stores *testkit.Store, names string) *house {
	t.Helper()
	h := openHouse(t, stores)
	h.applyHall(names)
	return h
}

func (h *house) applyHall(names string) {
	h.t.Helper()
	text := strings.Replace(hallContest, "players: {", "players: {names: {"+names+"}, ", 1)
	if _, err := h.app.Catalog.Apply(h.t.Context(), "hall.yaml", []byte(text), "test"); err != nil {
		h.t.Fatal(err)
	}
}

// ranked is a player of the hall who has a place on the board and signed the pledge.
func (h *house) ranked(nickname, signature string) *testkit.Player {
	h.t.Helper()
	p := h.player("hall")
	if err := p.Enrol(nickname, ""); err != nil {
		h.t.Fatal(err)
	}
	if _, err := p.Play("only", 0); err != nil {
		h.t.Fatal(err)
	}
	if err := p.Call(http.MethodPost, p.InContest("/pledge"), map[string]any{"name": signature}, nil); err != nil {
		h.t.Fatal(err)
	}
	waitFor(h.t, h.app.Boards.Settled)
	return p
}

// seen is what the public reads of names: on the phone's board, the hall's board and
// the wall.
func (h *house) seen() string {
	h.t.Helper()
	p := h.player("hall")
	var phone, screen struct{ Entries []struct{ Name string } }
	var onWall wall
	waitFor(h.t, func() bool {
		return p.Call(http.MethodGet, p.InContest("/boards/total"), nil, &phone) == nil &&
			p.Call(http.MethodGet, p.InContest("/boards/total?on=screen"), nil, &screen) == nil
	})
	if err := p.Call(http.MethodGet, p.InContest("/pledge/wall"), nil, &onWall); err != nil {
		h.t.Fatal(err)
	}
	text := fmt.Sprint(phone.Entries, screen.Entries, onWall.names())
	return regexp.MustCompile(`网友\d{4}`).ReplaceAllString(text, "网友")
}

// me is what a player is told of the own name.
func me(t *testing.T, p *testkit.Player) string {
	t.Helper()
	var home struct {
		Me struct {
			Nickname  string
			ShownAs   string `json:"shown_as"`
			NameState string `json:"name_state"`
		}
	}
	if err := p.Call(http.MethodGet, p.InContest(""), nil, &home); err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`\d{4}`).ReplaceAllString(fmt.Sprint(home.Me), "")
}

type listedNames struct {
	Names []struct {
		Player, Nickname, State string
		ShownAs                 string `json:"shown_as"`
		OnScreen                string `json:"on_screen"`
		Signature               *struct{ Name, State string }
	}
	Waiting, Withheld int
}

// names lists names as a host sees them.
func (h *house) names(query string) listedNames {
	h.t.Helper()
	var list listedNames
	if err := h.member(staff.Host).Call(http.MethodGet, consolePath+"/contests/hall/names"+query, nil, &list); err != nil {
		h.t.Fatal(err)
	}
	return list
}

// decide hides or shows what a list holds, and returns how many.
func (h *house) decide(list listedNames, hidden bool) int {
	h.t.Helper()
	var body []map[string]any
	for _, n := range list.Names {
		body = append(body, map[string]any{"player": n.Player, "nickname": n.Nickname, "signed": n.Signature != nil})
	}
	var reply struct{ Done int }
	err := h.member(staff.Host).Call(http.MethodPost, consolePath+"/contests/hall/names",
		map[string]any{"names": body, "hidden": hidden, "reason": "不文明"}, &reply)
	if err != nil {
		h.t.Fatal(err)
	}
	return reply.Done
}

func TestOneHidesANameEverywhereAndTakesItBack(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := hallHouse(t, stores, "")
		p := h.ranked("青山村霸", "青山村霸一号")
		if got := h.seen(); got != "[{青山村霸}] [{青山村霸}] [青山村霸一号]" {
			t.Fatalf("at first the public reads %s", got)
		}
		if done := h.decide(h.names("?name="+url.QueryEscape("霸一")), true); done != 1 { // by the signature
			t.Fatalf("hidden: %d", done)
		}
		if got := h.seen(); got != "[{网友}] [{网友}] [网友]" {
			t.Errorf("hidden, the public reads %s", got)
		}
		current, err := h.app.Catalog.Current("hall")
		if err != nil {
			t.Fatal(err)
		}
		if err := h.app.Boards.Rebuild(t.Context(), current.ContestID); err != nil {
			t.Fatal(err)
		}
		if got := h.seen(); got != "[{网友}] [{网友}] [网友]" {
			t.Errorf("after a rebuild the public reads %s", got)
		}
		if got := me(t, p); got != "{青山村霸 网友 hidden}" {
			t.Errorf("the player is told %s", got)
		}
		if list := h.names("?which=withheld"); len(list.Names) != 1 || list.Withheld != 1 ||
			!alias.MatchString(list.Names[0].ShownAs) {
			t.Errorf("the withheld are %+v", list)
		}
		h.decide(h.names(""), false)
		if got := h.seen(); got != "[{青山村霸}] [{青山村霸}] [青山村霸一号]" {
			t.Errorf("shown again, the public reads %s", got)
		}
		if got := me(t, p); got != "{青山村霸  }" {
			t.Errorf("the player is told %s", got)
		}
		log, err := h.app.Staff.Log(t.Context(), 0, 2)
		if err != nil || log[0].Action != "names.show" || log[1].Action != "names.hide" ||
			!strings.Contains(log[1].Detail, "不文明") {
			t.Errorf("the log is %+v, %v", log, err)
		}
	})
}

func TestWhoseNameWasHiddenChoosesOnceAndStaffLooks(t *testing.T) {
	h := hallHouse(t, embedded(t), "")
	p := h.ranked("青山村霸", "张三")
	h.decide(h.names(""), true)
	if err := p.Enrol("青山小李", ""); err != nil {
		t.Fatal(err)
	}
	if got := me(t, p); got != "{青山小李 网友 waiting}" {
		t.Errorf("the player is told %s", got)
	}
	if got := h.seen(); got != "[{网友}] [{网友}] [网友]" {
		t.Errorf("the public reads %s", got)
	}
	if code := codeOf(p.Enrol("青山小王", "")); code != "invalid_field" {
		t.Errorf("another name at once: %q", code)
	}
	stale := h.names("?which=waiting")
	stale.Names[0].Nickname = "另一个名字"
	if done := h.decide(stale, false); done != 0 {
		t.Errorf("a name that nobody looked at is shown: %d", done)
	}
	h.decide(h.names("?which=waiting"), false)
	if got := h.seen(); got != "[{青山小李}] [{青山小李}] [张三]" {
		t.Errorf("looked at, the public reads %s", got)
	}
	if err := p.Enrol("青山小王", ""); err != nil {
		t.Errorf("and then another: %v", err)
	}
}

func TestScreensWaitUntilSomebodyHasLooked(t *testing.T) {
	h := hallHouse(t, embedded(t), "review: true")
	h.ranked("青山小李", "青山小李")
	h.ranked("青禾小王", "王大妈")
	if got := h.seen(); got != "[{青山小李} {青禾小王}] [{网友} {网友}] [网友 网友]" {
		t.Errorf("before, the public reads %s", got)
	}
	list := h.names("?which=waiting")
	if len(list.Names) != 2 || list.Waiting != 2 {
		t.Fatalf("the queue is %+v", list)
	}
	if done := h.decide(list, false); done != 2 {
		t.Errorf("looked at: %d", done)
	}
	if got := h.seen(); got != "[{青山小李} {青禾小王}] [{青山小李} {青禾小王}] [王大妈 青山小李]" {
		t.Errorf("after, the public reads %s", got)
	}
	h.applyHall("mask: rest")
	if got := h.seen(); got != "[{青山小李} {青禾小王}] [{青**} {青**}] [王** 青**]" {
		t.Errorf("masked, the public reads %s", got)
	}
	h.applyHall("mask: all")
	if got := h.seen(); got != "[{青山小李} {青禾小王}] [{网友} {网友}] [网友 网友]" {
		t.Errorf("without names, the public reads %s", got)
	}
}

func TestAnUnfitNameIsRefusedOrReplacedAsTheDefinitionSays(t *testing.T) {
	h := hallHouse(t, embedded(t), "")
	p := h.player("hall")
	for _, name := range []string{"傻逼", "操你妈", "管理员", "习近平", "应急管理局客服", "加微信123", "13900001234"} {
		if code := codeOf(p.Enrol(name, "")); code != "invalid_field" {
			t.Errorf("%s: %q", name, code)
		}
	}
	body := map[string]any{"nickname": "小李", "unit_name": "傻逼村"}
	if code := codeOf(p.Call(http.MethodPost, p.InContest("/enrolment"), body, nil)); code != "invalid_field" {
		t.Errorf("a unit of that name: %q", code)
	}
	body["unit_name"] = "县应急管理局"
	if err := p.Call(http.MethodPost, p.InContest("/enrolment"), body, nil); err != nil {
		t.Errorf("an office as a unit: %v", err)
	}
	h.applyHall("unfit: replace")
	q := h.ranked("傻逼主办方", "李四")
	if got := h.seen(); got != "[{网友}] [{网友}] [李四]" {
		t.Errorf("the public reads %s", got)
	}
	if got := me(t, q); got != "{傻逼主办方 网友 unfit}" {
		t.Errorf("the player is told %s", got)
	}
	if err := q.Enrol("青山小李", ""); err != nil {
		t.Fatal(err)
	}
	if got := h.seen(); got != "[{青山小李}] [{青山小李}] [李四]" {
		t.Errorf("with a fit one the public reads %s", got)
	}
}

func TestOwnWordsHoldForNamesOfBefore(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := hallHouse(t, stores, "")
		h.ranked("青山村霸", "村霸在此")
		h.ranked("青禾小王", "青禾小王")
		approved := h.names("?name=" + url.QueryEscape("青山"))
		h.decide(approved, false)
		organizer := h.member(staff.Organizer)
		add := func(word string, allowed bool) error {
			return organizer.Call(http.MethodPost, consolePath+"/names/words",
				map[string]any{"word": word, "allowed": allowed}, nil)
		}
		h.later(time.Millisecond) // an approval and a word of one millisecond
		if code := codeOf(add("王", false)); code != "invalid_field" {
			t.Errorf("a word of one character: %q", code)
		}
		if err := add("村 霸", false); err != nil {
			t.Fatal(err)
		}
		if got := h.seen(); got != "[{网友} {青禾小王}] [{网友} {青禾小王}] [青禾小王 网友]" {
			t.Errorf("with a word more the public reads %s", got)
		}
		if code := codeOf(h.player("hall").Enrol("又一个村霸", "")); code != "invalid_field" {
			t.Errorf("a new name of that word: %q", code)
		}
		var list struct{ Words []struct{ Key, Word string } }
		if err := organizer.Call(http.MethodGet, consolePath+"/names/words", nil, &list); err != nil || len(list.Words) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		path := consolePath + "/names/words/" + url.PathEscape(list.Words[0].Key)
		if err := organizer.Call(http.MethodDelete, path, nil, nil); err != nil {
			t.Fatal(err)
		}
		if code := codeOf(organizer.Call(http.MethodDelete, path, nil, nil)); code != "word_unknown" {
			t.Errorf("taken out twice: %q", code)
		}
		if got := h.seen(); got != "[{青山村霸} {青禾小王}] [{青山村霸} {青禾小王}] [青禾小王 村霸在此]" {
			t.Errorf("without it the public reads %s", got)
		}
		if err := add("官方", true); err != nil {
			t.Fatal(err)
		}
		if err := h.player("hall").Enrol("王官方", ""); err != nil {
			t.Errorf("a word that is allowed: %v", err)
		}
		var tried struct{ Refused string }
		err := organizer.Call(http.MethodGet, consolePath+"/names/try?name="+url.QueryEscape("傻 逼"), nil, &tried)
		if err != nil || tried.Refused == "" || strings.Contains(tried.Refused, "逼") {
			t.Errorf("tried: %+v, %v", tried, err)
		}
	})
}

func TestDecisionsThatSayTooLittleAreRefused(t *testing.T) {
	h := hallHouse(t, embedded(t), "")
	h.ranked("青山小李", "青山小李")
	one := []map[string]string{{"player": h.names("").Names[0].Player, "nickname": "青山小李"}}
	for name, body := range map[string]map[string]any{
		"nobody":           {"names": []any{}, "hidden": true, "reason": "不雅"},
		"no reason":        {"names": one, "hidden": true},
		"no nickname":      {"names": []map[string]string{{"player": one[0]["player"]}}, "hidden": false},
		"no player":        {"names": []map[string]string{{"player": "x", "nickname": "x"}}, "hidden": false},
		"too many at once": {"names": slices.Repeat(one, 51), "hidden": false},
	} {
		if code := codeOf(h.member(staff.Host).Call(http.MethodPost, consolePath+"/contests/hall/names", body,
			nil)); code != "invalid_field" {
			t.Errorf("%s: %q", name, code)
		}
	}
	for _, query := range []string{"?which=none", "?before=x"} {
		if code := codeOf(h.member(staff.Host).Call(http.MethodGet, consolePath+"/contests/hall/names"+query, nil,
			nil)); code != "invalid_field" {
			t.Errorf("%s: %q", query, code)
		}
	}
}
