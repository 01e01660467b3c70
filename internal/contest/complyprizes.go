package contest

import (
	"fmt"
	"slices"
	"strings"
)

// topPrizes looks at what chance gives; a prize for points or rank is none of
// a lottery.
func topPrizes(d *Definition, found func(path, message string, args ...any)) {
	for i := range d.Prizes {
		p := &d.Prizes[i]
		if p.Kind != PrizePoints && p.Value > highestTopPrize && d.drawn(p.Key) {
			found(fmt.Sprintf("prizes[%d].value", i), "%s价值 %s，抽奖的奖品不能超过 %s", quoted(p.Title), yuan(p.Value), yuan(highestTopPrize))
		}
	}
}

// drawn reports whether some pool or drawing gives the prize.
func (d *Definition) drawn(prize string) bool {
	return slices.ContainsFunc(d.Pools, func(pool PrizePool) bool {
		return slices.ContainsFunc(pool.Prizes, func(p PoolPrize) bool { return p.Prize == prize })
	}) || slices.ContainsFunc(d.Drawings, func(w Drawing) bool {
		return slices.ContainsFunc(w.Prizes, func(p DrawnPrize) bool { return p.Prize == prize })
	})
}

func uncollected(d *Definition, found func(path, message string, args ...any)) {
	for i := range d.Prizes {
		if p := &d.Prizes[i]; p.Kind == PrizeGoods && strings.TrimSpace(p.Collect) == "" {
			found(fmt.Sprintf("prizes[%d].collect", i), "没有写%s怎么领。请写明到哪里领，或怎么寄", quoted(p.Title))
		}
	}
}

func undatedDrawings(d *Definition, found func(path, message string, args ...any)) {
	for i := range d.Drawings {
		if d.Drawings[i].At.MS == 0 {
			found(fmt.Sprintf("drawings[%d].at", i), "没有写%s什么时候摇奖", quoted(d.Drawings[i].Title))
		}
	}
}

func sourcelessDrawings(d *Definition, found func(path, message string, args ...any)) {
	for i := range d.Drawings {
		if strings.TrimSpace(d.Drawings[i].Source) == "" {
			found(fmt.Sprintf("drawings[%d].source", i), "没有写%s用什么公开号码。请事先约定，如某一期福利彩票的号码", quoted(d.Drawings[i].Title))
		}
	}
}

// undeliverable finds prizes that go to a phone or an address that nobody asks
// for: the rules page would promise what cannot be done.
func undeliverable(d *Definition, found func(path, message string, args ...any)) {
	for i := range d.Prizes {
		p := &d.Prizes[i]
		switch {
		case p.Kind == PrizeCredit && !d.asks(FieldPhone):
			found(fmt.Sprintf("prizes[%d]", i), "%s要充到手机号，可是没有向中奖的人问手机号", quoted(p.Title))
		case p.Kind == PrizeGoods && strings.Contains(p.Collect, "寄") && !d.asks(FieldAddress):
			found(fmt.Sprintf("prizes[%d]", i), "%s要邮寄，可是没有向中奖的人问地址", quoted(p.Title))
		}
	}
}

// asks reports whether winners have told a thing of that kind.
func (d *Definition) asks(kind FieldKind) bool {
	return slices.ContainsFunc(d.Players.Fields, func(f Field) bool {
		return f.Kind == kind && (f.When != WhenClaim || slices.Contains(d.Claims.Fields, f.Key))
	})
}
