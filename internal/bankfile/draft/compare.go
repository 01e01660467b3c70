package draft

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"anquanda/internal/question"
)

// bare is a text without what two writers of the same question would write
// differently: white space and punctuation go, full-width becomes half-width.
// Signs stay, and so do points inside numbers and the case of letters: 1.5 is not
// 15, and in physics u is not U.
func bare(text string) string {
	runes := []rune(text)
	kept := runes[:0]
	for i, r := range runes {
		r = question.HalfWidth(r)
		inNumber := i+1 < len(runes) && unicode.IsDigit(runes[i+1]) && (r == '-' || i > 0 && len(kept) > 0 &&
			unicode.IsDigit(kept[len(kept)-1]) && strings.ContainsRune("./:~", r))
		if inNumber || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSymbol(r) || r == '%' || r == '‰' {
			kept = append(kept, r)
		}
	}
	return string(kept)
}

// compare finds questions that are written twice, or with two answers.
func compare(drafts []*Draft) {
	byStem := make(map[string][]*Draft, len(drafts))
	for _, d := range drafts {
		if d.Rejected {
			continue
		}
		key := bare(d.Q.Stem)
		if key == "" {
			continue // nothing to compare but punctuation
		}
		for _, earlier := range byStem[key] {
			compareTwo(earlier, d)
		}
		// A stem as general as 下列说法正确的是 stands in many questions; a few
		// pairs show it, and bound the work.
		if len(byStem[key]) < 50 {
			byStem[key] = append(byStem[key], d)
		}
	}
	compareNear(drafts)
}

func compareTwo(earlier, d *Draft) {
	pair := fmt.Sprintf("第 %d 题与第 %d 题", earlier.number, d.number)
	switch relate(&earlier.Q, &d.Q) {
	case same:
		if !d.Rejected {
			d.Note(Duplicate, "", pair, d.Q.Stem)
		}
	case contradicts:
		earlier.Note(StemTwoAnswers, "", pair+"，那一题的答案是 "+answerText(&d.Q), earlier.Q.Stem)
		d.Note(StemTwoAnswers, "", pair+"，那一题的答案是 "+answerText(&earlier.Q), d.Q.Stem)
	case alike:
		if !d.Rejected {
			d.Note(SameStem, "", pair, d.Q.Stem)
		}
	}
}

type relation int

const (
	alike relation = iota
	same
	contradicts
)

// relate compares two questions of the same stem. They contradict each other when
// a text that both offer is right in one and wrong in the other.
func relate(a, b *question.Question) relation {
	if a.Kind != b.Kind {
		return alike
	}
	switch a.Kind {
	case question.Fill:
		return relateBlanks(a, b)
	case question.Single, question.Multiple, question.Indefinite, question.TrueFalse:
		return relateOptions(a, b)
	}
	if slices.Equal(a.Options, b.Options) && slices.Equal(a.Matches, b.Matches) {
		if slices.Equal(a.Right, b.Right) {
			return same
		}
		return contradicts
	}
	return alike
}

func relateOptions(a, b *question.Question) relation {
	truth := map[string]bool{}
	for i, option := range a.Options {
		truth[bareOption(option)+a.OptionImage(i)] = slices.Contains(a.Right, i)
	}
	common := 0
	for i, option := range b.Options {
		right, known := truth[bareOption(option)+b.OptionImage(i)]
		if !known {
			continue
		}
		common++
		if right != slices.Contains(b.Right, i) {
			return contradicts
		}
	}
	if common == len(a.Options) && common == len(b.Options) {
		return same
	}
	return alike
}

// bareOption compares options; those of signs only (√, ≥) compare as they are.
func bareOption(text string) string {
	if key := bare(text); key != "" {
		return key
	}
	return question.Normalise(text)
}

func relateBlanks(a, b *question.Question) relation {
	if len(a.Blanks) != len(b.Blanks) {
		return alike
	}
	for i := range a.Blanks {
		shared := false
		for _, text := range a.Blanks[i] {
			shared = shared || slices.ContainsFunc(b.Blanks[i], func(other string) bool {
				return question.Normalise(other) == question.Normalise(text)
			})
		}
		if !shared {
			return contradicts
		}
	}
	return same
}

// answerText shows the answer of a question in a message.
func answerText(q *question.Question) string {
	var parts []string
	for _, index := range q.Right {
		if q.Kind == question.Matching {
			parts = append(parts, Letter(index))
		} else if index < len(q.Options) {
			parts = append(parts, q.Options[index])
		}
	}
	for _, accepted := range q.Blanks {
		parts = append(parts, accepted[0])
	}
	return "“" + Shorten(strings.Join(parts, "；")) + "”"
}
