package rulespage_test

import (
	"strings"
	"testing"

	"anquanda/internal/contest/rulespage"
	"anquanda/internal/testkit/contests"
)

func TestTheRulesPageTellsWhatIsRightInPartWrongOrSlow(t *testing.T) {
	const level = "questions: [{count: 5}]}\n  - {key: b"
	for _, c := range []struct {
		name, level string
		says, not   []string
	}{
		{"in part", "questions: [{count: 5, kinds: [multiple]}], partial: {score: 2.5}",
			[]string{"少选而没有选错的，得 2.5 分，但不算答对"}, []string{"扣", "舍去"}},
		{"each option", "questions: [{count: 5, kinds: [indefinite]}], partial: {each: 0.5}, minus: 1",
			[]string{"每选对一项得 0.5 分，不超过这题的分值", "；答错一题扣 1 分；没答的不扣分，一次答题最低 0 分"}, nil},
		{"a share", "questions: [{count: 5, kinds: [multiple]}], partial: {share: true}",
			[]string{"按选对的项数占正确选项的比例得分", "得分算到 1 分，不足的舍去"}, nil},
		{"a share in tenths", "questions: [{count: 5, kinds: [multiple]}], score: 2.0, partial: {share: true}",
			[]string{"得分算到 0.1 分，不足的舍去"}, nil},
		{"sections", "mode: paper, questions: [{title: 单选题, count: 3, kinds: [single]}, " +
			"{title: 多选, count: 2, kinds: [multiple], partial: {score: 1}, minus: 2}]",
			[]string{"“多选”少选而没有选错的，得 1 分", "“多选”答错一题扣 2 分"}, []string{"“单选题”", "单选题（"}},
		{"speed", "questions: [{count: 5}], speed: {within: 5s, least: 50}",
			[]string{"5 秒以内答，得分不减；以后随用时均匀减少，到每题限时只得 50%", "大字版的这些时间也加倍"}, []string{"少选"}},
		{"speed from the first moment", "questions: [{count: 5}], speed: {least: 20}, time: {large: same}",
			[]string{"答得越快得分越多：随用时均匀减少，到每题限时只得 20%"}, []string{"也加倍"}},
	} {
		d := contests.Parsed(t, strings.Replace(worded, level, c.level+"}\n  - {key: b", 1))
		says(t, c.name, page(d), c.says, c.not)
		notes := strings.Join(rulespage.LevelNotes(d, &d.Levels[0]), "\n")
		if first, _, _ := strings.Cut(c.says[0], "，"); !strings.Contains(notes, first) {
			t.Errorf("%s: before the level it says %q", c.name, notes)
		}
	}
}
