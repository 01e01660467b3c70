package contest

import (
	"encoding/binary"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"slices"

	"anquanda/internal/question"
)

// A level with `paper: same` may have several papers instead of one, so that neighbours have
// other questions. They are equally hard: place by place, a question of one has the same
// kind, main topic and difficulty in all others, and stands in the same draw.

// mostPapers is how many papers a level may have.
const mostPapers = 10

// SeedOf is the seed of an attempt: of a level with several papers, one that says which
// of them the player has, always the same.
func (l *Level) SeedOf(player int64, seed uint64) uint64 {
	if l.Papers < 2 {
		return seed
	}
	hash := fnv.New64a()
	hash.Write(binary.BigEndian.AppendUint64(nil, uint64(player))) //nolint:errcheck // a hash takes all
	io.WriteString(hash, l.Key)                                    //nolint:errcheck // likewise
	n := uint64(l.Papers)
	seed >>= 1 // room for what is added
	return seed - seed%n + hash.Sum64()%n
}

// Dealt are the papers of a level that has several; nil for any other. A seed of SeedOf
// has the one of its remainder. The same level, pools and bank give the same papers on
// every machine. Questions that other papers have are taken only where no other is alike.
func (l *Level) Dealt(pools []Pool, bonds *Bonds, questions []question.Question) [][]Asked {
	if l.Papers < 2 {
		return nil
	}
	first := l.Paper(pools, bonds, 0)
	dealt := [][]Asked{first}
	used := map[int32]int{}
	for _, asked := range first {
		used[asked.Question]++
	}
	for number := 1; number < l.Papers; number++ {
		source := rand.NewPCG(sameSeed(l.Key), uint64(number))
		paper := alikeTo(first, pools, bonds, questions, used, source)
		dealt = append(dealt, paper)
		for _, asked := range paper {
			used[asked.Question]++
		}
	}
	return dealt
}

// alikeTo draws a paper that is as hard as another, of questions that were used least; the
// other itself where the pools hold no second one.
func alikeTo(first []Asked, pools []Pool, bonds *Bonds, questions []question.Question, used map[int32]int,
	source *rand.PCG) []Asked {
	paper := make([]Asked, 0, len(first))
	for len(paper) < len(first) {
		asked := first[len(paper)]
		if block := bonds.caseFrom(first[len(paper):]); len(block) > 0 {
			paper = append(paper, bonds.caseLike(block, pools, questions, paper, used, source)...)
			continue
		}
		pool := slices.DeleteFunc(slices.Clone(pools[asked.Draw]), func(q int32) bool {
			return bonds.bound(q) || drawn(paper, q) || !alike(&questions[q], &questions[asked.Question])
		})
		if len(pool) == 0 { // draws that share questions took the last one
			return slices.Clone(first)
		}
		shuffle(source, pool)
		slices.SortStableFunc(pool, func(a, b int32) int { return cost(a, paper, bonds, used) - cost(b, paper, bonds, used) })
		paper = append(paper, Asked{pool[0], asked.Draw})
	}
	return paper
}

// cost is how gladly a question is left out of a paper: one that another gives away before
// one that other papers have.
func cost(q int32, paper []Asked, bonds *Bonds, used map[int32]int) int {
	if bonds.clashes(q, paper) {
		return mostPapers + 1
	}
	return used[q]
}

// alike reports whether two questions are equally hard, as far as a bank tells.
func alike(a, b *question.Question) bool {
	return a.Kind == b.Kind && a.Difficulty == b.Difficulty && mainTopic(a) == mainTopic(b)
}

func mainTopic(q *question.Question) string {
	if len(q.Topics) == 0 {
		return ""
	}
	return q.Topics[0]
}

// Repeats are how many questions papers share, at the most, of two of them.
func Repeats(dealt [][]Asked) (most int) {
	for i, a := range dealt {
		for _, b := range dealt[:i] {
			shared := 0
			for _, asked := range a {
				if drawn(b, asked.Question) {
					shared++
				}
			}
			most = max(most, shared)
		}
	}
	return most
}
