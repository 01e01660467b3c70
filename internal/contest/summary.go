package contest

import (
	"slices"
	"strings"
)

// Summary is what the rules look at of one player in one contest: a fold of the
// attempts, deeds and grants of a Record. The definition bounds its size, so that
// deciding on the ten thousandth attempt costs what deciding on the first did. It
// is stored as JSON beside the rows that it sums up, and always equals what
// Summarize makes of them. It is not safe for concurrent use.
type Summary struct {
	// Of the player's part in the contest; not stored with the rest.
	Division   string `json:"-"`
	Registered bool   `json:"-"` // has filled in what earning needs
	// Listed are the lists that the player is on; likewise.
	Listed []string `json:"-"`

	At      int64 `json:"at"`       // of the newest end, deed or grant, UTC ms
	BegunAt int64 `json:"begun_at"` // of the newest attempt's start, UTC ms

	Open     []Attempt               `json:"open,omitempty"` // under way, or not yet ended
	Latest   *Attempt                `json:"latest,omitempty"`
	Levels   map[string]*LevelPlayed `json:"levels,omitempty"`
	Training map[string]*LevelPlayed `json:"training,omitempty"`
	Ended    int                     `json:"ended,omitempty"` // attempts of the contest proper
	Full     bool                    `json:"full,omitempty"`  // one of them had every answer right
	Held     int                     `json:"held,omitempty"`  // that ended and wait for somebody to look, see Held
	Out      int                     `json:"out,omitempty"`   // at which somebody has looked, and that do not count

	// Periods count what happened in the newest period of each kind that the
	// definition looks at; the whole contest is one of them.
	Periods map[Per]*PeriodCount `json:"periods,omitempty"`

	Cards []string                 `json:"cards,omitempty"` // keys of those held
	Given map[string]int           `json:"given,omitempty"` // how often a rule with a Max gave, by rule/period/
	Deeds map[DeedKind]*DeedCount  `json:"deeds,omitempty"`
	Found map[string]int64         `json:"found,omitempty"` // when each spot was found last, UTC ms
	Rows  *DaysInRow               `json:"rows,omitempty"`  // where something hangs on days in a row
	Whole map[string]*MeasureTally `json:"whole,omitempty"` // totals of the contest, by their names
	Today map[string]*MeasureTally `json:"today,omitempty"` // totals of the newest day, where some board has them

	Rounds map[Round]*RoundTally `json:"rounds,omitempty"` // totals of the newest rounds, where some board has them

	about map[string]int // how often rules without a Max gave for the deed in question
}

// LevelPlayed is what the attempts at one level came to.
type LevelPlayed struct {
	Best    int   `json:"best,omitempty"`  // best score of an attempt that ended
	Right   int   `json:"right,omitempty"` // most right answers of one that ended, where a condition asks (asksRight)
	Passed  bool  `json:"passed,omitempty"`
	Period  int   `json:"period,omitempty"`  // of the newest attempt
	Ordinal int   `json:"ordinal,omitempty"` // the highest in that period
	BegunAt int64 `json:"begun_at,omitempty"`
	// Of the attempt that ended last.
	LastID    int64 `json:"last_id,omitempty"`
	LastAt    int64 `json:"last_at,omitempty"`
	LastWrong bool  `json:"last_wrong,omitempty"` // it was not passed and had wrong answers
}

// PeriodCount counts what happened from From up to, not including, To (UTC ms).
type PeriodCount struct {
	From     int64                  `json:"from"`
	To       int64                  `json:"to"`
	Levels   map[string]*LevelCount `json:"levels,omitempty"`
	Training map[string]*LevelCount `json:"training,omitempty"`
	Right    int                    `json:"right,omitempty"` // right answers in attempts that ended
	Granted  map[GrantKind]int      `json:"granted,omitempty"`
	// Of a day: questions that were reached in attempts that ended, also in those of the
	// training and those that are held back.
	Read int `json:"read,omitempty"`
}

// LevelCount counts attempts at one level in a period.
type LevelCount struct {
	Begun  int `json:"begun,omitempty"`
	Ended  int `json:"ended,omitempty"`
	Passed int `json:"passed,omitempty"`
}

// DeedCount is what there is to know of the deeds of one kind.
type DeedCount struct {
	Count int    `json:"count"`
	At    int64  `json:"at"` // of the newest, UTC ms
	Ref   string `json:"ref"`
}

// nothing stands for a period in which nothing happened.
var nothing PeriodCount

// in is what happened in the period that holds now.
func (s *Summary) in(per Per, now int64) *PeriodCount {
	if per == "" {
		per = PerContest
	}
	if c := s.Periods[per]; c != nil && (per == PerContest || c.From <= now && now < c.To) {
		return c
	}
	return &nothing
}

// played is what the attempts at a level came to, of the training or the others.
func (s *Summary) played(level string, training bool) LevelPlayed {
	levels := s.Levels
	if training {
		levels = s.Training
	}
	if l := levels[level]; l != nil {
		return *l
	}
	return LevelPlayed{}
}

// Passed reports whether an attempt of the contest proper at the level was passed.
func (s *Summary) Passed(level string) bool { return s.played(level, false).Passed }

// Best is the best score, in points, of the attempts of the contest proper at a
// level.
func (s *Summary) Best(level string) int { return s.played(level, false).Best }

// UnderWay returns the attempt at level that still takes answers at now.
func (s *Summary) UnderWay(level string, now int64) (Attempt, bool) {
	for _, a := range s.Open {
		if a.Level == level && now <= a.DeadlineAt {
			return a, true
		}
	}
	return Attempt{}, false
}

// Started reports whether an attempt of the contest proper was begun.
func (s *Summary) Started() bool { return len(s.in(PerContest, 0).Levels) > 0 }

// Passes is how many attempts of the contest proper were passed.
func (s *Summary) Passes() int {
	passes := 0
	for _, l := range s.in(PerContest, 0).Levels {
		passes += l.Passed
	}
	return passes
}

// Sum adds up the grants of a kind.
func (s *Summary) Sum(kind GrantKind) int { return s.in(PerContest, 0).Granted[kind] }

// Holds reports whether the player has a card.
func (s *Summary) Holds(card string) bool { return slices.Contains(s.Cards, card) }

// Did is what there is to know of the player's deeds of a kind.
func (s *Summary) Did(kind DeedKind) DeedCount {
	if c := s.Deeds[kind]; c != nil {
		return *c
	}
	return DeedCount{}
}

// Now is the player's time when a node's clock shows now: never before what
// happened already, since the clocks of two nodes differ by some seconds.
func (s *Summary) Now(now int64) int64 { return max(now, s.At, s.BegunAt) }

// Follows reports that what happened at a moment is newer than all that was
// summed up. What is found late has to be summed up with all of the record.
func (s *Summary) Follows(at int64) bool {
	if at < s.At {
		return false
	}
	for _, c := range s.Periods {
		if at < c.From {
			return false
		}
	}
	return true
}

func (c *PeriodCount) of(training bool) map[string]*LevelCount {
	if training {
		return c.Training
	}
	return c.Levels
}

// begun is how many attempts at a level were begun.
func (c *PeriodCount) begun(level string, training bool) int {
	if l := c.of(training)[level]; l != nil {
		return l.Begun
	}
	return 0
}

// begunAll is how many attempts were begun, and at how many of the levels; practice aside.
func (c *PeriodCount) begunAll(d *Definition, training bool) (attempts, levels int) {
	for key, l := range c.of(training) {
		level, _, ok := d.Level(key)
		if ok && level.Practice {
			continue
		}
		attempts += l.Begun
		if ok && l.Begun > 0 {
			levels++
		}
	}
	return attempts, levels
}

// gave is how often a rule gave under a prefix of its sources.
func (s *Summary) gave(prefix string) int { return max(s.Given[prefix], s.about[prefix]) }

// sourceOf splits the source of a grant by a rule, "rule/period/7" or
// "rule/period/7+1", into "rule/period/" and 7.
func sourceOf(source string) (prefix string, number string) {
	at := strings.LastIndexByte(source, '/') + 1
	number, _, _ = strings.Cut(source[at:], "+")
	return source[:at], number
}
