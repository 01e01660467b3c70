package contest_test

import (
	"errors"
	"strings"
	"testing"

	"anquanda/internal/contest"
)

func TestNobodyIsAskedMoreInADayThanAnybodyReads(t *testing.T) {
	d := parsed(t, changed(t, "pass: 3\n", "pass: 3\n    attempts: {max: 0}\n"))
	noon := shanghai(t, "2026-06-16 12:00:00")
	level, _, _ := d.Level("first")
	for _, c := range []struct {
		name  string
		ended []int // questions reached in attempts of the day that ended
		open  int   // attempts under way
		at    int64
		want  error
	}{
		{"nothing was read", nil, 0, noon, nil},
		{"one short of the bound", []int{contest.ReadMost - 1}, 0, noon, nil},
		{"at the bound", []int{600, contest.ReadMost - 600}, 0, noon, contest.ErrEnough},
		{"what is under way counts whole", []int{contest.ReadMost - 5}, 1, noon, contest.ErrEnough},
		{"the next day", []int{contest.ReadMost}, 0, noon + 24*3_600_000, nil},
	} {
		var h contest.History
		for i, reached := range c.ended {
			h = append(h, contest.Attempt{ID: int64(i + 1), Level: "first", Period: 20260616, Ordinal: i + 1,
				StartedAt: noon - 9000, DeadlineAt: noon, FinishedAt: noon - 8000, Reached: reached, Held: contest.Held(i % 2)})
		}
		for i := range c.open {
			h = append(h, contest.Attempt{ID: int64(90 + i), Level: "first", Period: 20260616, Ordinal: 90 + i,
				StartedAt: noon - 7000, DeadlineAt: noon})
		}
		s := d.Summarize(of(h), c.at)
		_, _, err := d.NewAttempt(s, "first", c.at, false)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
		left := d.LeftAt(level, s, c.at)
		if want := (contest.Left{Tries: 0, Per: contest.PerDay}); c.want != nil && left != want {
			t.Errorf("%s: %+v is left", c.name, left)
		}
		if c.want == nil && left.Tries != contest.Unlimited {
			t.Errorf("%s: %+v is left", c.name, left)
		}
	}
}

func TestWhatTheBoundsOnAttemptsComeToInADay(t *testing.T) {
	for _, c := range []struct {
		first, over string
		want        int
		bounded     bool
	}{
		{"{max: 4}", "", 4*5 + 2*3, true},
		{"{max: 4, per: contest}", "", 4*5 + 2*3, true},
		{"{max: 0}", "", 2 * 3, false},
		{"{max: 0}", "attempts: [{max: 7}]", 7 * 5, true},
		{"{max: 0}", "attempts: [{max: 7, of: levels}]", 2 * 3, false},
		{"{max: 4}", "attempts: [{max: 100}, {max: 3, per: week}]", 3 * 5, true},
	} {
		d := parsed(t, strings.Replace(twoLevels, "pass: 3\n", "pass: 3\n    attempts: "+c.first+"\n", 1)+c.over+"\n")
		if got, bounded := d.ReadADay(); bounded != c.bounded || bounded && got != c.want {
			t.Errorf("%s %s: %d, %v; want %d, %v", c.first, c.over, got, bounded, c.want, c.bounded)
		}
	}
}

func TestWithoutPublishedAnswersOnlyHalfAPaperIsScored(t *testing.T) {
	sudden, stair := contest.Level{Ends: contest.Ends{Wrong: 1}}, contest.Level{Steps: &contest.Steps{Goal: 3}}
	for _, c := range []struct {
		name            string
		feedback        contest.Feedback
		level           contest.Level
		run             contest.Run
		answered, asked int
		want            bool
	}{
		{"one of ten, told after each", contest.FeedbackEach, contest.Level{}, contest.Run{}, 1, 10, true},
		{"one of ten, told at the end", contest.FeedbackEnd, contest.Level{}, contest.Run{}, 1, 10, true},
		{"one of ten, not told", contest.FeedbackNone, contest.Level{}, contest.Run{}, 1, 10, false},
		{"four of ten", contest.FeedbackNone, contest.Level{}, contest.Run{}, 4, 10, false},
		{"five of ten", contest.FeedbackNone, contest.Level{}, contest.Run{}, 5, 10, true},
		{"one of three", contest.FeedbackNone, contest.Level{}, contest.Run{}, 1, 3, false},
		{"two of three", contest.FeedbackNone, contest.Level{}, contest.Run{}, 2, 3, true},
		{"one of one", contest.FeedbackNone, contest.Level{}, contest.Run{}, 1, 1, true},
		{"ended by a wrong answer", contest.FeedbackNone, sudden, contest.Run{Wrong: 1}, 2, 10, true},
		{"given up before one", contest.FeedbackNone, sudden, contest.Run{}, 2, 10, false},
		{"at the top of a stair", contest.FeedbackNone, stair, contest.Run{Steps: 3}, 3, 10, true},
		{"given up on a stair", contest.FeedbackNone, stair, contest.Run{Steps: 2}, 2, 10, false},
	} {
		d := contest.Definition{Feedback: c.feedback}
		if got := d.Scores(&c.level, c.run, c.answered, c.asked); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	d := parsed(t, changed(t, "pass: 3\n", "pass: 3\n    retry: wrong\n"))
	if d.Levels[0].Retry != contest.RetryWrong {
		t.Error("where answers are told, wrong ones are asked again")
	}
	d = parsed(t, strings.NewReplacer("pass: 3\n", "pass: 3\n    retry: wrong\n",
		"bank: safety", "bank: safety\nfeedback: none").Replace(twoLevels))
	if d.Levels[0].Retry != contest.RetryAll {
		t.Error("what is asked again tells what was right")
	}
}
