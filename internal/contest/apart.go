package contest

import (
	"slices"

	"anquanda/internal/question"
)

// Apart lists, for a question by its index in the bank, those that are not asked on one
// paper with it, since one gives the other away; in both directions, though a bank may
// mark only one of the two.
type Apart map[int32][]int32

// ApartOf reads the marks of a bank; nil when it has none. A mark that names no question
// of the bank says nothing.
func ApartOf(questions []question.Question) Apart {
	var apart Apart
	place := map[string]int32{}
	for i := range questions {
		place[questions[i].ID] = int32(i)
	}
	add := func(a, b int32) {
		if apart == nil {
			apart = Apart{}
		}
		if !slices.Contains(apart[a], b) {
			apart[a] = append(apart[a], b)
		}
	}
	for i := range questions {
		for _, id := range questions[i].Apart {
			if other, known := place[id]; known && other != int32(i) {
				add(int32(i), other)
				add(other, int32(i))
			}
		}
	}
	return apart
}

// apartTries is how often a question that would stand beside one of its own is drawn
// anew before it is taken all the same: a pool may hold nothing else.
const apartTries = 64

// clashes reports whether a question is not to be asked with those drawn already.
func (a Apart) clashes(pick int32, paper []Asked) bool {
	others := a[pick]
	return len(others) > 0 &&
		slices.ContainsFunc(paper, func(asked Asked) bool { return slices.Contains(others, asked.Question) })
}
