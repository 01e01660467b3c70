package contest

import "slices"

// A sample holds cases whole, as the draws take them (see cases).

// align lets the questions of a case follow each other in an order, where the first stands.
func (c *cases) align(order []uint64) {
	if c == nil {
		return
	}
	for _, members := range c.members {
		first := order[members[0]]
		for _, q := range members {
			first = min(first, order[q])
		}
		for _, q := range members {
			order[q] = first
		}
	}
}

// with are the questions of a pool that come with one of it: its case, or it alone.
func (c *cases) with(q int32, pool Pool) []int32 {
	if c == nil || c.of[q] == alone {
		return []int32{q}
	}
	return slices.DeleteFunc(slices.Clone(c.members[c.of[q]]), func(member int32) bool {
		return !slices.Contains(pool, member)
	})
}

// fillCases is fill for a draw that may take cases: never more than it asks, since draws
// after it were promised the rest.
func (s *sampler) fillCases(level []*sampledDraw, draw *sampledDraw) {
	h := s.cases.hand(draw.pool, func(q int32) bool { return !taken(level, q) })
	whole := h.whole(draw.count)
	take := func(block []int32) {
		h.take(block)
		for _, q := range block {
			draw.takes = append(draw.takes, q)
			s.add(q)
		}
	}
	// What did not fit at first may be what fits at last.
	for len(draw.takes) < whole {
		for _, shared := range []bool{true, false} {
			for _, q := range draw.pool {
				if s.in[q] == shared && !taken(level, q) && h.fits(h.block(q), whole-len(draw.takes)) {
					take(h.block(q))
				}
			}
		}
	}
	for _, q := range draw.pool {
		if rest := draw.count - len(draw.takes); rest > 0 && !taken(level, q) {
			take(h.block(q)[:rest])
		}
	}
}

// spare are the questions of the sample that a draw may take beside those that fill it,
// cases only whole.
func (s *sampler) spare(level []*sampledDraw, draw *sampledDraw) (spare []int32) {
	free := func(q int32) bool { return s.in[q] && !taken(level, q) }
	for _, q := range draw.pool {
		if free(q) && !slices.ContainsFunc(s.cases.with(q, draw.pool), func(q int32) bool { return !free(q) }) {
			spare = append(spare, q)
		}
	}
	return spare
}
