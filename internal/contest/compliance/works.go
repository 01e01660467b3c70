package compliance

import (
	"fmt"
	"slices"

	"anquanda/internal/contest"
)

// What a definition promises and cannot keep: it is well formed, no law speaks against
// it, and somebody would wait for what never comes.

// unreachedPools finds pools for which nobody ever gets a chance, and chances without a
// pool.
func unreachedPools(d *contest.Definition, found finder) {
	gives := false
	for i := range d.Earnings {
		if d.Earnings[i].Give.Chances > 0 {
			gives = true
			if len(d.Pools) == 0 {
				found(fmt.Sprintf("earnings[%d].give.chances", i), "给了抽奖机会，却没有抽奖。请加上抽奖，或去掉机会")
			}
		}
	}
	for i := range d.Live {
		for k := range d.Live[i].Gives {
			gives = gives || d.Live[i].Gives[k].Give.Chances > 0
		}
	}
	if len(d.Pools) > 0 && !gives {
		found("pools[0]", "没有一条奖励给抽奖机会，谁也抽不到“%s”。请在奖励里写 chances", d.Pools[0].Title)
	}
}

// uselessShop finds prizes that are had for points which nothing gives.
func uselessShop(d *contest.Definition, found finder) {
	for i := range d.Earnings {
		if g := d.Earnings[i].Give; g.Points > 0 || g.Score {
			return
		}
	}
	for i := range d.Live {
		for k := range d.Live[i].Gives {
			if d.Live[i].Gives[k].Give.Points > 0 {
				return
			}
		}
	}
	for i := range d.Prizes {
		if p := &d.Prizes[i]; p.Price > 0 {
			found(fmt.Sprintf("prizes[%d].price", i), "“%s”要用积分换，可是没有一条奖励给积分", p.Title)
		}
	}
}

// overdrawn finds prizes of which the drawings give more than there are.
func overdrawn(d *contest.Definition, found finder) {
	for i := range d.Prizes {
		p := &d.Prizes[i]
		if promised := d.Promised(p.Key); promised > p.Stock && p.Kind != contest.PrizeThanks {
			found(fmt.Sprintf("prizes[%d].stock", i), "各次摇奖一共要摇出“%s”%d 份，只有 %d 份。请增加份数，或减少摇奖的份数",
				p.Title, promised, p.Stock)
		}
	}
}

// tinyOdds finds pools whose odds look like per cent: they are millionths.
func tinyOdds(d *contest.Definition, found finder) {
	for i := range d.Pools {
		largest := 0
		for _, p := range d.Pools[i].Prizes {
			largest = max(largest, p.Odds)
		}
		if largest > 0 && largest <= 100 {
			found(fmt.Sprintf("pools[%d].prizes", i), "“%s”的中奖机会最高只有百万分之 %d。表单里的“机会”按 %% 写；文本里按百万分之一写，1%% 要写 10000",
				d.Pools[i].Title, largest)
		}
	}
}

// outsideLevels finds levels that nobody can play while the contest is on.
func outsideLevels(d *contest.Definition, found finder) {
	for i := range d.Levels {
		l := &d.Levels[i]
		switch {
		case l.Opens.MS >= d.Window.Closes.MS:
			found(fmt.Sprintf("levels[%d].opens", i), "“%s”开放的时候，活动已经结束了", l.Title)
		case l.Closes.MS != 0 && l.Closes.MS <= d.Window.Opens.MS:
			found(fmt.Sprintf("levels[%d].closes", i), "“%s”在活动开始以前就关了，只有热身时能答", l.Title)
		}
	}
}

// playable reports whether a level can be passed while the contest is on.
func playable(d *contest.Definition, l *contest.Level) bool {
	return l.Opens.MS < d.Window.Closes.MS && (l.Closes.MS == 0 || l.Closes.MS > d.Window.Opens.MS)
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

// reached are the levels that players of a division can come to, in time.
func reached(d *contest.Definition, division string) map[string]bool {
	open := map[string]bool{}
	for grown := true; grown; {
		grown = false
		for i := range d.Levels {
			l := &d.Levels[i]
			allowed := len(l.Divisions) == 0 || slices.Contains(l.Divisions, division)
			ready := !slices.ContainsFunc(l.After, func(a contest.After) bool { return !open[a.Level] })
			if !open[l.Key] && allowed && ready && playable(d, l) {
				open[l.Key], grown = true, true
			}
		}
	}
	return open
}

// absentUnits finds a unit that everybody must choose where none can be chosen.
func absentUnits(d *contest.Definition, found finder) {
	if u := d.Players.Unit; u.Ask == contest.AskRequired && !u.Typed && len(d.Units) == 0 {
		found("players.unit", "每个人都要选单位，活动里还没有写单位。请写“单位名单”，或在“单位”页里导入，否则谁也进不来")
	}
}

// beyondReach finds numbers that no attempt comes to.
func beyondReach(d *contest.Definition, found finder) {
	for i := range d.Earnings {
		e := &d.Earnings[i]
		if most := mostQuestions(d, e.Levels); e.When.Least > most {
			found(fmt.Sprintf("earnings[%d].when.least", i), "要答对 %d 题才给，一次最多只有 %d 题", e.When.Least, most)
		}
		if e.When.Result == contest.ResultFull && !fullReached(d, e.Levels) {
			found(fmt.Sprintf("earnings[%d].when.result", i), "要全部答对才给，可是登到顶就结束了，答不到全部")
		}
	}
	visitConditions(d, func(path string, who *contest.Condition) {
		if full := bestPossible(d); who.Score > full {
			found(path+".score", "要 %d 分，各关都答满一共只有 %d 分", who.Score, full)
		}
		if who.Full && !fullReached(d, nil) {
			found(path+".full", "要有一次全部答对，可是登到顶就结束了，答不到全部")
		}
		for i := range d.Levels {
			l := &d.Levels[i]
			if named := slices.Contains(who.Passed, "all") || slices.Contains(who.Passed, l.Key); named && !playable(d, l) {
				found(path+".passed", "要通过“%s”，可是它在活动期间不开放", l.Title)
			}
		}
	})
}

// visitConditions visits who may enter each drawing and who gets each certificate.
func visitConditions(d *contest.Definition, visit func(path string, who *contest.Condition)) {
	for i := range d.Drawings {
		visit(fmt.Sprintf("drawings[%d].who", i), &d.Drawings[i].Who)
	}
	for i := range d.Certificates {
		visit(fmt.Sprintf("certificates[%d].who", i), &d.Certificates[i].Who)
	}
}

// mostQuestions is how many an attempt of these levels asks at most; none are all.
func mostQuestions(d *contest.Definition, levels []string) (most int) {
	for i := range d.Levels {
		if len(levels) == 0 || slices.Contains(levels, d.Levels[i].Key) {
			most = max(most, d.Levels[i].Count())
		}
	}
	return most
}

// fullReached reports whether some of these levels lets every question be answered right.
func fullReached(d *contest.Definition, levels []string) bool {
	return slices.ContainsFunc(d.Levels, func(l contest.Level) bool {
		return (len(levels) == 0 || slices.Contains(levels, l.Key)) && (l.Steps == nil || l.Steps.Goal >= l.Count())
	})
}

// bestPossible is the sum of the full scores of all levels, in points.
func bestPossible(d *contest.Definition) (sum int) {
	for i := range d.Levels {
		sum += d.Levels[i].FullScore()
	}
	return sum
}

// ignoredBoards finds what a board says and no ranking follows.
func ignoredBoards(d *contest.Definition, found finder) {
	counted := slices.ContainsFunc(d.Units, hasHeadcount)
	for i := range d.Boards {
		b := &d.Boards[i]
		if b.Subject == contest.SubjectPlayer && (b.Least > 0 || b.Depth > 0 || b.Top > 0) {
			found(fmt.Sprintf("boards[%d]", i), "“%s”是个人榜，“低于多少不算”“哪一级”“取前几人”只对单位榜起作用，请去掉", b.Title)
		}
		if b.Measure == contest.MeasureRate && len(d.Units) > 0 && !counted {
			found(fmt.Sprintf("boards[%d].measure", i), "“%s”按参与率排，单位都没有写人数，算不出来", b.Title)
		}
	}
}

func hasHeadcount(u contest.Unit) bool {
	return u.Headcount > 0 || slices.ContainsFunc(u.Children, hasHeadcount)
}
