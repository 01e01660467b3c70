package compliance

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"anquanda/internal/contest"
)

// asked is one condition: where it stands, and the contest as far as it is looked at, with
// how many days of it.
type asked struct {
	path string
	who  *contest.Condition
	seen *contest.Definition
	days int
}

// conditions lists who may enter each drawing and who gets each certificate.
func conditions(d *contest.Definition) (all []asked) {
	whole := daysIn(d, d.Window.Opens.MS, d.Window.Closes.MS)
	for i := range d.Drawings {
		w := &d.Drawings[i]
		of := asked{fmt.Sprintf("drawings[%d].who", i), &w.Who, d, whole}
		switch w.Every {
		case contest.PerDay:
			of.days = 1
		case contest.PerWeek:
			of.days = min(whole, 7)
		case contest.PerMonth:
			of.days = min(whole, 31)
		default:
			if h := d.Holdings(w); len(h) > 0 && h[0].To < d.Window.Closes.MS && h[0].To > d.Window.Opens.MS && w.Every == "" {
				early := *d // held before the end
				early.Window.Closes.MS = h[0].To
				of.seen, of.days = &early, daysIn(d, d.Window.Opens.MS, h[0].To)
			}
		}
		all = append(all, of)
	}
	for i := range d.Certificates {
		all = append(all, asked{fmt.Sprintf("certificates[%d].who", i), &d.Certificates[i].Who, d, whole})
	}
	return all
}

func daysIn(d *contest.Definition, from, to int64) (days int) {
	for from < to {
		_, from = d.Bounds(contest.PerDay, from)
		days++
	}
	return days
}

// unmetConditions finds conditions that nobody fulfils.
func unmetConditions(whole *contest.Definition, found finder) {
	for _, a := range conditions(whole) {
		d, who, open := a.seen, a.who, anyReached(a.seen)
		beyond := func(field string, wanted, most int, message string) {
			if wanted > most {
				found(a.path+"."+field, message, wanted, most)
			}
		}
		if best := bestPossible(d, open); int(who.Score) > best {
			found(a.path+".score", "要 %s 分，能答的关都答满一共只有 %s 分", d.PointsText(int(who.Score)), d.PointsText(best))
		}
		if who.Best != nil {
			unmetBest(d, a.path+".best", who.Best, open, found)
		}
		beyond("cards", who.Cards, cardsGiven(d, open), "要集 %d 种卡，能得到的只有 %d 种")
		beyond("points", who.Points, mostPoints(d, open, a.days), "要 %d 积分，最多只能得 %d")
		if h := who.Holds; h != nil {
			beyond("holds.least", h.Least, mostInto(d, h.Purse, open, a.days), "这个账户要得到过 %d，最多只能得 %d")
		}
		beyond("finished", who.Finished, mostAttempts(d, open, a.days), "要完成 %d 次答题，最多只能答 %d 次")
		beyond("invited", who.Invited, min(math.MaxInt32, a.days*d.Share.PerDay), "要邀请 %d 位朋友，最多只算 %d 位")
		beyond("found", who.Found, openSpots(d), "要在 %d 个打卡点打卡，活动期间开放的只有 %d 个")
		if who.Pledged && d.Pledge == nil {
			found(a.path+".pledged", "要签署倡议，活动里没有写倡议（pledge）")
		}
		if who.Full && !fullReached(d, nil) {
			found(a.path+".full", "要有一次全部答对，可是登到顶就结束了，答不到全部")
		}
		if missing := notPassed(d, who); len(missing) > 0 {
			found(a.path+".passed", "要通过“%s”，可是没有人能把这些关都通过：活动期间不开放、走不到、能答的关数不够，或者不在同一个组别里",
				strings.Join(missing, "”“"))
		}
	}
}

// notPassed are the titles of levels that keep everybody from fulfilling a condition: of
// the division that lacks least.
func notPassed(d *contest.Definition, who *contest.Condition) (least []string) {
	if len(who.Passed) == 0 {
		return nil
	}
	all := divisions(d)
	if who.Division != "" {
		all = []string{who.Division}
	}
	for i, division := range all {
		open, missing, all := reached(d, division), []string{}, []string{}
		for k := range d.Levels {
			l := &d.Levels[k]
			named := !l.Practice && slices.Contains(who.Passed, contest.AllLevels) || slices.Contains(who.Passed, l.Key)
			if named {
				all = append(all, l.Title)
			}
			if named && !open[l.Key] {
				missing = append(missing, l.Title)
			}
		}
		if len(all) > mostLevels(d) {
			missing = all
		}
		if i == 0 || len(missing) < len(least) {
			least = missing
		}
	}
	return least
}

// cardsGiven is how many different cards some rule gives.
func cardsGiven(d *contest.Definition, open map[string]bool) int {
	given := map[string]bool{}
	for i := range d.Earnings {
		e := &d.Earnings[i]
		switch {
		case !gives(d, e, open):
		case e.Give.Card == contest.CardOfLevel:
			for _, l := range earnable(d, e, open) {
				given[l.Key] = true
			}
		case e.Give.Card != "":
			given[e.Give.Card] = true
		}
	}
	for i := range d.Live {
		for _, g := range d.Live[i].Gives {
			given[g.Give.Card] = true
		}
	}
	delete(given, "")
	return len(given)
}

// mostLevels is how many different levels a player can play in all.
func mostLevels(d *contest.Definition) int {
	most := math.MaxInt32
	for _, limit := range d.Attempts {
		if limit.Firm || !givesTries(d) {
			most = min(most, limit.Max*periodsIn(d, limit.Per)) // each level takes one attempt at least
		}
	}
	return most
}

// mostPoints is how many points can be earned in so many days.
func mostPoints(d *contest.Definition, open map[string]bool, days int) int {
	won := slices.ContainsFunc(d.Prizes, func(p contest.Prize) bool { return p.Kind == contest.PrizePoints }) ||
		slices.ContainsFunc(d.Live, func(l contest.Live) bool {
			return slices.ContainsFunc(l.Gives, func(g contest.LiveGive) bool { return g.Give.Points > 0 })
		})
	if won { // no cap bounds what is won
		return contest.MaxTotal
	}
	most := 0
	for i := range d.Earnings {
		if e := &d.Earnings[i]; gives(d, e, open) {
			most = min(contest.MaxTotal, most+pointsOf(d, e, open, days))
		}
	}
	for _, c := range d.Caps {
		if c.Of == contest.GrantPoints {
			most = min(most, c.Max*timesIn(c.Per, days))
		}
	}
	return most
}

// mostInto is how much can be earned into a purse in so many days; "" is the points.
func mostInto(d *contest.Definition, purse string, open map[string]bool, days int) int {
	if purse == "" {
		return mostPoints(d, open, days)
	}
	most := 0
	for i := range d.Earnings {
		if e := &d.Earnings[i]; e.Give.Purse == purse && gives(d, e, open) {
			most = min(contest.MaxTotal, most+e.Give.Amount*timesOf(e, len(earnable(d, e, open)), days))
		}
	}
	for i := range d.Live {
		for _, g := range d.Live[i].Gives {
			if g.Give.Purse == purse {
				return contest.MaxTotal
			}
		}
	}
	for _, c := range d.Caps {
		if string(c.Of) == purse {
			most = min(most, c.Max*timesIn(c.Per, days))
		}
	}
	return most
}

// pointsOf is how many points one rule gives in so many days at most.
func pointsOf(d *contest.Definition, e *contest.Earning, open map[string]bool, days int) int {
	once, levels := e.Give.Points, earnable(d, e, open)
	if e.Give.Score {
		best := 0
		for _, l := range levels {
			best = max(best, bestScore(l))
		}
		once += d.WholePoints(best)
	}
	return min(once*timesOf(e, len(levels), days), contest.MaxTotal)
}

// timesOf is how often one rule gives in so many days at most, by attempts at so many
// levels.
func timesOf(e *contest.Earning, levels, days int) int {
	times := contest.MaxTotal
	switch {
	case e.Max == 0:
	case e.Per == contest.EarnPerLevel:
		times = e.Max * levels
	default:
		times = e.Max * timesIn(contest.Per(e.Per), days)
	}
	switch e.For {
	case contest.DeedPledge, contest.DeedProfile, contest.DeedList: // once for a player
		times = min(times, 1)
	case contest.DeedCheckin:
		times = min(times, days/max(1, e.Days))
	}
	return times
}

// bestScore is the most that an attempt at a level scores.
func bestScore(l *contest.Level) int {
	if l.Steps == nil {
		return l.FullScore()
	}
	worth, part := 0, 0
	for i := range l.Questions {
		worth, part = max(worth, l.Worth(i)), max(part, l.MostUnright(i))
	}
	right := mostRight(l)
	part *= l.Count() - right
	if l.Streak.Length > 0 {
		return min(l.FullScore(), part+right*worth+right/l.Streak.Length*int(l.Streak.Score))
	}
	return min(l.FullScore(), part+right*worth)
}

// timesIn is how many periods so many days touch at most.
func timesIn(per contest.Per, days int) int {
	switch per {
	case contest.PerDay:
		return days
	case contest.PerContest:
		return 1
	}
	return min(days, days/7+2) // weeks; months and periods are no more
}

// mostAttempts is how many attempts can be made in so many days.
func mostAttempts(d *contest.Definition, open map[string]bool, days int) int {
	if givesTries(d) {
		return math.MaxInt32
	}
	most, sum := math.MaxInt32, 0
	for _, limit := range d.Attempts {
		if limit.Of == contest.OfAttempts {
			most = min(most, limit.Max*timesIn(limit.Per, days))
		}
	}
	for i := range d.Levels {
		a := d.Levels[i].Attempts
		switch {
		case d.Levels[i].Practice, !open[d.Levels[i].Key]:
		case a.Max == 0:
			return most
		default:
			sum += a.Max * timesIn(a.Per, days)
		}
	}
	return min(most, sum)
}

// bestPossible is the sum of the full scores of the levels: as many of the best
// as can be played.
func bestPossible(d *contest.Definition, open map[string]bool) (sum int) {
	var full []int
	for i := range d.Levels {
		if l := &d.Levels[i]; open[l.Key] && !l.Practice {
			full = append(full, bestScore(l))
		}
	}
	slices.Sort(full)
	slices.Reverse(full)
	for _, score := range full[:min(len(full), mostLevels(d))] {
		sum += score
	}
	return sum
}

// emptyDrawings finds drawings that are held before anybody has played.
func emptyDrawings(d *contest.Definition, found finder) {
	for i := range d.Drawings {
		w := &d.Drawings[i]
		for n, h := range d.Holdings(w) {
			if h.To <= d.Window.Opens.MS || h.At != 0 && h.At <= d.Window.Opens.MS {
				found(fmt.Sprintf("drawings[%d].at", i), "“%s”的第 %d 次只看活动开始以前的答题，名单是空的。请把时间往后移", w.Title, n+1)
				break
			}
		}
	}
}
