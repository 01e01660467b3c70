package simulation_test

import (
	"fmt"
	"reflect"
	"runtime"
	"testing"

	"anquanda/internal/contest/simulation"
	"anquanda/internal/testkit/contests"
)

func TestTheSameSeedGivesTheSameResultOnAnyNumberOfCores(t *testing.T) {
	for slug, d := range contests.Shipped(t) {
		config := simulation.Config{Players: 600, Days: 10, Seed: 7}
		first := simulation.Run(d, config)
		cores := runtime.GOMAXPROCS(1)
		again := simulation.Run(d, config)
		runtime.GOMAXPROCS(cores)
		if !reflect.DeepEqual(first, again) {
			t.Errorf("%s: %+v\nand again %+v", slug, first, again)
		}
		config.Seed++
		if reflect.DeepEqual(first.Levels, simulation.Run(d, config).Levels) {
			t.Errorf("%s: another seed gives the same", slug)
		}
	}
}

// What nobody can exceed by the words of the contests, whatever the crowd does.
func TestNobodyExceedsTheCapsOfTheRealContests(t *testing.T) {
	all := contests.Shipped(t)
	run := func(slug string, days int) *simulation.Result {
		return simulation.Run(all[slug], simulation.Config{Players: 2000, Days: days, Seed: 1})
	}
	if r := run("shenzhen-library-2020", 30); r.Points.Most > 43*30 || r.Points.Most < 43*5 {
		t.Errorf("with 43 points a day somebody has %v after 30 days", r.Points.Most)
	}
	r := run("changzhou-2021", 6)
	if r.Chances.Most > 5 || r.Cards[5] == 0 || r.Drawings[0].Players != r.Cards[5] {
		t.Errorf("five themes give %+v chances, cards %v, and %d stand in the final draw", r.Chances, r.Cards,
			r.Drawings[0].Players)
	}
	if r := run("beijing-fire-2021", 22); r.Levels[0].Begun > 2000 {
		t.Errorf("2000 players with one attempt made %d", r.Levels[0].Begun)
	}
	if r := run("fire-association-2020", 184); r.Chances.Most > 60 {
		t.Errorf("somebody has %v draws of six periods", r.Chances.Most)
	}
}

func TestWhatIsRefusedIsCountedByWhy(t *testing.T) {
	r := simulation.Run(contests.Shipped(t)["safety-power-2021"], simulation.Config{Players: 500, Days: 5, Seed: 3})
	if r.Refused["level_locked"] == 0 || r.Refused["no_tries_left"] == 0 {
		t.Errorf("refused were %v", r.Refused)
	}
	if got := fmt.Sprint(r.Rules[0].Rule, r.Rules[1].Rule); got != "pointsfive" || r.Rules[1].Chances == 0 {
		t.Errorf("rules gave %+v", r.Rules)
	}
}

func BenchmarkAPlayerOf30Days(b *testing.B) {
	for _, slug := range []string{"workmonth", "shenzhen-library-2020", "safety-power-2021", "changzhou-2021"} {
		d := contests.Shipped(b)[slug]
		b.Run(slug, func(b *testing.B) {
			b.ReportAllocs()
			var decisions int64
			for i := range b.N {
				decisions += simulation.Run(d, simulation.Config{Players: 1, Days: 30, Seed: uint64(i)}).Decisions
			}
			b.ReportMetric(float64(decisions)/float64(b.N), "decisions/op")
		})
	}
}

func TestNoSimulatedAttemptIsWorthMoreThanTheFullScore(t *testing.T) {
	d := contests.Parsed(t, `contest: sc
title: 分值
organizer: 测试
window: {opens: 2026-06-01, closes: 2026-06-10}
bank: safety
levels:
  - {key: a, title: 甲, questions: [{count: 1, score: 1}, {count: 1, score: 99}]}
  - {key: b, title: 乙, after: [], pass: 3, retry: wrong, questions: [{count: 2, score: 1}, {count: 1, score: 50}]}
`)
	r := simulation.Run(d, simulation.Config{Players: 500, Days: 8, Seed: 4})
	if r.Levels[0].Most != 100 || r.Levels[1].Most != 52 {
		t.Errorf("the highest scores are %v of 100 and %v of 52", r.Levels[0].Most, r.Levels[1].Most)
	}
}

// Whoever comes to a better grade has come to the lesser ones too, so the grades together
// are as many as reach the least of them.
func TestOfAGradeEachPlayerOfACrowdGetsOneCertificate(t *testing.T) {
	certificate := `  - {key: %s, title: 证书, text: 好, grade: "%s", who: {best: {level: only, share: %d}}}` + "\n"
	certified := func(grade string) map[string]int64 {
		d := contests.Parsed(t, `contest: graded
title: 分等级
organizer: 办公室
bank: safety
window: {opens: 2026-06-01, closes: 2026-06-11}
levels: [{key: only, title: 一关, questions: [{count: 10}], pass: 5, attempts: {max: 3}}]
certificates:
`+fmt.Sprintf(certificate, "best", grade, 90)+fmt.Sprintf(certificate, "good", grade, 70)+
			fmt.Sprintf(certificate, "fair", grade, 50))
		return simulation.Run(d, simulation.Config{Players: 500, Days: 10, Seed: 1}).Certified
	}
	graded, alone := certified("g"), certified("")
	if graded["best"] == 0 || graded["good"] == 0 || graded["fair"] == 0 || graded["best"] != alone["best"] ||
		graded["best"]+graded["good"]+graded["fair"] != alone["fair"] {
		t.Errorf("of a grade %v are given, one by one %v", graded, alone)
	}
}
