package contest

// Attempt is one attempt in a player's history, finished or under way.
type Attempt struct {
	ID         int64
	Level      string
	Period     int // day yyyymmdd, or 0 where attempts count for the contest
	Ordinal    int // from 1 within player, level and period
	StartedAt  int64
	DeadlineAt int64
	FinishedAt int64 // 0 while under way
	Correct    int
	Score      int
	Passed     bool
}

// History is every attempt of one player in one contest, oldest first.
type History []Attempt

// Phase is where the contest stands in time.
type Phase string

// The phases.
const (
	Upcoming Phase = "upcoming"
	Open     Phase = "open"
	Closed   Phase = "closed"
)

// Phase tells where now is against the window.
func (d *Definition) Phase(now int64) Phase {
	switch {
	case now < d.Window.Opens.MS:
		return Upcoming
	case now >= d.Window.Closes.MS:
		return Closed
	}
	return Open
}

// Period is the period in which an attempt begun at now counts.
func (l *Level) Period(d *Definition, now int64) int {
	if l.Attempts.Per == PerContest {
		return 0
	}
	return d.Day(now)
}

// Deadline is the last moment of an attempt begun at now: the level's time, cut
// at the contest's end.
func (l *Level) Deadline(d *Definition, now int64) int64 {
	return min(now+l.Time.Level.MS(), d.Window.Closes.MS)
}

// Passed reports whether an attempt at the level was passed.
func (h History) Passed(level string) bool {
	for _, a := range h {
		if a.Level == level && a.Passed {
			return true
		}
	}
	return false
}

func (h History) count(level string, period int) int {
	n := 0
	for _, a := range h {
		if a.Level == level && a.Period == period {
			n++
		}
	}
	return n
}

// Best is the best finished score at a level.
func (h History) Best(level string) int {
	best := 0
	for _, a := range h {
		if a.Level == level && a.FinishedAt != 0 {
			best = max(best, a.Score)
		}
	}
	return best
}

// UnderWay returns the attempt at level that still takes answers at now.
func (h History) UnderWay(level string, now int64) (Attempt, bool) {
	for _, a := range h {
		if a.Level == level && a.FinishedAt == 0 && now <= a.DeadlineAt {
			return a, true
		}
	}
	return Attempt{}, false
}
