package simulation

import (
	"cmp"
	"math"
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/contest/chance"
)

// shelves are what pools and shop still have, and what each player has won from them:
// it hangs on everybody who came before.
type shelves struct {
	d      *contest.Definition
	r      *Result
	left   []int          // units by prize; what drawings give is kept back
	out    map[[2]int]int // units by pool and prize
	drawn  map[[2]int]int // draws by player and pool
	hasWon map[[2]int]bool
	wins   map[win]int
	spent  map[account]int // less what was won
}

// account is a purse of a player.
type account struct {
	player int
	purse  string
}

// win is what a limit of a pool counts: the wins of whom (a player; a unit as a negative
// number) since when.
type win struct {
	by, pool, limit int
	from            int64
}

// spend lets all players have their turns at pools and shop, in the order of time.
func (r *Result) spend(d *contest.Definition, parts []*part) {
	var turns []turn
	for _, p := range parts {
		turns = append(turns, p.turns...)
	}
	slices.SortFunc(turns, func(a, b turn) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.player, b.player), cmp.Compare(a.nth, b.nth))
	})
	s := &shelves{d: d, r: r, out: map[[2]int]int{}, drawn: map[[2]int]int{}, hasWon: map[[2]int]bool{},
		wins: map[win]int{}, spent: map[account]int{}}
	for i := range d.Prizes {
		s.left = append(s.left, d.Prizes[i].Stock-d.Promised(d.Prizes[i].Key))
	}
	for i := range turns {
		if turns[i].pool == inShop {
			s.buy(&turns[i])
		} else {
			s.draw(&turns[i])
		}
	}
}

// buy takes one of the prizes that the points are enough for.
func (s *shelves) buy(t *turn) {
	player, chosen, n := int(t.player), -1, uint64(0)
	pays := account{player, t.purse}
	for i := range s.d.Prizes {
		if p := &s.d.Prizes[i]; p.Price > 0 && p.Purse == t.purse && p.Price <= int(t.earned)-s.spent[pays] && s.left[i] > 0 {
			if n++; t.random%n == 0 {
				chosen = i
			}
		}
	}
	if chosen < 0 {
		return
	}
	s.spent[pays] += s.d.Prizes[chosen].Price
	s.r.Prizes[chosen].Shop++
	s.give(player, chosen)
}

func (s *shelves) give(player, prize int) {
	s.left[prize]--
	if p := &s.d.Prizes[prize]; p.Kind == contest.PrizePoints {
		s.spent[account{player: player}] -= p.Value
	}
}

func (s *shelves) draw(t *turn) {
	pool, player := &s.d.Pools[t.pool], int(t.player)
	of := [2]int{player, t.pool}
	s.drawn[of]++
	came := chance.Decide(s.d, pool, chance.Roll(pool, t.random), &chance.Stand{
		Ordinal: s.drawn[of], HasWon: s.hasWon[of],
		Room: func(index int) chance.Reason { return s.room(t, index) },
	})
	count := &s.r.Pools[t.pool]
	count.Draws++
	if came.Reason != chance.AsRolled {
		count.Missed[string(came.Reason)]++
	}
	if came.Rolled != chance.Nothing {
		count.Prizes[came.Rolled].Rolled++
	}
	if came.Prize == chance.Nothing {
		return
	}
	count.Prizes[came.Prize].Given++
	if chance.IsThanks(s.d, pool, came.Prize) {
		return
	}
	prize := prizeIndex(s.d, pool.Prizes[came.Prize].Prize)
	count.Wins++
	s.hasWon[of] = true
	s.out[[2]int{t.pool, prize}]++
	s.r.Prizes[prize].Pools++
	s.give(player, prize)
	for i, limit := range pool.Limits {
		if limit.Tier == "" || limit.Tier == s.d.Prizes[prize].Tier {
			s.wins[s.counted(t, i)]++
		}
	}
}

// room tells whether a pool may give a prize now.
func (s *shelves) room(t *turn, index int) chance.Reason {
	pool := &s.d.Pools[t.pool]
	prize := prizeIndex(s.d, pool.Prizes[index].Prize)
	switch {
	case s.left[prize] <= 0:
		return chance.SoldOut
	case chance.Released(s.d, &pool.Prizes[index], t.at) <= s.out[[2]int{t.pool, prize}]:
		return chance.Unreleased
	}
	for i, limit := range pool.Limits {
		if (limit.Tier == "" || limit.Tier == s.d.Prizes[prize].Tier) && s.wins[s.counted(t, i)] >= limit.Max {
			return chance.OverLimit
		}
	}
	return chance.AsRolled
}

// counted is what a limit counts a win by. Everybody has a phone and an address of
// their own here.
func (s *shelves) counted(t *turn, index int) win {
	limit := &s.d.Pools[t.pool].Limits[index]
	key := win{by: int(t.player), pool: t.pool, limit: index, from: math.MinInt64}
	if limit.By == contest.ByUnit {
		key.by = -1 - int(t.unit)
	}
	if limit.Per != contest.PerContest {
		key.from, _ = s.d.Bounds(limit.Per, t.at)
	}
	return key
}

// worth adds up what all prizes that were given are worth, in cents: what is paid for
// points is paid too, points and thanks are not.
func (r *Result) worth(d *contest.Definition) {
	for i := range r.Prizes {
		p := &r.Prizes[i]
		p.Given = p.Pools + p.Shop + p.Drawings
		if kind := d.Prizes[i].Kind; kind != contest.PrizePoints && kind != contest.PrizeThanks {
			r.Money += p.Given*int64(d.Prizes[i].Value) + p.Shared
			r.Budget += int64(d.Prizes[i].Stock) * int64(d.Prizes[i].Value)
		}
	}
}
