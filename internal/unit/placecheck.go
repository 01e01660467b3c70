package unit

// dropLoops rejects the rows of which one stands above itself.
func (p *placing) dropLoops() (dropped bool) {
	const under, done = 1, 2
	state := map[spot]int{}
	for _, n := range p.nodes {
		var way []spot
		s, ok := spot{node: n}, !n.row.wrong
		for ; ok && state[s] == 0; s, ok = p.up(s) {
			state[s] = under
			way = append(way, s)
		}
		if ok && state[s] == under {
			dropped = p.dropLoop(way, s) || dropped
		}
		for _, passed := range way {
			state[passed] = done
		}
	}
	return dropped
}

// dropLoop rejects the rows of a way from where it comes back to.
func (p *placing) dropLoop(way []spot, again spot) (dropped bool) {
	inside := false
	for _, s := range way {
		inside = inside || s == again
		if inside && s.node != nil && !s.node.row.wrong {
			p.table.reject(s.node.row, Loop, "parent", s.node.row.Parent)
			s.node.parent = spot{}
			dropped = true
		}
	}
	return dropped
}

// dropBelowRejected rejects the rows whose parent is rejected; a parent that is
// stored stays where it was, and they may stand below it there.
func (p *placing) dropBelowRejected() (dropped bool) {
	checked := map[*node]bool{}
	for _, n := range p.nodes {
		// From the row up to what is checked already, then down again: the order
		// of the rows does not matter.
		var way []*node
		for at := n; at != nil && !checked[at]; at = at.parent.node {
			checked[at] = true
			way = append(way, at)
		}
		for i := len(way) - 1; i >= 0; i-- {
			dropped = p.checkParent(way[i]) || dropped
		}
	}
	return dropped
}

func (p *placing) checkParent(n *node) (dropped bool) {
	above := n.parent.node
	if n.row.wrong || above == nil || !above.row.wrong {
		return false
	}
	if above.stored != nil && above.stored.GoneAt == 0 {
		n.parent = spot{stored: above.stored}
		return false
	}
	field := "parent"
	if n.row.Path != nil {
		field = "name"
	}
	p.table.reject(n.row, ParentRejected, field, above.row.Name)
	return true
}

// dropDeep rejects the rows that stand too deep, or that take stored units there.
func (p *placing) dropDeep() (dropped bool) {
	for _, n := range p.nodes {
		if !n.row.wrong && len(p.path(spot{node: n})) > maxDepth {
			p.table.reject(n.row, TooDeep, "name", n.row.Name)
			dropped = true
		}
	}
	if p.mode == Merge && !dropped {
		dropped = p.dropMovers()
	}
	return dropped
}

// dropMovers rejects the nearest row above a stored unit that would be too deep.
func (p *placing) dropMovers() (dropped bool) {
	for _, u := range p.tree.order {
		s := p.spotOf(u)
		if s.node != nil || len(p.path(s)) <= maxDepth {
			continue
		}
		for ok := true; ok; s, ok = p.up(s) {
			if s.node != nil && !s.node.row.wrong {
				p.table.reject(s.node.row, TooDeep, "name", s.node.row.Name)
				dropped = true
				break
			}
		}
	}
	return dropped
}

// compareSiblings looks for two rows of one name below one parent. Without codes
// of their own nothing tells them apart.
func (p *placing) compareSiblings() {
	type sibling struct {
		parent spot
		name   string
	}
	first := map[sibling]*node{}
	repeated := false
	for _, n := range p.nodes {
		if n.row.wrong {
			continue
		}
		key := sibling{n.parent, FoldName(n.row.Name)}
		other := first[key]
		switch {
		case other == nil:
			first[key] = n
		case n.row.Code == "" || other.row.Code == "":
			p.table.reject(n.row, NameRepeated, "name", n.row.Name)
			repeated = true
		default:
			where := n.row.at
			where.cell = n.row.cells["name"]
			p.table.note(NameShared, where, n.row.Name)
		}
	}
	for repeated && p.dropBelowRejected() {
	}
}
