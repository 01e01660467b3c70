package contest

import "anquanda/internal/errs"

// Why an attempt may not start.
var (
	ErrNotOpen = errs.New(errs.Forbidden, "contest_not_open", "活动还没有开始")
	ErrClosed  = errs.New(errs.Forbidden, "contest_closed", "活动已经结束")
	ErrNoLevel = errs.New(errs.NotFound, "level_unknown", "没有这一关")
	ErrLocked  = errs.New(errs.Forbidden, "level_locked", "先通过前面的关卡，才能开始这一关")
	ErrNoTries = errs.New(errs.Forbidden, "no_tries_left", "今天这一关的次数用完了，明天再来")
	ErrUsedUp  = errs.New(errs.Forbidden, "no_tries_left", "这一关的次数用完了")
)

// LevelState is how a level stands for one player.
type LevelState struct {
	Open      bool   // may be played, tries aside
	Needs     *Level // the first level that must be passed before, when locked
	Passed    bool
	Best      int // best score
	Stars     int // 0 to 3
	TriesLeft int
	UnderWay  bool
}

// LevelStates tells how each level of the contest stands for the player.
func (d *Definition) LevelStates(h History, now int64) []LevelState {
	states := make([]LevelState, len(d.Levels))
	for i := range d.Levels {
		level := &d.Levels[i]
		needs := d.needs(level, h)
		_, underWay := h.UnderWay(level.Key, now)
		states[i] = LevelState{
			Open:      needs == nil,
			Needs:     needs,
			Passed:    h.Passed(level.Key),
			Best:      h.Best(level.Key),
			TriesLeft: d.triesLeft(level, h, now),
			UnderWay:  underWay,
		}
		if states[i].Passed {
			states[i].Stars = level.Stars(states[i].Best)
		}
	}
	return states
}

func (d *Definition) needs(level *Level, h History) *Level {
	for _, key := range level.After {
		if !h.Passed(key) {
			before, _, _ := d.Level(key)
			return before
		}
	}
	return nil
}

func (d *Definition) triesLeft(level *Level, h History, now int64) int {
	return max(0, level.Attempts.Max-h.count(level.Key, level.Period(d, now)))
}

// Stars of a passed level: 1, 2 from four fifths of the full score, 3 for all.
func (l *Level) Stars(best int) int {
	switch full := l.FullScore(); {
	case best >= full:
		return 3
	case best*5 >= full*4:
		return 2
	}
	return 1
}

// NewAttempt decides whether the player may start the level now, and returns
// the attempt to store (ID is left to the caller). Errors: ErrNotOpen,
// ErrClosed, ErrNoLevel, ErrLocked, ErrNoTries.
func (d *Definition) NewAttempt(h History, key string, now int64) (Attempt, error) {
	level, _, ok := d.Level(key)
	if !ok {
		return Attempt{}, ErrNoLevel
	}
	switch d.Phase(now) {
	case Upcoming:
		return Attempt{}, ErrNotOpen
	case Closed:
		return Attempt{}, ErrClosed
	}
	if d.needs(level, h) != nil {
		return Attempt{}, ErrLocked
	}
	period := level.Period(d, now)
	used := h.count(key, period)
	if used >= level.Attempts.Max {
		if level.Attempts.Per == PerContest {
			return Attempt{}, ErrUsedUp
		}
		return Attempt{}, ErrNoTries
	}
	return Attempt{Level: key, Period: period, Ordinal: used + 1, StartedAt: now, DeadlineAt: level.Deadline(d, now)}, nil
}

// Unlocked lists the levels that finished opened: closed before it, open after.
func (d *Definition) Unlocked(before History, finished Attempt) []*Level {
	after := append(before[:len(before):len(before)], finished)
	var opened []*Level
	for i := range d.Levels {
		level := &d.Levels[i]
		if d.needs(level, before) != nil && d.needs(level, after) == nil {
			opened = append(opened, level)
		}
	}
	return opened
}
