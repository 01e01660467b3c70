package rulespage

import (
	"errors"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
)

// LockedNote tells why a level is not open for a player, as the level map does.
func LockedNote(d *contest.Definition, l *contest.Level, state contest.LevelState, now int64) string {
	switch state.Closed {
	case contest.ErrLocked:
		return NeedNote(d, state.Needs)
	case contest.ErrNotYet:
		return OpeningNote(d, l, now)
	case contest.ErrDivision:
		return DivisionNote(d, l)
	}
	return errs.From(state.Closed).Message
}

// Refused says in the words of the level map what opens the level that NewAttempt refused
// with err; other errors stay as they are.
func Refused(d *contest.Definition, s *contest.Summary, key string, now int64, err error) error {
	if !errors.Is(err, contest.ErrLocked) && !errors.Is(err, contest.ErrNotYet) {
		return err
	}
	level, i, _ := d.Level(key)
	state := d.LevelStates(s, now)[i]
	if state.Closed == nil || !errors.Is(err, state.Closed) {
		return err // between two periods of the contest
	}
	with := *errs.From(err)
	with.Message = "这一关" + LockedNote(d, level, state, now)
	return &with
}
