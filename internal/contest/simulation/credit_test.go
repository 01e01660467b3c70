package simulation_test

import (
	"testing"

	"anquanda/internal/contest/simulation"
	"anquanda/internal/testkit/contests"
)

func TestWhatTheCrowdHasRightInPartScoresAndWhatIsWrongTakesOff(t *testing.T) {
	run := func(more string) simulation.LevelCount {
		d := contests.Parsed(t, `contest: graded
title: 计分
organizer: 测试
bank: safety
window: {opens: 2026-06-01, closes: 2026-06-06}
levels: [{key: a, title: 甲, questions: [{count: 5, kinds: [multiple]}], score: 4`+more+`}]
`)
		return simulation.Run(d, simulation.Config{Players: 500, Days: 5, Seed: 7}).Levels[0]
	}
	mean := func(l simulation.LevelCount) float64 { return l.Score / float64(l.Begun) }
	plain, part := run(""), run(", partial: {score: 2}")
	minus, slow := run(", minus: 2"), run(", speed: {within: 3s, least: 50}")
	if plain.Partly != 0 || part.Partly == 0 || mean(part) <= mean(plain) || part.Most > 20 {
		t.Errorf("without credit it is %+v, with %+v", plain, part)
	}
	if mean(minus) >= mean(plain) || mean(slow) >= mean(plain) || mean(slow) < mean(plain)/2 {
		t.Errorf("mean scores are %v, with minus %v, by speed %v", mean(plain), mean(minus), mean(slow))
	}
}
