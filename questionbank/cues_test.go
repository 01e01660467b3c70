package questionbank_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"anquanda/internal/question"
)

// cues are the words by which somebody who knows nothing tells true from false, or the
// right option from the others.
var cues = strings.Fields(`应当 应该 应 不得 任何 也 可以 就 只要 必须 不要 没有 再 能 马上 立即 会 要 不能 不用 先 最 只 了
	禁止 并 不 报告 停 远离 后 专 合格 安全 等 请 或`)

// holds reports whether a text has at least one of the words.
func holds(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

func TestNoRuleOfWordsTellsTrueFromFalse(t *testing.T) {
	statements := ofKind(everything(t), question.TrueFalse)
	rules := [][]string{{"可以", "就", "只要"}, {"应", "不得", "任何", "也"}}
	for _, cue := range cues {
		rules = append(rules, []string{cue})
	}
	var best float64
	for _, words := range rules {
		var told int
		for _, q := range statements {
			if holds(q.Stem, words) == (q.Right[0] == 0) {
				told++
			}
		}
		// A rule that is wrong in most is right when it is turned round.
		right := max(share(told, len(statements)), 1-share(told, len(statements)))
		if best = max(best, right); right > 0.60 {
			t.Errorf("“%s” tells %.0f%% of %d statements, at most 60%%", strings.Join(words, " "), 100*right, len(statements))
		}
	}
	t.Logf("the best rule tells %.1f%% of %d statements", 100*best, len(statements))
}

// guessed is the chance to be right who takes an option with the word, any where none
// or several have it.
func guessed(q *question.Question, cue string) float64 {
	var with int
	for _, o := range q.Options {
		if strings.Contains(o, cue) {
			with++
		}
	}
	switch {
	case with == 0:
		return share(1, len(q.Options))
	case strings.Contains(q.Options[q.Right[0]], cue):
		return share(1, with)
	}
	return 0
}

func TestNoWordPicksTheRightOption(t *testing.T) {
	singles := ofKind(everything(t), question.Single)
	var best float64
	for _, cue := range cues {
		var right float64
		for i := range singles {
			right += guessed(&singles[i], cue)
		}
		right /= float64(len(singles))
		if best = max(best, right); right > 0.35 {
			t.Errorf("“%s” picks %.0f%% of %d questions, at most 35%%", cue, 100*right, len(singles))
		}
	}
	t.Logf("the best word picks %.1f%% of %d questions", 100*best, len(singles))
}

// numbers are what the options of a question say in digits; nil where one says none.
func numbers(q *question.Question) []float64 {
	var all []float64
	for _, o := range q.Options {
		found := digits.FindString(o)
		n, err := strconv.ParseFloat(found, 64)
		if err != nil {
			return nil
		}
		all = append(all, n)
	}
	return all
}

var digits = regexp.MustCompile(`\d+(?:\.\d+)?`)

func TestTheRightNumberIsNeitherTheSmallestNorTheMiddleOne(t *testing.T) {
	singles := ofKind(everything(t), question.Single)
	var ranks [4]int
	var all int
	for i := range singles {
		if n := numbers(&singles[i]); len(n) == len(ranks) {
			right := n[singles[i].Right[0]]
			slices.Sort(n)
			ranks[slices.Index(n, right)]++
			all++
		}
	}
	for rank, times := range ranks {
		if share(times, all) > 0.35 {
			t.Errorf("of %d numbers the right one is the %d. from below %d times, at most 35%%: %v", all, rank+1, times, ranks)
		}
	}
	t.Logf("the right one of %d by size: %v", all, ranks)
}

func TestNoNumberOfRightOptionsIsASafeGuess(t *testing.T) {
	questions := ofKind(everything(t), question.Multiple)
	counts := map[int]int{}
	var all int
	for _, q := range questions {
		counts[len(q.Right)]++
		if len(q.Right) == len(q.Options) {
			all++
		}
	}
	for n, times := range counts {
		if share(times, len(questions)) > 0.60 {
			t.Errorf("%d of %d questions have %d right options, at most 60%%", times, len(questions), n)
		}
	}
	if counts[2] == 0 || counts[4] == 0 || all == 0 {
		t.Errorf("right options by number are %v, all of them in %d: some should have two, four and all", counts, all)
	}
	t.Logf("right options by number: %v, all of them in %d", counts, all)
}

func TestEveryQuestionThatIsKeptApartNamesOneOfTheBank(t *testing.T) {
	known := map[string]bool{}
	for _, q := range everything(t) {
		known[q.ID] = true
	}
	for _, q := range everything(t) {
		for _, id := range q.Apart {
			if !known[id] || id == q.ID {
				t.Errorf("%s is kept apart from %s, which is no other question", q.ID, id)
			}
		}
	}
}
