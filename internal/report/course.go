package report

import (
	"context"
	"slices"
	"strconv"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/report/tally"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

const hourMS = 3_600_000

// Course is how a contest goes: a pure value that pages and closing reports are made of.
type Course struct {
	At    int64 // UTC ms
	Whole tally.Counts
	// Happened is what happened beside attempts over the whole contest.
	Happened map[tally.Series]int64
	Today    tally.Day
	// SoFar and DayBefore are the complete hours of today, and the same hours of the day
	// before: what can be held against each other. People are not added up over hours.
	SoFar, DayBefore Stretch
	Hours            []tally.Hour // the last 48, whether anything happened or not
	Days             []tally.Day
	Channels         []tally.Named
	Divisions        []tally.Named
	Units            []UnitLine // those that are told or known, each above those below it
}

// Stretch is what happened in some hours of a day.
type Stretch struct {
	Hours    int
	Attempts int64
	Answers  int64
	Correct  int64
	First    int64 // who came for the first time
}

func (s *Stretch) add(h *tally.Hour) {
	s.Attempts += h.Attempts
	s.Answers += h.Answers
	s.Correct += h.Correct
	s.First += h.FirstTimers
}

// shownHours is how many hours a course tells one by one.
const shownHours = 48

// FirstHour is from which hour on the counters are needed to tell how it goes at now.
func FirstHour(now int64) int { return int(now/hourMS) - shownHours + 1 }

// CourseOf tells how a contest goes at now, UTC ms, from its counters from FirstHour on.
// enrolled counts the players who say that they belong to a unit.
func CourseOf(
	d *contest.Definition, tree *unit.Tree, totals *tally.Totals, enrolled map[sqldb.ID]int64, now int64,
) *Course {
	c := &Course{At: now, Whole: totals.Whole, Happened: totals.Events, Days: totals.Days, Channels: totals.Channels,
		Divisions: totals.Divisions, Today: tally.Day{Day: d.Day(now)}, Units: UnitsOf(tree, totals.Units, enrolled)}
	for _, day := range totals.Days {
		if day.Day == c.Today.Day {
			c.Today = day
		}
	}
	known := map[int]tally.Hour{}
	for _, h := range totals.Hours {
		known[h.Hour] = h
	}
	this := int(now / hourMS)
	for hour := FirstHour(now); hour <= this; hour++ {
		h := known[hour]
		h.Hour = hour
		c.Hours = append(c.Hours, h)
		if hour < this && d.Day(int64(hour)*hourMS) == c.Today.Day {
			c.SoFar.Hours++
			c.SoFar.add(&h)
			before := known[hour-24]
			c.DayBefore.Hours++
			c.DayBefore.add(&before)
		}
	}
	return c
}

// UnitsOf are the lines that Units tells, from the counters of units and from who says that
// they belong to them: it costs no look at attempts.
func UnitsOf(tree *unit.Tree, counted []tally.Named, enrolled map[sqldb.ID]int64) []UnitLine {
	own := map[sqldb.ID]UnitFigures{}
	for _, n := range counted {
		id, err := strconv.ParseInt(n.Ref, 10, 64)
		if err != nil {
			continue // refs of units are ids that we wrote
		}
		own[sqldb.ID(id)] = UnitFigures{Players: n.Players, Attempts: n.Attempts, Passed: n.Passed, Answers: n.Answers,
			Correct: n.Correct}
	}
	for id, n := range enrolled {
		figures := own[id]
		figures.Enrolled = n
		own[id] = figures
	}
	return rollUp(tree, own)
}

// Behind is a unit that takes part less than the target asks for.
type Behind struct {
	*UnitLine
	Few bool // so few took part that their number is not told
}

// BehindOf lists the units that take part less than rate (0 to 1), the largest lack of
// people first, at the level depth of the tree. A unit of few players is behind where even
// the most that they can be is less.
func (c *Course) BehindOf(rate float64, depth int) []Behind {
	var behind []Behind
	lack := func(b Behind) float64 { return rate*float64(b.Heads) - float64(b.Players) }
	for i := range c.Units {
		l := &c.Units[i]
		if l.Unit == nil || l.Unit.GoneAt != 0 || l.Heads == 0 || l.Depth != depth {
			continue
		}
		part, told := l.Participation()
		switch {
		case told && part < rate:
			behind = append(behind, Behind{UnitLine: l})
		case !told && l.Players < SmallGroup && float64(SmallGroup) < rate*float64(l.Heads):
			behind = append(behind, Behind{UnitLine: l, Few: true})
		}
	}
	slices.SortStableFunc(behind, func(a, b Behind) int { return int(lack(b) - lack(a)) })
	return behind
}

// Enrolled counts the players who say that they belong to a unit, by unit; 0 is for none.
func (s *Service) Enrolled(ctx context.Context, contestID sqldb.ID) (map[sqldb.ID]int64, error) {
	var rows []struct {
		UnitID  sqldb.ID `db:"unit_id"`
		Players int64    `db:"players"`
	}
	err := s.db.Select(ctx, &rows, `SELECT unit_id, COUNT(*) AS players FROM enrolments WHERE contest_id = ?
		GROUP BY unit_id`, contestID)
	enrolled := make(map[sqldb.ID]int64, len(rows))
	for _, row := range rows {
		enrolled[row.UnitID] = row.Players
	}
	return enrolled, errs.Wrap(err, "count who belongs to the units of contest %d", contestID)
}

// Shelves reads how much of each prize is out.
func (s *Service) Shelves(ctx context.Context, contestID sqldb.ID, d *contest.Definition) (prize.Shelves, error) {
	keys := make([]string, len(d.Prizes))
	for i := range d.Prizes {
		keys[i] = d.Prizes[i].Key
	}
	return prize.ReadShelves(ctx, s.db, contestID, d, keys)
}
