package compliance

import (
	"fmt"
	"slices"

	"anquanda/internal/contest"
)

// unprovenPrizes finds every way by which something worth money is reached without
// proving a person: made-up players take there what is meant for people. Points that buy
// nothing, and certificates, are none; points that buy something are found at the shop.
func unprovenPrizes(d *contest.Definition, found finder) {
	const mend = "没有证明身份的人也能得到，有人会用许多假身份反复领。请在“怎样证明身份”里选一种：手机短信、微信、单位账号或现场确认"
	tell := func(path, way string) { found(path, "%s%s", way, mend) }
	for i := range d.Pools {
		if pool := &d.Pools[i]; !d.NeedsProof(contest.ForPools) && givesWorth(d, pool) {
			tell(fmt.Sprintf("pools[%d]", i), fmt.Sprintf("抽奖“%s”里有值钱的奖品，", pool.Title))
		}
	}
	for i := range d.Prizes {
		if p := &d.Prizes[i]; !d.NeedsProof(contest.ForShop) && p.Price > 0 && isWorth(p) {
			tell(fmt.Sprintf("prizes[%d].price", i), fmt.Sprintf("“%s”可以用%s换，", p.Title, d.PurseTitle(p.Purse)))
		}
	}
	for i := range d.Drawings {
		w := &d.Drawings[i]
		if !drawsWorth(d, w) {
			continue
		}
		if !d.NeedsProof(contest.ForDrawings) {
			tell(fmt.Sprintf("drawings[%d]", i), fmt.Sprintf("公开摇奖“%s”里有值钱的奖品，", w.Title))
		}
		if w.Who.Invited > 0 && !d.NeedsProof(contest.ForInvitations) {
			tell(fmt.Sprintf("drawings[%d].who.invited", i), fmt.Sprintf("“%s”要邀请到人才能参加，假身份也算被邀请的人；", w.Title))
		}
	}
	for i := range d.Live {
		if l := &d.Live[i]; !d.NeedsProof(contest.ForPots) && l.Pot != nil && isWorth(d.Prize(l.Pot.Prize)) {
			tell(fmt.Sprintf("live[%d].pot", i), fmt.Sprintf("直播“%s”分奖金，", l.Title))
		}
	}
	for i := range d.Earnings {
		e := &d.Earnings[i]
		if !d.NeedsProof(contest.ForInvitations) && e.For == contest.DeedInvite && rewardsWorth(d, e.Give) {
			tell(fmt.Sprintf("earnings[%d]", i), "邀请得到的可以换来值钱的奖品，假身份也算被邀请的人；")
		}
	}
}

// isWorth reports whether a prize is goods, money or a voucher.
func isWorth(p *contest.Prize) bool {
	return p != nil && p.Kind != contest.PrizePoints && p.Kind != contest.PrizeThanks
}

func givesWorth(d *contest.Definition, pool *contest.PrizePool) bool {
	return slices.ContainsFunc(pool.Prizes, func(p contest.PoolPrize) bool { return isWorth(d.Prize(p.Prize)) })
}

func drawsWorth(d *contest.Definition, w *contest.Drawing) bool {
	return slices.ContainsFunc(w.PrizeKeys(), func(key string) bool { return isWorth(d.Prize(key)) })
}

// rewardsWorth reports whether what is given leads to a prize of worth: a chance to a
// pool, points to the shop or to a drawing that looks at them.
func rewardsWorth(d *contest.Definition, give contest.Give) bool {
	pools := slices.ContainsFunc(d.Pools, func(p contest.PrizePool) bool { return givesWorth(d, &p) })
	if give.Chances > 0 && pools {
		return true
	}
	if give.Points == 0 {
		return false
	}
	return slices.ContainsFunc(d.Prizes, func(p contest.Prize) bool { return p.Price > 0 && isWorth(&p) }) ||
		slices.ContainsFunc(d.Drawings, func(w contest.Drawing) bool {
			return (w.Who.Points > 0 || w.Tickets == contest.TicketsPoints) && drawsWorth(d, &w)
		})
}

// provenTwice tells of a contest with prizes that takes several ways of proof: who proves
// a phone here and an account there, on two phones, is two persons to it.
func provenTwice(d *contest.Definition, found finder) {
	worth := slices.ContainsFunc(d.Prizes, func(p contest.Prize) bool { return isWorth(&p) })
	if worth && len(d.Players.Proof) > 1 && len(d.ProvenFor()) > 0 {
		found("players.proof", "证明身份的办法有 %d 种，一个人换一种办法可能多算一次。奖品贵重的，请只留一种", len(d.Players.Proof))
	}
}
