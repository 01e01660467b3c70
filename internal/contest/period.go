package contest

import "time"

// Phase is where the contest stands in time.
type Phase string

// The phases.
const (
	Upcoming Phase = "upcoming"
	Training Phase = "training"
	Open     Phase = "open"
	Closed   Phase = "closed"
)

// Phase tells where now is against the windows.
func (d *Definition) Phase(now int64) Phase {
	switch {
	case d.Window.Holds(now):
		return Open
	case d.Training != nil && d.Training.Holds(now):
		return Training
	case now >= d.Window.Closes.MS:
		return Closed
	}
	return Upcoming
}

// Day is the calendar day of a moment in the contest's zone, as yyyymmdd.
func (d *Definition) Day(ms int64) int { return dayNumber(time.UnixMilli(ms).In(d.zone)) }

func dayNumber(t time.Time) int {
	year, month, day := t.Date()
	return year*10_000 + int(month)*100 + day
}

// PeriodOf is the period in which a moment counts: the day as yyyymmdd, the
// Monday of its week, the month as yyyymm, the definition's own period from 1 (0
// between them), 0 for the whole contest.
func (d *Definition) PeriodOf(per Per, ms int64) int {
	local := time.UnixMilli(ms).In(d.zone)
	switch per {
	case PerDay:
		return dayNumber(local)
	case PerWeek:
		return dayNumber(local.AddDate(0, 0, -(int(local.Weekday())+6)%7))
	case PerMonth:
		return dayNumber(local) / 100
	case PerPeriod:
		for i, period := range d.Periods {
			if period.Holds(ms) {
				return i + 1
			}
		}
	}
	return 0
}

// attemptPeriod is PeriodOf for an attempt begun at now: those that count for nothing
// are set apart as negative numbers.
func (d *Definition) attemptPeriod(per Per, now int64, training bool) int {
	period := d.PeriodOf(per, now)
	if training {
		return -period - 1
	}
	return period
}

// Bounds are the first moment of the period that holds ms and the first one
// after it, in UTC ms. Days are of the calendar: one with a change of the clock
// is shorter or longer.
func (d *Definition) Bounds(per Per, ms int64) (from, to int64) {
	local := time.UnixMilli(ms).In(d.zone)
	year, month, day := local.Date()
	midnight := func(month time.Month, day int) int64 {
		return time.Date(year, month, day, 0, 0, 0, 0, d.zone).UnixMilli()
	}
	switch per {
	case PerDay:
		return midnight(month, day), midnight(month, day+1)
	case PerWeek:
		day -= (int(local.Weekday()) + 6) % 7
		return midnight(month, day), midnight(month, day+7)
	case PerMonth:
		return midnight(month, 1), midnight(month+1, 1)
	case PerPeriod:
		for _, period := range d.Periods {
			if period.Holds(ms) {
				return period.Opens.MS, period.Closes.MS
			}
		}
		return ms, ms
	}
	return d.Window.Opens.MS, d.Window.Closes.MS
}
