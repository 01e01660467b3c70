package contest_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/question"
)

// plainBank is a bank as a sheet without the columns of audience and difficulty makes it.
func plainBank(singles, truths int) (questions []question.Question) {
	for i := range singles + truths {
		q := question.Question{ID: fmt.Sprint("q", i), Kind: question.Single, Difficulty: 1}
		if i >= singles {
			q.Kind = question.TrueFalse
		}
		questions = append(questions, q)
	}
	return questions
}

const wishful = `contest: fit
title: 试一试
organizer: 某局
contact: 电话
window: {opens: 2026-06-01 00:00, closes: 2026-06-10 00:00}
bank: safety
levels:
  - &one {key: one, title: 第一关, place: 家庭, questions: [%s], pass: 4, score: 10}
  - {<<: *one, key: two, title: 第二关, questions: [{count: 2}], pass: 1}
`

func TestLevelsTakeWhatTheBankHolds(t *testing.T) {
	cases := map[string]struct {
		draws string
		bank  []question.Question
		told  string
		left  string // in the text
	}{
		"enough": {"{count: 5, kinds: [single]}", plainBank(5, 0), "", "{count: 5, kinds: [single]}"},
		"no audience": {"{count: 5, kinds: [single], audience: [家庭]}", plainBank(9, 0), "“第一关”的题不再分适用对象",
			"{count: 5, kinds: [single]}"},
		"no difficulty": {"{count: 5, difficulty: [3, 4]}", plainBank(9, 0), "“第一关”的题不再分难度", "{count: 5}"},
		"neither": {"{count: 5, audience: [家庭], difficulty: [2], topics: [消防]}", plainBank(9, 0),
			"“第一关”的题不再分适用对象、难度、知识点", "{count: 5}"},
		"only one wish stands in the way": {"{count: 5, kinds: [single], difficulty: [2]}", plainBank(5, 5),
			"“第一关”的题不再分难度", "{count: 5, kinds: [single]}"},
		"a small bank": {"{count: 5, kinds: [single], audience: [家庭]}", plainBank(3, 0),
			"“第一关”的题不再分适用对象、题型; “第一关”这一批改为 3 道题，原来要 5 道; “第一关”答对 3 题就通过，原来要 4 题", "pass: 3"},
		"two draws": {"{count: 3, kinds: [single], audience: [家庭]}, {count: 2, kinds: [truefalse], audience: [家庭]}",
			plainBank(3, 2), "“第一关”的题不再分适用对象", "{count: 2, kinds: [truefalse]}"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			before := fmt.Sprintf(wishful, c.draws)
			of := func(string) ([]question.Question, error) { return c.bank, nil }
			text, done, err := contest.Fit([]byte(before), of)
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			for _, d := range done {
				told = append(told, d.Words)
			}
			if got := strings.Join(told, "; "); got != c.told {
				t.Errorf("told: %s\nwant: %s", got, c.told)
			}
			if !strings.Contains(string(text), c.left) {
				t.Errorf("%q is not in\n%s", c.left, text)
			}
			if c.told == "" && string(text) != before {
				t.Errorf("the text became\n%s", text)
			}
			d, err := contest.Parse("活动", text)
			if err != nil {
				t.Fatal(err)
			}
			for i := range d.Levels {
				if _, err := d.Levels[i].Pools(c.bank); err != nil {
					t.Errorf("level %d: %v", i, err)
				}
			}
		})
	}
}

func TestABankWithNothingToAskStaysAFinding(t *testing.T) {
	text := fmt.Sprintf(wishful, "{count: 5, audience: [家庭]}")
	fitted, _, err := contest.Fit([]byte(text), func(string) ([]question.Question, error) { return nil, nil })
	if err != nil {
		t.Fatal(err)
	}
	d, err := contest.Parse("活动", fitted)
	if err != nil {
		t.Fatal(err)
	}
	var few *contest.TooFew
	if _, err := d.Levels[0].Pools(nil); !errors.As(err, &few) {
		t.Errorf("an empty bank is %v", err)
	}
}

func TestTheReasonForTooFewIsTheOneWishInTheWay(t *testing.T) {
	draws := []contest.Draw{{Count: 5, Audience: []string{"家庭"}}}
	few := &contest.TooFew{Draw: 0, Wanted: 5}
	if got := contest.WhyTooFew(draws, few, plainBank(50, 0)); got != "：50 道题都没有写适用对象" {
		t.Errorf("without audience: %q", got)
	}
	bank := plainBank(6, 0)
	bank[0].Audience = []string{"家庭"}
	if got := contest.WhyTooFew(draws, few, bank); got != "；不分适用对象就有 6 道" {
		t.Errorf("with few: %q", got)
	}
	if got := contest.WhyTooFew(draws, few, bank[:3]); got != "" {
		t.Errorf("a small bank: %q", got)
	}
}
