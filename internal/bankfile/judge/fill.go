package judge

import (
	"encoding/json"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

func (j *judge) fill(d *draft.Draft, rec *Record) {
	blanks := strings.Count(d.Q.Stem, question.Blank)
	if !rec.Exact {
		d.Q.Stem, blanks = setBlanks(d.Q.Stem)
	}
	answers, bad := blankAnswers(d, rec, blanks)
	if bad == nil && len(answers) == 0 {
		bad = &Trouble{draft.AnswerEmpty, "", d.Q.Stem}
	}
	if bad != nil {
		d.Note(bad.Code, rec.Ref(FieldAnswer), bad.Detail, bad.Text)
		return
	}
	if blanks == 0 && len(answers) == 1 {
		d.Q.Stem += question.Blank
		d.Note(draft.BlankAppended, rec.Ref(FieldStem), "", d.Q.Stem)
	}
	for i := range answers {
		accepted := answers[i]
		for k := range accepted {
			if !rec.Exact {
				accepted[k], _ = Tidy(accepted[k])
			}
		}
	}
	d.Q.Blanks = answers
	j.weigh(d, rec)
	tolerance, bad := tolerances(rec.Text(FieldTolerance))
	if bad != nil {
		d.Note(bad.Code, rec.Ref(FieldTolerance), bad.Detail, bad.Text)
	}
	if tolerance != nil {
		d.Q.Tolerance = tolerance
	}
	if LettersOf(rec.Text(FieldAnswer)) != "" && len(answers) == 1 && !rec.Exact {
		d.Note(draft.AnswerIsLetter, rec.Ref(FieldAnswer), rec.Text(FieldAnswer), d.Q.Stem)
	}
}

// blankSeparators divide the blanks of an answer, the surest first.
var blankSeparators = []string{"；", ";", "##", "**", "\n", "|", "｜", "，", ",", "、", " "}

// blankAnswers reads the accepted texts of each blank. Alternatives of one blank
// stand between |; those of ranges set the tolerance too.
func blankAnswers(d *draft.Draft, rec *Record, blanks int) (answers [][]string, bad *Trouble) {
	parts, answers, bad := blankParts(rec, blanks)
	if parts == nil || bad != nil {
		return answers, bad
	}
	if rec.Exact {
		for _, part := range parts {
			answers = append(answers, alternatives(part))
		}
		return answers, nil
	}
	answers, d.Q.Tolerance, bad = several(d, rec.Ref(FieldAnswer), parts)
	return answers, bad
}

// blankParts divides an answer into one text a blank, or reads it whole where the
// file says what is what.
func blankParts(rec *Record, blanks int) (parts []string, answers [][]string, bad *Trouble) {
	if hasText(rec.Blanks) {
		parts, bad = columnAnswers(rec)
		return parts, nil, bad
	}
	raw := rec.Text(FieldAnswer)
	if rec.Answers != nil {
		answers, bad = listAnswers(rec.Answers, blanks)
		return nil, answers, bad
	}
	var listed [][]string
	if strings.HasPrefix(raw, "[[") && json.Unmarshal([]byte(raw), &listed) == nil {
		return nil, listed, nil
	}
	if list := StringList(raw); list != nil {
		answers, bad = listAnswers(list, blanks)
		return nil, answers, bad
	}
	if raw == "" {
		return nil, nil, nil
	}
	if !rec.Exact {
		raw = answerLabel.ReplaceAllString(raw, "")
	}
	if rec.Text(fieldWeights) != "" {
		return nil, [][]string{strings.FieldsFunc(raw, func(r rune) bool { return r == ';' || r == '；' })}, nil
	}
	if blanks <= 1 {
		return []string{raw}, nil, nil
	}
	parts, bad = divide(raw, blanks)
	return parts, nil, bad
}

// divide parts an answer at the surest sign that gives one text a blank.
func divide(raw string, blanks int) ([]string, *Trouble) {
	for _, separator := range blankSeparators {
		parts := strings.Split(raw, separator)
		if len(parts) == blanks {
			return parts, nil
		}
		if len(parts) > 1 && (separator == "；" || separator == ";") {
			return nil, &Trouble{draft.BlanksMismatch, strconv.Itoa(blanks) + " 个空，" + strconv.Itoa(len(parts)) +
				" 个答案", raw}
		}
	}
	return nil, &Trouble{draft.BlanksMismatch, strconv.Itoa(blanks) + " 个空，答案分不成 " + strconv.Itoa(blanks) + " 份", raw}
}

func alternatives(text string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(text, "｜", "|"), func(r rune) bool { return r == '|' })
}

// columnAnswers reads one blank a column; a gap between columns leaves open which
// blank is meant.
func columnAnswers(rec *Record) ([]string, *Trouble) {
	var answers []string
	gap := ""
	for _, c := range rec.Blanks {
		if c.Text == "" {
			gap = c.Ref
			continue
		}
		if gap != "" {
			return nil, &Trouble{draft.BlanksMismatch, gap + " 是空的，后面却还有答案", c.Text}
		}
		answers = append(answers, c.Text)
	}
	return answers, nil
}

// listAnswers reads a list: one text a blank.
func listAnswers(list []string, blanks int) ([][]string, *Trouble) {
	if len(list) != blanks && !(blanks == 0 && len(list) == 1) {
		return nil, &Trouble{draft.BlanksMismatch, strconv.Itoa(blanks) + " 个空，" + strconv.Itoa(len(list)) + " 个答案",
			strings.Join(list, "；")}
	}
	var answers [][]string
	for _, text := range list {
		answers = append(answers, []string{text})
	}
	return answers, nil
}

// weigh keeps the accepted texts that count in full.
func (j *judge) weigh(d *draft.Draft, rec *Record) {
	raw := rec.Text(fieldWeights)
	if raw == "" {
		return
	}
	weights := strings.FieldsFunc(raw, func(r rune) bool { return r == ';' || r == '；' })
	if len(d.Q.Blanks) != 1 || len(weights) != len(d.Q.Blanks[0]) {
		d.Note(draft.WeightsUnclear, rec.Ref(fieldWeights), "答案与得分比例的个数不同", raw)
		return
	}
	var full []string
	for i, weight := range weights {
		value, err := strconv.ParseFloat(strings.TrimSpace(weight), 64)
		if err != nil {
			d.Note(draft.WeightsUnclear, rec.Ref(fieldWeights), "", raw)
			return
		}
		if value >= 1 {
			full = append(full, d.Q.Blanks[0][i])
		}
	}
	if len(full) < len(weights) {
		d.Note(draft.WeightsDropped, rec.Ref(fieldWeights), "", raw)
	}
	d.Q.Blanks[0] = full
}

// tolerances reads one number a blank, between ； or |.
func tolerances(text string) ([]float64, *Trouble) {
	if text == "" {
		return nil, nil
	}
	var list []float64
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("；;|", r) }) {
		value, ok := question.Number(strings.TrimLeft(part, "±+"))
		if !ok || value < 0 {
			return nil, &Trouble{draft.Invalid, "允许误差应为数", text}
		}
		list = append(list, value)
	}
	return list, nil
}
