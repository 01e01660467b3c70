package contest_test

import (
	"slices"
	"testing"
	"time"

	"anquanda/internal/contest"
)

func passed(level string) contest.Attempt {
	return contest.Attempt{Level: level, FinishedAt: 1, Score: 30, Correct: 3, Passed: true}
}

func failed(level string) contest.Attempt {
	return contest.Attempt{Level: level, FinishedAt: 1, Score: 20, Correct: 2}
}

// today puts attempts into the period of a moment, with their ordinals.
func today(d *contest.Definition, now int64, attempts ...contest.Attempt) contest.History {
	count := map[string]int{}
	for i := range attempts {
		a := &attempts[i]
		level, _, _ := d.Level(a.Level)
		count[a.Level]++
		a.ID, a.Period, a.Ordinal, a.StartedAt = int64(i+1), d.PeriodOf(level.Attempts.Per, now), count[a.Level], now
	}
	return attempts
}

func TestALevelOpensWhenTheOnesBeforeItArePassed(t *testing.T) {
	d := leveled(t, 4)
	d.Levels[3].After = []contest.After{{Level: "level-0"}, {Level: "level-2"}}
	cases := []struct {
		name   string
		passed []string
		open   string // one letter a level: o open, x locked
		needs  string // of the last level
	}{
		{"nothing", nil, "oxxx", "level-0"},
		{"the first", []string{"level-0"}, "ooxx", "level-2"},
		{"the first two", []string{"level-0", "level-1"}, "ooox", "level-2"},
		{"out of order", []string{"level-2"}, "oxxx", "level-0"},
		{"both that the last one needs", []string{"level-0", "level-2"}, "ooxo", ""},
	}
	for _, c := range cases {
		h := contest.History{failed("level-1"), failed("level-2")}
		for _, key := range c.passed {
			h = append(h, passed(key))
		}
		open, needs := "", ""
		for _, state := range d.LevelStates(d.Summarize(of(h), d.Window.Opens.MS), d.Window.Opens.MS) {
			if state.Open {
				open += "o"
			} else {
				open += "x"
			}
			needs = ""
			if len(state.Needs) > 0 {
				needs = state.Needs[0].Level
			}
		}
		if open != c.open || needs != c.needs {
			t.Errorf("%s passed: levels %s and the last needs %q; want %s and %q", c.name, open, needs, c.open, c.needs)
		}
	}
}

func TestPassingTellsWhatItUnlocked(t *testing.T) {
	d := leveled(t, 3)
	unlocked := func(before contest.History, finished contest.Attempt) (keys []string) {
		now := finished.FinishedAt
		after := append(slices.Clip(before), finished)
		for _, level := range d.Unlocked(d.Locked(d.Summarize(of(before), now), now), d.Summarize(of(after), now), now) {
			keys = append(keys, level.Key)
		}
		return keys
	}
	before := contest.History{failed("level-0")}
	if got := unlocked(before, passed("level-0")); !slices.Equal(got, []string{"level-1"}) {
		t.Errorf("the first pass unlocks %v, want level-1", got)
	}
	if got := unlocked(append(before, passed("level-0")), passed("level-0")); got != nil {
		t.Errorf("the second pass unlocks %v, want nothing", got)
	}
	if got := unlocked(before, failed("level-0")); got != nil {
		t.Errorf("a failed attempt unlocks %v", got)
	}
}

func TestWhoMayStartWhen(t *testing.T) {
	d := parsed(t, twoLevels)
	morning, midnight := shanghai(t, "2026-06-16 09:00:00"), shanghai(t, "2026-06-17 00:00:00")
	three := today(d, morning, failed("first"), failed("first"), passed("first"))
	four := append(slices.Clone(three), contest.Attempt{Level: "second", Ordinal: 1, FinishedAt: 1},
		contest.Attempt{Level: "second", Ordinal: 2, FinishedAt: 1})
	cases := []struct {
		name    string
		history contest.History
		level   string
		now     int64
		err     error
		ordinal int
	}{
		{"before it opens", nil, "first", d.Window.Opens.MS - 1, contest.ErrNotOpen, 0},
		{"when it opens", nil, "first", d.Window.Opens.MS, nil, 1},
		{"in its last millisecond", nil, "first", d.Window.Closes.MS - 1, nil, 1},
		{"when it closes", nil, "first", d.Window.Closes.MS, contest.ErrClosed, 0},
		{"a level that is not there", nil, "third", morning, contest.ErrNoLevel, 0},
		{"a level that is not there, after the end", nil, "third", d.Window.Closes.MS, contest.ErrNoLevel, 0},
		{"a locked level", today(d, morning, failed("first")), "second", morning, contest.ErrLocked, 0},
		{"the next level", three, "second", morning, nil, 1},
		{"the third try", three[:2], "first", morning, nil, 3},
		{"a fourth try", three, "first", morning, contest.ErrNoTries, 0},
		{"a fourth try in the day's last millisecond", three, "first", midnight - 1, contest.ErrNoTries, 0},
		{"a fourth try at midnight", three, "first", midnight, nil, 1},
		{"a third try of a level with two", four, "second", morning, contest.ErrUsedUp, 0},
		{"a third try of a level with two, days later", four, "second", d.Window.Closes.MS - 1, contest.ErrUsedUp, 0},
	}
	for _, c := range cases {
		a, _, err := d.NewAttempt(d.Summarize(of(c.history), c.now), c.level, c.now, false)
		// The very error: two of them have one code and tell different things.
		if err != c.err || a.Ordinal != c.ordinal {
			t.Errorf("%s: ordinal %d, %v; want %d, %v", c.name, a.Ordinal, err, c.ordinal, c.err)
		}
	}
}

func TestTriesAreCountedByTheDayOfTheContestsOwnClock(t *testing.T) {
	d := parsed(t, twoLevels)
	level := &d.Levels[0]
	cases := map[string]int{
		"2026-06-16 00:00:00": 20260616,
		"2026-06-16 07:59:59": 20260616, // still the 15th in UTC
		"2026-06-16 08:00:00": 20260616,
		"2026-06-16 23:59:59": 20260616,
		"2026-06-17 00:00:00": 20260617,
		"2026-12-31 23:59:59": 20261231,
		"2027-01-01 00:00:00": 20270101,
	}
	for text, want := range cases {
		if got := d.PeriodOf(level.Attempts.Per, shanghai(t, text)); got != want {
			t.Errorf("at %s the period is %d, want %d", text, got, want)
		}
	}
	if got := d.PeriodOf(d.Levels[1].Attempts.Per, shanghai(t, "2026-06-16 07:00:00")); got != 0 {
		t.Errorf("tries counted for the contest have the period %d, want 0", got)
	}
	before, at := shanghai(t, "2026-06-17 00:00:00")-1, shanghai(t, "2026-06-17 00:00:00")
	used := today(d, before, failed("first"), failed("first"), failed("first"))
	if left := d.LevelStates(d.Summarize(of(used), before), before)[0].TriesLeft; left != 0 {
		t.Errorf("%d tries left before midnight, want 0", left)
	}
	if left := d.LevelStates(d.Summarize(of(used), at), at)[0].TriesLeft; left != 3 {
		t.Errorf("%d tries left at midnight, want 3", left)
	}
}

// The clocks of New York stand still for an hour in November and jump in March.
func TestADayIsACalendarDayWhereClocksChange(t *testing.T) {
	d := parsed(t, changed(t, "bank: safety", "bank: safety\ntimezone: America/New_York"))
	cases := map[int64]int{
		1_772_945_999_000: 20260307, // 2026-03-07 23:59:59 EST
		1_772_946_000_000: 20260308,
		1_773_028_799_000: 20260308, // 2026-03-08 23:59:59 EDT: a day of 23 hours
		1_773_028_800_000: 20260309,
		1_793_505_600_000: 20261101, // 2026-11-01 00:00:00 EDT
		1_793_595_599_000: 20261101, // 2026-11-01 23:59:59 EST: a day of 25 hours
		1_793_595_600_000: 20261102,
	}
	for ms, want := range cases {
		if got := d.Day(ms); got != want {
			t.Errorf("%d is on %d, want %d", ms, got, want)
		}
	}
}

func TestAnAttemptEndsAtItsTimeOrWithTheContest(t *testing.T) {
	d := parsed(t, twoLevels) // ten minutes, and one for each explanation but the last
	closes := d.Window.Closes.MS
	lasts := int64(600_000 + (d.Levels[0].Count()-1)*60_000)
	for now, want := range map[int64]int64{
		closes - lasts - 1: closes - 1,
		closes - lasts:     closes,
		closes - lasts + 1: closes,
		closes - 1:         closes,
	} {
		a, _, err := d.NewAttempt(d.Summarize(of(nil), now), "first", now, false)
		if err != nil || a.DeadlineAt != want {
			t.Errorf("begun %d ms before the end, it ends %d ms before, %v; want %d", closes-now, closes-a.DeadlineAt,
				err, closes-want)
		}
	}
}

func TestAnAttemptIsUnderWayUntilItsDeadline(t *testing.T) {
	d := parsed(t, twoLevels)
	open := contest.Attempt{ID: 7, Level: "first", DeadlineAt: 1000}
	done := contest.Attempt{ID: 6, Level: "first", DeadlineAt: 1000, FinishedAt: 500}
	h := contest.History{done, open}
	for now, want := range map[int64]bool{999: true, 1000: true, 1001: false} {
		a, underWay := d.Summarize(of(h), now).UnderWay("first", now)
		if underWay != want || want && a.ID != 7 {
			t.Errorf("at %d: %v %v, want %v", now, a.ID, underWay, want)
		}
		if state := d.LevelStates(d.Summarize(of(h), now), now)[0]; state.UnderWay != want {
			t.Errorf("at %d the level says %v", now, state.UnderWay)
		}
	}
	if _, underWay := d.Summarize(of(h), 1).UnderWay("second", 1); underWay {
		t.Error("an attempt at one level is under way at another")
	}
}

func TestStarsAreForPassingForFourFifthsAndForAll(t *testing.T) {
	d := leveled(t, 1)
	for score, want := range map[int]int{60: 1, 79: 1, 80: 2, 99: 2, 100: 3} {
		if got := d.Levels[0].Stars(score); got != want {
			t.Errorf("%d of 100 points give %d stars, want %d", score, got, want)
		}
	}
	h := contest.History{{Level: "level-0", FinishedAt: 1, Score: 50}}
	if state := d.LevelStates(d.Summarize(of(h), 1), 1)[0]; state.Stars != 0 || state.Best != 50 || state.Passed {
		t.Errorf("a level that was not passed stands at %+v", state)
	}
}

func TestOnlyFinishedAttemptsCountForTheBest(t *testing.T) {
	h := contest.History{
		{Level: "a", FinishedAt: 3, Score: 40}, {Level: "a", FinishedAt: 9, Score: 70},
		{Level: "a", FinishedAt: 12, Score: 60}, {Level: "a", Score: 90}, {Level: "b", FinishedAt: 1, Score: 100},
	}
	if got := h.Best("a"); got != 70 {
		t.Errorf("the best is %d, want 70", got)
	}
}

// Shanghai had summer time from 1986 to 1991: a day of 23 hours in April, one of
// 25 in September.
func TestADayOfShanghaiIsADayAlsoWhenItsClocksChanged(t *testing.T) {
	d := parsed(t, changed(t, "opens: 2026-06-01 08:00, closes: 2026-06-30 22:00",
		"opens: 1988-04-01 08:00, closes: 1988-10-01 22:00"))
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	for date, hours := range map[string]int64{"1988-04-16": 24, "1988-04-17": 23, "1988-09-11": 25, "1988-09-12": 24} {
		noon, _ := time.ParseInLocation("2006-01-02 15", date+" 12", zone)
		from, to := d.Bounds(contest.PerDay, noon.UnixMilli())
		if to-from != hours*time.Hour.Milliseconds() || d.Day(from) != d.Day(to-1) || d.Day(to) == d.Day(from) ||
			d.Day(from-1) == d.Day(from) {
			t.Errorf("%s lasts %d ms", date, to-from)
		}
		first := contest.Attempt{ID: 1, Level: "first", StartedAt: from, FinishedAt: from}
		if left := d.LevelStates(d.Summarize(of(contest.History{first}), to-1), to-1)[0].TriesLeft; left != 2 {
			t.Errorf("%s: %d tries are left in the day's last moment, want 2", date, left)
		}
		if left := d.LevelStates(d.Summarize(of(contest.History{first}), to), to)[0].TriesLeft; left != 3 {
			t.Errorf("%s: %d tries are left at midnight, want 3", date, left)
		}
	}
}
