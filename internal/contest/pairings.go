package contest

import "slices"

// Pairing sets units against each other for a round (对阵): of each pair, who has more on a
// board in one of the periods wins. Who meets whom is written down, or made of a ranking,
// or of who won an earlier pairing.
type Pairing struct {
	Key   string `yaml:"key"`
	Title string `yaml:"title"`
	Board string `yaml:"board"` // of units, ranked by the periods
	Round int    `yaml:"round"` // which of the periods, from 1
	// Exactly one of these says who meets whom.
	Pairs   []Pair `yaml:"pairs"`
	Seeds   *Seeds `yaml:"seeds"`
	Winners string `yaml:"winners"` // of that pairing: neighbours meet, a last one alone goes on
}

// Pair are the codes of two units that meet. Where nothing else decides, First wins.
type Pair struct {
	First  string `yaml:"first"`
	Second string `yaml:"second"`
}

// Seeds are the first Count units of a board over the whole contest at At: the first meets
// the last, the second the last but one.
type Seeds struct {
	Board string `yaml:"board"`
	Count int    `yaml:"count"`
	At    Moment `yaml:"at"`
}

// Pairing returns the pairing of that key; nil when there is none.
func (d *Definition) Pairing(key string) *Pairing {
	i := slices.IndexFunc(d.Pairings, func(p Pairing) bool { return p.Key == key })
	if i < 0 {
		return nil
	}
	return &d.Pairings[i]
}

// PlayedIn is the period in which a pairing is played; ok is false where there is none of its
// number, which the check refuses.
func (d *Definition) PlayedIn(p *Pairing) (period *Period, ok bool) {
	if p.Round < 1 || p.Round > len(d.Periods) {
		return nil, false
	}
	return &d.Periods[p.Round-1], true
}

// Stored is the period under which totals of the pairing's round stand, as in Total.
func (p *Pairing) Stored() int { return RoundOwn.stored(p.Round) }

// PairedAt is from when on it is fixed who meets whom, UTC ms: of seeds at their moment,
// else when the round begins. Until then a winner may still be corrected, or a pair written
// anew.
func (d *Definition) PairedAt(p *Pairing) int64 {
	if p.Seeds != nil {
		return p.Seeds.At.MS
	}
	if period, ok := d.PlayedIn(p); ok {
		return period.Opens.MS
	}
	return d.Window.Opens.MS
}

// MostPairs is how many pairs a pairing has at the most.
func (d *Definition) MostPairs(p *Pairing) int {
	switch before := d.Pairing(p.Winners); {
	case p.Seeds != nil:
		return p.Seeds.Count / 2
	case before != nil && before.Round < p.Round: // or they might lead in a circle
		return (d.MostPairs(before) + 1) / 2
	}
	return len(p.Pairs)
}

// Seeded is who meets whom of count seeds of which so many are there, by their ranks from
// 1: the better first, and 0 for nobody where the other is missing. The pairs stand in such
// an order that when neighbours meet from round to round, the best meet last.
func Seeded(count, there int) (pairs [][2]int) {
	for _, first := range bracket(count / 2) {
		second := count + 1 - first
		if second > there {
			second = 0
		}
		if first <= there {
			pairs = append(pairs, [2]int{first, second})
		}
	}
	return pairs
}

// bracket is the order of so many pairs, numbered by their better seed. Of an odd number
// the best stands last, alone: its winner is the one who has no opponent next.
func bracket(pairs int) []int {
	if pairs < 2 {
		return []int{1}[:max(0, pairs)]
	}
	half := (pairs + 1) / 2
	var order, alone []int
	for _, i := range bracket(half) {
		if other := 2*half + 1 - i; other <= pairs {
			order = append(order, i, other)
		} else {
			alone = append(alone, i)
		}
	}
	return append(order, alone...)
}

// Neighbours is who meets whom of so many winners, by their places from 1; the last of an
// odd number meets nobody, 0.
func Neighbours(winners int) (pairs [][2]int) {
	for i := 1; i <= winners; i += 2 {
		second := i + 1
		if second > winners {
			second = 0
		}
		pairs = append(pairs, [2]int{i, second})
	}
	return pairs
}
