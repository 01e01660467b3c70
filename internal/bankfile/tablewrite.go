package bankfile

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"anquanda/internal/question"
	"anquanda/internal/sheet"
)

// tableHeader heads our sheets and CSV files: as many option columns as the bank
// needs, and never fewer than four.
func tableHeader(bank *Bank) (header []string, options int) {
	options = 4
	for i := range bank.Questions {
		if bank.Questions[i].Kind != question.TrueFalse {
			options = max(options, len(bank.Questions[i].Options))
		}
	}
	header = append(header, templateColumns...)
	for i := range options {
		header = append(header, "选项"+letter(i))
	}
	return append(header, templateRest...), options
}

// tableRow writes a question as the cells of a row.
func tableRow(q *question.Question, options int) []string {
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
				text = letter(i) + "." + text
			}
		}
		row = append(row, text)
	}
	matches := ""
	if q.Kind == question.Matching {
		matches = listCell(q.Matches)
	}
	return append(row, matches, answerCell(q), toleranceCell(q.Tolerance), q.Explanation, q.Source.Title, q.Source.Article,
		q.Source.Version, q.Source.Effective, strings.Join(q.Topics, "、"), itoa(max(1, q.Difficulty)),
		strings.Join(q.Audience, "、"), scoreCell(q.Score))
}

// carryLetters reports whether all options begin with their own letter, so that a
// reader would take it away.
func carryLetters(options []string) bool {
	for i, text := range options {
		if mark, _, pointed := letterOf(text); !pointed || mark != letter(i) {
			return false
		}
	}
	return len(options) > 0
}

// listCell writes texts as lettered lines, or as JSON when they hold a separator.
func listCell(texts []string) string {
	var lines []string
	for i, text := range texts {
		for _, separator := range separators {
			if strings.Contains(text, separator) {
				data, _ := json.Marshal(texts) // strings always marshal
				return string(data)
			}
		}
		lines = append(lines, letter(i)+"."+text)
	}
	return strings.Join(lines, "\n")
}

func answerCell(q *question.Question) string {
	switch q.Kind {
	case question.TrueFalse:
		if len(q.Right) == 1 {
			return question.TrueFalseOptions[q.Right[0]]
		}
		return ""
	case question.Fill:
		return blanksCell(q.Blanks)
	}
	return lettersFor(q.Right)
}

func lettersFor(right []int) string {
	var out strings.Builder
	for _, index := range right {
		out.WriteString(letter(index))
	}
	return out.String()
}

// blanksCell writes blanks between ； and alternatives between |, or as JSON when
// a text holds one of these.
func blanksCell(blanks [][]string) string {
	var parts []string
	for _, accepted := range blanks {
		for _, text := range accepted {
			if strings.ContainsAny(text, "；;|｜\n[") || strings.TrimSpace(text) != text {
				data, _ := json.Marshal(blanks) // strings always marshal
				return string(data)
			}
		}
		parts = append(parts, strings.Join(accepted, "|"))
	}
	return strings.Join(parts, "；")
}

func toleranceCell(tolerance []float64) string {
	var parts []string
	for _, t := range nonZero(tolerance) {
		parts = append(parts, number(t))
	}
	return strings.Join(parts, "；")
}

func scoreCell(score float64) string {
	if score == 0 {
		return ""
	}
	return number(score)
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// writeCSV writes UTF-8 with a byte order mark, without which Excel takes Chinese
// for another encoding. A cell that a spreadsheet would run as a formula gets a '.
func writeCSV(w io.Writer, bank *Bank) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	header, options := tableHeader(bank)
	if err := out.Write(header); err != nil {
		return err
	}
	for i := range bank.Questions {
		q := bank.Questions[i]
		q.Image = "" // a CSV file carries no pictures
		row := tableRow(&q, options)
		for k, text := range row {
			row[k] = sheet.Guard(text)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
