package judge

import (
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// choice judges a single or multiple choice; kind "" takes the number of right
// options for it.
func (j *judge) choice(d *draft.Draft, rec *Record, options []Option, kind question.Kind) {
	d.Q.Options = texts(options)
	j.showPictures(d, rec, len(options))
	if len(options) == 0 {
		d.Note(draft.OptionsNone, optionRef(rec), unparted(d.Q.Stem), d.Q.Stem)
		return
	}
	right, notes, bad := pick(rec, options, &j.f)
	if bad != nil {
		d.Note(bad.Code, rec.Ref(FieldAnswer), bad.Detail, bad.Text)
		return
	}
	for _, note := range notes {
		d.Note(note.Code, rec.Ref(FieldAnswer), note.Detail, note.Text)
	}
	slices.Sort(right)
	d.Q.Right = right
	if kind == "" {
		kind = question.Multiple
		if len(right) == 1 {
			kind = question.Single
		}
	}
	d.Q.Kind = kind
	if many := len(right) > 1; kind != question.Indefinite && many != (kind == question.Multiple) {
		d.Note(draft.KindConflict, rec.Ref(FieldAnswer), kind.Name()+"有 "+strconv.Itoa(len(right))+" 个答案",
			rec.Text(FieldAnswer))
	}
}

// showPictures gives the options of a choice their pictures.
func (j *judge) showPictures(d *draft.Draft, rec *Record, options int) {
	names := rec.Pictures
	if len(names) == 0 && rec.Exact {
		names = StringList(rec.Text(FieldOptionImages))
	}
	if len(names) == 0 {
		return
	}
	if len(names) > options {
		d.Note(draft.ImageInOption, optionRef(rec), "", d.Q.Stem)
		return
	}
	d.Q.OptionImages = append(slices.Clone(names), make([]string, options-len(names))...)
	if rec.Unnamed {
		d.Note(draft.OptionUnnamed, optionRef(rec), "", d.Q.Stem)
	}
}

func texts(options []Option) []string {
	list := make([]string, len(options))
	for i := range options {
		list[i] = options[i].Text
	}
	return list
}

func (j *judge) trueFalse(d *draft.Draft, rec *Record, options []Option) {
	d.Q.Options = question.TrueFalseOptions
	raw := rec.Text(FieldAnswer)
	if len(rec.Answers) == 1 {
		raw = rec.Answers[0]
	} else if list := StringList(raw); len(list) == 1 {
		raw = list[0]
	}
	answer := answerLabel.ReplaceAllString(strings.TrimSpace(raw), "")
	if answer == "" && !hasText(rec.Marks) {
		d.Note(draft.AnswerEmpty, rec.Ref(FieldAnswer), "", d.Q.Stem)
		return
	}
	truth, said := TruthOf(answer)
	if len(options) > 0 {
		pair, ok := TruthPair(options)
		if !ok {
			d.Note(draft.TrueFalseOptions, optionRef(rec), "", strings.Join(texts(options), " "))
			return
		}
		if !said || LettersOf(answer) != "" {
			right, _, bad := pick(rec, options, &j.f)
			if bad == nil && len(right) != 1 {
				bad = &Trouble{draft.KindConflict, "判断题有 " + strconv.Itoa(len(right)) + " 个答案", raw}
			}
			if bad != nil {
				d.Note(bad.Code, rec.Ref(FieldAnswer), bad.Detail, bad.Text)
				return
			}
			truth, said = pair[right[0]], true
		}
	}
	if !said && len(options) == 0 {
		if truth, said = j.digitTruth(answer); said {
			j.sayTruth(d, rec)
		}
	}
	if !said {
		d.Note(draft.TrueFalseUnclear, rec.Ref(FieldAnswer), "写的是“"+draft.Shorten(raw)+"”", d.Q.Stem)
		return
	}
	d.Q.Right = []int{1}
	if truth {
		d.Q.Right = []int{0}
	}
}

// sayTruth tells that a statement is answered by a digit, which has two readings.
func (j *judge) sayTruth(d *draft.Draft, rec *Record) {
	asked := j.r.Asked().Truth
	if asked == "" {
		asked = draft.TruthOne
		d.Note(draft.TrueFalseDigits, rec.Ref(FieldAnswer), "", d.Q.Stem)
	}
	j.r.Follows("truth", string(asked), rec.place(FieldAnswer), rec.Text(FieldAnswer)+" "+d.Q.Stem)
}

func (j *judge) ordering(d *draft.Draft, rec *Record, options []Option) {
	d.Q.Options = texts(options)
	lettersInOrder(d, rec, len(options), "排序题的答案写成 BCA 的样子")
}

// lettersInOrder reads an answer of letters whose order counts; each must be one
// of count. how says what such an answer looks like.
func lettersInOrder(d *draft.Draft, rec *Record, count int, how string) {
	answer := narrow(rec.Text(FieldAnswer))
	if answer == "" {
		d.Note(draft.AnswerEmpty, rec.Ref(FieldAnswer), "", d.Q.Stem)
		return
	}
	if !orderAnswer.MatchString(answer) {
		d.Note(draft.AnswerNoLetter, rec.Ref(FieldAnswer), how, answer)
		return
	}
	d.Q.Right = letterIndexes(answer)
	for _, index := range d.Q.Right {
		if index >= count {
			d.Note(draft.AnswerOutside, rec.Ref(FieldAnswer), "", answer)
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

func (j *judge) matching(d *draft.Draft, rec *Record, options []Option) {
	d.Q.Options = texts(options)
	matches, _, notes, bad := SplitOptions(rec.Text(FieldMatches))
	if bad != nil {
		d.Note(bad.Code, rec.Ref(FieldMatches), bad.Detail, bad.Text)
		return
	}
	for _, note := range notes {
		d.Note(note.Code, rec.Ref(FieldMatches), note.Detail, note.Text)
	}
	d.Q.Matches = texts(matches)
	lettersInOrder(d, rec, len(matches), "连线题的答案依次写各左项对应的字母，如 CAB")
}

// extras reads what is not needed to judge the question.
func (j *judge) extras(d *draft.Draft, rec *Record) {
	q := &d.Q
	clean := func(f Field) string {
		if rec.Exact {
			return rec.Text(f)
		}
		text, _ := Tidy(rec.Text(f))
		return text
	}
	q.ID, q.Explanation, q.Image = clean(FieldID), clean(FieldExplanation), clean(FieldImage)
	q.Source.Title = clean(FieldTitle)
	if !rec.Exact {
		q.Source = sourceOf(q.Source.Title)
	}
	if article := clean(FieldArticle); article != "" {
		q.Source.Article = article
	}
	q.Source.Version, q.Source.Effective = clean(FieldVersion), clean(FieldEffective)
	q.Source.Key, q.Apart = clean(FieldKey), words(clean(FieldApart))
	q.ImageAlt = clean(FieldImageAlt)
	q.Material = materialOf(rec)
	j.review(d, rec, clean)
	q.Topics = words(clean(FieldTopics))
	q.Audience = words(clean(FieldAudience))
	q.Difficulty = difficultyOf(clean(FieldDifficulty))
	if q.Difficulty == 0 {
		d.Note(draft.ValueUnclear, rec.Ref(FieldDifficulty), "难度应为 1 到 5", rec.Text(FieldDifficulty))
	}
	if score := clean(FieldScore); score != "" {
		value, err := strconv.ParseFloat(strings.TrimSuffix(narrow(score), "分"), 64)
		if err != nil || !(value >= 0 && value <= question.MaxScore) {
			d.Note(draft.ValueUnclear, rec.Ref(FieldScore), "分值应为数", score)
		} else {
			q.Score = value
		}
	}
}

// materialOf reads what the question is asked about. Rows that say the same have one
// material; one that gives only its number has that of the row that tells it.
func materialOf(rec *Record) *question.Material {
	m := question.Material{ID: rec.Text(FieldMaterialID), Title: rec.Text(FieldMaterialTitle),
		Text: rec.Text(FieldMaterial), Image: rec.Text(FieldMaterialImage), ImageAlt: rec.Text(FieldMaterialImageAlt)}
	if !rec.Exact {
		m.ID, _ = Tidy(m.ID)
		m.Title, _ = Tidy(m.Title)
		m.Image, _ = Tidy(m.Image)
		m.ImageAlt, _ = Tidy(m.ImageAlt)
		m.Text = strings.TrimSpace(strings.ReplaceAll(m.Text, "\r\n", "\n"))
	}
	if m == (question.Material{}) {
		return nil
	}
	if m.ID == "" {
		m.ID = draft.MakeMaterialID(m.Title, m.Text, m.Image)
	}
	return &m
}

// seenWords are how sheets write what a reviewer saw of the source.
var seenWords = map[question.Seen]string{question.SeenText: "原文", question.SeenQuoted: "转述", question.SeenNone: "没有"}

// SeenCell writes what a reviewer saw of the source into a cell.
func SeenCell(seen question.Seen) string { return seenWords[seen] }

// review reads what editors note on a question.
func (j *judge) review(d *draft.Draft, rec *Record, clean func(Field) string) {
	d.Q.Review = question.Review{By: clean(FieldReviewer), On: clean(FieldReviewed), Against: clean(FieldAgainst)}
	text := clean(FieldSeen)
	for seen, word := range seenWords {
		if text == word {
			d.Q.Review.Seen = seen
		}
	}
	if text != "" && d.Q.Review.Seen == "" {
		d.Note(draft.ValueUnclear, rec.Ref(FieldSeen), "核对所见应为原文、转述或没有", text)
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
