package simulation

import (
	"strings"

	"anquanda/internal/contest"
)

// Result is what a simulated contest came to. Counts are of all players together.
type Result struct {
	Contest string `json:"contest"`
	Players int    `json:"players"`
	Days    int    `json:"days"`
	Seed    uint64 `json:"seed"`
	// Decisions is how often the rules were asked.
	Decisions int64                      `json:"decisions"`
	Levels    []LevelCount               `json:"levels"`
	Refused   map[string]int64           `json:"refused"` // attempts that could not begin, by the code of why
	Rules     []RuleCount                `json:"rules"`
	Deeds     map[contest.DeedKind]int64 `json:"deeds"`
	Points    Spread                     `json:"points"`  // of a player
	Chances   Spread                     `json:"chances"` // of a player
	Cards     []int64                    `json:"cards"`   // players with so many cards, from 0
	Drawings  []DrawingCount             `json:"drawings"`
	Certified map[string]int64           `json:"certified"`
	// Totals are of a player, by what is ranked: "best", "best@level", "best of the last week".
	Totals   map[string]Spread `json:"totals"`
	Training TrainingCount     `json:"training"`
	Pools    []PoolCount       `json:"pools"`
	Prizes   []PrizeCount      `json:"prizes"`
	Money    int64             `json:"money"`           // what all prizes that were given are worth, in cents
	Budget   int64             `json:"budget"`          // the same if all that there is were given
	Teams    *TeamCount        `json:"teams,omitempty"` // that players formed
	Unplayed []string          `json:"unplayed"`        // live rooms: nobody is in them here
}

// TrainingCount is what happened before the contest, and counts for nothing.
type TrainingCount struct {
	Begun  int64 `json:"begun"`
	Passed int64 `json:"passed"`
}

// PoolCount is what the chances on one pool came to.
type PoolCount struct {
	Pool   string           `json:"pool"`
	Draws  int64            `json:"draws"`
	Wins   int64            `json:"wins"`   // of something, not of thanks
	Missed map[string]int64 `json:"missed"` // draws that gave something else than was rolled, by why
	Prizes []RolledCount    `json:"prizes"`
}

// RolledCount is one prize of a pool: how often chance alone gave it, and how often it
// was given.
type RolledCount struct {
	Prize  string `json:"prize"`
	Rolled int64  `json:"rolled"`
	Given  int64  `json:"given"`
}

// PrizeCount is how many units of a prize were given, and by what.
type PrizeCount struct {
	Prize    string `json:"prize"`
	Stock    int    `json:"stock"`
	Given    int64  `json:"given"`
	Pools    int64  `json:"pools"`
	Shop     int64  `json:"shop"`
	Drawings int64  `json:"drawings"`
	Shared   int64  `json:"shared,omitempty"` // by pots, cents or points
}

// LevelCount is what happened at a level.
type LevelCount struct {
	Level  string  `json:"level"`
	Begun  int64   `json:"begun"`
	Passed int64   `json:"passed"`
	Full   int64   `json:"full"`
	Partly int64   `json:"partly"` // answers that were right in part, and scored for it
	Score  float64 `json:"score"`  // sum over attempts
	Most   float64 `json:"most"`   // the highest of an attempt
}

// RuleCount is what an earning gave.
type RuleCount struct {
	Rule    string `json:"rule"`
	Times   int64  `json:"times"` // that it gave something
	Points  int64  `json:"points"`
	Chances int64  `json:"chances"`
	Tries   int64  `json:"tries"`
	Cards   int64  `json:"cards"`
	Purse   int64  `json:"purse"` // into the purse that it names
}

// DrawingCount is who could stand in a drawing, each time that it was held.
type DrawingCount struct {
	Drawing   string `json:"drawing"`
	Held      int64  `json:"held"`    // times
	Players   int64  `json:"players"` // in all lists together
	Tickets   int64  `json:"tickets"`
	Winners   int64  `json:"winners"`
	Unclaimed int64  `json:"unclaimed"` // units that nobody was left for
	// Of a pot, cents or points: what all shares come to, and the least of the last time.
	Shared int64 `json:"shared,omitempty"`
	Share  int   `json:"share,omitempty"`
}

// Spread is how much players hold.
type Spread struct {
	Holders int64   `json:"holders"` // players with more than nothing
	Sum     float64 `json:"sum"`
	Most    float64 `json:"most"`
}

func (s *Spread) take(n int64) {
	if n > 0 {
		s.Holders++
	}
	s.Sum += float64(n)
	s.Most = max(s.Most, float64(n))
}

func (s *Spread) add(o Spread) {
	s.Holders, s.Sum, s.Most = s.Holders+o.Holders, s.Sum+o.Sum, max(s.Most, o.Most)
}

func newResult(d *contest.Definition) *Result {
	r := &Result{
		Levels: make([]LevelCount, len(d.Levels)), Rules: make([]RuleCount, len(d.Earnings)),
		Drawings: make([]DrawingCount, len(d.Drawings)),
		Refused:  map[string]int64{}, Deeds: map[contest.DeedKind]int64{}, Cards: make([]int64, len(d.Cards)+1),
		Certified: map[string]int64{}, Totals: map[string]Spread{},
		Pools: make([]PoolCount, len(d.Pools)), Prizes: make([]PrizeCount, len(d.Prizes)), Unplayed: []string{},
	}
	for i := range d.Pools {
		r.Pools[i] = PoolCount{Pool: d.Pools[i].Key, Missed: map[string]int64{}}
		for _, p := range d.Pools[i].Prizes {
			r.Pools[i].Prizes = append(r.Pools[i].Prizes, RolledCount{Prize: p.Prize})
		}
	}
	for i := range d.Prizes {
		r.Prizes[i].Prize, r.Prizes[i].Stock = d.Prizes[i].Key, d.Prizes[i].Stock
	}
	for i := range d.Live {
		r.Unplayed = append(r.Unplayed, d.Live[i].Key)
	}
	for i := range d.Levels {
		r.Levels[i].Level = d.Levels[i].Key
	}
	for i := range d.Earnings {
		r.Rules[i].Rule = d.Earnings[i].Key
	}
	for i := range d.Drawings {
		r.Drawings[i].Drawing = d.Drawings[i].Key
	}
	return r
}

// add puts the players of another result beside those of this one.
func (r *Result) add(o *Result) {
	r.Players += o.Players
	r.Decisions += o.Decisions
	for i := range o.Levels {
		a, b := &r.Levels[i], o.Levels[i]
		a.Begun, a.Passed, a.Full, a.Score = a.Begun+b.Begun, a.Passed+b.Passed, a.Full+b.Full, a.Score+b.Score
		a.Partly += b.Partly
		a.Most = max(a.Most, b.Most)
	}
	for i := range o.Rules {
		a, b := &r.Rules[i], o.Rules[i]
		a.Purse += b.Purse
		a.Times, a.Points, a.Chances, a.Tries, a.Cards = a.Times+b.Times, a.Points+b.Points, a.Chances+b.Chances,
			a.Tries+b.Tries, a.Cards+b.Cards
	}
	for i, n := range o.Cards {
		r.Cards[i] += n
	}
	r.Training.Begun, r.Training.Passed = r.Training.Begun+o.Training.Begun, r.Training.Passed+o.Training.Passed
	addAll(r.Refused, o.Refused)
	addAll(r.Deeds, o.Deeds)
	addAll(r.Certified, o.Certified)
	r.Points.add(o.Points)
	r.Chances.add(o.Chances)
	for measure, spread := range o.Totals {
		sum := r.Totals[measure]
		sum.add(spread)
		r.Totals[measure] = sum
	}
}

// inPoints turns what was counted in the contest's unit of scores into points.
func (r *Result) inPoints(d *contest.Definition) {
	scale := float64(d.Scale())
	for i := range r.Levels {
		r.Levels[i].Score /= scale
		r.Levels[i].Most /= scale
	}
	for name, s := range r.Totals {
		measure := contest.Measure(name)
		if at := strings.IndexAny(name, "@ "); at > 0 { // of one level, or of a round
			measure = measure[:at]
		}
		switch {
		case measure.OfScores():
			r.Totals[name] = Spread{s.Holders, s.Sum / scale, s.Most / scale}
		case measure == contest.MeasureAccuracy: // in per cent
			r.Totals[name] = Spread{s.Holders, s.Sum / 100, s.Most / 100}
		case measure == contest.MeasureTime: // in seconds; the most is the shortest
			most := d.PointsBy(measure, 0)
			r.Totals[name] = Spread{s.Holders, float64(s.Holders)*most - s.Sum/10, most - s.Most/10}
		}
	}
}

func addAll[K comparable](to, from map[K]int64) {
	for key, n := range from {
		to[key] += n
	}
}
