package judge

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// Weighted is what choosing one option counts.
type Weighted struct {
	Full    bool
	Percent float64
}

// Weigh finds from the weights whether one or several options are right. One in
// full makes a single choice; parts that add up to 100 a multiple one.
func Weigh(d *draft.Draft, weights []Weighted) {
	full, parts, sum := []int{}, []int{}, 0.0
	for i, w := range weights {
		if w.Full || w.Percent >= 99.999 {
			full = append(full, i)
		} else if w.Percent > 0 {
			parts = append(parts, i)
			sum += w.Percent
		}
	}
	switch {
	case len(full) == 1:
		d.Q.Kind, d.Q.Right = question.Single, full
		if len(parts) > 0 {
			d.Note(draft.WeightsDropped, "", "", d.Q.Stem)
		}
	case len(full) > 1:
		d.Note(draft.WeightsUnclear, "", "有几个选项各得满分，选任何一个都算对", d.Q.Stem)
	case len(parts) > 1 && math.Abs(sum-100) < 1:
		d.Q.Kind, d.Q.Right = question.Multiple, parts
	case len(parts) == 0:
		d.Note(draft.AnswerEmpty, "", "没有正确的选项", d.Q.Stem)
	default:
		d.Note(draft.WeightsUnclear, "", "合计 "+strconv.FormatFloat(sum, 'g', 6, 64)+"%", d.Q.Stem)
	}
}

// MatchPairs fills a matching question; a pair without a left side is an answer
// that belongs to nothing.
func MatchPairs(q *question.Question, pairs [][2]string) {
	q.Kind = question.Matching
	for _, pair := range pairs {
		index := -1
		if len(q.Matches) < MaxPieces { // Check refuses what is longer
			index = slices.Index(q.Matches, pair[1])
		}
		if index < 0 {
			index = len(q.Matches)
			q.Matches = append(q.Matches, pair[1])
		}
		if pair[0] != "" {
			q.Options = append(q.Options, pair[0])
			q.Right = append(q.Right, index)
		}
	}
}

// CategoryTopic is the last part of a category's path, unless it says nothing.
func CategoryTopic(path string) string {
	last := strings.TrimSpace(path[strings.LastIndexByte(path, '/')+1:])
	if last == "top" || strings.HasPrefix(last, "$") || strings.HasPrefix(last, "Default for") {
		return ""
	}
	return last
}

// NoIndefinite says that a format knows no indefinite choice; "" when q is none.
func NoIndefinite(q *question.Question) string {
	if q.Kind == question.Indefinite {
		return "这种格式没有不定项选择题"
	}
	return ""
}

// OneBlank says that a format holds one blank a question, and no indefinite choice; ""
// when q fits.
func OneBlank(q *question.Question) string {
	if none := NoIndefinite(q); none != "" {
		return none
	}
	if len(q.Blanks) > 1 {
		return "填空题只能有一个空"
	}
	return ""
}
