package judge

import (
	"regexp"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// What one blank accepts: several texts, a number within a range, or one text. Signs
// that may mean several never stay inside one literal text, which nobody would type.

var (
	fraction  = regexp.MustCompile(`^-?[0-9]{1,3}/[0-9]{1,3}$`)
	unitSlash = regexp.MustCompile(`^[0-9.]*\s*[A-Za-zμμ°℃%]+[0-9²³]*(?:/[A-Za-z]+[0-9²³]*)+$`)
	dateSlash = regexp.MustCompile(`^[0-9]{2,4}/[0-9]{1,2}/[0-9]{1,4}$`)
	// longNumeral is one that two spellings of may stand beside a /: 120/一二〇, not 9/1.
	longNumeral = regexp.MustCompile(`^[0-9〇零一二三四五六七八九十百千万两]{3,}$`)
	numeral     = regexp.MustCompile(`^[0-9〇零一二三四五六七八九十百千万两.]+$`)
	orWord      = regexp.MustCompile(`\s*(?:或者|或是|或)\s*`)
	span        = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?)\s*[~～]\s*([0-9]+(?:\.[0-9]+)?)$`)
	around      = regexp.MustCompile(`^(-?[0-9]+(?:\.[0-9]+)?)\s*(?:±|\+/-)\s*([0-9]+(?:\.[0-9]+)?)$`)
	compared    = regexp.MustCompile(`^(?:>=|<=|≥|≤|>|<|≧|≦)`)
)

// accepted is what one blank accepts.
type accepted struct {
	texts     []string
	tolerance float64
	split     bool // a sign other than | was taken for one between several texts
}

// acceptedOf reads the answer of one blank. Signs with two meanings are trouble.
func acceptedOf(text string) (accepted, *Trouble) {
	if strings.ContainsAny(text, "|｜") {
		return accepted{texts: alternatives(text)}, nil
	}
	unclear := &Trouble{draft.AnswerUnclear, "“" + draft.Shorten(text) + "”可能是几种写法；几种写法请用 | 隔开", text}
	plain := narrow(text)
	if found := span.FindStringSubmatch(plain); found != nil {
		return within(found[1], found[2], unclear)
	}
	if found := around.FindStringSubmatch(plain); found != nil {
		tolerance, err := strconv.ParseFloat(found[2], 64)
		if err != nil {
			return accepted{}, unclear
		}
		return accepted{texts: []string{found[1]}, tolerance: tolerance, split: true}, nil
	}
	for _, sign := range []string{"；", ";", "##"} {
		if parts := filledParts(strings.Split(text, sign)); len(parts) > 1 {
			return accepted{texts: parts, split: true}, nil
		}
	}
	if parts := orWord.Split(text, -1); len(parts) > 1 {
		if !allMatch(parts, numeral) {
			return accepted{}, unclear
		}
		return accepted{texts: parts, split: true}, nil
	}
	if parts := filledParts(strings.Split(text, "/")); len(parts) > 1 && !fraction.MatchString(plain) &&
		!dateSlash.MatchString(plain) && !unitSlash.MatchString(text) {
		if !allMatch(parts, longNumeral) {
			return accepted{}, unclear
		}
		return accepted{texts: parts, split: true}, nil
	}
	if compared.MatchString(plain) || strings.ContainsAny(text, "、±~～") {
		return accepted{}, unclear
	}
	return accepted{texts: []string{text}}, nil
}

// within is the range between two numbers: its middle, and half its width as the
// tolerance.
func within(low, high string, unclear *Trouble) (accepted, *Trouble) {
	from, ok := question.Number(low)
	to, okToo := question.Number(high)
	if !ok || !okToo || from >= to {
		return accepted{}, unclear
	}
	middle := draft.Number((from + to) / 2)
	return accepted{texts: []string{middle}, tolerance: (to - from) / 2, split: true}, nil
}

func filledParts(parts []string) []string {
	var filled []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			filled = append(filled, part)
		}
	}
	return filled
}

func allMatch(parts []string, pattern *regexp.Regexp) bool {
	for _, part := range parts {
		if !pattern.MatchString(narrow(part)) {
			return false
		}
	}
	return true
}

// several reads each blank's answer, which was split from the others already.
func several(d *draft.Draft, ref string, blanks []string) (answers [][]string, tolerance []float64, bad *Trouble) {
	for _, text := range blanks {
		text = strings.TrimSpace(text)
		one, bad := acceptedOf(text)
		if bad != nil {
			return nil, nil, bad
		}
		if one.split {
			d.Note(draft.AnswersSplit, ref, "", text)
		}
		answers = append(answers, one.texts)
		tolerance = append(tolerance, one.tolerance)
	}
	return answers, draft.NonZero(tolerance), nil
}
