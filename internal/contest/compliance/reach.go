package compliance

import (
	"fmt"
	"slices"

	"anquanda/internal/contest"
)

// What players can come to: which levels, and with how many right answers.

// playable reports whether a level can be played while the contest is on.
func playable(d *contest.Definition, l *contest.Level) bool {
	from, to := openSpan(d, l)
	return from < to
}

// openSpan is when a level can be begun, UTC ms.
func openSpan(d *contest.Definition, l *contest.Level) (from, to int64) {
	from, to = max(d.Window.Opens.MS, l.Opens.MS), d.Window.Closes.MS
	if closes := l.LastCloses(); closes != 0 {
		to = min(to, closes)
	}
	return from, to
}

// spotSpan is when a spot can be found, UTC ms.
func spotSpan(d *contest.Definition, s *contest.Spot) (from, to int64) {
	from, to = max(d.Window.Opens.MS, s.Opens.MS), d.Window.Closes.MS
	if s.Closes.MS != 0 {
		to = min(to, s.Closes.MS)
	}
	return from, to
}

// lockedDivisions finds divisions whose players can play nothing, or not all of what
// comes after what they cannot.
func lockedDivisions(d *contest.Definition, found finder) {
	for i, division := range d.Players.Divisions {
		if len(reached(d, division.Key)) == 0 {
			found(fmt.Sprintf("players.divisions[%d]", i), "“%s”的人一关也答不了：他们能进的关，前面都有他们进不去的关", division.Title)
		}
	}
}

// divisions are those that players can be of; one without a key where there are none.
func divisions(d *contest.Definition) []string {
	keys := []string{}
	for _, division := range d.Players.Divisions {
		keys = append(keys, division.Key)
	}
	if len(keys) == 0 {
		keys = append(keys, "")
	}
	return keys
}

// reached are the levels that players of a division can come to, in time.
func reached(d *contest.Definition, division string) map[string]bool {
	open := walk(d, division, true)
	further := func(e contest.Earning) bool { return e.Give.Tries > 0 && gives(d, &e, open) }
	live := func(l contest.Live) bool {
		return slices.ContainsFunc(l.Gives, func(g contest.LiveGive) bool { return g.Give.Tries > 0 })
	}
	if slices.ContainsFunc(d.Earnings, further) || slices.ContainsFunc(d.Live, live) {
		return walk(d, division, false) // who gets tries goes beyond the bounds
	}
	return open
}

// way is how a level is come to at the earliest.
type way struct {
	at    int64           // UTC ms
	needs map[string]bool // levels that must be played for it, itself included
	today int             // so many of them on its day
	near  int             // that must be played on one day
}

// walk goes from level to level; bound says that the bounds over all levels hold even
// where they are not firm.
func walk(d *contest.Definition, division string, bound bool) map[string]bool {
	ways, open := map[string]way{}, map[string]bool{}
	for grown := true; grown; {
		grown = false
		for i := range d.Levels {
			l := &d.Levels[i]
			allowed := len(l.Divisions) == 0 || slices.Contains(l.Divisions, division)
			if !allowed || open[l.Key] {
				continue
			}
			if w, ok := wayTo(d, l, ways, bound); ok {
				ways[l.Key], open[l.Key], grown = w, true, true
			}
		}
	}
	return open
}

// wayTo is the way to a level by those that are known: where any of what it is after
// does, the one that is there first.
func wayTo(d *contest.Definition, l *contest.Level, ways map[string]way, bound bool) (best way, ok bool) {
	if l.Unlock != contest.UnlockAny || len(l.After) == 0 {
		return wayBy(d, l, l.After, ways, bound)
	}
	for i := range l.After {
		if w, by := wayBy(d, l, l.After[i:i+1], ways, bound); by && (!ok || w.at < best.at) {
			best, ok = w, true
		}
	}
	return best, ok
}

// wayBy is the way to a level by all of these.
func wayBy(d *contest.Definition, l *contest.Level, all []contest.After, ways map[string]way, bound bool) (way, bool) {
	from, to := openSpan(d, l)
	w := way{at: from, needs: map[string]bool{}}
	if !l.Practice { // which takes no try of the bounds over all levels
		w.needs[l.Key], w.today, w.near = true, 1, 1
	}
	for _, a := range all {
		if a.List != "" {
			if l := d.List(a.List); l.Fixed() {
				w.at = max(w.at, d.MadeAt(l))
			}
			continue
		}
		if a.Spot != "" {
			since, until := spotSpan(d, d.Spot(a.Spot))
			if since >= until || a.Same == contest.PerDay && d.Day(max(from, since)) > d.Day(min(to, until)-1) {
				return w, false
			}
			w.at = max(w.at, since)
			continue
		}
		before, known := ways[a.Level]
		if !known || !meets(d, l, a) {
			return w, false
		}
		w.at = max(w.at, before.at)
		for key := range before.needs {
			w.needs[key] = true
		}
		if a.Same == contest.PerDay {
			w.near = max(w.near, 1+before.near)
		}
	}
	for _, a := range all {
		if before, known := ways[a.Level]; known && d.Day(before.at) == d.Day(w.at) {
			w.today = max(w.today, 1+before.today)
		}
	}
	for _, limit := range d.Attempts {
		if l.Practice || !bound && !limit.Firm {
			continue
		}
		if len(w.needs) > limit.Max*periodsIn(d, limit.Per) || w.near > limit.Max {
			return w, false
		}
		if limit.Per == contest.PerDay && w.today > limit.Max {
			_, w.at = d.Bounds(contest.PerDay, w.at)
			w.today = 1
		}
	}
	return w, w.at < to
}

// periodsIn is how many periods of a kind the window touches.
func periodsIn(d *contest.Definition, per contest.Per) (n int) {
	switch per {
	case contest.PerContest:
		return 1
	case contest.PerPeriod:
		return max(1, len(d.Periods))
	}
	for at := d.Window.Opens.MS; at < d.Window.Closes.MS; n++ {
		_, at = d.Bounds(per, at)
	}
	return n
}

// meets reports whether a level and the one before it can be played as near as is asked.
func meets(d *contest.Definition, l *contest.Level, a contest.After) bool {
	before, _, known := d.Level(a.Level)
	if !known || a.Same != contest.PerDay {
		return known
	}
	from, to := openSpan(d, l)
	earlier, over := openSpan(d, before)
	return d.Day(max(from, earlier)) <= d.Day(min(to, over)-1)
}

func givesTries(d *contest.Definition) bool {
	return slices.ContainsFunc(d.Earnings, func(e contest.Earning) bool { return e.Give.Tries > 0 }) ||
		slices.ContainsFunc(d.Live, func(l contest.Live) bool {
			return slices.ContainsFunc(l.Gives, func(g contest.LiveGive) bool { return g.Give.Tries > 0 })
		})
}

// anyReached are the levels that players of some division can come to.
func anyReached(d *contest.Definition) map[string]bool {
	all := map[string]bool{}
	for _, division := range divisions(d) {
		for key := range reached(d, division) {
			all[key] = true
		}
	}
	return all
}

// unreachedLevels finds levels that nobody comes to, and periods in which nothing is played.
func unreachedLevels(d *contest.Definition, found finder) {
	open := anyReached(d)
	for i := range d.Levels {
		if l := &d.Levels[i]; !open[l.Key] && playable(d, l) {
			found(fmt.Sprintf("levels[%d]", i), "谁也走不到“%s”：要先答的关进不去、时间接不上，或者总次数、能答的关数不够", l.Title)
		}
	}
	overlaps := func(p contest.Period) bool {
		return p.Opens.MS < d.Window.Closes.MS && p.Closes.MS > d.Window.Opens.MS
	}
	for i := range d.Periods {
		if !overlaps(d.Periods[i]) {
			found(fmt.Sprintf("periods[%d]", i), "“%s”整个在活动时间以外，没有人能答", d.Periods[i].Title)
		}
	}
}

// mostRight is how many questions of a level can be answered right in an attempt.
func mostRight(l *contest.Level) int { return max(mostFailed(l), mostPassed(l)) }

// allRight reports whether every question of a level can be answered right.
func allRight(l *contest.Level) bool { return l.Steps == nil || l.Steps.Goal >= l.Count() }

// happens reports whether an attempt at the level can end as a rule asks.
func happens(l *contest.Level, w contest.When) bool {
	least, most := w.Least, mostRight(l)
	if w.Below > 0 {
		most = min(most, w.Below-1)
	}
	switch w.Result {
	case contest.ResultFull:
		if !allRight(l) {
			return false
		}
		least = max(least, l.Count())
	case contest.ResultPassed:
		least, most = max(least, passesWith(l)), min(most, mostPassed(l))
	case contest.ResultFailed:
		most = min(most, mostFailed(l))
	}
	return least <= most
}

// mostFailed is how many right answers an attempt that fails has at most; -1 where none
// fails.
func mostFailed(l *contest.Level) int {
	if l.Steps == nil {
		return l.Pass - 1
	}
	failed, _ := climbs(l)
	return failed
}

// mostPassed is the same of an attempt that passes.
func mostPassed(l *contest.Level) int {
	if l.Steps == nil {
		return l.Count()
	}
	_, passed := climbs(l)
	return passed
}

// climbs goes up a stair with as many right answers as can be: the attempt ends at its top,
// so it waits below it, going back by wrong answers, and passes with a last step at best.
func climbs(l *contest.Level) (failed, passed int) {
	for steps, asked := 0, 0; asked < l.Count(); asked++ {
		if steps+1 < l.Steps.Goal {
			failed, steps = failed+1, steps+1
			continue
		}
		passed = failed + 1
		steps = max(0, steps-l.Steps.Back)
	}
	return failed, passed
}

// passesWith is the fewest right answers with which a level is passed.
func passesWith(l *contest.Level) int {
	if l.Steps != nil {
		return l.Steps.Goal
	}
	return l.Pass
}

// earnable lists the levels by which an earning can be fulfilled.
func earnable(d *contest.Definition, e *contest.Earning, open map[string]bool) (levels []*contest.Level) {
	for i := range d.Levels {
		l := &d.Levels[i]
		named := len(e.Levels) == 0 || slices.Contains(e.Levels, l.Key)
		when := e.When
		if e.Each.Over == contest.OverAttempt {
			when.Least = max(when.Least, e.Each.Correct)
		}
		if named && !l.Practice && open[l.Key] && happens(l, when) {
			levels = append(levels, l)
		}
	}
	return levels
}

// looksAtAttempts reports whether a rule asks something of an attempt.
func looksAtAttempts(e *contest.Earning) bool {
	return e.For == contest.DeedAttempt || len(e.Levels) > 0 || e.When != contest.When{}
}

// gives reports whether an earning can ever give.
func gives(d *contest.Definition, e *contest.Earning, open map[string]bool) bool {
	if e.For == contest.DeedPledge && d.Pledge == nil || e.For == contest.DeedFound && spotsOf(d, e) == 0 {
		return false
	}
	if e.Days > daysIn(d, d.Window.Opens.MS, d.Window.Closes.MS) || e.For == contest.DeedProfile && !asksProfile(d) {
		return false
	}
	return !looksAtAttempts(e) || len(earnable(d, e, open)) > 0
}

// asksProfile reports whether there is anything that makes a profile full.
func asksProfile(d *contest.Definition) bool {
	return d.ProfileFull(func(string) bool { return true }, true, true)
}

// neverGiven finds earnings that nobody ever gets.
func neverGiven(d *contest.Definition, found finder) {
	open := anyReached(d)
	for i := range d.Earnings {
		e := &d.Earnings[i]
		path := fmt.Sprintf("earnings[%d]", i)
		switch most := mostQuestions(d, e.Levels); {
		case gives(d, e, open):
		case e.For == contest.DeedPledge && d.Pledge == nil:
			found(path+".for", "签署倡议才给，活动里没有写倡议（pledge）")
		case e.For == contest.DeedFound && spotsOf(d, e) == 0:
			found(path+".for", "打卡才给，可是没有在活动期间开放的打卡点（spots）")
		case e.For == contest.DeedProfile && !asksProfile(d):
			found(path+".for", "填完整登记信息才给，可是除了昵称什么也没有问。请在 players 里写要问什么")
		case e.Days > daysIn(d, d.Window.Opens.MS, d.Window.Closes.MS):
			found(path+".days", "要连续签到 %d 天才给，活动只有 %d 天", e.Days, daysIn(d, d.Window.Opens.MS, d.Window.Closes.MS))
		case e.When.Least > most:
			found(path+".when.least", "要答对 %d 题才给，一次最多只能答对 %d 题", e.When.Least, most)
		case e.When.Result == contest.ResultFull && !fullReached(d, e.Levels):
			found(path+".when.result", "要全部答对才给，可是登到顶就结束了，答不到全部")
		case e.Each.Correct > most:
			found(path+".each.correct", "每答对 %d 题给一次，一次最多只能答对 %d 题", e.Each.Correct, most)
		case e.When.Result == contest.ResultFailed:
			found(path+".when", "没有过关才给，可是这些关答成这样都算过关（pass），谁也得不到")
		default:
			found(path+".when", "没有一关能答成这样，谁也得不到。请检查 least、below、result 和 levels")
		}
	}
}

// mostQuestions is how many an attempt of these levels answers right at most; none are all.
func mostQuestions(d *contest.Definition, levels []string) (most int) {
	for i := range d.Levels {
		if len(levels) == 0 || slices.Contains(levels, d.Levels[i].Key) {
			most = max(most, mostRight(&d.Levels[i]))
		}
	}
	return most
}

// fullReached reports whether some of these levels lets every question be answered right.
func fullReached(d *contest.Definition, levels []string) bool {
	return slices.ContainsFunc(d.Levels, func(l contest.Level) bool {
		return (len(levels) == 0 || slices.Contains(levels, l.Key)) && allRight(&l)
	})
}

// uselessTries finds tries that raise no bound.
func uselessTries(d *contest.Definition, found finder) {
	if slices.ContainsFunc(d.Levels, func(l contest.Level) bool { return l.Attempts.Max > 0 }) ||
		slices.ContainsFunc(d.Attempts, func(l contest.Limit) bool { return !l.Firm }) {
		return
	}
	for i := range d.Earnings {
		if d.Earnings[i].Give.Tries > 0 {
			found(fmt.Sprintf("earnings[%d].give.tries", i), "给了答题机会，可是次数本来就不限，或者都写了 firm，加不上去")
		}
	}
}
