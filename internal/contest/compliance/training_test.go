package compliance_test

import (
	"slices"
	"strings"
	"testing"

	"anquanda/internal/testkit/contests"
)

func TestPracticeIsAConcernWhereItTellsTheAnswersOfWhatCounts(t *testing.T) {
	const training = "training: {opens: 2026-05-30, closes: 2026-06-01}\n"
	practice := func(with string) string {
		return strings.Replace(careful, "pass: 3}", "pass: 3}\n  - {key: try, title: 练, practice: true, "+with+"}", 1)
	}
	late := func(text string) string { // what counts opens after the training
		return training + strings.Replace(text, "{key: quiz, title", "{key: quiz, opens: 2026-06-01 08:00, title", 1)
	}
	for _, c := range []struct {
		what, text string
		want       []string
	}{
		{"the same bank", practice("questions: [{count: 5}]"), []string{"training-bank levels[1].practice"}},
		{"another bank", practice("bank: other, questions: [{count: 5}]"), nil},
		{"another bank, open in the training alone", late(practice("bank: other, questions: [{count: 5}]")), nil},
		{"the same bank in the training", late(practice("questions: [{count: 5}]")),
			[]string{"training-bank levels[1].practice"}},
		{"what counts is open in the training too", training + practice("bank: other, questions: [{count: 5}]"),
			[]string{"training-bank training"}},
		{"other questions of the bank", strings.Replace(practice("questions: [{count: 2, list: [a, b]}]"),
			"questions: [{count: 5}]", "questions: [{count: 5, list: [c, d, e, f, g]}]", 1), nil},
		{"questions of which one counts", strings.Replace(practice("questions: [{count: 2, list: [a, c]}]"),
			"questions: [{count: 5}]", "questions: [{count: 5, list: [c, d, e, f, g]}]", 1),
			[]string{"training-bank levels[1].practice"}},
		{"other kinds", strings.Replace(practice("questions: [{count: 2, kinds: [truefalse]}]"),
			"questions: [{count: 5}]", "questions: [{count: 5, kinds: [single]}]", 1), nil},
		{"a paper that tells nothing", practice("mode: paper, shows: never, questions: [{count: 5}]"), nil},
		{"no answers are published", "feedback: none\n" + practice("questions: [{count: 5}]"), nil},
		{"a live room asks of it", strings.Replace(practice("bank: other, questions: [{count: 5}]"), "publish:",
			"live: [{key: l, title: 直播, bank: other, draw: [{count: 5}]}]\npublish:", 1),
			[]string{"training-bank levels[1].practice"}},
	} {
		found := slices.DeleteFunc(codes(contests.Parsed(t, c.text)), func(code string) bool {
			return !strings.HasPrefix(code, "training-bank")
		})
		if !slices.Equal(found, c.want) {
			t.Errorf("%s: %v, want %v", c.what, found, c.want)
		}
	}
}
