package contest_test

import (
	"strings"
	"testing"

	"anquanda/internal/contest"
)

// forBest is a certificate for the best attempt at the first level.
func forBest(asked string) string {
	return "certificates: [{key: c, title: 证, text: 好, who: {best: {level: first, " + asked + "}}}]\n"
}

// The first level has 5 questions of 10 points. What a condition looks at is the same by
// the record and by its summary.
func TestTheBestAttemptAtALevelMeetsAConditionByJustEnough(t *testing.T) {
	for _, c := range []struct {
		best string
		met  bool
	}{
		{"score: 30", true}, {"score: 31", false},
		{"right: 4", true}, {"right: 5", false},
		{"share: 80", true}, {"share: 81", false}, // 4 of 5 are 80 %
		{"share: 61", true}, // begun questions count whole: 4 of them
	} {
		d := parsed(t, twoLevels+forBest(c.best))
		at := d.Window.Opens.MS
		r := of(contest.History{
			{ID: 1, Level: "first", Ordinal: 1, StartedAt: at, FinishedAt: at, Score: 20, Correct: 4},
			{ID: 2, Level: "first", Ordinal: 2, StartedAt: at, FinishedAt: at, Score: 30, Correct: 3},
			{ID: 3, Level: "first", Ordinal: 3, StartedAt: at, FinishedAt: at, Score: 50, Correct: 5,
				Held: contest.HeldWaits},
			{ID: 4, Level: "first", Ordinal: 1, Period: -1, StartedAt: at, FinishedAt: at, Score: 50, Correct: 5},
			{ID: 5, Level: "second", Ordinal: 1, StartedAt: at, FinishedAt: at, Score: 50, Correct: 5},
		})
		who := d.Certificates[0].Who
		if got := d.Meets(who, r, at, d.Window.Closes.MS); got != c.met {
			t.Errorf("%s is met: %v", c.best, got)
		}
		if got := d.MeetsNow(who, d.Summarize(r, at)); got != c.met {
			t.Errorf("%s is met now: %v", c.best, got)
		}
	}
}

func TestASummaryKeepsRightAnswersOnlyWhereAConditionAsks(t *testing.T) {
	for _, c := range []struct {
		asked string
		right int
	}{{"", 0}, {forBest("score: 10"), 0}, {forBest("right: 1"), 4}, {forBest("share: 10"), 4}} {
		d := parsed(t, twoLevels+c.asked)
		at := d.Window.Opens.MS
		r := of(contest.History{{ID: 1, Level: "first", StartedAt: at, FinishedAt: at, Score: 40, Correct: 4}})
		s := d.Summarize(r, at)
		if got := s.Levels["first"].Right; got != c.right {
			t.Errorf("%q: the summary keeps %d right answers", c.asked, got)
		}
	}
}

func TestTheBestAttemptIsAskedForOneThingOfALevel(t *testing.T) {
	for _, c := range []struct{ best, path string }{
		{"level: first", ""},
		{"level: first, score: 1, right: 1", ""},
		{"level: first, right: 6", ".right"},
		{"level: third, right: 1", ".level"},
		{"level: first, score: 2.5", ".score"}, // scores of this contest are whole
	} {
		_, err := contest.Parse("demo.yaml", []byte(twoLevels+
			"certificates: [{key: c, title: 证, text: 好, who: {best: {"+c.best+"}}}]\n"))
		findings, _ := err.(contest.Findings)
		if len(findings) != 1 || findings[0].Path != "certificates[0].who.best"+c.path || findings[0].Line == 0 ||
			!strings.ContainsAny(findings[0].Words, "题关写整") {
			t.Errorf("%s: %v", c.best, err)
		}
	}
}
