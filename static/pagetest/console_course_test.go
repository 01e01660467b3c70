package pagetest

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/sqldb"
)

// course is a contest whose people are known by number.
var course = strings.Replace(strings.ReplaceAll(typing, "typing", "course"), "typed: true}}", `typed: false}}
units:
  - {code: a, name: 青禾镇, headcount: 800}
  - {code: b, name: 河东街道, headcount: 1200}
  - {code: c, name: 县应急管理局安全生产执法监察大队, headcount: 60}`, 1)

// counted writes counters as many hours of playing would leave them.
func (d *desk) counted(c *catalog.Contest) {
	d.t.Helper()
	units := map[string]sqldb.ID{}
	for _, u := range c.Units.Units() {
		units[u.Code] = u.ID
	}
	now := time.Now().UnixMilli()
	err := d.app.DB.InTx(d.t.Context(), func(tx *sqldb.Tx) error {
		count := func(span int, kind string, slot int, ref string, n int) error {
			_, err := tx.Exec(d.t.Context(), `INSERT INTO tally_counts (contest_id, span, kind, slot, ref, players,
				first_timers, attempts, answers, correct, passed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				c.ContestID, span, kind, slot, ref, n, n/2, 2*n, 20*n, 15*n, n)
			return err
		}
		for i := range 48 {
			if err := count(2, "", int(now/3_600_000)-i, "", 20+(7*i)%50); err != nil {
				return err
			}
		}
		for i := range 9 {
			if err := count(1, "", c.Day(now-int64(i)*86_400_000), "", 400-30*i); err != nil {
				return err
			}
		}
		for code, n := range map[string]int{"a": 520, "b": 130, "c": 40} {
			if err := count(0, "unit", 0, units[code].String(), n); err != nil {
				return err
			}
		}
		if err := count(0, "channel", 0, "", 690); err != nil {
			return err
		}
		return count(0, "", 0, "", 690)
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestTheFirstPageTellsHowItGoesAndWhoIsBehind(t *testing.T) {
	d := openDesk(t)
	c, err := d.app.Catalog.Apply(t.Context(), "course.yaml", []byte(course), "测试")
	if err != nil {
		t.Fatal(err)
	}
	d.counted(c)
	p := d.at(1280, 800, "wang")
	p.visit(d.url + "/console#/c/course")
	p.see("今天参与")
	p.see("最近 24 小时")
	p.see("65.0%，520 / 800 人")
	p.tap("设定目标")
	p.rewrite("[name=target-players]", "1500")
	p.rewrite("[name=target-percent]", "60")
	p.tap("保存目标")
	p.see("已有 690 人，46.0%")
	p.see("参与率不到 60%")
	p.see("130 / 1,200 人，10.8%")
	p.fits("course")
	p.tapOn(`[...document.querySelectorAll(".chart-table summary")][0]`)
	if rows := ask[int](p, `document.querySelectorAll(".chart-table[open] tbody tr").length`); rows != 24 {
		t.Errorf("the table of the hours has %d rows", rows)
	}
	p.tapOn(`[...document.querySelectorAll(".chart-table summary")][0]`)
	p.narrow("course-narrow", "最近 24 小时")
}
