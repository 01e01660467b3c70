package contest

import "slices"

// percentParts is how many tenths of a per cent the whole is.
const percentParts = 100 * tenths

// ofPercent reports whether people count by the measure in per cent.
func (m Measure) ofPercent() bool { return m == MeasureRate || m == MeasureAccuracy }

// leastInUnit brings the total that a list asks for from tenths, as it was read, into the
// unit in which its board counts: tenths of a per cent, the contest's unit of scores, or
// whole things. It reports whether nothing is cut off by that.
func (l *List) leastInUnit(d *Definition) (whole bool) {
	board, known := d.Board(l.Board)
	if !known || board.Measure.ofPercent() || board.Measure.OfScores() && d.scale == tenths {
		return true
	}
	whole = l.Least%tenths == 0
	l.Least /= tenths
	return whole
}

// LeastOf is the total that a list of the board asks for, as people count it; of rates and
// accuracy per cent.
func (d *Definition) LeastOf(b *Board, l *List) float64 {
	if b.Measure.ofPercent() {
		return float64(l.Least) / tenths
	}
	return d.PointsBy(b.Measure, int64(l.Least))
}

// Reaches reports whether who ranks by so much on the list's board has reached the total
// that it asks for.
func (l *List) Reaches(b *Board, ranked int64) bool {
	least := int64(l.Least)
	switch {
	case b.Measure.ofPercent(): // ranks by 1/10000
		least *= wholeRate / percentParts
	case b.Average > 0:
		least *= averageParts
	}
	return ranked >= least
}

// wholeRate is what all of a headcount, or right answers alone, rank by.
const wholeRate = wholeAccuracy

// listReaches checks the total that a list of a board asks for.
func (c *checker) listReaches(path string, d *Definition, l *List, b *Board) {
	most := MaxTotal
	if b.Subject != SubjectPlayer {
		most = mostReached
	}
	switch least := int(l.Least); {
	case b.Measure == MeasureTime:
		if least != 0 {
			c.add(path, "a board by time has no total to reach; take its first")
		}
	case b.Measure.ofPercent():
		if least < 0 || least > percentParts {
			c.add(path, "a share to reach is more than 0 and at most 100 per cent")
		}
	case least < 0 || least > most:
		c.add(path, "a total to reach is 1 to %d", most/d.unitOf(b.Measure))
	}
}

// mostReached bounds the total that a unit is to reach.
const mostReached = 1_000_000_000

// GivesForList reports whether anything is earned by being on a list.
func (d *Definition) GivesForList(key string) bool {
	return slices.ContainsFunc(d.Earnings, func(e Earning) bool { return e.For == DeedList && e.List == key })
}

// GivesForLists reports whether anything is earned by being on some list.
func (d *Definition) GivesForLists() bool {
	return slices.ContainsFunc(d.Earnings, func(e Earning) bool { return e.For == DeedList })
}

// Listing is the deed of a player who came on a list at a moment (UTC ms). Whom staff puts
// there when the contest is over is given what the list gives in its last moment.
func (d *Definition) Listing(key string, at int64) Deed {
	return Deed{Kind: DeedList, Ref: key, At: min(at, d.Window.Closes.MS-1)}
}

// ListGivesWhoAnswered reports whether a list gives only to those who have finished an
// attempt. Where a unit or a team comes on a list, whoever belongs to it does, and to belong
// takes no more than a name.
func (d *Definition) ListGivesWhoAnswered(l *List) bool {
	board, of := d.Board(l.Board)
	return !of || board.Subject != SubjectPlayer
}

// givesListed reports whether a player is given what a list gives who comes on it.
func (d *Definition) givesListed(s *Summary, key string) bool {
	l := d.List(key)
	return l != nil && (s.Ended > 0 || !d.ListGivesWhoAnswered(l))
}

// listEarns checks an earning for being on a list.
func (c *checker) listEarns(path string, d *Definition, e *Earning) {
	if e.For != DeedList {
		if e.List != "" {
			c.add(path+".list", "only what is given for being on a list (for: list) names one")
		}
		return
	}
	l := d.List(e.List)
	switch {
	case l == nil:
		c.add(path+".list", "%q is no list", e.List)
	case !l.Fixed():
		c.add(path+".list",
			"nothing is given for a list that staff alone makes, or that is never made; give it a board or units, and at")
	case d.MadeAt(l) >= d.Window.Closes.MS:
		c.add(path+".list", "this list is made when the contest is over, so nothing is given for it any more")
	case d.MadeAt(l) <= d.Window.Opens.MS:
		c.add(path+".list", "this list is made before the contest opens, when nobody has done anything")
	}
	if e.When != (When{}) || e.Each.Correct != 0 || len(e.Levels) > 0 || e.Max != 0 {
		c.add(path, "a list gives once to each who is on it, and asks nothing of an attempt")
	}
}
