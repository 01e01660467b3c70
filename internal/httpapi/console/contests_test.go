package console_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const fete = `# 自己的活动
contest: fete
title: 安全答题
organizer: 县应急管理局
contact: 0310-1234567
window: {opens: 2026-01-01, closes: 2040-01-01}
bank: safety

levels:
  - key: one
    title: 第一关
    questions: [{count: 3, kinds: [single]}]
    pass: 2
    attempts: {max: 5}
earnings:
  - {key: passing, when: {result: passed}, give: {points: 10}, max: 1, per: level}
`

type judgement struct {
	Slug     string
	Values   map[string]any
	Findings []struct {
		Line                 int
		Path, Place, Message string
	}
	Concerns []struct {
		Code, Severity, Message string
		Accepted                *struct{ By, Why string }
	}
	Rules   []struct{ Title string }
	Preview *struct {
		Levels []struct{ Key, State string }
	}
	Stored *struct {
		Version      int
		Differences  []told
		Consequences []struct {
			Path, Message string
			Grave         bool
		}
		Figures *struct {
			Players int
			Levels  []struct {
				Key                  string
				Today, All, UnderWay int
			}
			Earnings []struct {
				Key            string
				Players, Times int
			}
		}
	}
}

type told struct {
	Section    string
	Gone, Come []string
}

func (c *clerk) judge(text string, figures bool) (got judgement) {
	c.t.Helper()
	c.must("POST", "/contests/check", map[string]any{"text": text, "figures": figures}, &got)
	return got
}

// apply stores a text that was made from a version; it wants a code, or none.
func (c *clerk) apply(text string, base int, reason, code string) {
	c.t.Helper()
	r := c.send("PUT", "/contests", map[string]any{"text": text, "base": base, "reason": reason})
	if r.Code != code || code == "" && r.status != http.StatusOK {
		c.t.Fatalf("apply on version %d: %d %s, want %q", base, r.status, r.body, code)
	}
}

func eachDesk(t *testing.T, test func(t *testing.T, d *desk, wang *clerk)) {
	each(t, func(t *testing.T, s *testkit.Store) {
		d := openDesk(t, s)
		test(t, d, d.signedIn("wang", staff.Organizer))
	})
}

func TestATextIsCheckedInTheWordsOfOrganizers(t *testing.T) {
	d := openDesk(t, embedded(t))
	wang := d.signedIn("wang", staff.Organizer)
	for _, c := range []struct{ old, new, path, message string }{
		{"pass: 2", "pass: 9", "levels[0].pass", "过关要答对的题数是 0 到 3"},
		{"pass: 2", "pass 2", "", "请检查缩进、冒号"},
		{"count: 3", "count: 30000", "levels[0].questions[0].count", "题数是 1 到 100"},
		{"count: 3", "count: 99, difficulty: [5]", "levels[0].questions[0]", "这一批要 99 道题，选的题库里符合条件的只有"},
		{"bank: safety", "bank: nowhere", "bank", "没有题库“nowhere”"},
	} {
		got := wang.judge(strings.Replace(fete, c.old, c.new, 1), false)
		if len(got.Findings) == 0 || got.Findings[0].Path != c.path ||
			!strings.Contains(got.Findings[0].Message, c.message) || got.Findings[0].Line < 2 {
			t.Errorf("%s: %+v", c.new, got.Findings)
		}
	}
	right := wang.judge(fete, true)
	if len(right.Findings) != 0 || right.Slug != "fete" || right.Stored != nil || len(right.Rules) < 4 ||
		right.Preview.Levels[0].State != "open" || right.Values["title"] != "安全答题" {
		t.Errorf("a right text: %+v", right)
	}
	looksOn := d.signedIn("zhao", staff.Viewer)
	looksOn.wants("POST", "/contests/check", map[string]any{"text": fete}, http.StatusForbidden, "not_permitted", "")
	var stored judgement
	looksOn.must("GET", "/contests/workmonth/check", nil, &stored)
	if stored.Slug != "workmonth" || stored.Preview == nil || len(stored.Rules) < 4 {
		t.Errorf("what is stored, to who looks on: %+v", stored)
	}
	half := wang.judge(strings.Replace(fete, "pass: 2", "pass: 9", 1), false)
	if half.Values["title"] != "安全答题" || half.Preview != nil {
		t.Errorf("a form has nothing to show of a text with a mistake: %+v", half)
	}
	for name, e := range d.examples(d.signedIn("li", staff.Organizer)) {
		if got := wang.judge(e, false); len(got.Findings) > 0 && !strings.Contains(got.Findings[0].Message, "题库") {
			t.Errorf("the example %s: %+v", name, got.Findings)
		}
	}
}

func (d *desk) examples(c *clerk) map[string]string {
	var got struct{ Examples []struct{ Name, Text string } }
	c.must("GET", "/examples", nil, &got)
	texts := map[string]string{}
	for _, e := range got.Examples {
		texts[e.Name] = e.Text
	}
	if len(texts) < 10 {
		d.t.Errorf("only %d examples", len(texts))
	}
	return texts
}

func TestAnExampleBecomesAContestOfOnesOwn(t *testing.T) {
	d := openDesk(t, embedded(t))
	wang := d.signedIn("wang", staff.Organizer)
	var made struct{ Text string }
	wang.must("POST", "/contests/copy", map[string]string{"text": d.examples(wang)["workmonth"], "slug": "mine",
		"title": "我们的活动", "opens": "2026-06-01"}, &made)
	wang.must("POST", "/contests/edit", map[string]string{"text": made.Text, "path": "levels[0].pass",
		"value": "7"}, &made)
	wang.wants("POST", "/contests/edit", map[string]string{"text": made.Text, "path": "levels[99].pass", "value": "7"},
		http.StatusBadRequest, "contest_wrong", "text")
	wang.wants("POST", "/contests/copy", map[string]string{"text": made.Text, "slug": "mine", "title": "x", "opens": "明天"},
		http.StatusBadRequest, "contest_wrong", "text")
	wang.wants("POST", "/contests/edit", []byte(`{"text": "`+strings.Repeat("x", 3<<20)+`"}`),
		http.StatusRequestEntityTooLarge, "body_too_large", "")
	wang.apply(made.Text, 0, "", "")
	var got struct {
		Contest struct {
			Title   string
			Version int
		}
		Text    string
		Changes []any
	}
	wang.must("GET", "/contests/mine", nil, &got)
	if got.Contest.Title != "我们的活动" || got.Contest.Version != 1 || got.Text != made.Text || len(got.Changes) != 0 ||
		!strings.Contains(got.Text, "pass: 7") {
		t.Errorf("the contest is %+v", got)
	}
	wang.apply(made.Text, 0, "", "contest_taken")
	wang.apply(strings.Replace(made.Text, "contest: mine", "contest: yours", 1), 1, "", "contest_renamed")
	wang.apply(strings.Replace(made.Text, "contest: mine", "contest: mine-rehearsal", 1), 0, "", "contest_rehearsal")
	wang.apply("contest: [", 0, "", "contest_wrong")
	wang.apply(strings.Replace(made.Text, "bank: safety", "bank: nowhere", 1), 1, "换题库", "bank_unknown")
	wang.apply(strings.Replace(made.Text, "pass: 7", "pass: 8", 1), 1, " ", "invalid_field")
}

// A sheet as offices have it: 50 single choices, neither audience nor difficulty.
func TestEveryExampleTakesABankOfOnesOwn(t *testing.T) {
	d := openDesk(t, embedded(t))
	wang := d.signedIn("wang", staff.Organizer)
	sheet := "题型,题干,选项A,选项B,选项C,答案\n"
	for i := range 50 {
		sheet += fmt.Sprintf("单选题,%d 月 %d 日的第 %d 件安全小事该怎么做？,先做甲%d,先做乙%d,先做丙%d,A\n", i%12+1, i%28+1, i, i, i, i)
	}
	var done struct{ Bank string }
	wang.must("POST", "/drafts/"+wang.upload("五十题.csv", []byte(sheet)).ID+"/import",
		map[string]any{"bank": "", "title": "青山县题库", "mode": "replace", "only_valid": true, "note": ""}, &done)
	if done.Bank != "bank-2" {
		t.Errorf("the new bank is %q", done.Bank)
	}
	loosened := 0
	for name, text := range d.examples(wang) {
		var fitted struct {
			Text    string
			Changes []struct{ Place, Message string }
		}
		wang.must("POST", "/contests/fit", map[string]string{"text": text, "bank": done.Bank}, &fitted)
		var checked struct {
			Findings []struct{ Path, Message string }
		}
		wang.must("POST", "/contests/check", map[string]string{"text": fitted.Text}, &checked)
		if loosened += len(fitted.Changes); len(checked.Findings) > 0 {
			t.Errorf("%s: %+v after %+v", name, checked.Findings, fitted.Changes)
		}
	}
	if loosened < 10 {
		t.Errorf("only %d draws gave something up", loosened)
	}
	wang.wants("POST", "/contests/fit", map[string]string{"text": d.examples(wang)["workmonth"], "bank": "nowhere"},
		http.StatusBadRequest, "invalid_field", "bank")
}

func TestAContestThatIsPlayedIsChangedInTheOpen(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk, wang *clerk) {
		wang.apply(fete, 0, "", "")
		p := testkit.NewPlayer(d.url, "fete", d.shipped())
		if err := p.Enrol("小明", ""); err != nil {
			t.Fatal(err)
		}
		first, err := p.Play("one", 3)
		if err != nil || !first.Passed || first.Score != 30 {
			t.Fatalf("the first attempt: %+v, %v", first, err)
		}
		step, err := p.Start("one")
		if err != nil {
			t.Fatal(err)
		}
		harder := strings.NewReplacer("pass: 2", "pass: 3\n    score: 20", "points: 10", "points: 1", "max: 5",
			"max: 3").Replace(fete)
		got := wang.judge(harder, true)
		if s := got.Stored; s == nil || len(s.Differences) == 0 || len(s.Consequences) < 3 || s.Figures.Players != 1 ||
			len(s.Figures.Levels) != 1 || s.Figures.Levels[0].All != 2 || s.Figures.Levels[0].Today != 2 ||
			len(s.Figures.Earnings) != 1 || s.Figures.Earnings[0].Times != 1 {
			t.Errorf("the change is told as %+v", got.Stored)
		}
		wang.apply(harder, 1, "", "invalid_field") // without a reason
		wang.apply(harder, 1, "太容易了", "")

		// The attempt under way ends by the rules that it began under.
		for step.Question != nil {
			right := step.Question.Position != 3
			if step, err = p.Send(step.Ticket, p.Answer(step.Question, right)); err != nil {
				t.Fatal(err)
			}
		}
		if r := step.Result; r == nil || !r.Passed || r.Score != 20 {
			t.Errorf("two right answers of three, begun when two were enough: %+v", r)
		}
		if again, err := p.Play("one", 2); err != nil || again.Passed || again.Score != 40 {
			t.Errorf("the same begun after: %+v, %v", again, err)
		}
		// What was given stays.
		var home struct {
			Me struct{ Points int } `json:"me"`
		}
		if err := p.Call(http.MethodGet, p.InContest(""), nil, &home); err != nil || home.Me.Points != 10 {
			t.Errorf("the player has %d points, %v", home.Me.Points, err)
		}
		var log struct {
			Changes []struct {
				Version     int
				Reason      string
				Differences []told
			}
		}
		for range 2 { // told, and told from memory
			if err := p.Call(http.MethodGet, p.InContest("/changes"), nil, &log); err != nil || len(log.Changes) != 1 ||
				log.Changes[0].Reason != "太容易了" || len(log.Changes[0].Differences) == 0 {
				t.Errorf("the change log is %+v, %v", log, err)
			}
		}
		if entries, err := d.app.Staff.Log(t.Context(), 0, 1); err != nil || entries[0].Action != "contest.apply" ||
			entries[0].Name != "wang" {
			t.Errorf("the audit log ends with %+v, %v", entries, err)
		}
	})
}

func TestTwoOrganizersCannotOverwriteEachOther(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk, wang *clerk) {
		wang.apply(fete, 0, "", "")
		results := make(chan reply)
		for _, title := range []string{"甲的名字", "乙的名字"} {
			go func() {
				results <- wang.send("PUT", "/contests", map[string]any{"text": strings.Replace(fete, "安全答题", title, 1), "base": 1,
					"reason": title})
			}()
		}
		one, two := <-results, <-results
		if one.status+two.status != http.StatusOK+http.StatusConflict || one.Code+two.Code != "contest_changed" {
			t.Errorf("two at once: %d %s, %d %s", one.status, one.body, two.status, two.body)
		}
		wang.apply(strings.Replace(fete, "安全答题", "丙的名字", 1), 1, "也改", "contest_changed")
		wang.apply(strings.Replace(fete, "安全答题", "丙的名字", 1), 2, "看过以后再改", "")
	})
}

func TestWhatALawSpeaksAgainstNeedsSomebodysName(t *testing.T) {
	d := openDesk(t, embedded(t))
	wang := d.signedIn("wang", staff.Organizer)
	rewarded := fete + "publish: [wechat]\n" + "share: {title: 来答题}\n"
	rewarded = strings.Replace(rewarded, "earnings:\n",
		"earnings:\n  - {key: sharing, for: share, give: {points: 1}}\n", 1)
	serious := 0
	for _, c := range wang.judge(rewarded, false).Concerns {
		if c.Severity == "serious" {
			serious++
		}
	}
	if serious != 1 {
		t.Fatalf("%d serious concerns", serious)
	}
	r := wang.send("PUT", "/contests", map[string]any{"text": rewarded, "base": 0})
	if r.Code != "concerns_open" || !strings.Contains(string(r.body), "share-reward") {
		t.Errorf("applied as it is: %d %s", r.status, r.body)
	}
	var made struct{ Text string }
	wang.must("POST", "/contests/edit", map[string]string{"text": rewarded, "path": "accept[0]",
		"value": `{"finding": "share-reward", "by": "wang", "why": "只在内部群里发"}`}, &made)
	if a := wang.judge(made.Text, false).Concerns[0].Accepted; a == nil || a.By != "wang" {
		t.Errorf("it is answered for by %+v", a)
	}
	wang.apply(made.Text, 0, "", "")
}

func TestARehearsalIsPlayedBesideTheContestAndEnded(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk, wang *clerk) {
		var made struct{ Rehearsal struct{ Slug, Pass string } }
		wang.must("POST", "/contests/workmonth/rehearsal", map[string]string{}, &made)
		wang.wants("POST", "/contests/workmonth/rehearsal", map[string]string{}, http.StatusConflict, "rehearsal_running", "")
		wang.wants("POST", "/contests/workmonth-rehearsal/rehearsal", map[string]string{}, http.StatusBadRequest,
			"rehearsal_of_rehearsal", "")
		p := testkit.NewPlayer(d.url, made.Rehearsal.Slug, d.shipped())
		if err := p.Enter(made.Rehearsal.Pass); err != nil {
			t.Fatal(err)
		}
		if err := p.Enrol("试一试", ""); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Play("home", 10); err != nil {
			t.Fatal(err)
		}
		var home struct{ Contest struct{ Rehearsal bool } }
		if err := p.Call(http.MethodGet, p.InContest(""), nil, &home); err != nil || !home.Contest.Rehearsal {
			t.Errorf("the page of the rehearsal does not know that it is one: %+v, %v", home, err)
		}
		var list struct {
			Contests []struct {
				Slug      string
				Players   int
				Rehearsal *struct{ Players, Attempts int }
			}
		}
		wang.must("GET", "/contests", nil, &list)
		if len(list.Contests) != 1 || list.Contests[0].Players != 0 || list.Contests[0].Rehearsal == nil ||
			list.Contests[0].Rehearsal.Players != 1 {
			t.Errorf("the list is %+v", list)
		}
		var got struct{ Text string }
		wang.must("GET", "/contests/"+made.Rehearsal.Slug, nil, &got)
		wang.apply(got.Text+"\n", 1, "改演练", "contest_rehearsal")
		wang.must("DELETE", "/contests/workmonth/rehearsal", nil, nil)
		wang.wants("DELETE", "/contests/workmonth/rehearsal", nil, http.StatusNotFound, "rehearsal_unknown", "")
		wang.wants("GET", "/contests/"+made.Rehearsal.Slug, nil, http.StatusNotFound, "contest_unknown", "")
	})
}
