// Package judge decides what a row of a loose format means: a record says what a
// row says, in texts; its kind, options and answer are found here, in one place for
// all formats, and what has two readings is rejected. It also holds what the formats
// of learning platforms share.
package judge

import (
	"cmp"
	"slices"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// judge turns records into drafts. It is the one place that decides what a row of
// a loose format means.
type judge struct {
	r *draft.Reading
	f facts
}

// Hints are what a sheet as a whole says, beside its rows.
type Hints struct {
	// Kind is the kind of question that the sheet's name gives, or "".
	Kind string
	// OptionDigits tells that the options are headed 1, 2, 3, so that an answer in
	// digits names an option.
	OptionDigits bool
	// Places tells that an answer in digits is always the place of an option.
	Places bool
}

// All judges the records of one sheet or text.
func All(r *draft.Reading, records []*Record, say Hints) {
	j := &judge{r: r, f: facts{Hints: say}}
	for _, rec := range records {
		rec.partStem(j.kindWord(rec))
	}
	j.f.gather(r, records)
	j.f.sayDigits(r)
	for i, rec := range records {
		j.one(rec, j.f.numbered[i])
		records[i] = nil // a draft holds what is kept
	}
}

func (j *judge) one(rec *Record, numbered bool) {
	d := j.r.Found(rec.At)
	if off, said := TruthOf(rec.Text(fieldEnabled)); said && !off {
		d.Note(draft.Disabled, rec.Ref(fieldEnabled), "", rec.Text(FieldStem))
		return
	}
	if rec.Unread != "" {
		d.Q.Stem = rec.Unread
		d.Note(draft.TextUnread, "", "", rec.Unread)
		return
	}
	rec.joinWrong()
	rec.partReason()
	rec.sayParted(d)
	want, kind := j.kindOf(d, rec)
	stem := j.stemOf(d, rec, numbered)
	if stem == "" {
		d.Note(draft.StemEmpty, rec.Ref(FieldStem), "", "")
	}
	d.Q.Stem = stem
	j.extras(d, rec)
	j.suspect(d, rec)
	if d.Rejected {
		return
	}
	options, bad := j.options(d, rec)
	if bad != nil {
		d.Note(bad.Code, optionRef(rec), bad.Detail, bad.Text)
		return
	}
	if j.seconds(d, rec, options); d.Rejected {
		return
	}
	defer func() {
		if len(rec.Pictures) > 0 && d.Q.OptionImages == nil && !d.Rejected {
			d.Note(draft.ImageInOption, optionRef(rec), "", d.Q.Stem)
		}
	}()
	if want == KindGiven {
		j.given(d, rec, kind, options)
		return
	}
	j.inferred(d, rec, want, options)
}

// kindWord is what the row, or failing that its sheet, says about the kind.
func (j *judge) kindWord(rec *Record) string {
	for _, f := range []Field{FieldKind, fieldKindOrTopic} {
		if want, _ := KindOf(rec.Text(f)); want != KindAbsent && want != kindStrange {
			return rec.Text(f)
		}
	}
	return j.f.Kind
}

// kindOf reads what the row, or failing that its sheet, says about the kind.
func (j *judge) kindOf(d *draft.Draft, rec *Record) (Wanted, question.Kind) {
	word, ref := rec.Text(FieldKind), rec.Ref(FieldKind)
	if other := rec.Text(fieldKindOrTopic); word == "" && other != "" {
		if want, _ := KindOf(other); want != kindStrange && want != kindCodeGiven {
			word, ref = other, rec.Ref(fieldKindOrTopic)
		} else {
			rec.Set(FieldTopics, rec.get(fieldKindOrTopic))
		}
	}
	if word == "" {
		word = j.f.Kind
	}
	want, kind := KindOf(word)
	switch want {
	case kindStrange:
		d.Note(draft.KindUnknown, ref, "写的是“"+draft.Shorten(word)+"”", rec.Text(FieldStem))
	case KindForeign:
		d.Note(draft.KindUnsupported, ref, word, rec.Text(FieldStem))
	}
	return want, kind
}

func (j *judge) options(d *draft.Draft, rec *Record) ([]Option, *Trouble) {
	if hasText(rec.Options) {
		return ownColumns(rec)
	}
	options, separator, notes, bad := splitAt(rec.Text(FieldOptions), j.r.Asked().Separator)
	if rec.Pieces != nil {
		separator = "list"
		options, notes, bad = lettered(rec.Pieces)
	}
	if separator != "" && separator != "list" {
		j.r.Follows("separator", separator, rec.place(FieldOptions), rec.Text(FieldOptions))
	}
	if bad != nil {
		return nil, bad
	}
	if separator != "list" {
		_, separated := Tidy(strings.ReplaceAll(rec.Text(FieldOptions), "\n", ""))
		if separated && !rec.Exact {
			d.Note(draft.BlankCleaned, rec.Ref(FieldOptions), "", rec.Text(FieldOptions))
		}
	}
	for _, note := range notes {
		d.Note(note.Code, rec.Ref(FieldOptions), note.Detail, note.Text)
	}
	return options, nil
}

func optionRef(rec *Record) string {
	if ref := rec.Ref(FieldOptions); ref != "" {
		return ref
	}
	if len(rec.Options) > 0 {
		return rec.Options[0].Ref
	}
	return ""
}

// given judges a question whose kind the file says.
func (j *judge) given(d *draft.Draft, rec *Record, kind question.Kind, options []Option) {
	d.Q.Kind = kind
	switch kind {
	case question.TrueFalse:
		j.bracketAnswer(d, rec, options)
		j.trueFalse(d, rec, options)
	case question.Fill:
		if len(options) > 0 && rec.Text(FieldAnswer) == "" && hasText(rec.Options) {
			rec.Answers, rec.Blanks = nil, []Cell{{strings.Join(texts(options), "|"), rec.Options[0].Ref}}
		} else if len(options) > 0 {
			d.Note(draft.KindConflict, optionRef(rec), "填空题不应有选项", rec.Text(FieldOptions))
			return
		}
		j.fill(d, rec)
	case question.Ordering:
		j.ordering(d, rec, options)
	case question.Matching:
		j.matching(d, rec, options)
	default:
		j.bracketAnswer(d, rec, options)
		j.choice(d, rec, options, kind)
	}
}

// inferred judges a question whose kind shows only in its options and answer.
func (j *judge) inferred(d *draft.Draft, rec *Record, want Wanted, options []Option) {
	answer := rec.Text(FieldAnswer)
	if len(rec.Answers) == 1 {
		answer = rec.Answers[0]
	} else if list := StringList(answer); len(list) == 1 {
		answer = list[0]
	}
	_, truth := TruthOf(answer)
	digit := j.f.digitTruth && slices.Contains([]string{"0", "1", "2"}, narrow(answer))
	_, pair := TruthPair(options)
	switch {
	case want == KindChoice && len(options) > 0, want != KindChoice && len(options) > 0 && !pair:
		j.bracketAnswer(d, rec, options)
		if j.choice(d, rec, options, ""); want == kindCodeGiven && !d.Rejected {
			d.Note(draft.KindInferred, rec.Ref(FieldKind), d.Q.Kind.Name(), rec.Text(FieldStem))
		}
	case want == KindChoice:
		d.Note(draft.OptionsNone, optionRef(rec), unparted(d.Q.Stem), d.Q.Stem)
	case pair || truth || digit:
		d.Q.Kind = question.TrueFalse
		if digit || want == kindCodeGiven {
			d.Note(draft.KindInferred, rec.Ref(FieldKind), d.Q.Kind.Name(), d.Q.Stem)
		}
		j.bracketAnswer(d, rec, options)
		j.trueFalse(d, rec, options)
	case lostOptions(answer) && !hasText(rec.Blanks):
		d.Note(draft.OptionsNone, optionRef(rec), cmp.Or(unparted(d.Q.Stem), "答案是选项的字母 "+answer), d.Q.Stem)
	case hasText(rec.Blanks) || rec.Text(fieldWeights) != "" || underscores.MatchString(d.Q.Stem):
		d.Q.Kind = question.Fill
		d.Note(draft.KindInferred, rec.Ref(FieldKind), d.Q.Kind.Name(), d.Q.Stem)
		j.fill(d, rec)
	default:
		j.bracketTruth(d, rec)
	}
}

// lostOptions reports whether an answer without options can only be the letters of some.
func lostOptions(answer string) bool {
	letters := []byte(LettersOf(answer))
	return len(letters) > 0 && slices.IsSorted(letters) && len(slices.Compact(letters)) == len(LettersOf(answer))
}

// bracketTruth judges what has neither kind nor options: only a true or false in
// the stem's brackets makes it a question.
func (j *judge) bracketTruth(d *draft.Draft, rec *Record) {
	answer, _ := answerInStem(d.Q.Stem)
	if _, truth := TruthOf(answer); truth && rec.Text(FieldAnswer) == "" {
		d.Q.Kind = question.TrueFalse
		j.bracketAnswer(d, rec, nil)
		j.trueFalse(d, rec, nil)
		return
	}
	d.Note(draft.OptionsNone, optionRef(rec), unparted(d.Q.Stem), d.Q.Stem)
}

// bracketAnswer takes the answer out of the stem's brackets: as the answer when
// there is no other, else it must agree.
func (j *judge) bracketAnswer(d *draft.Draft, rec *Record, options []Option) {
	if rec.Exact {
		return
	}
	answer, emptied := answerInStem(d.Q.Stem)
	if answer == "" || emptyFrames.MatchString(d.Q.Stem) {
		return
	}
	truth, isTruth := j.truthAmong(answer, options)
	if isTruth != (d.Q.Kind == question.TrueFalse) {
		return
	}
	written := rec.Text(FieldAnswer)
	if written == "" && rec.Answers == nil && !hasText(rec.Marks) {
		rec.Set(FieldAnswer, Cell{answer, rec.Ref(FieldStem)})
		d.Q.Stem = emptied
		return
	}
	same := sameLetters(LettersOf(answer), LettersOf(written))
	if isTruth {
		other, ok := j.truthAmong(written, options)
		same = ok && other == truth
	}
	if same {
		d.Note(draft.AnswerInStem, rec.Ref(FieldStem), answer, d.Q.Stem)
		d.Q.Stem = emptied
	} else if LettersOf(written) != "" || isTruth {
		d.Note(draft.AnswerConflict, rec.Ref(FieldAnswer), "题干里是 "+answer+"，答案是 "+written, d.Q.Stem)
	}
}

// truthAmong reads a word for true or false, or the letter of an option that is one,
// or the digit that stands for it.
func (j *judge) truthAmong(text string, options []Option) (truth, ok bool) {
	if pair, two := TruthPair(options); two {
		if letters := LettersOf(text); letters == "A" || letters == "B" {
			return pair[letters[0]-'A'], true
		}
	}
	if truth, ok := j.digitTruth(text); ok && len(options) == 0 {
		return truth, true
	}
	return TruthOf(text)
}

// digitTruth reads a digit that stands for true or false: 1 is true, unless somebody
// said that the file has it the other way round.
func (j *judge) digitTruth(text string) (truth, ok bool) {
	digit := narrow(text)
	ok = digit == "1" || digit == "0" || digit == "2" && j.f.digitTruth
	return (digit == "1") == (j.r.Asked().Truth != draft.TruthZero), ok
}

func sameLetters(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return len(x) > 0 && string(x) == string(y)
}
