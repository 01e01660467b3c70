package simulation

import (
	"slices"

	"anquanda/internal/contest"
)

// together is how many players live their lives one after another.
const together = 256

// part is what some players came to by themselves: their own results, and what is
// decided among all players, when all have lived.
type part struct {
	Result
	first    int                 // the number of the first of its players
	purses   []string            // that pay in the shop
	holdings [][]contest.Holding // by drawing
	turns    []turn
	entrants map[held]*crowd
	played   [together / 64]uint64 // which of them have a result
}

// held is one time that a drawing is held: the index of the drawing and which.
type held struct{ drawing, time int }

// crowd is which players of a part stand in a list, and with how many tickets.
type crowd struct {
	players [together / 64]uint64
	tickets int64
}

// turn is a player in front of a pool or the shop.
type turn struct {
	at     int64
	player int32
	nth    int32  // of the player's
	pool   int    // index, or inShop
	purse  string // that pays, in the shop
	earned int32  // into it
	unit   int32
	random uint64
}

// inShop stands in the place of a pool.
const inShop = -1

func newPart(d *contest.Definition, c Config, first int) *part {
	p := &part{Result: *newResult(d), first: first, entrants: map[held]*crowd{}}
	for i := range d.Prizes {
		if prize := &d.Prizes[i]; prize.Price > 0 && !slices.Contains(p.purses, prize.Purse) {
			p.purses = append(p.purses, prize.Purse)
		}
	}
	for i := range d.Drawings {
		p.holdings = append(p.holdings, holdingsIn(d, &d.Drawings[i], c.Days))
	}
	return p
}

// holdingsIn are the times that a drawing is held for what the simulated days saw: one
// that is held once looks at all of them.
func holdingsIn(d *contest.Definition, w *contest.Drawing, days int) (seen []contest.Holding) {
	all := d.Holdings(w)
	played := daysOf(d, d.Window.Opens.MS, d.Window.Closes.MS, days)
	for _, h := range all {
		if len(all) == 1 || h.From < played[len(played)-1].to {
			seen = append(seen, h)
		}
	}
	return seen
}

// turn notes that a player draws or buys now.
func (r *part) turn(p *person, t turn) {
	t.at, t.player, t.nth, t.unit = p.now, int32(p.number), p.turns, int32(p.unit)
	p.turns++
	r.turns = append(r.turns, t)
}
