package unit

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/sqldb"
)

// Kind is what a plan does to a unit.
type Kind string

// What a plan can do. A unit that is renamed and moved is in it twice.
const (
	Added   Kind = "added"
	Renamed Kind = "renamed"
	Moved   Kind = "moved"
	Changed Kind = "changed" // its code, headcount or other names
	Gone    Kind = "gone"
	Back    Kind = "back" // it was gone
)

// Kinds lists them in the order in which people want to see them.
var Kinds = []Kind{Added, Back, Renamed, Moved, Changed, Gone}

// Change is one thing that a plan does. Path is where the unit will be, and for a
// gone one where it is.
type Change struct {
	Kind          Kind
	Code          string
	Path          string
	Before, After string
}

// Plan is the tree that a table makes of the stored one, and what that changes.
type Plan struct {
	Version  int64 // of the tree that it builds on
	Found    int   // rows
	Accepted int
	Rejected int
	Problems []Problem
	Encoding string
	Changes  []Change
	Cut      Cut
	Gone     []sqldb.ID // units that are not in it
	Units    int        // in the tree after
	People   int        // the headcounts of its top

	after []*planned
}

// planned is a unit of the tree after.
type planned struct {
	Unit
	before *Unit // nil for a new one
	above  *planned
}

// NewPlan judges the rows of a table against the stored tree and says what taking
// the accepted ones would change. It notes its problems in the table.
func NewPlan(tree *Tree, table *Table, mode Mode) *Plan {
	plan := &Plan{Version: tree.Version, Found: len(table.Rows), Encoding: table.Encoding}
	plan.Cut = table.restoreZeros(tree)
	if len(table.Rows) > 0 {
		b := &building{placing: place(tree, table, mode), of: map[spot]*planned{}, mode: mode}
		b.build()
		plan.after = b.after
		plan.compare(tree)
	}
	if len(plan.after) > MaxUnits { // those that paths imply are counted only here
		*plan = Plan{Version: tree.Version, Encoding: table.Encoding, Problems: []Problem{problemAt(TooManyUnits, at{}, "")}}
		return plan
	}
	for _, row := range table.Rows {
		if row.wrong {
			plan.Rejected++
		}
	}
	plan.Accepted = plan.Found - plan.Rejected
	plan.Problems = table.Problems
	slices.SortStableFunc(plan.Problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return plan
}

// building makes the units of the tree after.
type building struct {
	*placing
	mode  Mode
	of    map[spot]*planned
	after []*planned
	codes int // the highest number in a code that we made up
}

// madeUp are the codes that units get which come without one.
var madeUp = regexp.MustCompile(`^U([0-9]{4,9})$`)

func (b *building) build() {
	for code := range b.stored {
		b.countCode(code)
	}
	for code := range b.byCode {
		b.countCode(code)
	}
	// The order is the table's; stored units follow in theirs.
	for _, n := range b.nodes {
		if !n.row.wrong {
			b.take(spot{node: n})
		}
	}
	for _, u := range b.tree.order {
		n := b.holding[u]
		if b.mode == Merge || n != nil && n.row.wrong {
			b.take(b.spotOf(u))
		}
	}
	b.sort()
}

func (b *building) countCode(code string) {
	if found := madeUp.FindStringSubmatch(code); found != nil {
		n, _ := strconv.Atoi(found[1]) // nine digits at most
		b.codes = max(b.codes, n)
	}
}

// take puts what stands at a spot into the tree after, with all above it.
func (b *building) take(s spot) *planned {
	if made := b.of[s]; made != nil {
		return made
	}
	made := &planned{}
	b.of[s] = made
	if above, ok := b.up(s); ok {
		made.above = b.take(above)
	}
	if s.stored != nil {
		made.before, made.Unit = s.stored, *s.stored
	} else {
		b.fill(made, s.node)
	}
	b.after = append(b.after, made)
	return made
}

// fill makes a unit of a row. What the table has no column for stays.
func (b *building) fill(made *planned, n *node) {
	made.before = n.stored
	if n.stored != nil {
		made.Unit = *n.stored
		made.GoneAt = 0
	}
	made.Name = n.row.Name
	if n.row.Code != "" {
		made.Code = n.row.Code
	}
	if made.Code == "" {
		b.codes++
		made.Code = fmt.Sprintf("U%04d", b.codes)
	}
	if n.row.implied {
		return
	}
	if b.table.HasHeadcounts {
		made.Headcount = n.row.Headcount
	}
	if b.table.HasAliases {
		made.Aliases = slices.DeleteFunc(slices.Clone(aliasList(n.row.Aliases)), func(a string) bool {
			return slices.Contains(made.Typed, a)
		})
	}
}

// sort brings each unit in front of those below it, siblings in the order in
// which they were taken.
func (b *building) sort() {
	below := map[*planned][]*planned{}
	for _, u := range b.after {
		below[u.above] = append(below[u.above], u)
	}
	sorted := make([]*planned, 0, len(b.after))
	var walk func(above *planned)
	walk = func(above *planned) {
		for _, u := range below[above] {
			sorted = append(sorted, u)
			walk(u)
		}
	}
	walk(nil)
	b.after = sorted
}

func (u *planned) path() string {
	var names []string
	for at := u; at != nil; at = at.above {
		names = append(names, at.Name)
	}
	slices.Reverse(names)
	return strings.Join(names, " / ")
}

// parent is the id of the stored unit above; 0 at the top or below a new one.
func (u *planned) parent() sqldb.ID {
	if u.above == nil || u.above.before == nil {
		return 0
	}
	return u.above.before.ID
}

func (p *Plan) compare(tree *Tree) {
	kept := map[*Unit]bool{}
	for _, u := range p.after {
		path := u.path()
		note := func(kind Kind, before, after string) {
			p.Changes = append(p.Changes, Change{kind, u.Code, path, before, after})
		}
		was := u.before
		if was == nil {
			note(Added, "", "")
			continue
		}
		kept[was] = true
		if was.GoneAt != 0 {
			note(Back, "", "")
		}
		if was.Name != u.Name {
			note(Renamed, was.Name, u.Name)
		}
		if above, isNew := u.parent(), u.above != nil && u.above.before == nil; isNew || above != was.ParentID {
			note(Moved, tree.Path(was.ID), path)
		}
		u.compareRest(note)
	}
	for _, u := range tree.order {
		if !kept[u] {
			p.Gone = append(p.Gone, u.ID)
			p.Changes = append(p.Changes, Change{Gone, u.Code, tree.Path(u.ID), "", ""})
		}
	}
	p.Units, p.People = len(p.after), p.people()
	slices.SortStableFunc(p.Changes, func(a, b Change) int {
		return slices.Index(Kinds, a.Kind) - slices.Index(Kinds, b.Kind)
	})
}

// people is how many heads the tree after has: of each unit its own number, else
// that of those below it.
func (p *Plan) people() (sum int) {
	heads := map[*planned]int{}
	for _, u := range slices.Backward(p.after) { // those below stand behind
		heads[u.above] += cmp.Or(u.Headcount, heads[u])
	}
	return heads[nil]
}

func (u *planned) compareRest(note func(kind Kind, before, after string)) {
	was := u.before
	if was.Code != u.Code {
		note(Changed, "编码 "+was.Code, "编码 "+u.Code)
	}
	if was.Headcount != u.Headcount {
		note(Changed, "人数 "+headsText(was.Headcount), "人数 "+headsText(u.Headcount))
	}
	if !slices.Equal(was.Aliases, u.Aliases) {
		note(Changed, "别名 "+aliasText(was.Aliases), "别名 "+aliasText(u.Aliases))
	}
}

func headsText(n int) string {
	if n == 0 {
		return "不详"
	}
	return strconv.Itoa(n)
}

func aliasText(aliases []string) string {
	if len(aliases) == 0 {
		return "（无）"
	}
	return strings.Join(aliases, "、")
}
