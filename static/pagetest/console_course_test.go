package pagetest

import (
	"encoding/binary"
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

// studied writes the sheets of 60 people who met the first eight questions of the bank; the
// first is wrong for most of them, and for the better ones less so.
func (d *desk) studied(c *catalog.Contest) {
	d.t.Helper()
	err := d.app.DB.InTx(d.t.Context(), func(tx *sqldb.Tx) error {
		for number := 1; number <= 8; number++ {
			_, err := tx.Exec(d.t.Context(), `INSERT INTO tally_questions (contest_id, number, bank, question_id)
				VALUES (?, ?, 0, ?)`, c.ContestID, number, c.Bank.Questions[number-1].ID)
			if err != nil {
				return err
			}
		}
		for player := range 60 {
			sheet := []byte{1} // as package tally packs it: the form, no visits, eight meetings
			put := func(n int64) { sheet = binary.AppendVarint(sheet, n) }
			put(0)
			put(8)
			right := 0
			for number := range 8 {
				is := player%10 >= number+1
				if number == 0 {
					is = player%10 >= 8
				}
				flags := int64(0)
				if is {
					flags, right = 5, right+1
				}
				for _, n := range []int64{1, flags, 1, 42, 495_000} {
					put(n)
				}
			}
			_, err := tx.Exec(d.t.Context(), `INSERT INTO tally_players (contest_id, player_id, version, folds,
				attempts, mark, channel, division, met, met_right, sheet) VALUES (?, ?, 1, 1, 0, 0, '', '', 8, ?, ?)`,
				c.ContestID, player+1, right, sheet)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestWhatPeopleKnowIsShownByTopicAndQuestion(t *testing.T) {
	d := openDesk(t)
	c, err := d.app.Catalog.Apply(t.Context(), "course.yaml", []byte(course), "测试")
	if err != nil {
		t.Fatal(err)
	}
	p := d.at(1280, 800, "wang")
	d.studied(c)
	p.visit(d.url + "/console#/c/course/knowledge")
	p.see("多数人答错的知识")
	p.see("80.0% 答错")
	p.see("每周（周一起）")
	p.see("信度 α 只对每人同卷的关卡有意义")
	p.fits("knowledge")
	ask[any](p, `(HTMLAnchorElement.prototype.click = function () { window.saved = this.download }, 0)`)
	ask[any](p, `(URL.createObjectURL = (blob) => {
		const reader = new FileReader();
		reader.onload = () => document.body.appendChild(window.shot = Object.assign(new Image(), {src: reader.result}));
		reader.readAsDataURL(blob);
		return "";
	}, 0)`)
	p.tap("存成宣传图")
	p.until(`window.saved === "易错题1.png" && window.shot`)
	p.until(`window.shot.naturalWidth === 1080 && window.shot.naturalHeight > 700`) // pixels
	ask[any](p, `window.shot.scrollIntoView()`)
	p.keep("console-fact")
	ask[any](p, `window.shot.remove()`)
	p.narrow("knowledge-narrow", "多数人答错的知识")
}

// From what most people have wrong to a level that counts for nothing: drafted, looked at,
// published, played.
func TestWhatMostHaveWrongBecomesALevelForPractice(t *testing.T) {
	d := openDesk(t)
	c, err := d.app.Catalog.Apply(t.Context(), "course.yaml", []byte(course), "测试")
	if err != nil {
		t.Fatal(err)
	}
	d.studied(c)
	p := d.at(1280, 800, "wang")
	p.visit(d.url + "/console#/c/course/knowledge")
	p.tap("道题做成练习关")
	p.see("易错题练习")
	p.see("只是练习，不计成绩和名次，没有奖励")
	p.see("已保存")
	if in, err := d.app.Catalog.Current("course"); err != nil || in.Version != c.Version {
		t.Fatalf("something was published before anybody looked: %v", err)
	}
	p.fits("practice-draft")
	p.tap("发布修改")
	p.see("增加“易错题练习”")
	p.write("[name=reason]", "加一个练习关")
	p.confirm()
	p.see("第 2 版")
	in, err := d.app.Catalog.Current("course")
	if err != nil {
		t.Fatal(err)
	}
	level := &in.Levels[len(in.Levels)-1]
	hardest := c.Bank.Questions[7].ID // of the eight that people met
	if list := level.Questions[0].List; !level.Practice || len(list) != level.Count() || list[0] != hardest {
		t.Errorf("the level is %+v", level)
	}
}
