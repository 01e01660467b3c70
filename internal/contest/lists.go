package contest

import (
	"fmt"
	"slices"
)

// List is a list of players that opens levels to them (晋级名单): the first of a board as
// it stands at a moment, the players of named units or of those that won a pairing, or whom
// staff puts on it. From the moment on a list of a board is fixed; staff may take players off
// and put others on.
type List struct {
	Key   string `yaml:"key"`
	Title string `yaml:"title"`
	// The first Count of a board of players at At (0: all) who have reached Least then, as
	// the board counts (see Reaches); of a board of units, the players who belong to one of
	// its first units then.
	Board string `yaml:"board"`
	Count int    `yaml:"count"`
	Least Worth  `yaml:"least"`
	// Units are the codes of units whose players are on it, with all below them: those who
	// belong to them at At, or without At who belong to them at the time.
	Units []string `yaml:"units"`
	At    Moment   `yaml:"at"`
	// Pairing is the one whose winning units' players are on it, as they belong to them when
	// it is decided.
	Pairing string `yaml:"pairing"`
	// Public has everybody see who is on it, once it is made; what staff alone makes, once
	// somebody is on it.
	Public bool `yaml:"public"`
}

// Bounds of lists.
const (
	maxLists   = 20
	mostListed = 10_000
)

// Fixed reports whether the list is made once, at At or when its pairing is decided.
func (l *List) Fixed() bool {
	return l.Pairing != "" || l.At.MS != 0 && (l.Board != "" || len(l.Units) > 0)
}

// Live reports whether whoever belongs to the list's units at the time is on it, without
// being listed.
func (l *List) Live() bool { return len(l.Units) > 0 && !l.Fixed() }

// ByStaff reports whether staff alone makes the list.
func (l *List) ByStaff() bool { return l.Board == "" && l.Pairing == "" && len(l.Units) == 0 }

// HasPublicLists reports whether there is a list that everybody may see.
func (d *Definition) HasPublicLists() bool {
	return slices.ContainsFunc(d.Lists, func(l List) bool { return l.Public })
}

// MadeAt is when a list that is Fixed can be made at the earliest, UTC ms; 0 for others.
func (d *Definition) MadeAt(l *List) int64 {
	if p := d.Pairing(l.Pairing); p != nil {
		if period, ok := d.PlayedIn(p); ok {
			return period.Closes.MS
		}
	}
	return l.At.MS
}

// List returns the list of that key; nil when there is none.
func (d *Definition) List(key string) *List {
	i := slices.IndexFunc(d.Lists, func(l List) bool { return l.Key == key })
	if i < 0 {
		return nil
	}
	return &d.Lists[i]
}

// lists checks whom lists name, and when.
func (c *checker) lists(d *Definition) {
	keys := map[string]bool{}
	if len(d.Lists) > maxLists {
		c.add("lists", "there may be %d lists at most", maxLists)
	}
	for i := range d.Lists {
		l := &d.Lists[i]
		path := fmt.Sprintf("lists[%d]", i)
		c.fresh(path+".key", l.Key, keys, "list")
		c.text(path+".title", l.Title, 1, 20)
		c.optionalMoment(path+".at", &l.At, d)
		if l.Board != "" && len(l.Units) > 0 {
			c.add(path, "a list is of a board or of units")
		}
		if l.Pairing != "" {
			c.listOfPairing(path, d, l)
		}
		c.listOfBoard(path, d, l)
		for j, code := range l.Units {
			if len(d.Units) > 0 && unitLine(d.Units, code) == nil {
				c.add(fmt.Sprintf("%s.units[%d]", path, j), "%q is no unit", code)
			}
		}
		if len(l.Units) > 0 && d.Players.Unit.Ask == AskNo {
			c.add(path+".units", "players are not asked for a unit")
		}
		if l.Public && l.Live() {
			c.add(path+".at", "a public list of units says when it is made")
		}
		if len(l.Units) > 0 && l.At.MS == 0 && d.Players.Unit.Changes > 0 {
			c.add(path+".at", "where units may be changed, a list of units says when it is made")
		}
	}
}

// listOfPairing checks a list of who won a pairing.
func (c *checker) listOfPairing(path string, d *Definition, l *List) {
	if d.Pairing(l.Pairing) == nil {
		c.add(path+".pairing", "%q is no pairing", l.Pairing)
	}
	if l.Board != "" || len(l.Units) > 0 {
		c.add(path, "a list of a pairing is of no board and of no units")
	}
	if l.At.given() {
		c.add(path+".at", "a list of a pairing is made when the pairing is decided")
	}
}

// listOfBoard checks a list of the first of a board.
func (c *checker) listOfBoard(path string, d *Definition, l *List) {
	if l.Board == "" {
		if l.Count != 0 {
			c.add(path+".count", "only a list of a board has a count")
		}
		if l.Least != 0 {
			c.add(path+".least", "only a list of a board asks for a total")
		}
		if l.Pairing == "" && len(l.Units) == 0 && l.At.given() {
			c.add(path+".at", "a list that staff makes has no time")
		}
		return
	}
	switch {
	case l.Count == 0 && l.Least == 0:
		c.add(path+".count", "a list of a board says how many of the first it takes, or which total they reach")
	case l.Count < 0 || l.Count > mostListed:
		c.add(path+".count", "the first 1 to %d", mostListed)
	}
	if board, ok := d.Board(l.Board); !ok {
		c.add(path+".board", "%q is no board", l.Board)
	} else {
		if board.Period != "" {
			c.add(path+".board", "this board ranks rounds; a list goes by one of the whole contest")
		}
		c.listReaches(path+".least", d, l, &board)
	}
	if !l.At.given() {
		c.add(path+".at", "the moment is missing at which the list is made")
	}
}

// listOpens checks a list that opens a level.
func (c *checker) listOpens(path string, d *Definition, level *Level, key string) {
	l := d.List(key)
	switch {
	case l == nil:
		c.add(path, "%q is no list", key)
	case l.Fixed() && d.MadeAt(l) >= endOf(d, level):
		c.add(path, "this list is made when the level is over")
	}
}

// endOf is when a level takes no answers any more.
func endOf(d *Definition, l *Level) int64 {
	if closes := l.LastCloses(); closes != 0 {
		return min(closes, d.Window.Closes.MS)
	}
	return d.Window.Closes.MS
}
