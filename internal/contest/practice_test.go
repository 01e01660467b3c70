package contest_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/contest"
)

// practised is a contest of two levels with one for practice between them, and a bound of
// one attempt a day over all levels.
func practised(t *testing.T) *contest.Definition {
	text := strings.Replace(twoLevels, "  - key: second\n", `  - key: easy
    title: 练习
    practice: true
    questions: [{count: 2, list: [a, b]}]
    attempts: {max: 0}
  - key: second
`, 1)
	return parsed(t, text+`attempts: [{max: 1, per: day}]
earnings:
  - {key: each, for: attempt, give: {points: 5}}
certificates:
  - {key: all, title: 全部通过, text: 证书, who: {passed: [all]}}
`)
}

func TestPracticeCountsForNothingAndTakesNobodyATry(t *testing.T) {
	d := practised(t)
	now := d.Window.Opens.MS + time.Hour.Milliseconds()
	s := d.Summarize(of(nil), now)
	a, slots, err := d.NewAttempt(s, "easy", now, false)
	if err != nil || !a.Training() || len(slots) > 0 {
		t.Fatalf("the attempt %+v takes %v: %v", a, slots, err)
	}
	a.ID, a.FinishedAt, a.Score, a.Correct, a.Passed, a.Full = 1, now+1, 20, 2, true, true
	history := contest.History{a}
	for n := range 3 { // again and again
		s = d.Summarize(of(history), now+10)
		b, _, err := d.NewAttempt(s, "easy", now+10, false)
		if err != nil || b.Ordinal != n+2 || b.Period != a.Period {
			t.Fatalf("the next attempt %+v: %v", b, err)
		}
		b.ID, b.FinishedAt, b.Score = int64(n+2), now+10, 10
		history = append(history, b)
	}
	s = d.Summarize(of(history), now+20)
	if s.Ended != 0 || s.Full || d.BestSum(s) != 0 || len(d.EarnAttempt(s, a)) > 0 || len(d.Totals(s)) > 0 {
		t.Errorf("practice counts: %+v earns %v, totals %v", s, d.EarnAttempt(s, a), d.Totals(s))
	}
	states := d.LevelStates(s, now+20)
	if st := states[1]; !st.Open || !st.Passed || st.Best != 20 || st.TriesLeft != contest.Unlimited {
		t.Errorf("the level for practice stands as %+v", st)
	}
	if states[0].TriesLeft != 1 || !states[0].Open || states[2].Open {
		t.Errorf("the others stand as %+v and %+v", states[0], states[2])
	}

	// And what is taken by those that count does not keep anybody from practice.
	one, slots, err := d.NewAttempt(s, "first", now+20, false)
	if err != nil || one.Training() || len(slots) != 1 {
		t.Fatalf("the attempt %+v takes %v: %v", one, slots, err)
	}
	one.ID, one.FinishedAt, one.Score, one.Passed = 9, now+30, 50, true
	s = d.Summarize(of(append(history, one)), now+40)
	if states = d.LevelStates(s, now+40); states[1].TriesLeft != contest.Unlimited || states[2].TriesLeft != 0 {
		t.Errorf("afterwards the levels stand as %+v", states)
	}
	if !states[2].Open {
		t.Error("passing the first level does not open the second behind practice")
	}
	two := one
	two.ID, two.Level = 10, "second"
	s = d.Summarize(of(append(history, one, two)), now+50)
	if who := d.Certificates[0].Who; !d.MeetsNow(who, s) {
		t.Error("all levels that count were passed, and the certificate asks for practice too")
	}
	if most, bounded := d.ReadADay(); bounded {
		t.Errorf("practice without bound is bounded to %d questions", most)
	}
}

func TestALevelMayOpenByPractice(t *testing.T) {
	d := practised(t)
	level, _, _ := d.Level("second")
	level.After = []contest.After{{Level: "easy", By: contest.ByFinished, Same: contest.PerContest}}
	now := d.Window.Opens.MS
	a := contest.Attempt{ID: 1, Level: "easy", Period: -1, Ordinal: 1, StartedAt: now, FinishedAt: now + 1}
	for played, h := range map[bool]contest.History{false: nil, true: {a}} {
		if open := d.LevelStates(d.Summarize(of(h), now+2), now+2)[2].Open; open != played {
			t.Errorf("practised %v: the level is open %v", played, open)
		}
	}
}

func TestNothingIsGivenForALevelForPractice(t *testing.T) {
	for text, path := range map[string]string{
		"earnings: [{key: x, for: attempt, levels: [first], give: {points: 1}}]\n": "earnings[0].levels[0]",
		"certificates: [{key: x, title: 证书, who: {passed: [first]}}]\n":            "certificates[0].who.passed[0]",
		"certificates: [{key: x, title: 证书, who: {best: {level: first, right: 1}}}]\n": "" +
			"certificates[0].who.best.level",
	} {
		_, err := contest.Parse("x", []byte(changed(t, "    title: 第一关\n", "    title: 第一关\n    practice: true\n")+text))
		if err == nil || !strings.Contains(err.Error(), path+`: "first" is a level for practice`) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestADrawMayNameItsQuestions(t *testing.T) {
	bank := bankOf(20)
	level := &contest.Level{Questions: []contest.Draw{{Count: 2, List: []string{"3", "7", "11"}}, {Count: 5}}}
	pools := poolsOf(t, level, bank)
	if !slices.Equal(pools[0], contest.Pool{3, 7, 11}) {
		t.Errorf("the named ones are %v", pools[0])
	}
	for seed := range uint64(200) {
		paper := level.Paper(pools, nil, seed)
		named := 0
		for _, asked := range paper {
			if asked.Draw == 0 && slices.Contains(pools[0], asked.Question) {
				named++
			}
		}
		if named != 2 {
			t.Fatalf("seed %d: %v", seed, paper)
		}
	}
	many := "count: 5, list: [" + strings.Repeat("x, ", 500) + "y]"
	for to, want := range map[string]string{
		"count: 3, list: [a, b]":    "questions[0].count: 3 questions are wanted, the list names only 2",
		"count: 1, list: [a, a]":    `questions[0].list[1]: the list holds the question "a" twice`,
		"count: 1, list: [\"\"]":    "questions[0].list[0]: the text is missing",
		"count: 3, list: [1, 2, 3]": "",
		many:                        "questions[0].list: a list names 500 questions at most",
	} {
		_, err := contest.Parse("x", []byte(changed(t, "{count: 5, kinds: [single]}", "{"+to+"}")))
		if want == "" != (err == nil) || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: %v, want %s", to, err, want)
		}
	}
}
