package contest

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Total is what one player holds by one measure in one period.
type Total struct {
	Measure Measure `json:"measure"`
	Level   string  `json:"level,omitempty"` // only its attempts; empty: those of all
	Purse   string  `json:"purse,omitempty"` // of points: what was earned in this one; empty: points
	Period  int     `json:"-"`               // 0 for the whole contest, else the day yyyymmdd, or a round's
	Points  int64   `json:"points"`
	// ReachedAt is when these points were first reached: who got there first
	// stands above others with as many.
	ReachedAt int64 `json:"reached_at"`
	// UsedMS is the time used in the attempts that the points come from.
	UsedMS int64 `json:"used_ms,omitempty"`
	// Answered is, of accuracy, how many questions came before the player; Points are then
	// the right answers. Of time, it is those of the attempts passed; Points are then the
	// swiftness of the median.
	Answered int64 `json:"answered,omitempty"`
}

// Ranked is a measure of players that some board of the contest needs, of all levels
// or of one. Boards of units are made from the totals of their players.
type Ranked struct {
	Measure Measure
	Level   string // empty: all
	Purse   string // of points; empty: the points themselves
	Whole   bool   // over the whole contest
	Daily   bool
	Weekly  bool
	Own     bool // by the periods of the definition
}

// Ranked lists the measures of players that the contest's boards need.
func (d *Definition) Ranked() []Ranked {
	var ranked []Ranked
	for i := range d.Boards {
		board := &d.Boards[i]
		measure := board.PlayerMeasure()
		at := slices.IndexFunc(ranked, func(r Ranked) bool {
			return r.Measure == measure && r.Level == board.Level && r.Purse == board.Purse
		})
		if at < 0 {
			at = len(ranked)
			ranked = append(ranked, Ranked{Measure: measure, Level: board.Level, Purse: board.Purse})
		}
		r := &ranked[at]
		r.Whole, r.Daily = r.Whole || board.Period == "", r.Daily || board.Daily
		r.Weekly, r.Own = r.Weekly || board.Period == RoundWeek, r.Own || board.Period == RoundOwn
	}
	return ranked
}

// name names the totals by the measure, as Total.Name does.
func (r Ranked) name() string { return totalName(r.Measure, r.Level, r.Purse) }

// by reports whether the measure is ranked by such rounds.
func (r Ranked) by(round Round) bool {
	return round == RoundWeek && r.Weekly || round == RoundOwn && r.Own
}

// totalName names the totals by a measure of one level or purse, or of all.
func totalName(measure Measure, level, purse string) string {
	of := level + purse // points have no level, and nothing else has a purse
	if of == "" {
		return string(measure)
	}
	name := string(measure) + "@" + of
	if len(name) <= longestTotalName {
		return name
	}
	sum := sha256.Sum256([]byte(of))
	name = string(measure) + "~" + hex.EncodeToString(sum[:])
	return name[:longestTotalName]
}

// longestTotalName is what the store has room for. Of a level with a longer key, the
// name has seven to eleven digits of its hash: two of a contest's hundred levels have
// the same once in 50,000 contests at most, and in nearly all of them far rarer.
const longestTotalName = 16

// Name names the totals in the store and the view: "best", "best@level" or "points@purse".
func (t Total) Name() string { return totalName(t.Measure, t.Level, t.Purse) }

// TotalName names the totals of players that the board is made from.
func (b *Board) TotalName() string { return totalName(b.PlayerMeasure(), b.Level, b.Purse) }

// MeasureOf is the measure of the totals with a name.
func MeasureOf(name string) Measure {
	if i := strings.IndexAny(name, "@~"); i >= 0 {
		name = name[:i]
	}
	return Measure(name)
}

// PlayerMeasure is the measure of players that the board is made from.
func (b Board) PlayerMeasure() Measure {
	if b.Measure == MeasurePlayers || b.Measure == MeasureRate {
		return MeasureBest
	}
	return b.Measure
}

// Totals are the player's totals by every measure that is ranked, for the whole
// contest and for the day of the summary. They are totals and never increments,
// so setting one twice, or late, changes nothing. Only finished attempts of the
// contest proper count, and what was earned; a player who scored nothing has a
// total of 0, since units count who took part.
func (d *Definition) Totals(s *Summary) []Total {
	if d.EarnsOnlyRegistered() && !s.Registered {
		return nil
	}
	var totals []Total
	add := func(t *MeasureTally, period int) {
		if t != nil && t.Any { // points that were earned begin tallies of other measures too
			total := t.Total
			total.Period = period
			totals = append(totals, total)
		}
	}
	for _, ranked := range d.Ranked() {
		name := ranked.name()
		add(s.Whole[name], 0)
		if t := s.Today[name]; t != nil {
			add(t, d.Day(s.Periods[PerDay].From))
		}
		for _, round := range rounds {
			if r := s.Rounds[round]; r != nil && ranked.by(round) {
				add(r.By[name], round.stored(r.Number))
			}
		}
	}
	return totals
}

// OnNoBoard reports whether a player surely stands on no board: has finished nothing and has
// no total. Where a contest ranks rounds alone, those of a round that is over are known by
// what was finished.
func (s *Summary) OnNoBoard() bool {
	for _, r := range s.Rounds {
		if len(r.By) > 0 {
			return false
		}
	}
	return s.Ended == 0 && len(s.Whole) == 0 && len(s.Today) == 0
}

// TotalWithin is the player's total as a board ranks it, over what finished, or was
// earned, from one moment up to another (UTC ms); ok is false for who did nothing
// then. Over all of the contest, and over a day, it is that of Totals.
func (d *Definition) TotalWithin(b *Board, r *Record, from, to int64) (total Total, ok bool) {
	if d.EarnsOnlyRegistered() && !r.Registered {
		return Total{}, false
	}
	within := span{from, to}
	t := MeasureTally{Total: Total{Measure: b.PlayerMeasure(), Level: b.Level, Purse: b.Purse}}
	history := r.Counting().byFinish()
	for i := range history {
		if a := &history[i]; within.holds(a.FinishedAt) && (b.Level == "" || a.Level == b.Level) {
			t.attempt(a)
		}
	}
	for i := range r.Grants {
		if g := &r.Grants[i]; within.holds(g.At) {
			t.points(g)
		}
	}
	return t.Total, t.Any
}

// span is a stretch of time: from its first moment up to, not including, its end.
type span struct{ from, to int64 }

func (s span) holds(ms int64) bool { return s.from <= ms && ms < s.to }

// MeasureTally is a total while it is added up: the ends of attempts in their
// order, and grants in theirs.
type MeasureTally struct {
	Total
	Any    bool         `json:"any,omitempty"` // something was added
	Levels []LevelTally `json:"levels,omitempty"`
}

// LevelTally is what a level gives to a total: the score and time of the attempt
// that counts.
type LevelTally struct {
	Key    string `json:"key"`
	Score  int    `json:"score,omitempty"`
	UsedMS int64  `json:"used_ms,omitempty"`
	Done   bool   `json:"done,omitempty"` // of time: it was passed, and counts
}

// attempt adds the end of an attempt.
func (t *MeasureTally) attempt(a *Attempt) {
	if !t.Any {
		t.Any, t.ReachedAt = true, a.FinishedAt
	}
	switch t.Measure {
	case MeasurePoints: // is added up from the ledger
	case MeasureAttempts:
		t.grow(1, a.FinishedAt)
		t.UsedMS += a.UsedMS
	case MeasureAccuracy:
		t.accuracy(a)
	case MeasureTime:
		t.time(a)
	case MeasureSum:
		t.grow(int64(a.Score), a.FinishedAt)
		t.UsedMS += a.UsedMS
	default:
		t.level(a)
	}
}

// points adds a grant where it goes into what the total counts.
func (t *MeasureTally) points(g *Grant) {
	if t.Measure == MeasurePoints && g.Kind == GrantInto(t.Purse) {
		t.grow(int64(g.Amount), g.At)
	}
}

// level counts one attempt of each level: the best (of equals the quickest), the
// first or the last.
func (t *MeasureTally) level(a *Attempt) {
	at := slices.IndexFunc(t.Levels, func(l LevelTally) bool { return l.Key == a.Level })
	if at < 0 {
		t.Levels = append(t.Levels, LevelTally{Key: a.Level, Score: a.Score, UsedMS: a.UsedMS})
		t.UsedMS += a.UsedMS
		t.grow(int64(a.Score), a.FinishedAt)
		return
	}
	held := &t.Levels[at]
	better := a.Score > held.Score || a.Score == held.Score && a.UsedMS < held.UsedMS
	if t.Measure == MeasureFirst || t.Measure == MeasureBest && !better {
		return
	}
	t.UsedMS += a.UsedMS - held.UsedMS
	t.grow(int64(a.Score-held.Score), a.FinishedAt)
	held.Score, held.UsedMS = a.Score, a.UsedMS
}

// grow changes the points at a moment; no change keeps who got there first.
func (t *MeasureTally) grow(points, at int64) {
	if !t.Any {
		t.Any, t.ReachedAt = true, at
	}
	if points != 0 {
		t.Points += points
		t.ReachedAt = at
	}
}

// TiesOf is how the boards of players rank equals whose totals have a name.
func (d *Definition) TiesOf(name string) Ties {
	for i := range d.Boards {
		if board := &d.Boards[i]; board.Subject == SubjectPlayer && board.TotalName() == name {
			return board.Ties
		}
	}
	return TiesReached
}
