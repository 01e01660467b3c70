package compliance

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

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
		if p := &d.Prizes[i]; p.Price > 0 && p.Purse == "" {
			found(fmt.Sprintf("prizes[%d].price", i), "“%s”要用积分换，可是没有一条奖励给积分", p.Title)
		}
	}
}

// uselessMakeup finds a make-up that joins nothing, or that nobody can pay for.
func uselessMakeup(d *contest.Definition, found finder) {
	if d.Makeup == nil {
		return
	}
	if !d.CountsDays() {
		found("makeup", "可以补签，可是没有一条奖励看连续签到（days），补了也没有用")
		return
	}
	most := mostInto(d, d.Makeup.Purse, anyReached(d), daysIn(d, d.Window.Opens.MS, d.Window.Closes.MS))
	if d.Makeup.Price > most {
		found("makeup.price", "补一天要 %d %s，最多只能得 %d", d.Makeup.Price, d.PurseTitle(d.Makeup.Purse), most)
	}
}

// uselessPurses finds purses that nothing fills or nothing asks for, and prizes that one
// pays for which nothing fills.
func uselessPurses(d *contest.Definition, found finder) {
	open, days := anyReached(d), daysIn(d, d.Window.Opens.MS, d.Window.Closes.MS)
	for i, p := range d.Purses {
		if mostInto(d, p.Key, open, days) == 0 {
			found(fmt.Sprintf("purses[%d]", i), "没有一条奖励给“%s”，谁也得不到", p.Title)
		}
	}
	for i := range d.Prizes {
		p := &d.Prizes[i]
		if most := mostInto(d, p.Purse, open, days); p.Purse != "" && p.Price > most {
			found(fmt.Sprintf("prizes[%d].price", i), "“%s”要 %d 个%s，最多只能得 %d", p.Title, p.Price, d.PurseTitle(p.Purse), most)
		}
	}
}

// lowCaps finds caps below what one rule gives at one time: it is never given whole.
func lowCaps(d *contest.Definition, found finder) {
	for i, c := range d.Caps {
		for k := range d.Earnings {
			give, once := &d.Earnings[k].Give, 0
			switch {
			case c.Of == contest.GrantPoints:
				once = give.Points
			case c.Of == contest.GrantChance:
				once = give.Chances
			case string(c.Of) == give.Purse:
				once = give.Amount
			}
			if once > c.Max {
				found(fmt.Sprintf("caps[%d].max", i), "封顶 %d，可是奖励“%s”一次就给 %d，给不全", c.Max, d.Earnings[k].Key, once)
			}
		}
	}
}

// overdrawn finds prizes of which more is promised than there are.
func overdrawn(d *contest.Definition, found finder) {
	for i := range d.Prizes {
		p := &d.Prizes[i]
		if p.Kind == contest.PrizeThanks {
			continue
		}
		promised := d.Promised(p.Key)
		switch released := released(d, p.Key); {
		case promised > p.Stock:
			found(fmt.Sprintf("prizes[%d].stock", i), "各次摇奖一共要摇出“%s”%d 份，只有 %d 份。请增加份数，或减少摇奖的份数",
				p.Title, promised, p.Stock)
		case promised == p.Stock && (p.Price > 0 || inPool(d, p.Key)):
			found(fmt.Sprintf("prizes[%d].stock", i), "“%s”的 %d 份都留给了摇奖，抽奖和积分兑换一份也给不出。请增加份数，或从抽奖、兑换里去掉",
				p.Title, p.Stock)
		case promised+released > p.Stock:
			found(fmt.Sprintf("prizes[%d].stock", i), "摇奖和分批放出一共要 %d 份“%s”，只有 %d 份。请增加份数，或减少放出的份数",
				promised+released, p.Title, p.Stock)
		}
	}
}

// released is how many units of a prize pools set free once each; what is set free daily
// goes on until there is no more, and promises no number.
func released(d *contest.Definition, prize string) (units int) {
	for i := range d.Pools {
		for _, p := range d.Pools[i].Prizes {
			for _, r := range p.Release {
				if p.Prize == prize && !r.Daily {
					units += r.Units
				}
			}
		}
	}
	return units
}

func inPool(d *contest.Definition, prize string) bool {
	return slices.ContainsFunc(d.Pools, func(pool contest.PrizePool) bool {
		return slices.ContainsFunc(pool.Prizes, func(p contest.PoolPrize) bool { return p.Prize == prize })
	})
}

// unusedPrizes finds prizes that nothing gives.
func unusedPrizes(d *contest.Definition, found finder) {
	for i := range d.Prizes {
		p := &d.Prizes[i]
		pot := func(l contest.Live) bool { return l.Pot != nil && l.Pot.Prize == p.Key }
		drawing := func(w contest.Drawing) bool { return w.Gives(p.Key) }
		drawn := slices.ContainsFunc(d.Drawings, drawing) || slices.ContainsFunc(d.Live, pot)
		if p.Price == 0 && !inPool(d, p.Key) && !drawn {
			found(fmt.Sprintf("prizes[%d]", i), "“%s”没有任何办法能得到。请放进抽奖或摇奖，写上换它要的积分（price），或者删掉", p.Title)
		}
	}
}

// deadPools finds prizes of pools that are never given, and pools that are over before
// anybody has a chance.
func deadPools(d *contest.Definition, found finder) {
	for i := range d.Pools {
		pool := &d.Pools[i]
		if pool.Closes.MS != 0 && pool.Closes.MS <= d.Window.Opens.MS {
			found(fmt.Sprintf("pools[%d].closes", i), "“%s”在活动开始以前就关了，谁也抽不到", pool.Title)
		}
		for j, p := range pool.Prizes {
			at := fmt.Sprintf("pools[%d].prizes[%d]", i, j)
			title := d.Prize(p.Prize).Title
			first := slices.MinFunc(append(slices.Clone(p.Release), contest.Release{At: contest.Moment{MS: math.MaxInt64}}),
				func(a, b contest.Release) int { return cmp.Compare(a.At.MS, b.At.MS) })
			switch {
			case p.Odds == 0 && p.Guaranteed == 0:
				found(at+".odds", "“%s”的中奖机会是 0，谁也抽不中。请写 odds（百万分之几）或 guaranteed（抽到第几次一定中）", title)
			case len(p.Release) > 0 && pool.Closes.MS != 0 && first.At.MS >= pool.Closes.MS:
				found(at+".release", "“%s”放出的时候，“%s”已经关了", title, pool.Title)
			}
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

// absentUnits finds a unit that everybody must choose where none can be chosen.
func absentUnits(d *contest.Definition, found finder) {
	if u := d.Players.Unit; u.Ask == contest.AskRequired && !u.Typed && len(d.Units) == 0 {
		found("players.unit", "每个人都要选单位，活动里还没有写单位。请写“单位名单”，或在“单位”页里导入，否则谁也进不来")
	}
}

// ignoredBoards finds what a board says and no ranking follows.
func ignoredBoards(d *contest.Definition, found finder) {
	counted := slices.ContainsFunc(d.Units, hasHeadcount)
	for i := range d.Boards {
		b := &d.Boards[i]
		if b.Measure == contest.MeasureRate && len(d.Units) > 0 && !counted {
			found(fmt.Sprintf("boards[%d].measure", i), "“%s”按参与率排，单位都没有写人数，算不出来", b.Title)
		}
		if l, _, ok := d.Level(b.Level); ok && !playable(d, l) {
			found(fmt.Sprintf("boards[%d].level", i), "“%s”只排“%s”，这一关在活动期间不开放，谁也上不了榜", b.Title, l.Title)
		}
		if b.Period == contest.RoundWeek && d.Window.Closes.MS-d.Window.Opens.MS < (8*24*time.Hour).Milliseconds() {
			found(fmt.Sprintf("boards[%d].period", i), "“%s”每周一榜，活动不到 8 天；周榜从周一重新算起，"+
				"多半只排得出一两周。不分周的，请去掉 period", b.Title)
		}
	}
}

// loneAverages finds boards of averages that one good player can win for a unit.
func loneAverages(d *contest.Definition, found finder) {
	for i := range d.Boards {
		if b := &d.Boards[i]; b.Average == 1 {
			found(fmt.Sprintf("boards[%d].average", i), "“%s”按人均排，只有一个人答的单位也排：一个人答得好就能拿第一，"+
				"他的成绩大家也看得见。请写大一些，如 average: 5", b.Title)
		}
	}
}

func hasHeadcount(u contest.Unit) bool {
	return u.Headcount > 0 || slices.ContainsFunc(u.Children, hasHeadcount)
}
