package bankfile

import (
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/question"
)

// choice judges a single or multiple choice; kind "" takes the number of right
// options for it.
func (j *judge) choice(d *draft, rec *record, options []option, kind question.Kind) {
	d.q.Options = texts(options)
	if len(options) == 0 {
		d.note(OptionsNone, optionRef(rec), "", d.q.Stem)
		return
	}
	right, notes, bad := pick(rec, options, &j.f)
	if bad != nil {
		d.note(bad.code, rec.ref(fieldAnswer), bad.detail, bad.text)
		return
	}
	for _, note := range notes {
		d.note(note.code, rec.ref(fieldAnswer), note.detail, note.text)
	}
	slices.Sort(right)
	d.q.Right = right
	if kind == "" {
		kind = question.Multiple
		if len(right) == 1 {
			kind = question.Single
		}
	}
	d.q.Kind = kind
	if many := len(right) > 1; many != (kind == question.Multiple) {
		d.note(KindConflict, rec.ref(fieldAnswer), kind.Name()+"有 "+itoa(len(right))+" 个答案", rec.text(fieldAnswer))
	}
}

func texts(options []option) []string {
	list := make([]string, len(options))
	for i := range options {
		list[i] = options[i].text
	}
	return list
}

func (j *judge) trueFalse(d *draft, rec *record, options []option) {
	d.q.Options = question.TrueFalseOptions
	raw := rec.text(fieldAnswer)
	if len(rec.answers) == 1 {
		raw = rec.answers[0]
	} else if list := stringList(raw); len(list) == 1 {
		raw = list[0]
	}
	answer := answerLabel.ReplaceAllString(strings.TrimSpace(raw), "")
	if answer == "" && !hasText(rec.marks) {
		d.note(AnswerEmpty, rec.ref(fieldAnswer), "", d.q.Stem)
		return
	}
	truth, said := truthOf(answer)
	if len(options) > 0 {
		pair, ok := truthPair(options)
		if !ok {
			d.note(TrueFalseOptions, optionRef(rec), "", strings.Join(texts(options), " "))
			return
		}
		if !said || lettersOf(answer) != "" {
			right, _, bad := pick(rec, options, &j.f)
			if bad == nil && len(right) != 1 {
				bad = &trouble{KindConflict, "判断题有 " + itoa(len(right)) + " 个答案", raw}
			}
			if bad != nil {
				d.note(bad.code, rec.ref(fieldAnswer), bad.detail, bad.text)
				return
			}
			truth, said = pair[right[0]], true
		}
	}
	if digit := narrow(answer); !said && len(options) == 0 {
		truth, said = digit == "1", digit == "1" || digit == "0" || digit == "2" && j.f.digitTruth
		if said {
			d.note(TrueFalseDigits, rec.ref(fieldAnswer), "", d.q.Stem)
		}
	}
	if !said {
		d.note(TrueFalseUnclear, rec.ref(fieldAnswer), "写的是“"+shorten(raw)+"”", d.q.Stem)
		return
	}
	d.q.Right = []int{1}
	if truth {
		d.q.Right = []int{0}
	}
}

func (j *judge) ordering(d *draft, rec *record, options []option) {
	d.q.Options = texts(options)
	lettersInOrder(d, rec, len(options), "排序题的答案写成 BCA 的样子")
}

// lettersInOrder reads an answer of letters whose order counts; each must be one
// of count. how says what such an answer looks like.
func lettersInOrder(d *draft, rec *record, count int, how string) {
	answer := narrow(rec.text(fieldAnswer))
	if answer == "" {
		d.note(AnswerEmpty, rec.ref(fieldAnswer), "", d.q.Stem)
		return
	}
	if !orderAnswer.MatchString(answer) {
		d.note(AnswerNoLetter, rec.ref(fieldAnswer), how, answer)
		return
	}
	d.q.Right = letterIndexes(answer)
	for _, index := range d.q.Right {
		if index >= count {
			d.note(AnswerOutside, rec.ref(fieldAnswer), "", answer)
			return
		}
	}
}

// letterIndexes turns each letter of an answer into its index.
func letterIndexes(answer string) []int {
	var list []int
	for _, r := range answer {
		if r >= 'A' && r <= 'L' {
			list = append(list, int(r-'A'))
		}
	}
	return list
}

func (j *judge) matching(d *draft, rec *record, options []option) {
	d.q.Options = texts(options)
	matches, _, notes, bad := splitOptions(rec.text(fieldMatches))
	if bad != nil {
		d.note(bad.code, rec.ref(fieldMatches), bad.detail, bad.text)
		return
	}
	for _, note := range notes {
		d.note(note.code, rec.ref(fieldMatches), note.detail, note.text)
	}
	d.q.Matches = texts(matches)
	lettersInOrder(d, rec, len(matches), "连线题的答案依次写各左项对应的字母，如 CAB")
}

// extras reads what is not needed to judge the question.
func (j *judge) extras(d *draft, rec *record) {
	q := &d.q
	clean := func(f field) string {
		if rec.exact {
			return rec.text(f)
		}
		text, _ := tidy(rec.text(f))
		return text
	}
	q.ID, q.Explanation, q.Image = clean(fieldID), clean(fieldExplanation), clean(fieldImage)
	q.Source.Title = clean(fieldTitle)
	if !rec.exact {
		q.Source = sourceOf(q.Source.Title)
	}
	if article := clean(fieldArticle); article != "" {
		q.Source.Article = article
	}
	q.Source.Version, q.Source.Effective = clean(fieldVersion), clean(fieldEffective)
	q.Topics = words(clean(fieldTopics))
	q.Audience = words(clean(fieldAudience))
	q.Difficulty = difficultyOf(clean(fieldDifficulty))
	if q.Difficulty == 0 {
		d.note(ValueUnclear, rec.ref(fieldDifficulty), "难度应为 1 到 5", rec.text(fieldDifficulty))
	}
	if score := clean(fieldScore); score != "" {
		value, err := strconv.ParseFloat(strings.TrimSuffix(narrow(score), "分"), 64)
		if err != nil || !(value >= 0 && value <= question.MaxScore) {
			d.note(ValueUnclear, rec.ref(fieldScore), "分值应为数", score)
		} else {
			q.Score = value
		}
	}
}

// sourceOf reads 《消防法》第四十四条 as title and article.
func sourceOf(text string) question.Source {
	if strings.HasPrefix(text, "《") && strings.Count(text, "《") == 1 {
		if title, article, ok := strings.Cut(strings.TrimPrefix(text, "《"), "》"); ok {
			return question.Source{Title: title, Article: strings.TrimSpace(article)}
		}
	}
	return question.Source{Title: text}
}

func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；;|\n\t ", r) })
}

var difficulties = map[string]int{
	"": 1, "无": 1, "很易": 1, "容易": 1, "易": 1, "简单": 1, "较易": 2, "一般": 3, "中": 3, "中等": 3, "适中": 3,
	"较难": 4, "难": 4, "困难": 4, "很难": 5, "极难": 5, "EASY": 1, "MEDIUM": 3, "HARD": 4,
}

// difficultyOf reads a difficulty as 1 to 5; 0 when it cannot.
func difficultyOf(text string) int {
	text = narrow(text)
	if len(text) == 1 && text[0] >= '1' && text[0] <= '5' {
		return int(text[0] - '0')
	}
	return difficulties[text]
}
