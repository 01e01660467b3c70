package contest

import "slices"

// Total is what one player holds by one measure in one period.
type Total struct {
	Measure Measure
	Period  int // 0 for the whole contest, else the day yyyymmdd
	Points  int64
	// ReachedAt is when these points were first reached: who got there first
	// stands above others with as many.
	ReachedAt int64
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
	if b.Measure == MeasurePlayers {
		return MeasureBest
	}
	return b.Measure
}

// Totals are the player's totals by every measure that is ranked, for the whole
// contest and for the given days. They are totals and never increments, so
// setting one twice, or late, changes nothing. Only finished attempts count; a
// player who scored nothing has a total of 0, since units count who took part.
func (d *Definition) Totals(h History, days ...int) []Total {
	var totals []Total
	add := func(measure Measure, day int) {
		if total, ok := d.best(h, day); ok {
			total.Measure = measure
			totals = append(totals, total)
		}
	}
	for _, ranked := range d.Ranked() {
		add(ranked.Measure, 0)
		if ranked.Daily {
			for _, day := range days {
				add(ranked.Measure, day)
			}
		}
	}
	return totals
}

// best sums each level's best score among the attempts finished on day (0: on
// any day). ReachedAt is when the sum last grew.
func (d *Definition) best(h History, day int) (Total, bool) {
	best := make(map[string]int, len(d.Levels))
	total, any := Total{Period: day}, false
	for _, a := range h.byFinish() {
		if day != 0 && d.Day(a.FinishedAt) != day {
			continue
		}
		if !any {
			any, total.ReachedAt = true, a.FinishedAt
		}
		if gain := a.Score - best[a.Level]; gain > 0 {
			best[a.Level] = a.Score
			total.Points += int64(gain)
			total.ReachedAt = a.FinishedAt
		}
	}
	return total, any
}

// byFinish returns the finished attempts in the order in which they finished.
func (h History) byFinish() History {
	finished := make(History, 0, len(h))
	for _, a := range h {
		if a.FinishedAt == 0 {
			continue
		}
		at := len(finished)
		for at > 0 && finishedBefore(a, finished[at-1]) {
			at--
		}
		finished = append(finished, Attempt{})
		copy(finished[at+1:], finished[at:])
		finished[at] = a
	}
	return finished
}

func finishedBefore(a, b Attempt) bool {
	return a.FinishedAt < b.FinishedAt || a.FinishedAt == b.FinishedAt && a.ID < b.ID
}

// Days lists the days on which attempts finished, in order.
func (d *Definition) Days(h History) []int {
	var days []int
	for _, a := range h.byFinish() {
		if day := d.Day(a.FinishedAt); len(days) == 0 || days[len(days)-1] != day {
			days = append(days, day)
		}
	}
	return days
}
