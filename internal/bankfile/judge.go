package bankfile

import (
	"slices"
	"strings"

	"anquanda/internal/question"
)

// judge turns records into drafts. It is the one place that decides what a row of
// a loose format means.
type judge struct {
	r *reading
	f facts
}

// all judges the records of one sheet or text.
func (j *judge) all(records []*record) {
	j.f.gather(records)
	for i, rec := range records {
		j.one(rec, j.f.numbered[i])
		records[i] = nil // a draft holds what is kept
	}
}

func (j *judge) one(rec *record, numbered bool) {
	d := j.r.found(rec.at)
	if off, said := truthOf(rec.text(fieldEnabled)); said && !off {
		d.note(Disabled, rec.ref(fieldEnabled), "", rec.text(fieldStem))
		return
	}
	want, kind := j.kindOf(d, rec)
	stem := j.stemOf(d, rec, numbered)
	if stem == "" {
		d.note(StemEmpty, rec.ref(fieldStem), "", "")
	}
	d.q.Stem = stem
	j.extras(d, rec)
	j.suspect(d, rec)
	if d.rejected {
		return
	}
	options, bad := j.options(d, rec)
	if bad != nil {
		d.note(bad.code, optionRef(rec), bad.detail, bad.text)
		return
	}
	if want == kindGiven {
		j.given(d, rec, kind, options)
		return
	}
	j.inferred(d, rec, want, options)
}

// kindOf reads what the row, or failing that its sheet, says about the kind.
func (j *judge) kindOf(d *draft, rec *record) (wanted, question.Kind) {
	word, ref := rec.text(fieldKind), rec.ref(fieldKind)
	if other := rec.text(fieldKindOrTopic); word == "" && other != "" {
		if want, _ := kindOf(other); want != kindStrange && want != kindCodeGiven {
			word, ref = other, rec.ref(fieldKindOrTopic)
		} else {
			rec.set(fieldTopics, rec.get(fieldKindOrTopic))
		}
	}
	if word == "" {
		word = j.f.kind
	}
	want, kind := kindOf(word)
	switch want {
	case kindStrange:
		d.note(KindUnknown, ref, "写的是“"+shorten(word)+"”", rec.text(fieldStem))
	case kindForeign:
		d.note(KindUnsupported, ref, word, rec.text(fieldStem))
	}
	return want, kind
}

func (j *judge) options(d *draft, rec *record) ([]option, *trouble) {
	if hasText(rec.options) {
		return ownColumns(rec)
	}
	options, separator, notes, bad := splitOptions(rec.text(fieldOptions))
	if rec.pieces != nil {
		separator = "list"
		options, notes, bad = lettered(rec.pieces)
	}
	if bad != nil {
		return nil, bad
	}
	if separator != "list" {
		_, separated := tidy(strings.ReplaceAll(rec.text(fieldOptions), "\n", ""))
		if separated && !rec.exact {
			d.note(BlankCleaned, rec.ref(fieldOptions), "", rec.text(fieldOptions))
		}
	}
	for _, note := range notes {
		d.note(note.code, rec.ref(fieldOptions), note.detail, note.text)
	}
	return options, nil
}

func optionRef(rec *record) string {
	if ref := rec.ref(fieldOptions); ref != "" {
		return ref
	}
	if len(rec.options) > 0 {
		return rec.options[0].ref
	}
	return ""
}

// given judges a question whose kind the file says.
func (j *judge) given(d *draft, rec *record, kind question.Kind, options []option) {
	d.q.Kind = kind
	switch kind {
	case question.TrueFalse:
		j.bracketAnswer(d, rec)
		j.trueFalse(d, rec, options)
	case question.Fill:
		if len(options) > 0 {
			d.note(KindConflict, optionRef(rec), "填空题不应有选项", rec.text(fieldOptions))
			return
		}
		j.fill(d, rec)
	case question.Ordering:
		j.ordering(d, rec, options)
	case question.Matching:
		j.matching(d, rec, options)
	default:
		j.bracketAnswer(d, rec)
		j.choice(d, rec, options, kind)
	}
}

// inferred judges a question whose kind shows only in its options and answer.
func (j *judge) inferred(d *draft, rec *record, want wanted, options []option) {
	answer := rec.text(fieldAnswer)
	if len(rec.answers) == 1 {
		answer = rec.answers[0]
	} else if list := stringList(answer); len(list) == 1 {
		answer = list[0]
	}
	_, truth := truthOf(answer)
	digit := j.f.digitTruth && slices.Contains([]string{"0", "1", "2"}, narrow(answer))
	_, pair := truthPair(options)
	switch {
	case want == kindChoice && len(options) > 0, want != kindChoice && len(options) > 0 && !pair:
		j.bracketAnswer(d, rec)
		if j.choice(d, rec, options, ""); want == kindCodeGiven && !d.rejected {
			d.note(KindInferred, rec.ref(fieldKind), d.q.Kind.Name(), rec.text(fieldStem))
		}
	case want == kindChoice:
		d.note(OptionsNone, optionRef(rec), "", d.q.Stem)
	case pair || truth || digit:
		d.q.Kind = question.TrueFalse
		if digit || want == kindCodeGiven {
			d.note(KindInferred, rec.ref(fieldKind), d.q.Kind.Name(), d.q.Stem)
		}
		j.trueFalse(d, rec, options)
	case hasText(rec.blanks) || rec.text(fieldWeights) != "" || underscores.MatchString(d.q.Stem):
		d.q.Kind = question.Fill
		d.note(KindInferred, rec.ref(fieldKind), d.q.Kind.Name(), d.q.Stem)
		j.fill(d, rec)
	default:
		j.bracketTruth(d, rec)
	}
}

// bracketTruth judges what has neither kind nor options: only a true or false in
// the stem's brackets makes it a question.
func (j *judge) bracketTruth(d *draft, rec *record) {
	answer, _ := answerInStem(d.q.Stem)
	if _, truth := truthOf(answer); truth && rec.text(fieldAnswer) == "" {
		d.q.Kind = question.TrueFalse
		j.bracketAnswer(d, rec)
		j.trueFalse(d, rec, nil)
		return
	}
	d.note(OptionsNone, optionRef(rec), "", d.q.Stem)
}

// bracketAnswer takes the answer out of the stem's brackets: as the answer when
// there is no other, else it must agree.
func (j *judge) bracketAnswer(d *draft, rec *record) {
	if rec.exact {
		return
	}
	answer, emptied := answerInStem(d.q.Stem)
	if answer == "" || emptyFrames.MatchString(d.q.Stem) {
		return
	}
	truth, isTruth := truthOf(answer)
	if isTruth != (d.q.Kind == question.TrueFalse) {
		return
	}
	written := rec.text(fieldAnswer)
	if written == "" && rec.answers == nil && !hasText(rec.marks) {
		rec.set(fieldAnswer, cell{answer, rec.ref(fieldStem)})
		d.q.Stem = emptied
		return
	}
	same := sameLetters(lettersOf(answer), lettersOf(written))
	if isTruth {
		other, ok := truthOf(written)
		same = ok && other == truth
	}
	if same {
		d.note(AnswerInStem, rec.ref(fieldStem), answer, d.q.Stem)
		d.q.Stem = emptied
	} else if lettersOf(written) != "" || isTruth {
		d.note(AnswerConflict, rec.ref(fieldAnswer), "题干里是 "+answer+"，答案是 "+written, d.q.Stem)
	}
}

func sameLetters(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return len(x) > 0 && string(x) == string(y)
}
