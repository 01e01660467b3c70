package contest_test

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/question"
)

func TestTheLeastTimeGrowsWithWhatMustBeReadAndStaysUnderAnybodysReading(t *testing.T) {
	span := func(d time.Duration) *contest.Span { s := contest.Span(d); return &s }
	for _, c := range []struct {
		name    string
		stem    string
		options []string
		least   *contest.Span
		want    int64
	}{
		{"a short statement", "电梯可以用来逃生。", question.TrueFalseOptions, nil, 300},
		{"forty characters and four short options", strings.Repeat("题", 40), []string{"甲乙", "丙丁", "戊己", "庚辛"},
			nil, 440},
		{"letters are read faster", strings.Repeat("a", 160), nil, nil, 480},
		{"nobody needs all of a long text", strings.Repeat("题", 1000), nil, nil, 1500},
		{"the level says more", "短。", nil, span(2 * time.Second), 2000},
		{"the level says less than the text", strings.Repeat("题", 100), nil, span(time.Millisecond), 1000},
		{"the level sets none", strings.Repeat("题", 100), nil, span(0), 0},
	} {
		level := contest.Level{Time: contest.Time{Least: c.least}}
		q := question.Question{Stem: c.stem, Options: c.options}
		if got := level.LeastFor(&q); got != c.want {
			t.Errorf("%s takes at least %d ms, want %d", c.name, got, c.want)
		}
	}
}

func TestThreeAnswersThatAreTooFastHoldAnAttempt(t *testing.T) {
	for _, c := range []struct {
		hasty, asked int
		training     bool
		want         contest.Held
	}{
		{0, 10, false, contest.HeldNot}, {2, 10, false, contest.HeldNot}, {3, 10, false, contest.HeldWaits},
		{10, 10, false, contest.HeldWaits}, {10, 10, true, contest.HeldNot}, {2, 2, false, contest.HeldWaits},
		{1, 2, false, contest.HeldNot}, {1, 1, false, contest.HeldNot},
	} {
		if got := contest.HeldBy(c.hasty, c.asked, c.training); got != c.want {
			t.Errorf("%d of %d, training %v: %d, want %d", c.hasty, c.asked, c.training, got, c.want)
		}
	}
}
