package contest

import "time"

// Holding is one time that a drawing is held: for what was done from From up to, not
// including, To.
type Holding struct {
	From, To int64 // UTC ms
	At       int64 // when; 0: not announced
}

// mostHeld bounds how often a drawing is counted, whatever its period.
const mostHeld = 10_000

// Holdings lists when a drawing is held: of a series once for every period from the one
// that the first drawing looks at up to the last that players can play in.
func (d *Definition) Holdings(w *Drawing) []Holding {
	switch w.Every {
	case "", PerContest:
		once := Holding{d.Window.Opens.MS, d.Window.Closes.MS, w.At.MS}
		if w.At.MS > once.From && w.At.MS < once.To {
			once.To = w.At.MS // before the contest is over
		}
		return []Holding{once}
	case PerPeriod:
		return d.heldByPeriods(w)
	}
	from, to := d.Bounds(w.Every, d.Window.Opens.MS)
	if w.At.MS != 0 {
		from, to = d.DrawnFrom(w, w.At.MS)
	}
	var times []Holding
	for from < d.Window.Closes.MS && len(times) < mostHeld {
		held := Holding{From: from, To: to}
		if w.At.MS != 0 {
			held.At = d.later(w.Every, w.At.MS, len(times))
		}
		times = append(times, held)
		from, to = d.Bounds(w.Every, to)
	}
	return times
}

// heldByPeriods is for the definition's own periods, which may be of any length: only
// the first drawing has a date.
func (d *Definition) heldByPeriods(w *Drawing) []Holding {
	times := make([]Holding, len(d.Periods))
	for i, period := range d.Periods {
		times[i] = Holding{From: period.Opens.MS, To: period.Closes.MS}
	}
	if len(times) > 0 {
		times[0].At = w.At.MS
	}
	return times
}

// later is the same time of the clock so many days, weeks or months after at; in a month
// that has no such day on its last.
func (d *Definition) later(per Per, at int64, times int) int64 {
	local := time.UnixMilli(at).In(d.zone)
	switch per {
	case PerDay:
		return local.AddDate(0, 0, times).UnixMilli()
	case PerWeek:
		return local.AddDate(0, 0, 7*times).UnixMilli()
	}
	year, month, day := local.Date()
	last := time.Date(year, month+time.Month(times)+1, 0, 0, 0, 0, 0, d.zone).Day()
	return time.Date(year, month+time.Month(times), min(day, last), local.Hour(), local.Minute(), local.Second(), 0,
		d.zone).UnixMilli()
}

// HeldFor is when the drawing is held that looks at what was done from a moment on (UTC
// ms); 0 where that is not announced.
func (d *Definition) HeldFor(w *Drawing, from int64) int64 {
	for _, h := range d.Holdings(w) {
		if h.From == from {
			return h.At
		}
	}
	return 0
}

// HoldingAfter is the first holding of a drawing that looks at nothing before a moment,
// nil when none is left; of a drawing that is held once it is that one, or none when the
// moment is not 0.
func (d *Definition) HoldingAfter(w *Drawing, after int64) *Holding {
	for _, h := range d.Holdings(w) {
		if after == 0 || h.From >= after {
			return &h
		}
	}
	return nil
}
