package contest

import "strings"

// Slot is one of the tries that a limit over all levels has in a period. It is
// stored with the attempt under a unique key, so that two levels begun at once
// cannot share it.
type Slot struct {
	Limit   string // such as attempts/day
	Period  int
	Ordinal int // from 1
}

// count is what was begun in the period in which a limit over all levels counts.
type count struct {
	in               *PeriodCount
	attempts, levels int
}

// manyLimits is how many limits over all levels no real contest passes: so many counts
// need no memory of their own.
const manyLimits = 8

// counted appends what counts for each limit over all levels now. It goes through all
// levels once, so that asking for the tries left at each of them does not.
func (d *Definition) counted(to []count, s *Summary, now int64) []count {
	training := d.Phase(now) == Training
	for _, limit := range d.Attempts {
		c := count{in: s.in(limit.Per, now)}
		c.attempts, c.levels = c.in.begunAll(d, training)
		to = append(to, c)
	}
	return to
}

// triesLeft is how many attempts at the level the player may still begin in the
// period of now, by the level's own bound and those over all levels, if so many
// tries were given now beside those that were.
func (d *Definition) triesLeft(level *Level, s *Summary, now int64, given int) int {
	var few [manyLimits]count
	return d.triesBy(level, s, now, given, d.counted(few[:0], s, now))
}

// triesBy is triesLeft by what was counted before.
func (d *Definition) triesBy(level *Level, s *Summary, now int64, given int, counted []count) int {
	if d.readEnough(s, now) {
		return 0
	}
	training := d.trains(level, now)
	left := Unlimited
	if level.Attempts.Max > 0 {
		in := s.in(level.Attempts.Per, now)
		left = level.Attempts.Max + in.Granted[GrantTry] + given - in.begun(level.Key, training)
	}
	for i, limit := range d.Attempts {
		if level.Practice {
			break // what counts for nothing takes nobody a try that counts
		}
		c := &counted[i]
		most := limit.Max
		if !limit.Firm {
			most += c.in.Granted[GrantTry] + given
		}
		switch {
		case limit.Of == OfAttempts:
			left = min(left, most-c.attempts)
		case c.in.begun(level.Key, training) == 0 && c.levels >= most:
			left = 0
		}
	}
	return max(0, left)
}

// begun is how many attempts at a level were begun in the period that holds now.
func (d *Definition) begun(level *Level, s *Summary, per Per, now int64) int {
	return s.in(per, now).begun(level.Key, d.trains(level, now))
}

// slots are those that an attempt begun now takes; none for practice. Limits that count
// the same share theirs.
func (d *Definition) slots(level *Level, s *Summary, now int64) []Slot {
	if level.Practice {
		return nil
	}
	training := d.trains(level, now)
	var slots []Slot
	seen := ""
	for _, limit := range d.Attempts {
		name := string(limit.Of) + "/" + string(limit.Per)
		if strings.Contains(seen, name+" ") {
			continue
		}
		seen += name + " "
		in := s.in(limit.Per, now)
		taken, levels := in.begunAll(d, training)
		if limit.Of == OfLevels {
			if in.begun(level.Key, training) > 0 {
				continue
			}
			taken = levels
		}
		slots = append(slots, Slot{Limit: name, Period: d.attemptPeriod(limit.Per, now, training), Ordinal: taken + 1})
	}
	return slots
}
