package table

import (
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/question"
)

// Header heads our sheets and CSV files: as many option columns as the bank
// needs, and never fewer than four.
func Header(bank *draft.Bank) (header []string, options int) {
	options = 4
	for i := range bank.Questions {
		if bank.Questions[i].Kind != question.TrueFalse {
			options = max(options, len(bank.Questions[i].Options))
		}
	}
	header = append(header, templateColumns...)
	for i := range options {
		header = append(header, "选项"+draft.Letter(i))
	}
	return append(header, templateRest...), options
}

// Row writes a question as the cells of a row.
func Row(q *question.Question, options int) []string {
	row := []string{q.ID, q.Kind.Name(), q.Stem, q.Image}
	shown := q.Options
	if q.Kind == question.TrueFalse {
		shown = nil
	}
	prefix := carryLetters(shown)
	for i := range options {
		text := ""
		if i < len(shown) {
			text = shown[i]
			if prefix {
				text = draft.Letter(i) + "." + text
			}
		}
		row = append(row, text)
	}
	matches := ""
	if q.Kind == question.Matching {
		matches = judge.ListCell(q.Matches)
	}
	return append(row, matches, judge.AnswerCell(q), judge.ToleranceCell(q.Tolerance), q.Explanation, q.Source.Title,
		q.Source.Article,
		q.Source.Version, q.Source.Effective, strings.Join(q.Topics, "、"), strconv.Itoa(max(1, q.Difficulty)),
		strings.Join(q.Audience, "、"), judge.ScoreCell(q.Score))
}

// carryLetters reports whether all options begin with their own letter, so that a
// reader would take it away.
func carryLetters(options []string) bool {
	for i, text := range options {
		if mark, _, pointed := judge.LetterOf(text); !pointed || mark != draft.Letter(i) {
			return false
		}
	}
	return len(options) > 0
}
