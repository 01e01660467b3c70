package contest

import (
	"slices"

	"anquanda/internal/errs"
)

// Why an attempt may not start.
var (
	ErrNotOpen  = errs.New(errs.Forbidden, "contest_not_open", "活动还没有开始")
	ErrClosed   = errs.New(errs.Forbidden, "contest_closed", "活动已经结束")
	ErrNoLevel  = errs.New(errs.NotFound, "level_unknown", "没有这一关")
	ErrLocked   = errs.New(errs.Forbidden, "level_locked", "这一关还没有开启")
	ErrNotYet   = errs.New(errs.Forbidden, "level_not_open", "这一关还没有开放")
	ErrOver     = errs.New(errs.Forbidden, "level_closed", "这一关已经结束")
	ErrDivision = errs.New(errs.Forbidden, "level_other_division", "这一关不属于你选的组别")
	ErrNoTries  = errs.New(errs.Forbidden, "no_tries_left", "今天的次数用完了，明天再来")
	// The same of bounds for longer, or over all levels.
	errNoTriesThisWeek   = errs.New(errs.Forbidden, "no_tries_left", "本周的次数用完了，下周再来")
	errNoTriesThisMonth  = errs.New(errs.Forbidden, "no_tries_left", "本月的次数用完了，下月再来")
	errNoTriesThisPeriod = errs.New(errs.Forbidden, "no_tries_left", "这一期的次数用完了，下一期再来")
	errNoTriesAtAll      = errs.New(errs.Forbidden, "no_tries_left", "这次活动的次数用完了")
	errNoMoreLevels      = errs.New(errs.Forbidden, "no_tries_left", "选的关够了，不能再选新的关")

	ErrEnough = errs.New(errs.Forbidden, "enough_today", "今天已经答了很多题，休息一下，明天再来")
	ErrUsedUp = errs.New(errs.Forbidden, "no_tries_left", "这一关的次数用完了")
)

// Unlimited stands for tries without bound.
const Unlimited = 9999

// LevelState is how a level stands for one player.
type LevelState struct {
	Open      bool    // may be played, tries aside
	Closed    error   // why not, when it is not open
	Needs     []After // what is wanting first, when that is why; of several any one does
	Passed    bool
	Best      int // best score
	Stars     int // 0 to 3
	TriesLeft int // Unlimited for no bound
	UnderWay  bool
}

// LevelStates tells how each level of the contest stands for the player.
func (d *Definition) LevelStates(s *Summary, now int64) []LevelState {
	now = s.Now(now)
	states := make([]LevelState, len(d.Levels))
	var few [manyLimits]count
	counted := d.counted(few[:0], s, now)
	for i := range d.Levels {
		level := &d.Levels[i]
		training := d.trains(level, now)
		played := s.played(level.Key, training)
		state := LevelState{
			Closed:    level.closed(s.Division, now),
			Needs:     d.needs(level, s, now),
			Passed:    played.Passed,
			Best:      played.Best,
			TriesLeft: d.triesBy(level, s, now, 0, counted),
		}
		if a, ok := s.UnderWay(level.Key, now); ok && a.Training() == training {
			state.UnderWay = true
		}
		if state.Closed == nil && len(state.Needs) > 0 {
			state.Closed = ErrLocked
		}
		state.Open = state.Closed == nil
		if state.Passed {
			state.Stars = level.Stars(state.Best)
		}
		states[i] = state
	}
	return states
}

// closed tells why the level takes nobody, or nobody of the division, at now.
func (l *Level) closed(division string, now int64) error {
	switch _, open := l.openAt(now); {
	case len(l.Divisions) > 0 && !slices.Contains(l.Divisions, division):
		return ErrDivision
	case open:
		return nil
	case l.OpensNext(now) != 0:
		return ErrNotYet
	}
	return ErrOver
}

// openAt reports whether now lies in one of the times of the level, and when that ends; 0
// for the end of the contest.
func (l *Level) openAt(now int64) (closes int64, open bool) {
	if now >= l.Opens.MS && (l.Closes.MS == 0 || now < l.Closes.MS) {
		return l.Closes.MS, true
	}
	for i := range l.Again {
		if l.Again[i].Holds(now) {
			return l.Again[i].Closes.MS, true
		}
	}
	return 0, false
}

// OpensNext is when the level opens the next time after now; 0 for never.
func (l *Level) OpensNext(now int64) int64 {
	if now < l.Opens.MS {
		return l.Opens.MS
	}
	for i := range l.Again { // in order
		if now < l.Again[i].Opens.MS {
			return l.Again[i].Opens.MS
		}
	}
	return 0
}

// LastCloses is when the level closes for good; 0 with the contest.
func (l *Level) LastCloses() int64 {
	if n := len(l.Again); n > 0 {
		return l.Again[n-1].Closes.MS
	}
	return l.Closes.MS
}

// needs is what keeps the level locked: the first of what it is after that is wanting, or
// all of it where any one does; none when it is open.
func (d *Definition) needs(level *Level, s *Summary, now int64) []After {
	for i := range level.After {
		switch done := d.did(s, level.After[i], now); {
		case done && level.Unlock == UnlockAny:
			return nil
		case !done && level.Unlock != UnlockAny:
			return level.After[i : i+1]
		}
	}
	if level.Unlock == UnlockAny {
		return level.After
	}
	return nil
}

// did reports whether the player did what opens a level. Spots are found in the contest
// proper alone.
func (d *Definition) did(s *Summary, after After, now int64) bool {
	if after.List != "" {
		return slices.Contains(s.Listed, after.List)
	}
	if after.Spot != "" {
		at, found := s.Found[after.Spot]
		return found && d.Phase(now) != Training && (after.Same != PerDay || d.Day(at) == d.Day(now))
	}
	before, _, ok := d.Level(after.Level)
	count := s.in(after.Same, now).of(ok && d.trains(before, now))[after.Level]
	return count != nil && (count.Passed > 0 || after.By == ByFinished && count.Ended > 0)
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
// the attempt to store (ID is left to the caller) with the slots it takes; large
// says that the player plays in large type. Errors: those above.
func (d *Definition) NewAttempt(s *Summary, key string, now int64, large bool) (Attempt, []Slot, error) {
	level, _, ok := d.Level(key)
	if !ok {
		return Attempt{}, nil, ErrNoLevel
	}
	now = s.Now(now)
	switch d.Phase(now) {
	case Upcoming:
		return Attempt{}, nil, ErrNotOpen
	case Closed:
		return Attempt{}, nil, ErrClosed
	}
	if err := level.closed(s.Division, now); err != nil {
		return Attempt{}, nil, err
	}
	if len(d.needs(level, s, now)) > 0 {
		return Attempt{}, nil, ErrLocked
	}
	if d.between(level, now) {
		return Attempt{}, nil, ErrNotYet
	}
	if d.readEnough(s, now) {
		return Attempt{}, nil, ErrEnough
	}
	if d.triesLeft(level, s, now, 0) == 0 {
		return Attempt{}, nil, noTries(d.LeftAt(level, s, now))
	}
	training := d.trains(level, now)
	period := d.attemptPeriod(level.Attempts.Per, now, training)
	attempt := Attempt{Level: key, Period: period, Ordinal: 1, StartedAt: now, DeadlineAt: level.Deadline(d, now, large)}
	played := s.played(key, training)
	if played.Period == period {
		attempt.Ordinal = played.Ordinal + 1
	}
	if level.Retry == RetryWrong && played.LastWrong {
		attempt.Retries = played.LastID
	}
	return attempt, d.slots(level, s, now), nil
}

// noTries is why no attempt is left, by the bound that holds.
func noTries(left Left) error {
	switch left.Per {
	case PerDay:
		return ErrNoTries
	case PerWeek:
		return errNoTriesThisWeek
	case PerMonth:
		return errNoTriesThisMonth
	case PerPeriod:
		return errNoTriesThisPeriod
	}
	switch left.Of {
	case OfLevels:
		return errNoMoreLevels
	case OfAttempts:
		return errNoTriesAtAll
	}
	return ErrUsedUp
}

// between reports that attempts at the level count by the definition's periods
// and now lies in none.
func (d *Definition) between(level *Level, now int64) bool {
	per := func(l Limit) bool { return l.Per == PerPeriod }
	return (level.Attempts.Per == PerPeriod || !level.Practice && slices.ContainsFunc(d.Attempts, per)) &&
		d.PeriodOf(PerPeriod, now) == 0
}

// OpenedBy lists the levels that finding a spot opens and that are open for the player
// now.
func (d *Definition) OpenedBy(spot string, s *Summary, now int64) []*Level {
	var opened []*Level
	for i := range d.Levels {
		level := &d.Levels[i]
		of := slices.ContainsFunc(level.After, func(a After) bool { return a.Spot == spot })
		if of && len(d.needs(level, s, now)) == 0 && level.closed(s.Division, now) == nil {
			opened = append(opened, level)
		}
	}
	return opened
}

// Locked lists the levels that wait for others to be played, at a moment.
func (d *Definition) Locked(s *Summary, at int64) []*Level {
	var locked []*Level
	for i := range d.Levels {
		if level := &d.Levels[i]; len(d.needs(level, s, at)) > 0 {
			locked = append(locked, level)
		}
	}
	return locked
}

// Unlocked lists those of locked that the summary opened meanwhile.
func (d *Definition) Unlocked(locked []*Level, s *Summary, at int64) []*Level {
	var opened []*Level
	for _, level := range locked {
		if len(d.needs(level, s, at)) == 0 {
			opened = append(opened, level)
		}
	}
	return opened
}
