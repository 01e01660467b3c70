package judge

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

var (
	answerLabel  = regexp.MustCompile(`^(?:【?(?:参考|正确|标准)?答案】?[:：]?|故?选[:：]?)\s*`)
	letterAnswer = regexp.MustCompile(`^[A-L](?:[\s,、;.|/+&和#*]*[A-L])*[.。]?$`)
	digitAnswer  = regexp.MustCompile(`^[0-9]{1,2}(?:[\s,、;|/]+[0-9]{1,2})*$`)
	orderAnswer  = regexp.MustCompile(`^[A-L](?:[\s,、;|/→>\-–—]*[A-L])*$`)
)

// pick finds the options that an answer names, in the order written.
func pick(rec *Record, options []Option, f *facts) (right []int, notes []Trouble, bad *Trouble) {
	raw := strings.TrimSpace(rec.Text(FieldAnswer))
	parts := rec.Answers
	if parts == nil {
		parts = StringList(raw)
	}
	if len(parts) > 0 {
		return pickParts(parts, options, raw)
	}
	if raw == "" {
		return pickMarks(rec, options)
	}
	answer := answerLabel.ReplaceAllString(raw, "")
	if digits := narrow(answer); digitAnswer.MatchString(digits) {
		if right, bad, done := pickNumber(digits, options, f); done {
			return right, nil, bad
		}
	}
	byText := matchOption(answer, options)
	letters := LettersOf(answer)
	switch {
	case letters != "" && len(byText) == 1 && letters != options[byText[0]].Letter &&
		letters != draft.Letter(byText[0]):
		return nil, nil, &Trouble{draft.AnswerUnclear, "既是字母，又是第 " + strconv.Itoa(byText[0]+1) + " 个选项的原文", raw}
	case letters != "":
		right, bad = pickLetters(letters, options)
		return right, nil, bad
	case len(byText) == 1:
		return byText, []Trouble{{draft.AnswerAsText, draft.Letter(byText[0]), raw}}, nil
	case len(byText) > 1:
		return nil, nil, &Trouble{draft.AnswerUnclear, "有几个选项是这个原文", raw}
	}
	if right, done, bad := pickNamed(answer, options); done {
		return right, nil, bad
	}
	for _, separator := range []string{"**", "##", "\n", "；", ";", "|", "，", ",", "、"} {
		if parts := strings.Split(answer, separator); len(parts) > 1 {
			if right, notes, bad := pickParts(parts, options, raw); bad == nil {
				return right, notes, nil
			}
		}
	}
	return nil, nil, &Trouble{draft.AnswerNoLetter, "", raw}
}

// LettersOf returns the letters of an answer that is nothing but letters.
func LettersOf(answer string) string {
	answer = strings.NewReplacer("，", ",", "；", ";", "（", "(", "）", ")").Replace(answer)
	answer = strings.Trim(narrow(answer), "()[]【】.。;, ")
	if !letterAnswer.MatchString(answer) {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'L' {
			return r
		}
		return -1
	}, answer)
}

// pickLetters turns letters into indexes: by the options' own letters.
func pickLetters(letters string, options []Option) ([]int, *Trouble) {
	var right []int
	for _, mark := range letters {
		index := int(mark - 'A')
		if index >= len(options) {
			return nil, &Trouble{draft.AnswerOutside, "答案是 " + letters + "，只有 " + strconv.Itoa(len(options)) +
				" 个选项", letters}
		}
		if slices.Contains(right, index) {
			return nil, &Trouble{draft.AnswerUnclear, "字母 " + string(mark) + " 写了两次", letters}
		}
		right = append(right, index)
	}
	return right, nil
}

func pickDigits(answer string, options []Option) ([]int, []Trouble, *Trouble) {
	var right []int
	for _, digits := range strings.FieldsFunc(answer, func(r rune) bool { return r < '0' || r > '9' }) {
		index := int(digits[0]-'0') - 1
		if len(digits) == 2 {
			index = int(digits[0]-'0')*10 + int(digits[1]-'0') - 1
		}
		if index < 0 || index >= len(options) {
			return nil, nil, &Trouble{draft.AnswerOutside, "", answer}
		}
		right = append(right, index)
	}
	return right, nil, nil
}

// pickParts finds an option for each part of an answer, by letter or by text.
func pickParts(parts []string, options []Option, raw string) ([]int, []Trouble, *Trouble) {
	var right []int
	var notes []Trouble
	for _, part := range parts {
		found := matchOption(part, options)
		if len(found) != 1 {
			letters := LettersOf(part)
			if len(letters) != 1 || len(found) > 1 {
				return nil, nil, &Trouble{draft.AnswerNoLetter, "", raw}
			}
			var bad *Trouble
			if found, bad = pickLetters(letters, options); bad != nil {
				return nil, nil, bad
			}
		} else if notes == nil {
			notes = []Trouble{{draft.AnswerAsText, "", raw}}
		}
		if slices.Contains(right, found[0]) {
			return nil, nil, &Trouble{draft.AnswerUnclear, "同一个选项写了两次", raw}
		}
		right = append(right, found[0])
	}
	return right, notes, nil
}

// pickMarks reads the columns that mark each option as right or wrong.
func pickMarks(rec *Record, options []Option) ([]int, []Trouble, *Trouble) {
	if !hasText(rec.Marks) {
		return nil, nil, &Trouble{draft.AnswerEmpty, "", ""}
	}
	var right []int
	for i := range options {
		if i >= len(rec.Marks) {
			break
		}
		mark := rec.Marks[i].Text
		truth, ok := TruthOf(mark)
		switch narrow(mark) {
		case "":
			truth, ok = false, true
		case "1", "100", "1.0", "100%":
			truth, ok = true, true
		case "0", "0.0", "0%":
			truth, ok = false, true
		}
		if !ok {
			return nil, nil, &Trouble{draft.AnswerUnclear, rec.Marks[i].Ref, mark}
		}
		if truth {
			right = append(right, i)
		}
	}
	if len(right) == 0 {
		return nil, nil, &Trouble{draft.AnswerEmpty, "没有标出正确的选项", ""}
	}
	return right, nil, nil
}

// matchOption lists the options whose text is the given one.
func matchOption(text string, options []Option) []int {
	key := question.Normalise(text)
	if key == "" {
		return nil
	}
	var found []int
	for i, o := range options {
		if question.Normalise(o.Text) == key {
			found = append(found, i)
		}
	}
	return found
}

// namedPart is a letter with the text of its option: B:119
var namedPart = regexp.MustCompile(`^([A-L])\s*[:：.．、]\s*(.+)$`)

// pickNamed reads letters that stand before the texts of their options: B:119; each
// text must be that of its option.
func pickNamed(answer string, options []Option) (right []int, done bool, bad *Trouble) {
	for _, part := range filledParts(strings.FieldsFunc(answer, func(r rune) bool { return r == ';' || r == '；' })) {
		found := namedPart.FindStringSubmatch(part)
		if found == nil {
			return nil, false, nil
		}
		index := int(found[1][0] - 'A')
		if !slices.Contains(matchOption(found[2], options), index) {
			return nil, true, &Trouble{draft.AnswerConflict, "字母 " + found[1] + " 与原文“" +
				draft.Shorten(found[2]) + "”不是同一个选项", answer}
		}
		if slices.Contains(right, index) {
			return nil, true, &Trouble{draft.AnswerUnclear, "字母 " + found[1] + " 写了两次", answer}
		}
		right = append(right, index)
	}
	return right, len(right) > 0, nil
}
