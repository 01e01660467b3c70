package contest

import "slices"

// Meets reports whether a player meets a condition by what was done from one
// moment up to another (UTC ms). Top and Unit are not looked at: boards and the
// tree of units know.
func (d *Definition) Meets(c Condition, r *Record, from, to int64) bool {
	within := func(ms int64) bool { return from <= ms && ms < to }
	history := slices.DeleteFunc(slices.Clone(r.Counting()), func(a Attempt) bool {
		return a.FinishedAt == 0 || !within(a.FinishedAt)
	})
	cards, points, held, invited, pledged, found := 0, 0, 0, 0, false, map[string]bool{}
	for i := range r.Grants {
		switch g := &r.Grants[i]; {
		case g.Kind == GrantCard:
			cards++ // a collection is not of one period
		case g.Kind == GrantPoints && within(g.At):
			points += g.Amount
		case c.Holds != nil && g.Kind == GrantInto(c.Holds.Purse) && within(g.At):
			held += g.Amount
		}
	}
	for i := range r.Deeds {
		switch deed := &r.Deeds[i]; {
		case deed.Kind == DeedInvite && within(deed.At):
			invited++
		case deed.Kind == DeedPledge:
			pledged = true
		case deed.Kind == DeedFound && within(deed.At):
			found[SpotOf(deed.Ref)] = true
		}
	}
	return len(history) >= c.Finished && d.passedAll(c.Passed, history.Passed) &&
		(!c.Full || slices.ContainsFunc(history, func(a Attempt) bool { return a.Full })) &&
		cards >= c.Cards && points >= c.Points && (c.Holds == nil || held >= c.Holds.Least) &&
		(c.Score == 0 || d.bestSum(history) >= int(c.Score)) &&
		(c.Best == nil || c.Best.metBy(d, history.Best(c.Best.Level), history.mostRight(c.Best.Level))) &&
		invited >= c.Invited && len(found) >= c.Found && (pledged || !c.Pledged) &&
		(c.Division == "" || c.Division == r.Division)
}

// MeetsNow is Meets for all that the player did up to the summary.
func (d *Definition) MeetsNow(c Condition, s *Summary) bool {
	return s.Ended >= c.Finished && d.passedAll(c.Passed, s.Passed) && (!c.Full || s.Full) &&
		len(s.Cards) >= c.Cards && s.Sum(GrantPoints) >= c.Points &&
		(c.Holds == nil || s.Sum(GrantInto(c.Holds.Purse)) >= c.Holds.Least) &&
		(c.Score == 0 || d.BestSum(s) >= int(c.Score)) &&
		(c.Best == nil || c.Best.metBy(d, s.Best(c.Best.Level), s.played(c.Best.Level, false).Right)) &&
		s.Did(DeedInvite).Count >= c.Invited && len(s.Found) >= c.Found && (s.Did(DeedPledge).Count > 0 || !c.Pledged) &&
		(c.Division == "" || c.Division == s.Division)
}

// BestSum is the best scores of all levels together.
func (d *Definition) BestSum(s *Summary) int {
	sum := 0
	for i := range d.Levels {
		sum += s.Best(d.Levels[i].Key)
	}
	return sum
}

// AllLevels stands for every level in Condition.Passed.
const AllLevels = "all"

func (d *Definition) passedAll(keys []string, passed func(level string) bool) bool {
	for _, key := range keys {
		if key != AllLevels {
			if !passed(key) {
				return false
			}
			continue
		}
		for i := range d.Levels {
			if !d.Levels[i].Practice && !passed(d.Levels[i].Key) {
				return false
			}
		}
	}
	return true
}

func (d *Definition) bestSum(history History) int {
	sum := 0
	for i := range d.Levels {
		sum += history.Best(d.Levels[i].Key)
	}
	return sum
}

// TicketsOf is how often a player who meets the condition of a drawing stands in
// its list.
func (d *Definition) TicketsOf(drawing *Drawing, r *Record, from, to int64) int {
	within := func(ms int64) bool { return from <= ms && ms < to }
	n := 0
	switch drawing.Tickets {
	case TicketsAttempts, TicketsPassed:
		for _, a := range r.Counting() {
			if a.FinishedAt != 0 && within(a.FinishedAt) && (a.Passed || drawing.Tickets == TicketsAttempts) {
				n++
			}
		}
	case TicketsPoints:
		for i := range r.Grants {
			if g := &r.Grants[i]; g.Kind == GrantPoints && within(g.At) {
				n += g.Amount
			}
		}
	default:
		return 1
	}
	return n
}

// DrawnFrom is the span of what counts for a drawing held at a moment: the last
// whole period before it of a series, else all of the contest.
func (d *Definition) DrawnFrom(drawing *Drawing, heldAt int64) (from, to int64) {
	if drawing.Every == "" || drawing.Every == PerContest {
		return d.Window.Opens.MS, d.Window.Closes.MS
	}
	start, _ := d.Bounds(drawing.Every, heldAt)
	return d.Bounds(drawing.Every, start-1)
}
