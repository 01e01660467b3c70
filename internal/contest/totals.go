package contest

import "slices"

// Total is what one player holds by one measure in one period.
type Total struct {
	Measure Measure `json:"measure"`
	Period  int     `json:"-"` // 0 for the whole contest, else the day yyyymmdd
	Points  int64   `json:"points"`
	// ReachedAt is when these points were first reached: who got there first
	// stands above others with as many.
	ReachedAt int64 `json:"reached_at"`
	// UsedMS is the time used in the attempts that the points come from.
	UsedMS int64 `json:"used_ms,omitempty"`
}

// Ranked is a measure of players that some board of the contest needs. Boards
// of units are made from the totals of their players.
type Ranked struct {
	Measure Measure
	Daily   bool
}

// Ranked lists the measures of players that the contest's boards need.
func (d *Definition) Ranked() []Ranked {
	var ranked []Ranked
	for _, board := range d.Boards {
		measure := board.PlayerMeasure()
		at := slices.IndexFunc(ranked, func(r Ranked) bool { return r.Measure == measure })
		if at < 0 {
			at = len(ranked)
			ranked = append(ranked, Ranked{Measure: measure})
		}
		ranked[at].Daily = ranked[at].Daily || board.Daily
	}
	return ranked
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
	for _, ranked := range d.Ranked() {
		if t := s.Whole[ranked.Measure]; t != nil {
			totals = append(totals, t.Total)
		}
		if t := s.Today[ranked.Measure]; t != nil {
			today := t.Total
			today.Period = d.Day(s.Periods[PerDay].From)
			totals = append(totals, today)
		}
	}
	return totals
}

// TotalWithin is the player's total by one measure over what finished, or was
// earned, from one moment up to another (UTC ms); ok is false for who did nothing
// then. Over all of the contest, and over a day, it is that of Totals.
func (d *Definition) TotalWithin(measure Measure, r *Record, from, to int64) (total Total, ok bool) {
	if d.EarnsOnlyRegistered() && !r.Registered {
		return Total{}, false
	}
	within := span{from, to}
	t := MeasureTally{Total: Total{Measure: measure}}
	history := r.Counting().byFinish()
	for i := range history {
		if a := &history[i]; within.holds(a.FinishedAt) {
			t.attempt(a)
		}
	}
	for i := range r.Grants {
		if g := &r.Grants[i]; g.Kind == GrantPoints && within.holds(g.At) {
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
	case MeasureSum:
		t.grow(int64(a.Score), a.FinishedAt)
		t.UsedMS += a.UsedMS
	default:
		t.level(a)
	}
}

// points adds a grant of points.
func (t *MeasureTally) points(g *Grant) {
	if t.Measure == MeasurePoints {
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

// TiesOf is how the boards of players rank equals by a measure.
func (d *Definition) TiesOf(measure Measure) Ties {
	for _, board := range d.Boards {
		if board.Subject == SubjectPlayer && board.Measure == measure {
			return board.Ties
		}
	}
	return TiesReached
}
