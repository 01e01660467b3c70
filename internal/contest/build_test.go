package contest_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/testkit/contests"
)

// twoLevels is a small whole definition; tests change lines of it.
const twoLevels = `contest: demo
title: 安全知识闯关
organizer: 县应急管理局
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
levels:
  - key: first
    title: 第一关
    questions:
      - {count: 5, kinds: [single]}
    time: {question: 30s, level: 10m}
    pass: 3
  - key: second
    title: 第二关
    questions:
      - {count: 2, kinds: [single]}
      - {count: 1, kinds: [fill], difficulty: [1, 2]}
    pass: 2
    attempts: {max: 2, per: contest}
boards:
  - {key: total, title: 个人榜, subject: player, measure: best, daily: true}
`

// changed is twoLevels with the first occurrence of old replaced.
func changed(t testing.TB, old, new string) string {
	t.Helper()
	if !strings.Contains(twoLevels, old) {
		t.Fatalf("the definition does not hold %q", old)
	}
	return strings.Replace(twoLevels, old, new, 1)
}

var parsed = contests.Parsed

// shanghai is a moment of the contest's own clock, "2026-06-16 23:59:59.999", in
// UTC milliseconds.
func shanghai(t testing.TB, text string) int64 {
	t.Helper()
	zone := time.FixedZone("Asia/Shanghai", 8*60*60)
	moment, err := time.ParseInLocation("2006-01-02 15:04:05", text, zone)
	if err != nil {
		t.Fatal(err)
	}
	return moment.UnixMilli()
}

// leveled is a contest of so many levels of 10 questions; each opens the next.
func leveled(t testing.TB, levels int) *contest.Definition {
	var text strings.Builder
	text.WriteString(twoLevels[:strings.Index(twoLevels, "levels:")])
	text.WriteString("levels:\n")
	for i := range levels {
		fmt.Fprintf(&text, "  - {key: level-%d, title: 关, questions: [{count: 10}], pass: 6}\n", i)
	}
	text.WriteString(twoLevels[strings.Index(twoLevels, "boards:"):])
	return parsed(t, text.String())
}

// randomHistory is a history of up to most attempts, in the order of their ids,
// which is not always the order in which they finished.
func randomHistory(random *rand.Rand, d *contest.Definition, most int) contest.History {
	var h contest.History
	at := d.Window.Opens.MS
	for id := range random.IntN(most + 1) {
		level := d.Levels[random.IntN(len(d.Levels))]
		at += random.Int64N(12 * time.Hour.Milliseconds())
		a := contest.Attempt{ID: int64(id + 1), Level: level.Key, StartedAt: at, Period: d.Day(at), DeadlineAt: at +
			time.Hour.Milliseconds()}
		if random.IntN(8) > 0 {
			a.FinishedAt = at + random.Int64N(3*time.Hour.Milliseconds())
			a.Correct = random.IntN(11)
			a.Reached = random.IntN(level.Count() + 1)
			a.Score, a.Passed = a.Correct*int(level.Score), a.Correct >= level.Pass
		}
		h = append(h, a)
	}
	return h
}

// of is the record of a player who has done nothing but attempts.
func of(h contest.History) *contest.Record { return &contest.Record{History: h, Registered: true} }

// totals are those of a record for the whole contest, and for days.
func totals(d *contest.Definition, r *contest.Record, days ...int) []contest.Total {
	var all []contest.Total
	for _, total := range d.Totals(d.Summarize(r, r.LatestAt())) {
		if total.Period == 0 {
			all = append(all, total)
			for _, day := range days {
				noon := time.Date(day/10_000, time.Month(day/100%100), day%100, 12, 0, 0, 0, time.FixedZone("CST", 8*3600))
				for _, today := range d.Totals(d.Summarize(r, noon.UnixMilli())) {
					if today.Period == day && today.Measure == total.Measure {
						all = append(all, today)
					}
				}
			}
		}
	}
	return all
}

// daysOf lists the days on which attempts finished or something was earned.
func daysOf(d *contest.Definition, r *contest.Record) []int {
	var days []int
	for _, a := range r.Counting() {
		if a.FinishedAt != 0 {
			days = append(days, d.Day(a.FinishedAt))
		}
	}
	for _, g := range r.Grants {
		days = append(days, d.Day(g.At))
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// refused fails unless a definition has a finding of that path that says so.
func refused(t *testing.T, definition, changed, path, says string) {
	t.Helper()
	_, err := contest.Parse("demo.yaml", []byte(definition))
	var findings contest.Findings
	if !errors.As(err, &findings) {
		t.Errorf("%s is taken: %v", changed, err)
		return
	}
	if !slices.ContainsFunc(findings, func(f contest.Finding) bool {
		return f.Path == path && strings.Contains(f.Words, says)
	}) {
		t.Errorf("%s: %+v, want %s %s", changed, findings, path, says)
	}
}

// rulesSay fails unless the rules page of a definition says all that is wanted.
func rulesSay(t *testing.T, definition string, wanted ...string) {
	t.Helper()
	text := ""
	for _, section := range rulespage.Describe(parsed(t, definition)) {
		text += section.Title + strings.Join(section.Lines, "")
	}
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Errorf("the rules do not say %q:\n%s", want, text)
		}
	}
}
