// Package chance decides one draw from a pool of prizes: pure rules, by which draws are
// made and a simulated crowd wins.
package chance

import (
	"math"
	"math/bits"

	"anquanda/internal/contest"
)

// Whole is a draw in the unit of contest.PoolPrize.Odds.
const Whole = 1_000_000

// Nothing stands in the place of the index of a pool's prize.
const Nothing = -1

// Roll is which prize of a pool chance alone gives, by the declared odds: its
// index, or Nothing. random is 64 even bits; that they do not divide by a million
// moves no odds by more than one in 2^44.
func Roll(pool *contest.PrizePool, random uint64) int {
	at, _ := bits.Mul64(random, Whole)
	n := int(at)
	for i := range pool.Prizes {
		if n -= pool.Prizes[i].Odds; n < 0 {
			return i
		}
	}
	return Nothing
}

// Reason says why something else was given than chance alone had given.
type Reason string

// The reasons.
const (
	AsRolled   Reason = ""
	Guaranteed Reason = "guaranteed" // nothing was won before, and this draw is sure to win
	SoldOut    Reason = "out"        // no unit is left
	Unreleased Reason = "later"      // the units that are left come free later
	OverLimit  Reason = "limit"      // a limit of the pool is reached
)

// Stand is what a draw is decided by, beside the definition.
type Stand struct {
	// Ordinal counts the player's draws from the pool, this one included.
	Ordinal int
	// HasWon tells that an earlier one of them won something.
	HasWon bool
	// Room tells, by index in the pool, whether a prize may be given to this player
	// now, and if not, why. It is not asked about prizes of thanks.
	Room func(index int) Reason
}

// Outcome is what a draw came to. Rolled is what chance alone gave and Prize what
// is given: an index in the pool, or Nothing.
type Outcome struct {
	Rolled int
	Prize  int
	Reason Reason
}

// Decide turns what was rolled into what is given. A prize that cannot be given
// becomes the pool's thanks, never another prize: so no odds are ever better or
// worse than declared, and no draw is a hunt for what is left. A guarantee that
// cannot be kept with its draw is kept with the first one after that can.
func Decide(d *contest.Definition, pool *contest.PrizePool, rolled int, at *Stand) Outcome {
	given := Outcome{Rolled: rolled, Prize: rolled}
	if rolled != Nothing && !IsThanks(d, pool, rolled) {
		if given.Reason = at.Room(rolled); given.Reason == AsRolled {
			return given
		}
		given.Prize = thanksOf(d, pool)
	}
	if at.HasWon {
		return given
	}
	for i := range pool.Prizes {
		if due := pool.Prizes[i].Guaranteed; due > 0 && at.Ordinal >= due && !IsThanks(d, pool, i) && at.Room(i) == AsRolled {
			return Outcome{Rolled: rolled, Prize: i, Reason: Guaranteed}
		}
	}
	return given
}

// thanksOf is the pool's prize of thanks; Nothing when it has none.
func thanksOf(d *contest.Definition, pool *contest.PrizePool) int {
	for i := range pool.Prizes {
		if IsThanks(d, pool, i) {
			return i
		}
	}
	return Nothing
}

// IsThanks reports whether the prize of that index is nothing but thanks.
func IsThanks(d *contest.Definition, pool *contest.PrizePool, index int) bool {
	p := d.Prize(pool.Prizes[index].Prize)
	return p == nil || p.Kind == contest.PrizeThanks
}

// Released is how many units of a prize of the pool have come free by now (UTC
// ms), whatever became of them; more than any stock when it is not released bit
// by bit.
func Released(d *contest.Definition, p *contest.PoolPrize, now int64) int {
	if len(p.Release) == 0 {
		return math.MaxInt32
	}
	free := 0
	for i := range p.Release {
		free = min(free+p.Release[i].Units*timesReleased(d, &p.Release[i], now), math.MaxInt32)
	}
	return free
}

// timesReleased counts the days of the calendar of the contest, on each of which
// the same time of the clock has to pass.
func timesReleased(d *contest.Definition, r *contest.Release, now int64) int {
	at := r.At.MS
	if at == 0 {
		at = d.Window.Opens.MS
	}
	switch {
	case now < at:
		return 0
	case !r.Daily:
		return 1
	}
	const day = 24 * 60 * 60 * 1000
	first, _ := d.Bounds(contest.PerDay, at)
	today, _ := d.Bounds(contest.PerDay, now)
	days := int((today - first + day/2) / day)
	if now-today >= at-first {
		days++
	}
	return days
}

// OpenAt reports whether a pool takes draws: from Opens, or else from the start
// of the contest, up to Closes; without that chances keep their worth after the
// last answer.
func OpenAt(d *contest.Definition, pool *contest.PrizePool, now int64) bool {
	return now >= OpensOf(d, pool) && (pool.Closes.MS == 0 || now < pool.Closes.MS)
}

// OpensOf is from when a pool takes draws, UTC ms.
func OpensOf(d *contest.Definition, pool *contest.PrizePool) int64 {
	if pool.Opens.MS != 0 {
		return pool.Opens.MS
	}
	return d.Window.Opens.MS
}
