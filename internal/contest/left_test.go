package contest_test

import (
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
)

const leftContest = `
contest: left
title: 次数
organizer: 测试
window: {opens: 2026-06-01, closes: 2026-06-30}
bank: safety
attempts: [{max: 3, per: day}, {max: 2, per: day, of: levels, firm: true}]
levels:
  - {key: a, title: 一, questions: [{count: 5}], pass: 3, attempts: {max: 2, per: day}}
  - {key: b, title: 二, questions: [{count: 5}], pass: 3, after: [], attempts: {max: 0}}
  - {key: c, title: 三, questions: [{count: 5}], pass: 3, after: [], ends: {wrong: 1}, attempts: {max: 0}}
earnings:
  - {key: share, for: share, give: {tries: 1}, max: 1, per: day}
`

func TestWhatIsLeftIsToldByTheTightestBound(t *testing.T) {
	d, err := contest.Parse("left.yaml", []byte(leftContest))
	if err != nil {
		t.Fatal(err)
	}
	noon := d.Window.Opens.MS + 12*3600_000
	tried := func(levels ...string) *contest.Record {
		r := &contest.Record{}
		for i, level := range levels {
			at := noon - int64(100-i)*1000
			r.History = append(r.History, contest.Attempt{ID: int64(i + 1), Level: level, StartedAt: at, FinishedAt: at + 500,
				DeadlineAt: at + 900, Period: 20260601})
		}
		return r
	}
	for _, c := range []struct {
		tried []string
		level string
		left  int
		of    contest.LimitOf
	}{
		{nil, "a", 2, ""},
		{nil, "b", 3, contest.OfAttempts},
		{[]string{"a"}, "a", 1, ""},
		{[]string{"a", "b"}, "a", 1, contest.OfAttempts},
		{[]string{"a", "b"}, "b", 1, contest.OfAttempts},
		{[]string{"a", "b"}, "c", 0, contest.OfLevels},
		{[]string{"b", "b", "b"}, "b", 0, contest.OfAttempts},
		{[]string{"b", "b"}, "b", 1, contest.OfAttempts},
	} {
		level, i, _ := d.Level(c.level)
		left := d.LeftAt(level, d.Summarize(tried(c.tried...), noon), noon)
		if left.Tries != c.left || left.Of != c.of {
			t.Errorf("after %v, %s has %+v left, want %d of %q", c.tried, c.level, left, c.left, c.of)
		}
		if state := d.LevelStates(d.Summarize(tried(c.tried...), noon), noon)[i]; state.TriesLeft != left.Tries {
			t.Errorf("after %v, %s has %d tries left by its state, %d by its bound", c.tried, c.level,
				state.TriesLeft, left.Tries)
		}
	}
}

// A bound on how many levels says nothing about the tries of one, whichever stands first.
func TestABoundOnLevelsTellsOnlyWhyAnotherLevelIsShut(t *testing.T) {
	text := strings.Replace(leftContest, "[{max: 3, per: day}, {max: 2, per: day, of: levels, firm: true}]",
		"[{max: 1, per: day, of: levels}, {max: 3, per: day}]", 1)
	d, err := contest.Parse("left.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	noon := d.Window.Opens.MS + 12*3600_000
	begun := &contest.Record{History: contest.History{{ID: 1, Level: "b", StartedAt: noon - 1000, FinishedAt: noon - 500,
		Period: 20260601}}}
	for _, c := range []struct {
		record *contest.Record
		level  string
		want   contest.Left
	}{
		{&contest.Record{}, "b", contest.Left{Tries: 3, Per: contest.PerDay, Of: contest.OfAttempts}},
		{begun, "b", contest.Left{Tries: 2, Per: contest.PerDay, Of: contest.OfAttempts}},
		{begun, "c", contest.Left{Tries: 0, Per: contest.PerDay, Of: contest.OfLevels}},
	} {
		level, _, _ := d.Level(c.level)
		if got := d.LeftAt(level, d.Summarize(c.record, noon), noon); got != c.want {
			t.Errorf("%s has %+v left, want %+v", c.level, got, c.want)
		}
	}
}

func TestADeedRevivesOnlyWhereItGivesATry(t *testing.T) {
	d, err := contest.Parse("left.yaml", []byte(leftContest))
	if err != nil {
		t.Fatal(err)
	}
	noon := d.Window.Opens.MS + 12*3600_000
	r := &contest.Record{}
	for n := range 3 {
		r.History = append(r.History, contest.Attempt{ID: int64(n + 1), Level: "b", StartedAt: noon - 1000,
			FinishedAt: noon - 500, Period: 20260601})
	}
	b, _, _ := d.Level("b")
	if by := d.Revives(b, d.Summarize(r, noon), noon); by != contest.DeedShare {
		t.Errorf("with every try used, %q revives, want a share", by)
	}
	share := contest.Deed{Kind: contest.DeedShare, Ref: "1", At: noon}
	r.Deeds = append(r.Deeds, share)
	r.Grants = append(r.Grants, d.EarnDeed(d.Summarize(r, share.At), share)...)
	r.History = append(r.History, contest.Attempt{ID: 9, Level: "b", StartedAt: noon - 400, FinishedAt: noon - 300,
		Period: 20260601})
	if by := d.Revives(b, d.Summarize(r, noon), noon); by != "" {
		t.Errorf("%q revives though the day's share is used", by)
	}
}

func TestARefusalNamesTheBoundThatHolds(t *testing.T) {
	for _, c := range []struct{ level, over, begun, asked, want string }{
		{"max: 1, per: day", "", "a", "a", "今天的次数用完了，明天再来"},
		{"max: 1, per: week", "", "a", "a", "本周的次数用完了，下周再来"},
		{"max: 1, per: contest", "", "a", "a", "这一关的次数用完了"},
		{"max: 0", "attempts: [{max: 1, per: week}]", "a", "b", "本周的次数用完了，下周再来"},
		{"max: 0", "attempts: [{max: 1, per: contest}]", "a", "b", "这次活动的次数用完了"},
		{"max: 0", "attempts: [{max: 9, per: day}, {max: 1, per: contest, of: levels}]", "a", "b", "选的关够了，不能再选新的关"},
	} {
		level := func(key string) string {
			return "  - {key: " + key + ", title: 一关, after: [], questions: [{count: 1}], attempts: {" + c.level + "}}\n"
		}
		d, err := contest.Parse("x.yaml", []byte("contest: x\ntitle: 甲\norganizer: 乙\nbank: safety\n"+
			"window: {opens: 2026-06-01, closes: 2026-06-30}\nlevels:\n"+level("a")+level("b")+c.over+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		noon := d.Window.Opens.MS + 12*3600_000
		done := &contest.Record{History: contest.History{{ID: 1, Level: c.begun, StartedAt: noon - 1000,
			FinishedAt: noon - 500, Period: d.PeriodOf(d.Levels[0].Attempts.Per, noon)}}}
		_, _, err = d.NewAttempt(d.Summarize(done, noon), c.asked, noon, false)
		if err == nil || errs.From(err).Message != c.want {
			t.Errorf("%s %s: %v, want %s", c.level, c.over, err, c.want)
		}
	}
}
