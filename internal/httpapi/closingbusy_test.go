package httpapi_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"anquanda/internal/report/offline"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// busyContest has units in two levels, divisions, classes, a second level that is a paper,
// and all that is counted beside answers.
const busyContest = `
contest: busy
title: 什么都有的活动
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
retention: 30d
bank: safety
units:
  - {code: t, name: 东镇, headcount: 40, children: [{code: t1, name: 柳湾村}, {code: t2, name: 河口村}]}
  - {code: w, name: 西镇}
  - {code: n, name: 北乡}
players:
  unit: {ask: optional, label: 镇村}
  divisions: [{key: worker, title: 职工组}, {key: resident, title: 居民组}]
  fields:
    - key: who
      label: 身份
      kind: choice
      options: [企业负责人, 村民]
      classes: [{option: 企业负责人, class: principal}, {option: 村民, class: village}]
      when: start
      why: 按上级的表统计
share: {title: 一起来}
pledge: {title: 我为安全生产倡议, lines: [遵守安全规章]}
levels:
  - {key: one, title: 一题, questions: [{count: 2, kinds: [single]}], pass: 1, attempts: {max: 9}}
  - {key: three, title: 三题, after: [], questions: [{count: 3, kinds: [truefalse]}], pass: 3, attempts: {max: 9}}
earnings:
  - {key: signed, for: pledge, give: {chances: 2}, max: 1, per: contest}
  - {key: shared, for: share, give: {points: 1}, max: 1, per: day}
prizes:
  - {key: kettle, title: 电水壶, kind: goods, value: 9900, stock: 200, collect: 到社区服务站领取}
  - {key: thanks, title: 谢谢参与, kind: thanks}
pools: [{key: wheel, title: 幸运转盘, prizes: [{prize: kettle, odds: 1000000}, {prize: thanks}]}]
accept: [{finding: unproven-prizes, by: 王主任, why: 现场活动}]
`

// busy lets a crowd do all that the contest has.
func (h *house) busy() *recounted {
	h.t.Helper()
	in, err := h.app.Catalog.Apply(h.t.Context(), "busy.yaml", []byte(busyContest), "新")
	if err != nil {
		h.t.Fatal(err)
	}
	poster := h.channelOf("busy", "村口海报")
	units := []string{h.unit("busy", "柳湾村"), h.unit("busy", "河口村"), h.unit("busy", "西镇"), h.unit("busy", "北乡"), ""}
	inviter, code := "", ""
	for i := range 28 {
		d := &desk{h.player("busy"), h.t, ""}
		d.consent = d.home().Contest.Asks.Consent.Version
		change := map[string]any{"nickname": fmt.Sprintf("平安人%02d", i), "unit": units[min(i%6, 4)],
			"division": []string{"worker", "resident"}[i%2], "fields": map[string]string{"who": []string{"企业负责人", "村民"}[i%2]}}
		if _, err := d.enrol(change); err != nil {
			h.t.Fatal(err)
		}
		if i%3 > 0 {
			h.visit(d.Player, []string{1: inviter, 2: "c=" + poster}[i%3])
		}
		if i == 0 {
			inviter = h.link(d.Player)
		}
		code = h.livesBusily(d.Player, i, code)
	}
	return &recounted{h, in, map[string]float64{"企业主要负责人人数": 14, "进农村人数": 14}, []string{"n"}}
}

// livesBusily is one of the crowd; code is of the signature before.
func (h *house) livesBusily(p *testkit.Player, i int, code string) string {
	h.t.Helper()
	must := func(err error) {
		h.t.Helper()
		if err != nil {
			h.t.Fatal(err)
		}
	}
	if i%9 == 8 {
		return code // enrolled, and never seen again
	}
	for n := range 1 + i%3 {
		_, err := p.Play("one", (i+n)%3)
		must(err)
	}
	if i%2 == 0 {
		_, err := p.Play("three", i%4)
		must(err)
	}
	if i%4 == 0 {
		must(p.Call(http.MethodPost, p.InContest("/shares"), map[string]string{"of": "contest"}, nil))
	}
	if i%5 == 0 {
		var got signed
		must(p.Call(http.MethodPost, p.InContest("/pledge"), map[string]any{"name": "张建国", "from": code}, &got))
		code = got.Mine.Code
		must(p.Call(http.MethodPost, p.InContest("/pools/wheel/draws"),
			map[string]string{"chance": drawsOf(h.t, p).Me.Chances[0]}, nil))
	}
	return code
}

// channelOf makes a channel of a contest and returns its code.
func (h *house) channelOf(slug, name string) string {
	h.t.Helper()
	var made struct{ Channel struct{ Code string } }
	err := h.member(staff.Organizer).Call(http.MethodPost, consolePath+"/contests/"+slug+"/channels",
		map[string]string{"name": name, "kind": "poster"}, &made)
	if err != nil {
		h.t.Fatal(err)
	}
	return made.Channel.Code
}

// fillIn lets the units at the top tell what happened off line, one of them twice.
func (r *recounted) fillIn() {
	r.t.Helper()
	ctx, entries, now := r.t.Context(), r.app.Offline, time.Now()
	must := func(err error) {
		r.t.Helper()
		if err != nil {
			r.t.Fatal(err)
		}
	}
	plan := offline.Plan{Depth: 1, LastDue: now.Add(48 * time.Hour).UnixMilli(),
		Items: []offline.Item{{Title: "应急演练", Measure: "场"}, {Title: "进学校活动", Measure: "场"}}}
	must(entries.SetPlan(ctx, staff.CommandLine, r.in.Slug, r.in.ContestID, r.in.Zone(), plan))
	dues, err := entries.Dues(ctx, r.in.ContestID)
	must(err)
	file := func(code string, revision int, drills, schools int64) {
		for _, u := range r.in.Units.Units() {
			if u.Code == code {
				must(entries.File(ctx, offline.Holder{ContestID: r.in.ContestID, UnitID: u.ID}, offline.Report{DueAt: dues[0],
					Revision: revision, Figures: []offline.Figure{{Title: "应急演练", Value: drills},
						{Title: "进学校活动", Value: schools}}}, true))
			}
		}
	}
	file("t", 0, 3, 2)
	file("w", 0, 50, 1)
	file("w", 1, 5, 1) // a slip, mended
	r.told["应急演练"], r.told["进学校活动"] = 8, 3
}

// voidsOne takes a question that was asked out of the bank.
func (r *recounted) voidsOne() {
	r.t.Helper()
	var asked string
	err := r.app.DB.Get(r.t.Context(), &asked, `SELECT MIN(r.question_id) FROM responses r
		JOIN attempts a ON a.id = r.attempt_id WHERE a.contest_id = ? AND r.correct = 0`, r.in.ContestID)
	if err == nil {
		err = r.member(staff.Owner).Call(http.MethodPost, consolePath+"/banks/safety/questions/"+asked+"/correction",
			map[string]any{"action": "void", "reason": "已经过时"}, nil)
	}
	if err != nil {
		r.t.Fatal(err)
	}
	var wrong int
	waitFor(r.t, func() bool {
		err := r.app.DB.Get(r.t.Context(), &wrong, `SELECT COUNT(*) FROM responses r
			JOIN attempts a ON a.id = r.attempt_id WHERE a.contest_id = ? AND r.question_id = ? AND r.correct = 0`,
			r.in.ContestID, asked)
		return err == nil && wrong == 0
	})
}

func TestEveryFigureOfTheClosingIsWhatAPlainRecountOfTheRowsGives(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		r := openHouse(t, stores).busy()
		r.holds()
		if came := r.tables()["渠道"]["村口海报"]; isNothing(came) {
			t.Errorf("who came by the poster did %q", came)
		}
		r.fillIn()
		r.voidsOne()
		r.later(26 * time.Hour) // another day
		late := r.player("busy")
		d := &desk{late, t, ""}
		d.consent = d.home().Contest.Asks.Consent.Version
		if _, err := d.enrol(map[string]any{"nickname": "后来的人", "fields": map[string]string{"who": "村民"}}); err != nil {
			t.Fatal(err)
		}
		if _, err := late.Play("one", 2); err != nil {
			t.Fatal(err)
		}
		r.told["进农村人数"]++
		r.holds()
	})
}

func TestEveryFigureOfTheClosingOfALiveQuizIsWhatAPlainRecountGives(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		l := openLivehall(t, stores, "points")
		one, two := l.join("张早早"), l.join("李慢慢")
		l.join("王旁观")
		for range 3 {
			l.ask()
			right := l.look().Right[0]
			for revision, option := range []string{wrong(right), right} {
				if _, err := l.answer(one, revision+1, option); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := l.answer(two, 1, right); err != nil {
				t.Fatal(err)
			}
			l.close()
			l.step("reveal")
			l.step("standings")
		}
		l.step("podium")
		l.step("confirm")
		in, err := l.app.Catalog.Current("june16")
		if err != nil {
			t.Fatal(err)
		}
		r := &recounted{house: l.house, in: in}
		r.holds()
		if n := r.named()["直播答题作答"]; n != 6 {
			t.Errorf("two players answered three questions, and the rows tell of %v answers", n)
		}
	})
}

func TestEveryFigureOfTheClosingOfADrawingIsWhatAPlainRecountGives(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		d := drawnHouse(t, stores)
		d.published()
		r := &recounted{house: d.house, in: d.in}
		r.holds()
		if n := r.named(); n["公开摇奖次数"] != 1 || n["中奖份数"] != 2 || n["奖品价值"] != 100 {
			t.Errorf("after a drawing of two the rows tell %v", n)
		}
	})
}
