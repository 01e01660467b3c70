package contest_test

import (
	"strings"
	"testing"

	"anquanda/internal/contest"
)

const asking = `contest: asking
title: 安全答题
organizer: 县应急管理局
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
levels: [{key: first, title: 第一关, questions: [{count: 1}], pass: 1}]
players:
  fields:
    - {key: phone, label: 手机号, kind: phone, when: claim}
    - {key: name, label: 姓名, kind: name, when: start}
    - {key: job, label: 工种, kind: text, when: start}
prizes: [{key: cup, title: 水杯, kind: goods, value: 500, stock: 10}]
pools: [{key: wheel, title: 转盘, prizes: [{prize: cup, odds: 1000000}]}]
drawings:
  - {key: daily, title: 每日摇奖, every: day, prizes: [{prize: cup, count: 2}]}
  - {key: grand, title: 大奖, prizes: [{prize: cup, count: 1}, {prize: cup, count: 3}]}
`

func TestWinnersAreAskedWhatTheRulesPageSays(t *testing.T) {
	for _, c := range []struct{ name, claims, want string }{
		{"a field of winners, and no claims", "", "phone"},
		{"a field of everybody that claims name", "claims: {fields: [name]}", "phone name"},
		{"a field of winners that claims name too", "claims: {fields: [phone]}", "phone"},
	} {
		d, err := contest.Parse("x.yaml", []byte(asking+c.claims))
		if err != nil {
			t.Fatal(c.name, err)
		}
		var keys []string
		for _, f := range d.ClaimFields() {
			keys = append(keys, f.Key)
		}
		if got := strings.Join(keys, " "); got != c.want {
			t.Errorf("%s: winners are asked for %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPrizesPoolsAndDrawingsAreFoundByTheirKeys(t *testing.T) {
	d, err := contest.Parse("x.yaml", []byte(asking))
	if err != nil {
		t.Fatal(err)
	}
	if d.Prize("cup") != &d.Prizes[0] || d.Pool("wheel") != &d.Pools[0] || d.Drawing("grand") != &d.Drawings[1] {
		t.Error("what is there is not found")
	}
	if d.Prize("wheel") != nil || d.Pool("cup") != nil || d.Drawing("cup") != nil {
		t.Error("what is not there is found")
	}
	// Of 30 days each has a drawing of 2, held the day after; the grand one gives 4.
	if n := d.Promised("cup"); n != 30*2+4 {
		t.Errorf("drawings promise %d cups, want 64", n)
	}
}
