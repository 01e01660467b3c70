package contest

import (
	"slices"
	"strconv"
	"strings"
)

// Pot is shared in equal parts, in whole cents or points, by all who stand in the list of a
// drawing. Where it does not reach for the least share of each, chance says who shares it.
type Pot struct {
	Prize string  `yaml:"prize"` // of kind points or money
	Purse string  `yaml:"purse"` // into which points go; empty: the points
	Total int     `yaml:"total"` // points, or cents
	Least int     `yaml:"least"` // share of a head; 0: one point or cent
	Most  int     `yaml:"most"`  // share of a head; 0: no bound
	Rest  PotRest `yaml:"rest"`
}

// PotRest is what becomes of the units that equal parts leave over.
type PotRest string

// What becomes of them.
const (
	RestDrawn PotRest = "drawn" // one more for each of the first that are drawn
	RestKept  PotRest = "kept"  // the organizer keeps them
)

// MostSharers is how many may share a pot: each is drawn, and each has an award.
const MostSharers = 50_000

// PotPart is how many people get a share of so many cents or points.
type PotPart struct {
	People int
	Share  int
}

// Parts divides the pot among so many people: the larger shares first, in the order of
// drawing. All together are never more than the total. People who are left out by the
// least share have none; nil: nobody shares.
func (p *Pot) Parts(people int) (parts []PotPart) {
	heads := min(people, p.Total/max(1, p.Least))
	share := PotShare(p.Total, heads)
	if share == 0 {
		return nil
	}
	more := p.Total - share*heads
	if p.Most > 0 && share >= p.Most {
		share, more = p.Most, 0
	}
	if more > 0 && p.Rest == RestDrawn {
		parts = append(parts, PotPart{more, share + 1})
		heads -= more
	}
	return append(parts, PotPart{heads, share})
}

// PotShare is what each of those who are left gets of a pot, in its own cents or
// points: equal parts, rounded down; 0 where nobody is left.
func PotShare(total, left int) int {
	if left < 1 || total < 0 {
		return 0
	}
	return total / left
}

// PotShareLater is what each of those gets of a pot who are left when a result is
// confirmed and have no share yet: fresh of left, the first time all. It is the part
// that all who are left now would have, as far as what was not given yet reaches: what
// was given is never taken back, and all shares together are never more than the total.
func PotShareLater(total, given, left, fresh int) int {
	return min(PotShare(total, left), PotShare(total-given, fresh))
}

// ShareText is an amount of a prize of money or points as people read it; purse is where
// points go.
func (d *Definition) ShareText(prize, purse string, amount int) string {
	if p := d.Prize(prize); p != nil && p.Kind == PrizePoints {
		if purse == "" {
			return strconv.Itoa(amount) + " 积分"
		}
		return strconv.Itoa(amount) + " 个" + d.PurseTitle(purse)
	}
	return strconv.FormatFloat(float64(amount)/100, 'f', -1, 64) + " 元"
}

// Gives reports whether a drawing gives a prize.
func (w *Drawing) Gives(prize string) bool {
	return slices.Contains(w.PrizeKeys(), prize)
}

// Shares reports whether a drawing shares a pot of a prize.
func (w *Drawing) Shares(prize string) bool { return w.Pot != nil && w.Pot.Prize == prize }

// PrizeKeys are the prizes that a drawing gives.
func (w *Drawing) PrizeKeys() (keys []string) {
	for _, p := range w.Prizes {
		keys = append(keys, p.Prize)
	}
	if w.Pot != nil {
		keys = append(keys, w.Pot.Prize)
	}
	return keys
}

// pot checks what is shared, and among whom.
func (c *checker) pot(path string, d *Definition, w *Drawing) {
	p := w.Pot
	most := c.potTotal(path, d, p.Prize, p.Total)
	c.oneOf(path+".rest", string(p.Rest), string(RestDrawn), string(RestKept))
	c.purse(path+".purse", p.Purse, d)
	if prize := d.Prize(p.Prize); p.Purse != "" && prize != nil && prize.Kind != PrizePoints {
		c.add(path+".purse", "only points go into a purse")
	}
	if p.Least < 0 || p.Least > most {
		c.add(path+".least", "a share is 1 to %d cents or points", most)
	}
	if p.Most < 0 || p.Most > most {
		c.add(path+".most", "a share is 1 to %d cents or points", most)
	}
	if p.Most > 0 && p.Most < p.Least {
		c.add(path+".most", "the greatest share is below the least, %d", p.Least)
	}
	if p.Least > p.Total {
		c.add(path+".least", "the pot holds only %d: nobody would get a share", p.Total)
	}
	if top := w.Who.Top; top != nil && top.Count*max(1, p.Least) > p.Total {
		c.add(path+".total", "this is too little for %d people with %d each", top.Count, max(1, p.Least))
	}
	of := strings.TrimSuffix(path, ".pot")
	for _, alone := range []struct {
		field string
		set   bool
	}{{"prizes", len(w.Prizes) > 0}, {"reserves", w.Reserves > 0}, {"repeat", w.Repeat},
		{"tickets", w.Tickets != TicketsOne}} {
		if alone.set {
			c.add(of+"."+alone.field, "a pot is shared by all alike; leave %s out", alone.field)
		}
	}
}

// potTotal checks the prize of a pot and how much it holds; most is how much it may.
func (c *checker) potTotal(path string, d *Definition, prize string, total int) (most int) {
	c.hasPrize(path+".prize", prize, d)
	most = maxValue
	if p := d.Prize(prize); p != nil && p.Kind == PrizePoints {
		most = MaxTotal
	} else if p != nil && p.Kind != PrizeCash {
		c.add(path+".prize", "a pot is of points or of money (redpacket)")
	}
	if total < 1 || total > most {
		c.add(path+".total", "a pot is 1 to %d cents or points", most)
	}
	return most
}
