package table

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/question"
)

// Columns are those that the sheet or CSV file of a bank needs.
type Columns struct {
	options int // never fewer than four
	late    bool
}

// ColumnsOf finds the columns of a bank.
func ColumnsOf(bank *draft.Bank) Columns {
	c := Columns{options: 4}
	for i := range bank.Questions {
		q := &bank.Questions[i]
		if q.Kind != question.TrueFalse {
			c.options = max(c.options, len(q.Options))
		}
		c.late = c.late || q.ImageAlt != "" || len(q.OptionImages) > 0 || q.Source.Key != "" ||
			len(q.Apart) > 0 || q.Review != question.Review{} || q.Material != nil
	}
	return c
}

// Header names the columns.
func (c Columns) Header() []string {
	header := slices.Clone(templateColumns)
	for i := range c.options {
		header = append(header, "选项"+draft.Letter(i))
	}
	header = append(header, templateRest...)
	if c.late {
		header = append(header, lateColumns...)
	}
	return header
}

// Row writes a question as the cells of a row.
func (c Columns) Row(q *question.Question) []string {
	row := []string{q.ID, q.Kind.Name(), q.Stem, q.Image}
	shown := q.Options
	if q.Kind == question.TrueFalse {
		shown = nil
	}
	prefix := carryLetters(shown)
	for i := range c.options {
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
	row = append(row, matches, judge.AnswerCell(q), judge.ToleranceCell(q.Tolerance), q.Explanation, q.Source.Title,
		q.Source.Article,
		q.Source.Version, q.Source.Effective, strings.Join(q.Topics, "、"), strconv.Itoa(max(1, q.Difficulty)),
		strings.Join(q.Audience, "、"), judge.ScoreCell(q.Score))
	if c.late {
		pictures := ""
		if len(q.OptionImages) > 0 {
			names, _ := json.Marshal(q.OptionImages) // strings always marshal
			pictures = string(names)
		}
		row = append(row, pictures, q.ImageAlt, q.Source.Key, strings.Join(q.Apart, "、"), q.Review.By, q.Review.On,
			q.Review.Against, judge.SeenCell(q.Review.Seen))
		row = append(row, materialCells(q.Material)...)
	}
	return row
}

// materialCells are a material as cells.
func materialCells(m *question.Material) []string {
	if m == nil {
		return make([]string, 5)
	}
	return []string{m.ID, m.Title, m.Text, m.Image, m.ImageAlt}
}

// MaterialPicture is the column of the pictures of materials, from 1; 0 where the bank has
// nothing to put into the late columns.
func (c Columns) MaterialPicture() int {
	return slices.Index(c.Header(), "材料图片") + 1
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
