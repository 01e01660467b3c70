package bankfile

import "strings"

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
func readDelimited(r *reading, lines []string, token string) {
	var records []*record
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		rec := &record{at: place{line: i + 1}}
		parts := strings.Split(strings.TrimSpace(line), token)
		labelled := false
		for k, part := range parts {
			f, text, ok := labelOf(part)
			labelled = labelled || ok
			if !ok {
				f = positional(k, len(parts))
			}
			if f != fieldCount && rec.text(f) == "" {
				rec.set(f, cell{text, ""})
			}
		}
		if !labelled && (len(parts) == 1 || len(parts) > 4) {
			r.note(TextIgnored, rec.at, "", line)
			continue
		}
		records = append(records, rec)
	}
	j := &judge{r: r}
	j.all(records)
}

func labelOf(part string) (field, string, bool) {
	found := labelLine.FindStringSubmatch(strings.TrimSpace(part))
	if found != nil {
		if f, ok := headerNames[found[1]+found[2]]; ok {
			return f, found[3], true
		}
	}
	return fieldStem, strings.TrimSpace(part), false
}

// positional is what an unlabelled part is: stem, [options,] answer[, explanation].
func positional(index, of int) field {
	switch {
	case index == 0:
		return fieldStem
	case of == 2:
		return fieldAnswer
	case index == 1:
		return fieldOptions
	case index == 2:
		return fieldAnswer
	case index == 3:
		return fieldExplanation
	}
	return fieldCount
}
