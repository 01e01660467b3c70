package judge

import (
	"slices"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// Answers in digits: 2 under 选项1, 选项2, 选项3 is the second option, or the option
// that says 2. A file follows one of these, so all its rows are asked: where one
// answer can only be a text, none is a place; a row with two readings is rejected.

// readDigits finds which readings the answers in digits leave, unless the caller said.
func (f *facts) readDigits(r *draft.Reading, records []*Record) {
	asked := r.Asked().Digits
	for _, rec := range records {
		answer := narrow(rec.Text(FieldAnswer))
		if rec.Answers != nil || !digitAnswer.MatchString(answer) {
			continue
		}
		list := optionTexts(rec, r.Asked().Separator)
		if len(list) == 0 || len(list) > MaxPieces {
			continue
		}
		if f.digitRows++; f.decided == nil {
			f.decided = rec
		}
		if asked != "" {
			continue
		}
		_, _, outside := pickDigits(answer, list)
		text := len(matchOption(answer, list)) > 0
		onlyText, onlyPlace := text && outside != nil, !text && outside == nil
		if onlyText && !f.digitTexts || onlyPlace && !f.digitTexts && !f.digitPlaces {
			f.decided, f.shown = rec, true
		}
		f.digitTexts, f.digitPlaces = f.digitTexts || onlyText, f.digitPlaces || onlyPlace
	}
	f.Places = f.Places && asked == "" || asked == draft.DigitPlaces
	f.digitTexts = f.digitTexts || asked == draft.DigitTexts
}

// sayDigits tells once how answers in digits are read, and which answer decided it.
func (f *facts) sayDigits(r *draft.Reading) {
	if f.decided == nil {
		return
	}
	at, value, code := f.decided.place(FieldAnswer), draft.DigitTexts, draft.DigitsAsTexts
	if f.Places || f.OptionDigits && !f.digitTexts {
		value, code = draft.DigitPlaces, draft.DigitsAsPlaces
	}
	for range f.digitRows {
		r.Follows("digits", string(value), at, f.decided.Text(FieldAnswer)+" "+f.decided.Text(FieldStem))
	}
	if f.shown && (f.digitTexts || f.OptionDigits) {
		r.Note(code, at, "由这一题看出", f.decided.Text(FieldStem))
	}
}

// optionTexts are the options of a record as far as they can be read.
func optionTexts(rec *Record, separator string) []Option {
	if hasText(rec.Options) {
		options, _ := ownColumns(rec)
		return options
	}
	if rec.Pieces != nil {
		options, _, _ := lettered(rec.Pieces)
		return options
	}
	options, _, _, _ := splitAt(rec.Text(FieldOptions), separator)
	return options
}

// pickNumber reads an answer in digits; done is false where it is to be read as any
// other text.
func pickNumber(answer string, options []Option, f *facts) (right []int, bad *Trouble, done bool) {
	if f.Places {
		right, _, bad = pickDigits(answer, options)
		return right, bad, true
	}
	if f.digitTexts {
		return nil, nil, false
	}
	byText := matchOption(answer, options)
	if !f.OptionDigits {
		if len(byText) > 0 && f.digitPlaces {
			return nil, twoReadings(answer, options, byText[0]), true
		}
		return nil, nil, false
	}
	right, _, bad = pickDigits(answer, options)
	if bad == nil && len(byText) > 0 && !slices.Equal(right, byText) {
		return nil, twoReadings(answer, options, byText[0]), true
	}
	return right, bad, true
}

func twoReadings(answer string, options []Option, text int) *Trouble {
	detail := "“" + answer + "”是选项" + draft.Letter(text) + "的原文"
	if place, _, outside := pickDigits(answer, options); outside == nil && len(place) == 1 {
		detail += "，也可能是第 " + answer + " 个选项“" + draft.Shorten(options[place[0]].Text) + "”"
	}
	return &Trouble{draft.AnswerUnclear, detail, answer}
}

// joinWrong makes options of a right answer and the wrong ones beside it.
func (r *Record) joinWrong() {
	if c := r.get(FieldWrong); c.Text != "" && len(r.Wrong) == 0 {
		for _, text := range StringList(c.Text) {
			r.Wrong = append(r.Wrong, Cell{text, c.Ref})
		}
	}
	answer := r.get(FieldAnswer)
	if !hasText(r.Wrong) || hasText(r.Options) || r.Text(FieldOptions) != "" || answer.Text == "" {
		return
	}
	r.Options, r.Marks = []Cell{answer}, []Cell{{"1", answer.Ref}}
	for _, wrong := range r.Wrong {
		if wrong.Text != "" {
			r.Options, r.Marks = append(r.Options, wrong), append(r.Marks, Cell{"0", wrong.Ref})
		}
	}
	r.Set(FieldAnswer, Cell{})
	r.Set(FieldKind, Cell{})
}

// seconds holds what other columns and marks say of the answer against it.
func (j *judge) seconds(d *draft.Draft, rec *Record, options []Option) {
	for _, second := range rec.Seconds {
		first := rec.Text(FieldAnswer)
		switch {
		case strings.TrimSpace(second.Text) == "":
		case first == "" && rec.Answers == nil:
			rec.Set(FieldAnswer, second)
		case !j.sameAnswer(rec, second.Text, options):
			d.Note(draft.AnswerConflict, second.Ref, "一处是 "+draft.Shorten(first)+"，一处是 "+
				draft.Shorten(second.Text), d.Q.Stem)
		}
	}
	if !hasText(rec.Marks) || rec.Text(FieldAnswer) == "" || len(options) == 0 {
		return
	}
	marked, _, bad := pickMarks(rec, options)
	right, _, wrong := pick(rec, options, &j.f)
	if slices.Sort(right); bad == nil && wrong == nil && !slices.Equal(marked, right) {
		d.Note(draft.AnswerConflict, rec.Ref(FieldAnswer), "标出的是 "+draft.Letters(marked)+"，答案是 "+
			draft.Letters(right), d.Q.Stem)
	}
}

// sameAnswer reports whether another text names the same answer.
func (j *judge) sameAnswer(rec *Record, second string, options []Option) bool {
	first := rec.Text(FieldAnswer)
	if question.Normalise(first) == question.Normalise(second) || sameLetters(LettersOf(first), LettersOf(second)) {
		return true
	}
	one, ok := TruthOf(first)
	other, okToo := TruthOf(second)
	if ok && okToo || len(options) == 0 {
		return ok && okToo && one == other
	}
	again := *rec
	again.fields, again.Answers = slices.Clone(rec.fields), nil
	again.Set(FieldAnswer, Cell{Text: second})
	a, _, bad := pick(rec, options, &j.f)
	b, _, worse := pick(&again, options, &j.f)
	slices.Sort(a)
	slices.Sort(b)
	return bad == nil && worse == nil && slices.Equal(a, b)
}
