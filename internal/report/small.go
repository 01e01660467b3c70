package report

// hideSmall marks the lines of which nothing may be told: those of few players, and those
// from which these could be worked out. A unit that is told, less all told units below
// it, leaves the hidden ones and the players of the unit itself; where that is few people
// again, the least unit below is hidden too, with all below it. The whole contest stands
// above all units: its totals are public.
//
// Lines come as Units tells them: each above those below it.
func hideSmall(lines []UnitLine) {
	tree := make([]*node, len(lines))
	root := &node{told: true}
	var above []*node // by depth
	for i := range lines {
		n := &node{line: &lines[i], told: !lines[i].few(), sizes: sizesOf(&lines[i].UnitFigures)}
		tree[i] = n
		above = append(above[:lines[i].Depth-1], n)
		parent := root
		if lines[i].Depth > 1 {
			parent = above[lines[i].Depth-2]
		}
		parent.below = append(parent.below, n)
	}
	for _, n := range tree {
		n.own = n.sizes
		for _, b := range n.below {
			n.own = n.own.less(b.sizes)
		}
	}
	for i := len(tree) - 1; i >= 0; i-- { // those below stand behind
		tree[i].cover()
	}
	root.cover()
	for _, n := range tree {
		n.line.hidden = !n.told
	}
}

// node is a unit among those above and below it.
type node struct {
	line  *UnitLine
	told  bool
	sizes sizes // with all below it
	own   sizes // of its own people
	below []*node
}

// sizes are the numbers of people that figures are told of.
type sizes [2]int64

func sizesOf(f *UnitFigures) sizes { return sizes{f.Enrolled, f.Players} }

func (s sizes) less(b sizes) sizes { return sizes{s[0] - b[0], s[1] - b[1]} }

func (s sizes) add(b sizes) sizes { return sizes{s[0] + b[0], s[1] + b[1]} }

// few reports whether either is of somebody, and of few.
func (s sizes) few() bool { return few(s[0]) || few(s[1]) }

func few(people int64) bool { return people > 0 && people < SmallGroup }

// left is how many people remain where what is told is taken away from the unit.
func (n *node) left() sizes {
	left := n.own
	for _, b := range n.below {
		if !b.told {
			left = left.add(b.left())
		}
	}
	return left
}

// cover hides more of what is below a unit that is told, until what is left is nobody or
// many.
func (n *node) cover() {
	for n.told && n.left().few() {
		var least *node
		for _, b := range n.below {
			if b.told && b.sizes != (sizes{}) && (least == nil || b.sizes[1] < least.sizes[1]) {
				least = b
			}
		}
		if least == nil {
			return // all below it is hidden: what is left is the unit itself
		}
		least.hide()
	}
}

func (n *node) hide() {
	n.told = false
	for _, b := range n.below {
		b.hide()
	}
}
