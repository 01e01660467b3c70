package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/play"
	"anquanda/internal/question"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const orderingContest = `
contest: steps
title: 排排看
organizer: 测试
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: steps
levels:
  - key: one
    title: 第一关
    questions: [{count: 2}]
    pass: 2
boards: [{key: total, title: 总榜, subject: player, measure: best}]
`

// orderAndMatch are one question of each kind whose answer has an order.
func orderAndMatch() []question.Question {
	return []question.Question{
		{ID: "o", Kind: question.Ordering, Stem: "干粉灭火器怎样用", Options: []string{"拔销", "提起", "压把", "对准火根"},
			Right: []int{1, 0, 3, 2}, Difficulty: 1},
		{ID: "m", Kind: question.Matching, Stem: "哪个电话管什么", Options: []string{"火警", "报警", "急救"},
			Matches: []string{"110", "119", "120", "122"}, Right: []int{1, 0, 2}, Difficulty: 1},
	}
}

// inOrder answers by text: the options in their right order, or the match of
// each option as it is shown.
func inOrder(asked *play.Asked, q *question.Question) []string {
	var ids []string
	if q.Kind == question.Ordering {
		for _, index := range q.Right {
			at := slices.IndexFunc(asked.Options, func(o play.Option) bool { return o.Text == q.Options[index] })
			ids = append(ids, asked.Options[at].ID)
		}
		return ids
	}
	for _, option := range asked.Options {
		want := q.Matches[q.Right[slices.Index(q.Options, option.Text)]]
		at := slices.IndexFunc(asked.Matches, func(o play.Option) bool { return o.Text == want })
		ids = append(ids, asked.Matches[at].ID)
	}
	return ids
}

func TestOrderingAndMatchingAreRightOnlyInTheirOrder(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := openApp(t, s, time.Now)
		if _, _, err := a.Banks.Import(t.Context(), staff.CommandLine, "steps", orderAndMatch(), ""); err != nil {
			t.Fatal(err)
		}
		c, err := a.Catalog.Apply(t.Context(), "steps.yaml", []byte(orderingContest), "")
		if err != nil {
			t.Fatal(err)
		}
		if result := playLevel(t, a, c, enrolled(t, a, c, "按顺序"), "one", inOrder); result.Correct != 2 {
			t.Errorf("answers in the right order: %d of 2 right", result.Correct)
		}
		backwards := func(asked *play.Asked, q *question.Question) []string {
			ids := inOrder(asked, q)
			slices.Reverse(ids)
			return ids
		}
		if result := playLevel(t, a, c, enrolled(t, a, c, "倒着来"), "one", backwards); result.Correct != 0 {
			t.Errorf("answers backwards: %d of 2 right", result.Correct)
		}
	})
}

func TestABankKeepsTheQuestionsThatALiveRoomLists(t *testing.T) {
	a := openApp(t, testkit.Embedded(t), time.Now)
	if _, _, err := a.Banks.Import(t.Context(), staff.CommandLine, "steps", orderAndMatch(), ""); err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(orderingContest, "count: 2}]\n    pass: 2", "count: 1}]\n    pass: 1", 1) +
		"live: [{key: quiz, title: 直播, list: [o]}]\n"
	if _, err := a.Catalog.Apply(t.Context(), "steps.yaml", []byte(text), ""); err != nil {
		t.Fatal(err)
	}
	for question, refused := range map[string]bool{"o": true, "m": false} {
		_, err := a.Banks.Void(t.Context(), staff.CommandLine, "steps", question, "题目过时")
		if (errs.From(err).Code == "bank_too_small") != refused {
			t.Errorf("voiding %s: %v", question, err)
		}
	}
}

func TestABankKeepsEnoughQuestionsForItsContests(t *testing.T) {
	a := openApp(t, testkit.Embedded(t), time.Now)
	if _, _, err := a.Banks.Import(t.Context(), staff.CommandLine, "steps", orderAndMatch(), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Catalog.Apply(t.Context(), "steps.yaml", []byte(orderingContest), ""); err != nil {
		t.Fatal(err)
	}
	_, _, err := a.Banks.Import(t.Context(), staff.CommandLine, "steps", orderAndMatch()[:1], "")
	if errs.From(err).Code != "bank_too_small" {
		t.Errorf("a file with one question of two: %v", err)
	}
	if _, err := a.Banks.Void(t.Context(), staff.CommandLine, "steps", "o",
		"题目过时"); errs.From(err).Code != "bank_too_small" {
		t.Errorf("voiding one question of two: %v", err)
	}
	if version, err := a.Banks.Current(t.Context(), "steps"); err != nil || version != 1 {
		t.Errorf("after the refusals the bank is at version %d, %v", version, err)
	}
}
