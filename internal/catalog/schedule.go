package catalog

import (
	"cmp"
	"slices"

	"anquanda/internal/contest"
)

// CurrentSlug stands for the contest that comes first in Scheduled.
const CurrentSlug = "current"

// stages is the order of phases for who asks what is on.
var stages = map[contest.Phase]int{contest.Open: 0, contest.Training: 1, contest.Upcoming: 2, contest.Closed: 3}

// Scheduled lists the contests by what is on at a moment (UTC ms), rehearsals left
// out: those that are open, the newest opened first; those in training and then
// those to come, the next first; those that are over, the one that ended last first.
func (c *Catalog) Scheduled(now int64) []*Contest {
	public := slices.DeleteFunc(c.All(), func(in *Contest) bool { return in.RehearsalOf != 0 })
	slices.SortFunc(public, func(x, y *Contest) int {
		at := x.Phase(now)
		if by := cmp.Compare(stages[at], stages[y.Phase(now)]); by != 0 {
			return by
		}
		return cmp.Or(within(at, x, y), cmp.Compare(y.ContestID, x.ContestID))
	})
	return public
}

// within orders two contests of one phase.
func within(at contest.Phase, x, y *Contest) int {
	switch at {
	case contest.Open:
		return cmp.Compare(y.Window.Opens.MS, x.Window.Opens.MS)
	case contest.Closed:
		return cmp.Compare(y.Window.Closes.MS, x.Window.Closes.MS)
	}
	return cmp.Compare(x.Window.Opens.MS, y.Window.Opens.MS)
}

// Meant is the contest of those Scheduled that is meant by who names none: the only
// one that is open, else the only one in training, else the only one there is. It is
// nil where people have to choose.
func Meant(scheduled []*Contest, now int64) *Contest {
	if len(scheduled) == 1 {
		return scheduled[0]
	}
	if len(scheduled) == 0 {
		return nil
	}
	first, second := scheduled[0].Phase(now), scheduled[1].Phase(now)
	if (first == contest.Open || first == contest.Training) && second != first {
		return scheduled[0]
	}
	return nil
}
