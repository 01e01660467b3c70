package contest

import (
	"math/rand/v2"
	"slices"

	"anquanda/internal/question"
)

// caseFrom is the case that begins a paper that bonds have gathered, as far as it goes
// on; nothing where it begins with a single question.
func (b *Bonds) caseFrom(paper []Asked) []Asked {
	if b == nil || b.cases == nil {
		return nil
	}
	k, length := b.cases.of[paper[0].Question], 0
	for length < len(paper) && k != alone && b.cases.of[paper[length].Question] == k {
		length++
	}
	return paper[:length]
}

// bound reports whether a question belongs to a case.
func (b *Bonds) bound(q int32) bool { return b != nil && b.cases != nil && b.cases.of[q] != alone }

// caseLike draws, in place of a case of another paper, one that is as hard: as many
// questions, each alike in turn and of the same draw. That case itself where the pools hold
// no other, or the paper has it.
func (b *Bonds) caseLike(first []Asked, pools []Pool, questions []question.Question, paper []Asked,
	used map[int32]int, source *rand.PCG) []Asked {
	var others [][]Asked
	for _, members := range b.cases.members {
		if other := asCase(first, members, pools, questions); other != nil && !slices.ContainsFunc(other, func(a Asked) bool {
			return drawn(paper, a.Question)
		}) {
			others = append(others, other)
		}
	}
	if len(others) == 0 {
		return first
	}
	costOf := func(block []Asked) (sum int) {
		for _, asked := range block {
			sum += cost(asked.Question, paper, b, used)
		}
		return sum
	}
	shuffle(source, others)
	return slices.MinFunc(others, func(a, b []Asked) int { return costOf(a) - costOf(b) })
}

// asCase is a case in place of another one on a paper; nil where it is not as hard.
func asCase(first []Asked, members []int32, pools []Pool, questions []question.Question) []Asked {
	fits := slices.DeleteFunc(slices.Clone(members), func(q int32) bool {
		return !slices.ContainsFunc(first, func(a Asked) bool { return slices.Contains(pools[a.Draw], q) })
	})
	if len(fits) != len(first) {
		return nil
	}
	block := make([]Asked, len(first))
	for i, asked := range first {
		if !slices.Contains(pools[asked.Draw], fits[i]) || !alike(&questions[fits[i]], &questions[asked.Question]) {
			return nil
		}
		block[i] = Asked{fits[i], asked.Draw}
	}
	return block
}
