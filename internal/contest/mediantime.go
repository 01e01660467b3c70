package contest

import "slices"

// Boards rank by time in tenths of a second: of what is equal to the tenth, who got there
// first is first. No level lasts longer than mostTenths.
const (
	tenthMS    = 100
	mostTenths = int64(longestLevel/1_000_000) / tenthMS
)

// SwiftnessOf is what a time (ms) ranks as among totals, of which the greatest is the
// first: the tenths of a second that it stays below the longest time there is.
func SwiftnessOf(usedMS int64) int64 {
	return max(0, mostTenths-(max(0, usedMS)+tenthMS-1)/tenthMS)
}

// secondsOf is the time that a swiftness stands for.
func secondsOf(swiftness int64) float64 { return float64(mostTenths-swiftness) / 10 }

// MedianOf is the value in the middle of some, which are in order; of two in the middle,
// what lies between them, cut off. There must be one at least.
func MedianOf(values []int64) int64 {
	low, high := values[(len(values)-1)/2], values[len(values)/2]
	return low + (high-low)/2
}

// time adds the end of an attempt: what a level took, from the first attempt at it to the
// one that was passed, all added up. So failing on purpose to read the paper costs what it
// takes, and playing what one has passed again changes nothing. The median is of the levels
// passed, whose number the definition bounds.
func (t *MeasureTally) time(a *Attempt) {
	at := slices.IndexFunc(t.Levels, func(l LevelTally) bool { return l.Key == a.Level })
	if at < 0 {
		at = len(t.Levels)
		t.Levels = append(t.Levels, LevelTally{Key: a.Level})
	}
	held := &t.Levels[at]
	if held.Done {
		return
	}
	held.UsedMS += a.UsedMS
	held.Done = a.Passed
	if !held.Done {
		return
	}
	var used []int64
	for i := range t.Levels {
		if t.Levels[i].Done {
			used = append(used, t.Levels[i].UsedMS)
		}
	}
	slices.Sort(used)
	was := t.Points
	t.UsedMS = MedianOf(used)
	t.Points = SwiftnessOf(t.UsedMS)
	t.Answered += int64(a.Reached)
	if t.Points != was || len(used) == 1 {
		t.ReachedAt = a.FinishedAt
	}
}
