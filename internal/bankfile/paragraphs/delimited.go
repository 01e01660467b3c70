package paragraphs

import (
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
)

// lineTokens separate the parts of a question that stands in one line.
var lineTokens = []string{"^*^", "###", "@@@", "|||", "$$$"}

// lineToken finds the token that four fifths of the lines hold, or "".
func lineToken(lines []string) string {
	for _, token := range lineTokens {
		with, filled := 0, 0
		for _, line := range lines {
			if strings.TrimSpace(line) != "" {
				filled++
				if strings.Contains(line, token) {
					with++
				}
			}
		}
		if with > 0 && with*5 >= filled*4 {
			return token
		}
	}
	return ""
}

// readDelimited reads one question a line: parts with labels (题目：… 答案：…), or
// stem and answer, or stem, options and answer.
func readDelimited(r *draft.Reading, lines []string, token string) {
	var records []*judge.Record
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		rec := &judge.Record{At: draft.Place{Line: i + 1}}
		parts := strings.Split(strings.TrimSpace(line), token)
		labelled := false
		for k, part := range parts {
			f, text, ok := labelOf(part)
			labelled = labelled || ok
			if !ok {
				f = positional(k, len(parts))
			}
			if f != judge.FieldCount && rec.Text(f) == "" {
				rec.Set(f, judge.Cell{Text: text, Ref: ""})
			}
		}
		if !labelled && (len(parts) == 1 || len(parts) > 4) {
			r.Note(draft.TextIgnored, rec.At, "", line)
			continue
		}
		records = append(records, rec)
	}
	judge.All(r, records, judge.Hints{})
}

func labelOf(part string) (judge.Field, string, bool) {
	found := labelLine.FindStringSubmatch(strings.TrimSpace(part))
	if found != nil {
		if f, ok := judge.FieldNamed(found[1] + found[2]); ok {
			return f, found[3], true
		}
	}
	return judge.FieldStem, strings.TrimSpace(part), false
}

// positional is what an unlabelled part is: stem, [options,] answer[, explanation].
func positional(index, of int) judge.Field {
	switch {
	case index == 0:
		return judge.FieldStem
	case of == 2:
		return judge.FieldAnswer
	case index == 1:
		return judge.FieldOptions
	case index == 2:
		return judge.FieldAnswer
	case index == 3:
		return judge.FieldExplanation
	}
	return judge.FieldCount
}
