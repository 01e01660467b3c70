package report

import (
	"slices"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/identity/personal"
)

func TestAnOptionThatFewChoseIsHiddenAndSoIsWhatWouldTellIt(t *testing.T) {
	field := contest.Field{Options: []string{"甲", "乙", "丙", "丁"}}
	for _, c := range []struct {
		counts []int64
		hidden []bool
	}{
		{[]int64{40, 30, 20, 10}, []bool{false, false, false, false}},
		{[]int64{40, 30, 20, 0}, []bool{false, false, false, false}},
		{[]int64{40, 30, 20, 3}, []bool{false, false, true, true}}, // of all, less the others, 3 would be left
		{[]int64{40, 30, 3, 3}, []bool{false, false, true, true}},  // six together tell of nobody
		{[]int64{0, 0, 0, 2}, []bool{false, false, false, true}},
	} {
		var hidden []bool
		for _, o := range OptionsOf(personal.Choice{Field: field, Counts: c.counts}) {
			hidden = append(hidden, o.Hidden)
		}
		if !slices.Equal(hidden, c.hidden) {
			t.Errorf("%v: hidden are %v, want %v", c.counts, hidden, c.hidden)
		}
	}
}

func TestAClassTellsNothingThatItsOptionsDoNot(t *testing.T) {
	field := contest.Field{Options: []string{"负责人", "职工", "学生", "教师"}, Classes: []contest.OptionClass{
		{Option: "负责人", Class: contest.ClassPrincipal}, {Option: "负责人", Class: contest.ClassEnterprise},
		{Option: "职工", Class: contest.ClassEnterprise}, {Option: "学生", Class: contest.ClassSchool}}}
	for _, c := range []struct {
		counts []int64
		want   []Option
	}{
		{[]int64{6, 40, 30, 20}, []Option{{"企业主要负责人", 6, false}, {"进企业", 46, false}, {"进学校", 30, false}}},
		{[]int64{0, 40, 30, 20}, []Option{{"企业主要负责人", 0, false}, {"进企业", 40, false}, {"进学校", 30, false}}},
		// Told 43, the employees would tell of 3.
		{[]int64{3, 40, 30, 20}, []Option{{"企业主要负责人", 3, true}, {"进企业", 43, true}, {"进学校", 30, false}}},
	} {
		if got := ClassesOf([]personal.Choice{{Field: field, Counts: c.counts}}); !slices.Equal(got, c.want) {
			t.Errorf("%v: the classes are %v, want %v", c.counts, got, c.want)
		}
	}
	field.Classes = nil
	if got := ClassesOf([]personal.Choice{{Field: field, Counts: []int64{9, 9, 9, 9}}}); got != nil {
		t.Errorf("without classes there are %v", got)
	}
}
