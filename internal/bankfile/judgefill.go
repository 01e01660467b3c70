package bankfile

import (
	"encoding/json"
	"strconv"
	"strings"

	"anquanda/internal/question"
)

func (j *judge) fill(d *draft, rec *record) {
	blanks := strings.Count(d.q.Stem, question.Blank)
	if !rec.exact {
		d.q.Stem, blanks = setBlanks(d.q.Stem)
	}
	answers, bad := blankAnswers(rec, blanks)
	if bad == nil && len(answers) == 0 {
		bad = &trouble{AnswerEmpty, "", d.q.Stem}
	}
	if bad != nil {
		d.note(bad.code, rec.ref(fieldAnswer), bad.detail, bad.text)
		return
	}
	if blanks == 0 && len(answers) == 1 {
		d.q.Stem += question.Blank
		d.note(BlankAppended, rec.ref(fieldStem), "", d.q.Stem)
	}
	for i := range answers {
		accepted := answers[i]
		for k := range accepted {
			if !rec.exact {
				accepted[k], _ = tidy(accepted[k])
			}
		}
		if len(accepted) == 1 && strings.Contains(accepted[0], "/") && !rec.exact {
			d.note(SlashUnclear, rec.ref(fieldAnswer), "", accepted[0])
		}
	}
	d.q.Blanks = answers
	j.weigh(d, rec)
	d.q.Tolerance, bad = tolerances(rec.text(fieldTolerance))
	if bad != nil {
		d.note(bad.code, rec.ref(fieldTolerance), bad.detail, bad.text)
	}
}

// blankSeparators divide the blanks of an answer, the surest first.
var blankSeparators = []string{"；", ";", "##", "**", "\n", "|", "｜", "，", ",", "、", " "}

// blankAnswers reads the accepted texts of each blank. Alternatives of one blank
// stand between |.
func blankAnswers(rec *record, blanks int) ([][]string, *trouble) {
	if hasText(rec.blanks) {
		return columnAnswers(rec)
	}
	raw := rec.text(fieldAnswer)
	if rec.answers != nil {
		return listAnswers(rec.answers, blanks)
	}
	var listed [][]string
	if strings.HasPrefix(raw, "[[") && json.Unmarshal([]byte(raw), &listed) == nil {
		return listed, nil
	}
	if list := stringList(raw); list != nil {
		return listAnswers(list, blanks)
	}
	if raw == "" {
		return nil, nil
	}
	if !rec.exact {
		raw = answerLabel.ReplaceAllString(raw, "")
	}
	if rec.text(fieldWeights) != "" {
		return [][]string{strings.FieldsFunc(raw, func(r rune) bool { return r == ';' || r == '；' })}, nil
	}
	if blanks <= 1 {
		return [][]string{alternatives(raw)}, nil
	}
	for _, separator := range blankSeparators {
		parts := strings.Split(raw, separator)
		if len(parts) == 1 {
			continue
		}
		if len(parts) == blanks {
			var answers [][]string
			for _, part := range parts {
				answers = append(answers, alternatives(part))
			}
			return answers, nil
		}
		if separator == "；" || separator == ";" {
			return nil, &trouble{BlanksMismatch, itoa(blanks) + " 个空，" + itoa(len(parts)) + " 个答案", raw}
		}
	}
	return nil, &trouble{BlanksMismatch, itoa(blanks) + " 个空，答案分不成 " + itoa(blanks) + " 份", raw}
}

func alternatives(text string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(text, "｜", "|"), func(r rune) bool { return r == '|' })
}

// columnAnswers reads one blank a column; a gap between columns leaves open which
// blank is meant.
func columnAnswers(rec *record) ([][]string, *trouble) {
	var answers [][]string
	gap := ""
	for _, c := range rec.blanks {
		if c.text == "" {
			gap = c.ref
			continue
		}
		if gap != "" {
			return nil, &trouble{BlanksMismatch, gap + " 是空的，后面却还有答案", c.text}
		}
		answers = append(answers, alternatives(c.text))
	}
	return answers, nil
}

// listAnswers reads a list: one text a blank.
func listAnswers(list []string, blanks int) ([][]string, *trouble) {
	if len(list) != blanks && !(blanks == 0 && len(list) == 1) {
		return nil, &trouble{BlanksMismatch, itoa(blanks) + " 个空，" + itoa(len(list)) + " 个答案", strings.Join(list, "；")}
	}
	var answers [][]string
	for _, text := range list {
		answers = append(answers, []string{text})
	}
	return answers, nil
}

// weigh keeps the accepted texts that count in full.
func (j *judge) weigh(d *draft, rec *record) {
	raw := rec.text(fieldWeights)
	if raw == "" {
		return
	}
	weights := strings.FieldsFunc(raw, func(r rune) bool { return r == ';' || r == '；' })
	if len(d.q.Blanks) != 1 || len(weights) != len(d.q.Blanks[0]) {
		d.note(WeightsUnclear, rec.ref(fieldWeights), "答案与得分比例的个数不同", raw)
		return
	}
	var full []string
	for i, weight := range weights {
		value, err := strconv.ParseFloat(strings.TrimSpace(weight), 64)
		if err != nil {
			d.note(WeightsUnclear, rec.ref(fieldWeights), "", raw)
			return
		}
		if value >= 1 {
			full = append(full, d.q.Blanks[0][i])
		}
	}
	if len(full) < len(weights) {
		d.note(WeightsDropped, rec.ref(fieldWeights), "", raw)
	}
	d.q.Blanks[0] = full
}

// tolerances reads one number a blank, between ； or |.
func tolerances(text string) ([]float64, *trouble) {
	if text == "" {
		return nil, nil
	}
	var list []float64
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("；;|", r) }) {
		value, ok := question.Number(strings.TrimLeft(part, "±+"))
		if !ok || value < 0 {
			return nil, &trouble{Invalid, "允许误差应为数", text}
		}
		list = append(list, value)
	}
	return list, nil
}
