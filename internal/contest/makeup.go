package contest

import (
	"strconv"
	"time"

	"anquanda/internal/errs"
)

// Makeup lets players make up a day on which they missed to check in (补签): the days in
// a row that it joins count as if they had come. It earns nothing else.
type Makeup struct {
	Price int    `yaml:"price"` // points for a day, or of the purse
	Purse string `yaml:"purse"` // that pays, such as one of cards to make up days; empty: the points
	Most  int    `yaml:"most"`  // days that a player makes up in the contest
}

// MadeUpWithin is how many days before today can be made up.
const MadeUpWithin = lookedBack - 1

// Why a day cannot be made up. Nothing is paid then.
var (
	ErrNoMakeup     = errs.New(errs.NotFound, "no_makeup", "这次活动不能补签")
	ErrNotMissed    = errs.New(errs.Conflict, "day_not_missed", "这一天已经签到，不用补签，什么也没有扣")
	ErrDayTooOld    = errs.New(errs.Conflict, "day_not_makeable", "这一天不能补签：只能补活动期间最近 7 天里的，什么也没有扣")
	ErrMakeupsGone  = errs.New(errs.Conflict, "makeups_used", "补签次数已经用完，什么也没有扣")
	ErrMakeupClosed = errs.New(errs.Conflict, "makeup_closed", "活动没有在进行，不能补签，什么也没有扣")
)

// MayMakeUp reports why a player who has made up so many days may not make up one more
// now, written as yyyymmdd.
func (d *Definition) MayMakeUp(day, madeUp int, now int64) error {
	switch {
	case d.Makeup == nil:
		return ErrNoMakeup
	case !d.Window.Holds(now):
		return ErrMakeupClosed
	case !d.makeable(day, now):
		return ErrDayTooOld
	case madeUp >= d.Makeup.Most:
		return ErrMakeupsGone
	}
	return nil
}

// makeable reports whether a day is one of the contest, and of the last ones before that
// of a moment.
func (d *Definition) makeable(day int, at int64) bool {
	back := sinceEpoch(d.Day(at)) - sinceEpoch(day)
	return onCalendar(sinceEpoch(day)) == day && back >= 1 && back <= MadeUpWithin && day >= d.Day(d.Window.Opens.MS)
}

// MakeUp is the deed of making up a day, which MayMakeUp allows.
func MakeUp(day int, now int64) Deed {
	return Deed{Kind: DeedMakeup, Ref: strconv.Itoa(day), At: now}
}

// MakeupsLeft is how many days a player may still make up.
func (d *Definition) MakeupsLeft(s *Summary) int {
	if d.Makeup == nil {
		return 0
	}
	return max(0, d.Makeup.Most-s.Did(DeedMakeup).Count)
}

// cameOn is the day on which a deed lets its player have come, in days since 1970; ok is
// false for deeds that are of no day, or of one outside the contest.
func (d *Definition) cameOn(deed Deed) (day int, ok bool) {
	if !d.Window.Holds(deed.At) {
		return 0, false
	}
	switch deed.Kind {
	case DeedCheckin:
		return sinceEpoch(d.Day(deed.At)), true
	case DeedMakeup:
		made, err := strconv.Atoi(deed.Ref)
		return sinceEpoch(made), err == nil && d.makeable(made, deed.At)
	}
	return 0, false
}

// sinceEpoch counts the days from 1970 to a day written as yyyymmdd.
func sinceEpoch(day int) int {
	return int(time.Date(day/10_000, time.Month(day/100%100), day%100, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay)
}

// onCalendar writes a day since 1970 as yyyymmdd.
func onCalendar(day int) int { return dayNumber(time.Unix(int64(day)*secondsOfDay, 0).UTC()) }

const secondsOfDay = 24 * 60 * 60
