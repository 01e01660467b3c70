package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// openLists has lists that everybody may see, and one that nobody may; when those of boards
// are made is to be filled in.
const openLists = `
contest: hall
title: 晋级
organizer: 社区
contact: 0531-12345678
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
players:
  unit: {ask: required, label: 镇}
  fields: [{key: phone, label: 手机号, kind: phone, ask: required, when: start, why: 联系晋级的人}]
units: [{code: a, name: 东镇}, {code: b, name: 西镇}]
boards:
  - {key: total, title: 个人榜, subject: player, measure: best}
  - {key: towns, title: 镇榜, subject: unit, measure: players}
lists:
  - {key: first, title: 晋级名单, board: total, count: 3, at: %s, public: true}
  - {key: towns, title: 晋级的镇, board: towns, count: 1, at: %s, public: true}
  - {key: guests, title: 特邀选手, public: true}
  - {key: hidden, title: 内部名单}
levels:
  - {key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 1, attempts: {max: 9}}
  - {key: final, title: 决赛, questions: [{count: 1, kinds: [single]}], after: [{list: first}]}
`

type publicLists struct {
	Lists []struct {
		Key    string
		Open   bool
		Total  int
		Mine   bool
		Place  int
		MadeAt int64 `json:"made_at"`
	}
}

type publicList struct {
	Group   string
	Units   []string
	More    bool
	Players []struct {
		Place      int
		Name, Unit string
		Me         bool
	}
}

// says tells who is on a list: place, name, town and whether it is who asks.
func (l publicList) says() string {
	var text []string
	for _, p := range l.Players {
		one := fmt.Sprint(p.Place, " ", p.Name, " ", p.Unit)
		if p.Me {
			one += "*"
		}
		text = append(text, one)
	}
	return strings.Join(text, ", ")
}

func TestEverybodySeesAPublicListOnceItIsMadeAndNobodyAnythingElse(t *testing.T) {
	h := openHouse(t, testkit.Embedded(t))
	apply := func(at string) sqldb.ID {
		t.Helper()
		in, err := h.app.Catalog.Apply(t.Context(), "lists.yaml", fmt.Appendf(nil, openLists, at, at), "新")
		if err != nil {
			t.Fatal(err)
		}
		return in.ContestID
	}
	contestID := apply("2029-01-02 00:00")
	var home asked
	stranger := h.player("hall")
	if err := stranger.Call(http.MethodGet, stranger.InContest(""), nil, &home); err != nil {
		t.Fatal(err)
	}
	plays := func(name, town, phone string) *testkit.Player {
		t.Helper()
		p := h.player("hall")
		body := map[string]any{"nickname": name, "unit": h.unit("hall", town), "consent": home.Contest.Asks.Consent.Version,
			"fields": map[string]string{"phone": phone}}
		if err := p.Call(http.MethodPost, p.InContest("/enrolment"), body, nil); err != nil {
			t.Fatal(err)
		}
		h.passes(p)
		waitFor(t, h.app.Boards.Settled)
		return p
	}
	zhao := plays("小赵", "东镇", "13800000001")
	plays("小钱", "东镇", "13800000002")
	sun := plays("小孙", "西镇", "13800000003")
	li := plays("小李", "西镇", "13800000004")
	plays("小周", "西镇", "13800000005")

	all := func(p *testkit.Player) (told publicLists) {
		t.Helper()
		if err := p.Call(http.MethodGet, p.InContest("/lists"), nil, &told); err != nil {
			t.Fatal(err)
		}
		return told
	}
	one := func(p *testkit.Player, of string) (told publicList) {
		t.Helper()
		if err := p.Call(http.MethodGet, p.InContest("/lists/"+of), nil, &told); err != nil {
			t.Fatal(err)
		}
		return told
	}
	// A list is kept for seconds.
	until := func(p *testkit.Player, of, want string) {
		t.Helper()
		for end := time.Now().Add(testkit.Patience); one(p, of).says() != want; time.Sleep(200 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("the list %s says %q, want %q", of, one(p, of).says(), want)
			}
		}
	}
	raw := func(p *testkit.Player, path string) string {
		_, body := h.send(p, http.MethodGet, p.InContest(path), nil, nil)
		return body
	}

	for _, l := range all(zhao).Lists {
		if l.Open || l.Total != 0 || l.Mine || l.MadeAt != 0 || l.Key == "hidden" {
			t.Errorf("before any list is made: %+v", l)
		}
	}
	for _, of := range []string{"first", "towns", "guests"} {
		if told := one(stranger, of); len(told.Players)+len(told.Units) != 0 {
			t.Errorf("before it is made %s tells %+v", of, told)
		}
	}
	refused := func(of string) string {
		body, _, _ := strings.Cut(raw(zhao, "/lists/"+of), `"request_id"`)
		return body
	}
	if secret := refused("hidden"); !strings.Contains(secret, "list_unknown") || secret != refused("nothing") {
		t.Errorf("a list that is not public is told apart from one that is not there: %s", secret)
	}

	apply("2026-01-02 00:00")
	if err := h.app.MakeLists(t.Context()); err != nil {
		t.Fatal(err)
	}
	until(zhao, "first", "1 小赵 东镇*, 2 小钱 东镇, 3 小孙 西镇")
	until(stranger, "first", "1 小赵 东镇, 2 小钱 东镇, 3 小孙 西镇")
	until(li, "towns", "0 小孙 西镇, 0 小李 西镇*, 0 小周 西镇")
	if told := one(li, "towns"); told.Group != "镇" || len(told.Units) != 1 || told.Units[0] != "西镇" {
		t.Errorf("the list of towns tells %+v", told)
	}
	for _, l := range all(sun).Lists {
		if want := map[string]int{"first": 3}[l.Key]; l.Place != want || l.Mine != (l.Key != "guests") || l.Open != l.Mine {
			t.Errorf("who is third is told %+v", l)
		}
	}
	for from, want := range map[string]string{"from=2&size=1": "2 小钱 东镇", "from=4": "", "from=999999999": ""} {
		var page publicList
		if err := stranger.Call(http.MethodGet, stranger.InContest("/lists/first?"+from), nil, &page); err != nil ||
			page.says() != want || page.More != (want != "") {
			t.Errorf("%s: %q, more %v, %v", from, page.says(), page.More, err)
		}
	}
	for _, query := range []string{"from=0", "size=101", "size=0", "from=x"} {
		err := stranger.Call(http.MethodGet, stranger.InContest("/lists/first?"+query), nil, nil)
		if codeOf(err) != "invalid_field" {
			t.Errorf("%s is answered with %v", query, err)
		}
	}
	for _, path := range []string{"/lists", "/lists/first", "/lists/towns"} {
		if body := raw(stranger, path); strings.Contains(body, "1380000") || strings.Contains(body, "player_id") {
			t.Errorf("%s tells %s", path, body)
		}
	}

	// Who has a name that is hidden, is taken off, disqualified or has left.
	id := func(name string) (player sqldb.ID) {
		err := h.app.DB.Get(t.Context(), &player, "SELECT player_id FROM enrolments WHERE contest_id = ? AND nickname = ?",
			contestID, name)
		if err != nil {
			t.Fatal(err)
		}
		return player
	}
	h.decide(h.names("?name="+"%E5%B0%8F%E8%B5%B5"), true)
	h.disqualifies(contestID, id("小钱"))
	off := map[string]any{"players": id("小孙").String(), "on": false, "reason": "弃权"}
	judge := h.member(staff.Organizer)
	if err := judge.Call(http.MethodPost, consolePath+"/contests/hall/lists/first/players", off, nil); err != nil {
		t.Fatal(err)
	}
	if err := li.Call(http.MethodDelete, li.InContest("/enrolment"), nil, nil); err != nil {
		t.Fatal(err)
	}
	until(stranger, "towns", "0 小孙 西镇, 0 小周 西镇")
	for end := time.Now().Add(testkit.Patience); ; time.Sleep(200 * time.Millisecond) {
		told := one(stranger, "first")
		if len(told.Players) == 1 && told.Players[0].Place == 1 && alias.MatchString(told.Players[0].Name) {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("after all the list says %q", told.says())
		}
	}
	for _, l := range all(sun).Lists {
		if l.Key == "first" && (l.Mine || l.Total != 1) {
			t.Errorf("who was taken off is told %+v", l)
		}
	}

	// What staff alone fills is told from the first on it on; the other stays theirs.
	for _, of := range []string{"guests", "hidden"} {
		on := map[string]any{"players": id("小周").String(), "on": true, "reason": "特邀"}
		if err := judge.Call(http.MethodPost, consolePath+"/contests/hall/lists/"+of+"/players", on, nil); err != nil {
			t.Fatal(err)
		}
	}
	until(stranger, "guests", "0 小周 西镇")
	if body := raw(stranger, "/lists"); strings.Contains(body, "内部名单") {
		t.Errorf("the public is told %s", body)
	}
}
