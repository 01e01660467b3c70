package contest

import (
	"fmt"
	"slices"
)

// Bounds of pairings.
const (
	maxPairings = 10
	mostPairs   = 64
)

// pairings checks who meets whom, on which board and when.
func (c *checker) pairings(d *Definition) {
	keys := map[string]bool{}
	if len(d.Pairings) > maxPairings {
		c.add("pairings", "there may be %d pairings at most", maxPairings)
	}
	for i := range d.Pairings {
		path, p := fmt.Sprintf("pairings[%d]", i), &d.Pairings[i]
		c.fresh(path+".key", p.Key, keys, "pairing")
		c.text(path+".title", p.Title, 1, 20)
		board, ok := d.Board(p.Board)
		switch {
		case !ok:
			c.add(path+".board", "%q is no board", p.Board)
		case board.Subject != SubjectUnit:
			c.add(path+".board", "board %q does not rank units; units are paired by a board of units", p.Board)
		case board.Period != RoundOwn:
			c.add(path+".board", "board %q does not rank the contest's periods; write period: own", p.Board)
		}
		if _, ok := d.PlayedIn(p); !ok {
			c.add(path+".round", "the round is a number of the periods, 1 to %d", len(d.Periods))
		}
		ways := 0
		for _, way := range []bool{len(p.Pairs) > 0, p.Seeds != nil, p.Winners != ""} {
			if way {
				ways++
			}
		}
		if ways != 1 {
			c.add(path, "a pairing has pairs, seeds or winners, and one of them")
		}
		c.pairs(path+".pairs", d, p.Pairs, &board)
		c.seeds(path+".seeds", d, p, &board)
		c.winners(path+".winners", d, p, &board)
	}
}

// pairs checks pairs that the organizer writes. Where the definition has no units, they come
// from a table, and a pair is not made before its units are there.
func (c *checker) pairs(path string, d *Definition, pairs []Pair, board *Board) {
	if len(pairs) > mostPairs {
		c.add(path, "there may be %d pairs at most", mostPairs)
	}
	seen := map[string]bool{}
	for i, pair := range pairs {
		at := fmt.Sprintf("%s[%d]", path, i)
		for _, one := range []struct{ path, code string }{{at + ".first", pair.First}, {at + ".second", pair.Second}} {
			if seen[one.code] {
				c.add(one.path, "unit %q stands in two pairs", one.code)
			}
			seen[one.code] = true
			c.paired(one.path, d, one.code, board)
		}
		first, second := unitLine(d.Units, pair.First), unitLine(d.Units, pair.Second)
		if pair.First != pair.Second && (slices.Contains(first, pair.Second) || slices.Contains(second, pair.First)) {
			c.add(at+".second", "one of these units is above the other, so it plays against itself")
		}
	}
}

// paired checks that a unit that is in a pair can be ranked by the pairing's board.
func (c *checker) paired(path string, d *Definition, code string, board *Board) {
	line := unitLine(d.Units, code)
	switch {
	case code == "":
		c.add(path, "the code of a unit is missing")
	case len(d.Units) == 0:
	case line == nil:
		c.add(path, "%q is no unit", code)
	case board.Depth > 0 && len(line) > board.Depth:
		c.add(path, "the board ranks %q with the unit above it, so it cannot win", code)
	case board.Under != "" && !slices.Contains(line, board.Under):
		c.add(path, "the board does not rank %q; it is not below %q", code, board.Under)
	}
}

// seeds checks that a pairing can be made of a ranking.
func (c *checker) seeds(path string, d *Definition, p *Pairing, board *Board) {
	s := p.Seeds
	if s == nil {
		return
	}
	of, ok := d.Board(s.Board)
	switch {
	case !ok:
		c.add(path+".board", "%q is no board", s.Board)
	case of.Period != "":
		c.add(path+".board", "this board ranks rounds; seeds go by one of the whole contest")
	case !of.sameUnits(board):
		c.add(path+".board", "seeds go by a board of the same units: with the same subject, depth and under")
	}
	if s.Count < 2 || s.Count%2 != 0 || s.Count > 2*mostPairs {
		c.add(path+".count", "seeds are an even number, 2 to %d", 2*mostPairs)
	} else if there := rankable(d.Units, board, nil); len(d.Units) > 0 && s.Count > there {
		c.add(path+".count", "the board ranks only %d units", there)
	}
	c.optionalMoment(path+".at", &s.At, d)
	if period, ok := d.PlayedIn(p); !s.At.given() {
		c.add(path+".at", "the moment is missing at which the seeds are taken")
	} else if ok && s.At.MS > period.Opens.MS {
		c.add(path+".at", "the seeds are taken after the round has begun")
	}
}

// sameUnits reports whether two boards rank the same units.
func (b *Board) sameUnits(other *Board) bool {
	return b.Subject == other.Subject && b.Depth == other.Depth && b.Under == other.Under
}

// rankable is how many units a board ranks at the most.
func rankable(units []Unit, board *Board, above []string) (n int) {
	for i := range units {
		line := append(slices.Clone(above), units[i].Code)
		if (board.Depth == 0 || len(line) <= board.Depth) && (board.Under == "" || slices.Contains(line, board.Under)) {
			n++
		}
		n += rankable(units[i].Children, board, line)
	}
	return n
}

// winners checks that who won an earlier pairing can meet.
func (c *checker) winners(path string, d *Definition, p *Pairing, board *Board) {
	if p.Winners == "" {
		return
	}
	before := d.Pairing(p.Winners)
	if before == nil {
		c.add(path, "%q is no pairing", p.Winners)
		return
	}
	of, _ := d.Board(before.Board)
	switch {
	case before.Round >= p.Round:
		c.add(path, "the round of that pairing is not before this one")
	case d.MostPairs(before) < 2:
		c.add(path, "that pairing has one winner, who meets nobody")
	case !of.sameUnits(board):
		c.add(path, "winners meet on a board of the same units: with the same subject, depth and under")
	}
}
