package compliance

import (
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/contest"
)

// topPrizes looks at what chance gives; a prize for points or rank is none of
// a lottery.
func topPrizes(d *contest.Definition, found finder) {
	for i := range d.Prizes {
		p := &d.Prizes[i]
		if p.Kind != contest.PrizePoints && p.Value > highestTopPrize && drawn(d, p.Key) {
			found(fmt.Sprintf("prizes[%d].value", i), "“%s”价值 %v 元，抽奖的奖品不能超过 %v 元", p.Title, yuan(p.Value),
				yuan(highestTopPrize))
		}
	}
}

// yuan is an amount in cents as people write it.
func yuan(cents int) float64 { return float64(cents) / 100 }

// drawn reports whether some pool or drawing gives the prize.
func drawn(d *contest.Definition, prize string) bool {
	return slices.ContainsFunc(d.Pools, func(pool contest.PrizePool) bool {
		return slices.ContainsFunc(pool.Prizes, func(p contest.PoolPrize) bool { return p.Prize == prize })
	}) || slices.ContainsFunc(d.Drawings, func(w contest.Drawing) bool {
		return w.Gives(prize)
	})
}

func uncollected(d *contest.Definition, found finder) {
	for i := range d.Prizes {
		if p := &d.Prizes[i]; p.Kind == contest.PrizeGoods && strings.TrimSpace(p.Collect) == "" {
			found(fmt.Sprintf("prizes[%d].collect", i), "没有写“%s”怎么领。请写明到哪里领，或怎么寄", p.Title)
		}
	}
}

func undatedDrawings(d *contest.Definition, found finder) {
	for i := range d.Drawings {
		if d.Drawings[i].At.MS == 0 {
			found(fmt.Sprintf("drawings[%d].at", i), "没有写“%s”什么时候摇奖", d.Drawings[i].Title)
		}
	}
}

func sourcelessDrawings(d *contest.Definition, found finder) {
	for i := range d.Drawings {
		if strings.TrimSpace(d.Drawings[i].Source) == "" {
			found(fmt.Sprintf("drawings[%d].source", i), "没有写“%s”用什么公开号码。请事先约定，如某一期福利彩票的号码", d.Drawings[i].Title)
		}
	}
}

// undeliverable finds prizes that go to a phone or an address that nobody asks
// for: the rules page would promise what cannot be done.
func undeliverable(d *contest.Definition, found finder) {
	for i := range d.Prizes {
		p := &d.Prizes[i]
		switch {
		case p.Kind == contest.PrizeCredit && !asks(d, contest.FieldPhone):
			found(fmt.Sprintf("prizes[%d]", i), "“%s”要充到手机号，可是没有向中奖的人问手机号", p.Title)
		case p.Kind == contest.PrizeGoods && strings.Contains(p.Collect, "寄") && !asks(d, contest.FieldAddress):
			found(fmt.Sprintf("prizes[%d]", i), "“%s”要邮寄，可是没有向中奖的人问地址", p.Title)
		}
	}
}

// asks reports whether winners are asked for a thing of that kind, before or after.
func asks(d *contest.Definition, kind contest.FieldKind) bool {
	return slices.ContainsFunc(d.Players.Fields, func(f contest.Field) bool { return f.Kind == kind })
}
