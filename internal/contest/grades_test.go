package contest_test

import (
	"slices"
	"testing"

	"anquanda/internal/contest"
)

const threeGrades = `
certificates:
  - {key: a, title: 优秀, text: 好, grade: g, score: true, who: {best: {level: first, score: 50}}}
  - {key: b, title: 良好, text: 好, grade: g, who: {best: {level: first, score: 40}}}
  - {key: other, title: 全勤, text: 好, score: true, who: {finished: 1}}
  - {key: c, title: 合格, text: 好, grade: g, who: {best: {level: first, score: 30}}}
`

func TestOfAGradeTheFirstThatIsReachedIsGiven(t *testing.T) {
	d := parsed(t, twoLevels+threeGrades)
	of := func(keys ...string) (all []contest.Certificate) {
		for _, c := range d.Certificates {
			if slices.Contains(keys, c.Key) {
				all = append(all, c)
			}
		}
		return all
	}
	for _, c := range []struct{ reached, given []string }{
		{nil, nil},
		{[]string{"c"}, []string{"c"}},
		{[]string{"b", "c"}, []string{"b"}},
		{[]string{"a", "b", "c", "other"}, []string{"a", "other"}},
		{[]string{"other"}, []string{"other"}},
	} {
		var got []string
		for _, given := range contest.Graded(of(c.reached...)) {
			got = append(got, given.Key)
		}
		if !slices.Equal(got, c.given) {
			t.Errorf("of %v are given %v", c.reached, got)
		}
	}
	for _, c := range []struct {
		key, than string
		better    bool
	}{{"a", "b", true}, {"b", "a", false}, {"a", "a", false}, {"a", "other", false}, {"a", "gone", false}} {
		if got := d.Better(&of(c.key)[0], c.than); got != c.better {
			t.Errorf("%s is better than %s: %v", c.key, c.than, got)
		}
	}
}

func TestACertificateBearsTheScoreThatItAsksFor(t *testing.T) {
	d := parsed(t, twoLevels+threeGrades)
	at := d.Window.Opens.MS
	s := d.Summarize(of(contest.History{{ID: 1, Level: "first", StartedAt: at, FinishedAt: at, Score: 50},
		{ID: 2, Level: "second", StartedAt: at, FinishedAt: at, Score: 20}}), at)
	for i, want := range []string{"50", "", "70", ""} { // of its level, none, of all levels, none
		if got := d.ScoreOn(&d.Certificates[i], s); got != want {
			t.Errorf("%s bears %q", d.Certificates[i].Title, got)
		}
	}
}
