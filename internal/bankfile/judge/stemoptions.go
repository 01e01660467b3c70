package judge

import (
	"regexp"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// partStem takes the options out of the stem's cell, where a row has none of its own:
// who copies from a document often pastes a question whole. Only what has one reading is
// parted, and only where the answer names one of them or the kind says that there are some.
func (rec *Record) partStem(kindWord string) {
	if rec.Exact || rec.Pieces != nil || rec.Text(FieldOptions) != "" || hasText(rec.Options) || hasText(rec.Wrong) {
		return
	}
	stem := rec.get(FieldStem)
	rest, options := optionsBelow(stem.Text)
	if options == nil || !wantsOptions(rec, kindWord, rest, options) {
		return
	}
	for _, o := range options {
		rec.Pieces = append(rec.Pieces, o.Letter+"."+o.Text)
	}
	rec.Set(FieldStem, Cell{rest, stem.Ref})
	rec.parted = true
}

// wantsOptions reports whether what stands below the stem are the options of a choice.
func wantsOptions(rec *Record, kindWord, stem string, options []Option) bool {
	want, kind := KindOf(kindWord)
	switch {
	case want == KindChoice, want == KindGiven && (kind == question.Single || kind == question.Multiple ||
		kind == question.Indefinite || kind == question.Ordering):
		return true
	case want == KindGiven && kind == question.TrueFalse:
		_, pair := TruthPair(options)
		return pair
	case want != KindAbsent && want != kindCodeGiven:
		return false
	}
	answer := rec.Text(FieldAnswer)
	if len(rec.Answers) == 1 {
		answer = rec.Answers[0]
	} else if answer == "" {
		answer, _ = answerInStem(stem)
	}
	_, bad := pickLetters(LettersOf(answer), options)
	return LettersOf(answer) != "" && bad == nil || len(matchOption(answer, options)) == 1
}

// belowStem is where options may begin: on a line of their own, or after a blank or the
// sign that ends the stem.
var belowStem = regexp.MustCompile(`(?:[\n \t\x{3000}）)。？?：:_])[ \t\x{3000}]*([AＡ])`)

// optionsBelow divides a stem from the options that follow it, A, B, C… with a point after
// each letter; nil where there are none, or more than one way to read them.
func optionsBelow(text string) (stem string, options []Option) {
	for _, at := range belowStem.FindAllStringSubmatchIndex(text, -1) {
		starts, ok := letterStarts(text[at[2]:], true)
		if !ok {
			continue
		}
		found := cut(text[at[2]:], starts, true)
		before, _ := Tidy(text[:at[2]])
		if before == "" || !apart(found) {
			continue
		}
		if options != nil {
			return "", nil
		}
		stem, options = before, found
	}
	return stem, options
}

// apart reports whether each option has a text, and the last nothing below it that may
// belong to the question instead.
func apart(options []Option) bool {
	for i := range options {
		options[i].Text, _ = Tidy(options[i].Text)
		if options[i].Text == "" {
			return false
		}
	}
	return !strings.Contains(options[len(options)-1].Text, "\n")
}

// unparted says that options seem to stand in the stem, in a way that cannot be read.
func unparted(stem string) string {
	for _, at := range belowStem.FindAllStringSubmatchIndex(stem, -1) {
		if OpensOption([]rune(stem[at[2]:]), 0, true) {
			return "选项像是写在题干里，却认不清，请分到选项的格子里"
		}
	}
	return ""
}

// sayParted tells that options were taken out of the stem.
func (rec *Record) sayParted(d *draft.Draft) {
	if rec.parted {
		d.Note(draft.OptionsInStem, rec.Ref(FieldStem), "", strings.Join(rec.Pieces, " "))
	}
}
