package questionbank_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"anquanda/internal/question"
)

// answers are the texts by which a question would be given away.
func answers(q question.Question) []string {
	switch q.Kind {
	case question.Single:
		return []string{plain(q.Options[q.Right[0]])}
	case question.Fill:
		var all []string
		for _, accepted := range q.Blanks {
			all = append(all, plain(accepted[0]))
		}
		return all
	}
	return nil
}

// read is what somebody reads of a question, plain.
type read struct {
	stem    string
	options []string // of a multiple choice
	about   []string // the pairs of all
}

func readOf(q question.Question) read {
	r := read{stem: plain(q.Stem), about: pairs(strings.Join(append([]string{q.Stem}, q.Options...), "\n"))}
	if q.Kind == question.Multiple {
		for _, o := range q.Options {
			r.options = append(r.options, plain(o))
		}
	}
	return r
}

// gives reports whether the answer to another question is read: in the stem, or as what
// only some of the options hold. 18 does not give 8.
func (r *read) gives(answer string) bool {
	if at := strings.Index(r.stem, answer); at == 0 || at > 0 && !(digits.MatchString(answer[:1]) &&
		digits.MatchString(r.stem[at-1:at])) {
		return true
	}
	var with int
	for _, o := range r.options {
		if strings.Contains(o, answer) {
			with++
		}
	}
	return with > 0 && with < len(r.options)
}

// commonPair is in how many stems a pair of characters may stand and still tell what a
// question is about.
const commonPair = 12

func TestNoQuestionGivesAnotherAwayUnlessTheyAreKeptApart(t *testing.T) {
	questions := everything(t)
	times := map[string]int{}
	stems, reads := make([][]string, len(questions)), make([]read, len(questions))
	for i, q := range questions {
		stems[i], reads[i] = pairs(q.Stem), readOf(q)
		for _, pair := range stems[i] {
			times[pair]++
		}
	}
	for i, q := range questions {
		for _, answer := range answers(q) {
			for k := range questions {
				other := &questions[k]
				if k == i || utf8.RuneCountInString(answer) < 2 || !reads[k].gives(answer) ||
					slices.Contains(q.Apart, other.ID) || slices.Contains(other.Apart, q.ID) {
					continue
				}
				var shared []string
				for _, pair := range stems[i] {
					if _, found := slices.BinarySearch(reads[k].about, pair); found && times[pair] <= commonPair {
						shared = append(shared, pair)
					}
				}
				if len(shared) >= 2 {
					t.Errorf("%s gives %q of %s away (both say %v): mark them apart\n  %s\n  %s", other.ID, answer, q.ID, shared,
						other.Stem, q.Stem)
				}
			}
		}
	}
}
