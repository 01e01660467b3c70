package simulation_test

import (
	"testing"

	"anquanda/internal/contest/simulation"
	"anquanda/internal/testkit/contests"
)

// In a contest of eight minutes nobody reads three materials of five minutes each.
func TestReadingAMaterialTakesItsTime(t *testing.T) {
	begun := func(material string) (levels [3]int64) {
		d := contests.Parsed(t, `contest: study
title: 先学后答
organizer: 县应急管理局
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-01 08:08}
levels:
  - {key: one, title: 甲, questions: [{count: 1}]`+material+`}
  - {key: two, title: 乙, questions: [{count: 1}]`+material+`}
  - {key: three, title: 丙, questions: [{count: 1}]`+material+`}
`)
		r := simulation.Run(d, simulation.Config{Players: 800, Days: 1, Seed: 5})
		for i := range levels {
			levels[i] = r.Levels[i].Begun
		}
		return levels
	}
	free, after := begun(""), begun(", material: {title: 经过, text: [三辆车。], least: 5m}")
	if free[2] == 0 || after[0] == 0 || after[2] != 0 {
		t.Errorf("levels were begun %v times, with materials %v times", free, after)
	}
}
