package contest

import (
	"slices"

	"anquanda/internal/question"
)

// Bonds are what a bank says of its questions together, by their indexes in it; nil where
// it says nothing.
type Bonds struct {
	apart apart
	cases *cases // nil where no two questions share a material
}

// BondsOf reads the bonds of a bank.
func BondsOf(questions []question.Question) *Bonds {
	b := &Bonds{apart: apartOf(questions), cases: casesOf(questions)}
	if b.apart == nil && b.cases == nil {
		return nil
	}
	return b
}

// apart lists, for a question, those that are not asked on one paper with it, since one
// gives the other away; in both directions, though a bank may mark only one of the two.
type apart map[int32][]int32

// apartOf reads the marks of a bank; nil when it has none. A mark that names no question
// of the bank says nothing.
func apartOf(questions []question.Question) apart {
	var marks apart
	place := map[string]int32{}
	for i := range questions {
		place[questions[i].ID] = int32(i)
	}
	add := func(a, b int32) {
		if marks == nil {
			marks = apart{}
		}
		if !slices.Contains(marks[a], b) {
			marks[a] = append(marks[a], b)
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
	return marks
}

// apartTries is how often a question that would stand beside one of its own is drawn
// anew before it is taken all the same: a pool may hold nothing else.
const apartTries = 64

// clashes reports whether a question is not to be asked with those drawn already.
func (b *Bonds) clashes(pick int32, paper []Asked) bool {
	if b == nil {
		return false
	}
	others := b.apart[pick]
	return len(others) > 0 &&
		slices.ContainsFunc(paper, func(asked Asked) bool { return slices.Contains(others, asked.Question) })
}
