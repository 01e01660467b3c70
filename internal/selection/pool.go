package selection

import "math/bits"

// pool is what is left of a list, in the list's order. It is a Fenwick tree of
// counts (P. M. Fenwick, 1994: "A new data structure for cumulative frequency
// tables"), which finds the k-th that is left in log n steps.
type pool struct {
	size  int
	tree  []int32 // tree[i] counts what is left of the i&-i places up to i, from 1
	reach int     // the largest power of two not above the length
}

func newPool(n int) *pool {
	p := &pool{size: n, tree: make([]int32, n+1), reach: 1 << (bits.Len(uint(n)) - 1)}
	for i := range p.tree {
		p.tree[i] = int32(i & -i)
	}
	return p
}

// take removes the k-th that is left, from 0, and returns its index in the list.
func (p *pool) take(k int) int {
	at := 0
	for step := p.reach; step > 0; step >>= 1 {
		if next := at + step; next < len(p.tree) && int(p.tree[next]) <= k {
			at = next
			k -= int(p.tree[next])
		}
	}
	p.add(at, -1)
	return at
}

// put gives an index back to its place.
func (p *pool) put(index int) { p.add(index, 1) }

func (p *pool) add(index int, by int32) {
	p.size += int(by)
	for i := index + 1; i < len(p.tree); i += i & -i {
		p.tree[i] += by
	}
}
