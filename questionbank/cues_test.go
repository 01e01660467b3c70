package questionbank_test

import (
	"maps"
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

// words are the cues with those that stand in fewer questions, and so move no rule over
// the whole bank, but tell whoever meets them what to tick.
var words = slices.Concat(cues, strings.Fields(`或者 同时 尽快 及时 一律 一定 绝不 只有 才 直接 自己 继续 别 让 把 都 按 离开 告诉 报警 求救
	人员 打1 断 稳 护 、`))

// reach is what a rule of one word is worth where it says anything at all: in how many
// questions, and how often it is right there, or would be if it were turned round.
type reach struct {
	questions int
	right     float64
}

func (r reach) precision() float64 { return r.right / float64(r.questions) }

// Within its reach a rule may be right this often. Of few questions chance alone makes many
// alike: a coin shows one side in 9 or more of 12 throws in one try of seven, in 14 or more
// of 20 in one of nine. Below twelve there is nothing to learn, and no limit.
const (
	some          = 12
	many          = 20
	someStatement = 0.75 // a coin tells half
	manyStatement = 0.67
	someOption    = 0.60 // one of four options is right
	manyOption    = 0.45
	anyStatement  = 0.76 // of any string, listed or not: the best of hundreds, so chance has more room
	anyOption     = 0.60
)

// inStatements is what the word is worth on true or false.
func inStatements(statements []question.Question, word string) reach {
	var all, yes int
	for i := range statements {
		if strings.Contains(statements[i].Stem, word) {
			all++
			if statements[i].Right[0] == 0 {
				yes++
			}
		}
	}
	return reach{all, float64(max(yes, all-yes))}
}

// inOptions is what it is worth to take an option with the word, or to strike those that
// have it, whichever is more, in questions of which some options have it.
func inOptions(singles []question.Question, word string) reach {
	var taken, struck reach
	for i := range singles {
		q := &singles[i]
		var with int
		for _, o := range q.Options {
			if strings.Contains(o, word) {
				with++
			}
		}
		if with == 0 || with == len(q.Options) {
			continue
		}
		taken.questions++
		struck.questions++
		if strings.Contains(q.Options[q.Right[0]], word) {
			taken.right += share(1, with)
		} else {
			struck.right += share(1, len(q.Options)-with)
		}
	}
	if struck.right > taken.right {
		return struck
	}
	return taken
}

// limit is the one for the reach of a rule; without one it may be right always.
func limit(r reach, few, lots float64) float64 {
	switch {
	case r.questions >= many:
		return lots
	case r.questions >= some:
		return few
	}
	return 1
}

func TestNoWordTellsMuchWhereItStands(t *testing.T) {
	statements := ofKind(everything(t), question.TrueFalse)
	singles := ofKind(everything(t), question.Single)
	for _, word := range words {
		if r := inStatements(statements, word); r.precision() > limit(r, someStatement, manyStatement) {
			t.Errorf("“%s” stands in %d statements and tells %.0f%% of them", word, r.questions, 100*r.precision())
		}
		if r := inOptions(singles, word); r.precision() > limit(r, someOption, manyOption) {
			t.Errorf("“%s” stands in options of %d questions and tells %.0f%% of them", word, r.questions, 100*r.precision())
		}
	}
}

// common are the strings of one to four characters that stand in many of the texts.
func common(texts []string) map[string]int {
	all := map[string]int{}
	for _, text := range texts {
		runes := []rune(text)
		seen := map[string]bool{}
		for from := range runes {
			for to := from + 1; to <= min(from+4, len(runes)); to++ {
				seen[string(runes[from:to])] = true
			}
		}
		for s := range seen {
			all[s]++
		}
	}
	maps.DeleteFunc(all, func(_ string, times int) bool { return times < many })
	return all
}

func TestNoStringTellsMuchWhereItStands(t *testing.T) {
	statements := ofKind(everything(t), question.TrueFalse)
	singles := ofKind(everything(t), question.Single)
	var stems, options []string
	for _, q := range statements {
		stems = append(stems, q.Stem)
	}
	for _, q := range singles {
		options = append(options, strings.Join(q.Options, "\n"))
	}
	for s := range common(stems) {
		if r := inStatements(statements, s); r.questions >= many && r.precision() > anyStatement {
			t.Errorf("“%s” stands in %d statements and tells %.0f%% of them", s, r.questions, 100*r.precision())
		}
	}
	for s := range common(options) {
		if r := inOptions(singles, s); r.questions >= many && r.precision() > anyOption {
			t.Errorf("“%s” stands in options of %d questions and tells %.0f%% of them", s, r.questions, 100*r.precision())
		}
	}
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
