package judge

import (
	"encoding/json"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// AnswerCell writes an answer as a cell that reads back the same.
func AnswerCell(q *question.Question) string {
	switch q.Kind {
	case question.TrueFalse:
		if len(q.Right) == 1 {
			return question.TrueFalseOptions[q.Right[0]]
		}
		return ""
	case question.Fill:
		return blanksCell(q.Blanks)
	}
	return draft.Letters(q.Right)
}

// blanksCell writes blanks between ； and alternatives between |, or as JSON when
// a text holds one of these.
func blanksCell(blanks [][]string) string {
	var parts []string
	for _, accepted := range blanks {
		for _, text := range accepted {
			if strings.ContainsAny(text, "；;|｜\n[") || readsOtherwise(text) || strings.TrimSpace(text) != text {
				data, _ := json.Marshal(blanks) // strings always marshal
				return string(data)
			}
		}
		parts = append(parts, strings.Join(accepted, "|"))
	}
	return strings.Join(parts, "；")
}

// readsOtherwise reports whether a text alone would be read as several, or not at all.
func readsOtherwise(text string) bool {
	one, bad := acceptedOf(text)
	return bad != nil || one.split
}

// ToleranceCell writes the tolerances of the blanks; "" when there are none.
func ToleranceCell(tolerance []float64) string {
	var parts []string
	for _, t := range draft.NonZero(tolerance) {
		parts = append(parts, draft.Number(t))
	}
	return strings.Join(parts, "；")
}

// ScoreCell writes a score; "" for the usual one.
func ScoreCell(score float64) string {
	if score == 0 {
		return ""
	}
	return draft.Number(score)
}

// ListCell writes texts as lettered lines, or as JSON when they hold a separator.
func ListCell(texts []string) string {
	var lines []string
	for i, text := range texts {
		for _, separator := range draft.Separators {
			if strings.Contains(text, separator) {
				data, _ := json.Marshal(texts) // strings always marshal
				return string(data)
			}
		}
		lines = append(lines, draft.Letter(i)+"."+text)
	}
	return strings.Join(lines, "\n")
}
