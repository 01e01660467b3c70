package contest

import (
	"math/rand/v2"
	"slices"

	"anquanda/internal/question"
)

// Questions that share a material are a case, as far as a draw may take them. A draw takes
// a case whole, where what is left to draw has room for it; else it draws another. Only
// where no other choice of whole cases and single questions fills its count, it takes the
// first questions of one more. On a paper the questions of a case stand together, in the
// order of the bank: within their section, or on the whole paper where there are none.

// cases are the questions of a bank by their materials.
type cases struct {
	of      []int32   // by question: its case, or alone
	members [][]int32 // by case: its questions, in the order of the bank
}

const alone = int32(-1)

// casesOf reads the materials of a bank; nil where no two questions share one.
func casesOf(questions []question.Question) *cases {
	byID := map[string][]int32{}
	var order []string
	for i := range questions {
		if id := questions[i].MaterialID(); id != "" {
			if byID[id] = append(byID[id], int32(i)); len(byID[id]) == 2 {
				order = append(order, id)
			}
		}
	}
	if order == nil {
		return nil
	}
	c := &cases{of: make([]int32, len(questions))}
	for i := range c.of {
		c.of[i] = alone
	}
	for _, id := range order {
		for _, q := range byID[id] {
			c.of[q] = int32(len(c.members))
		}
		c.members = append(c.members, byID[id])
	}
	return c
}

// casesIn are the cases of the bank where a pool holds a question of one; else nil.
func (b *Bonds) casesIn(pool Pool) *cases {
	if b == nil || b.cases == nil || !b.cases.any(pool) {
		return nil
	}
	return b.cases
}

func (c *cases) any(pool Pool) bool {
	return c != nil && slices.ContainsFunc(pool, func(q int32) bool { return c.of[q] != alone })
}

// hand is what a draw can still take.
type hand struct {
	cases  *cases
	blocks map[int32][]int32 // by case: those of its questions that can be taken
	single int               // how many other questions can
}

// hand takes up those questions of a pool that are free.
func (c *cases) hand(pool Pool, free func(q int32) bool) *hand {
	h := &hand{cases: c, blocks: map[int32][]int32{}}
	for _, q := range pool {
		switch k := c.of[q]; {
		case !free(q):
		case k == alone:
			h.single++
		default:
			h.blocks[k] = append(h.blocks[k], q)
		}
	}
	for _, block := range h.blocks {
		slices.Sort(block) // a pool may stand in another order than the bank
	}
	return h
}

// block is what is taken with a question that is free: its case, or it alone.
func (h *hand) block(q int32) []int32 {
	if k := h.cases.of[q]; k != alone {
		return h.blocks[k]
	}
	return []int32{q}
}

// take takes a block away.
func (h *hand) take(block []int32) {
	if k := h.cases.of[block[0]]; k != alone {
		delete(h.blocks, k)
		return
	}
	h.single--
}

// sums tells which numbers of questions from 0 to most can be taken without parting a case.
func (h *hand) sums(most int) []bool {
	can := make([]bool, most+1)
	can[0] = true
	for _, block := range h.blocks {
		for n := most; n >= len(block); n-- {
			can[n] = can[n] || can[n-len(block)]
		}
	}
	reach := 0
	for n := range can {
		if can[n] {
			reach = n + h.single
		}
		can[n] = n <= reach
	}
	return can
}

// whole is how many of so many questions can be taken without parting a case.
func (h *hand) whole(count int) int {
	can := h.sums(count)
	for !can[count] {
		count--
	}
	return count
}

// fits reports whether a block may be taken where left questions are still to be drawn, so
// that the rest can be drawn without parting a case.
func (h *hand) fits(block []int32, left int) bool {
	left -= len(block)
	if left < 0 {
		return false
	}
	if k := h.cases.of[block[0]]; k != alone {
		delete(h.blocks, k)
		defer func() { h.blocks[k] = block }()
	} else {
		h.single--
		defer func() { h.single++ }()
	}
	return left <= h.single || h.sums(left)[left]
}

// draw draws count questions from a pool that holds some of cases, and adds them to the paper.
func (c *cases) draw(source *rand.PCG, paper []Asked, pool Pool, bonds *Bonds, count int, draw uint8) []Asked {
	h := c.hand(pool, func(q int32) bool { return !drawn(paper, q) })
	// pick draws a block that is allowed, and rather one that nothing of the paper gives away.
	pick := func(allowed func(block []int32) bool) []int32 {
		for clashes := 0; ; {
			q := pool[below(source, len(pool))]
			if drawn(paper, q) {
				continue
			}
			block := h.block(q)
			if !allowed(block) {
				continue
			}
			if clashes < apartTries && slices.ContainsFunc(block, func(q int32) bool { return bonds.clashes(q, paper) }) {
				clashes++
				continue
			}
			return block
		}
	}
	add := func(block []int32) {
		for _, q := range block {
			paper = append(paper, Asked{q, draw})
		}
	}
	whole := h.whole(count)
	for left := whole; left > 0; {
		block := pick(func(block []int32) bool { return h.fits(block, left) })
		h.take(block)
		add(block)
		left -= len(block)
	}
	if rest := count - whole; rest > 0 { // every block that is left is longer, or it would have fitted
		add(pick(func([]int32) bool { return true })[:rest])
	}
	return paper
}

// gather brings the questions of a case together, where the first of them stands.
func (b *Bonds) gather(paper []Asked) {
	if b == nil || b.cases == nil {
		return
	}
	gathered := make([]Asked, 0, len(paper))
	for i, asked := range paper {
		k := b.cases.of[asked.Question]
		ofCase := func(a Asked) bool { return k != alone && b.cases.of[a.Question] == k }
		if slices.ContainsFunc(paper[:i], ofCase) {
			continue
		}
		first := len(gathered)
		gathered = append(gathered, asked)
		for _, later := range paper[i+1:] {
			if ofCase(later) {
				gathered = append(gathered, later)
			}
		}
		slices.SortFunc(gathered[first:], func(a, b Asked) int { return int(a.Question) - int(b.Question) })
	}
	copy(paper, gathered)
}

// Parted says that a draw cannot be filled without parting a case.
type Parted struct {
	Draw  int // index of the draw
	Count int // of the draw
	Less  int // the nearest count below that whole cases fill; 0: none
	More  int // the nearest above; 0: none
}

// Parted lists the draws of a level that part a case whatever is drawn. Draws before that
// take from the same cases are not looked at.
func (l *Level) Parted(pools []Pool, bonds *Bonds) (parted []Parted) {
	for i, pool := range pools {
		c, count := bonds.casesIn(pool), l.Questions[i].Count
		if c == nil {
			continue
		}
		h := c.hand(pool, func(int32) bool { return true })
		if h.whole(count) == count {
			continue
		}
		p := Parted{Draw: i, Count: count, Less: h.whole(count)}
		for n, can := range h.sums(len(pool)) {
			if can && n > count {
				p.More = n
				break
			}
		}
		parted = append(parted, p)
	}
	return parted
}
