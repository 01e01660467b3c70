package rulespage

import (
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/contest"
)

var prizeWords = map[contest.PrizeKind]string{contest.PrizeGoods: "实物", contest.PrizeVoucher: "兑换码",
	contest.PrizeCredit: "充值到手机号",
	contest.PrizeCash:   "微信红包", contest.PrizePoints: "积分", contest.PrizeThanks: "没有奖品，感谢参与"}

// prizes tells what there is, how much of it, and how it is had.
func (t teller) prizes() []string {
	var lines []string
	for i := range t.Prizes {
		p := &t.Prizes[i]
		parts := []string{prizeWords[p.Kind]}
		switch {
		case p.Value == 0:
		case p.Kind == contest.PrizePoints:
			parts = append(parts, fmt.Sprintf("每份 %d 积分", p.Value))
		default:
			parts = append(parts, "每份价值 "+yuan(p.Value))
		}
		if p.Stock > 0 && !t.onlyShared(p) {
			parts = append(parts, fmt.Sprintf("共 %d 份", p.Stock))
		}
		text := p.Title + "：" + strings.Join(parts, "，") + "。"
		if p.Price > 0 {
			text += fmt.Sprintf("可以用 %d %s兑换，换完为止。", p.Price, t.purse(p.Purse))
		}
		if p.Collect != "" {
			text += "领取办法：" + p.Collect + "。"
		}
		lines = append(lines, text)
	}
	return lines
}

// onlyShared reports whether a prize is in pots alone: of those, no unit is counted.
func (t teller) onlyShared(p *contest.Prize) bool {
	pooled := func(pool contest.PrizePool) bool {
		return slices.ContainsFunc(pool.Prizes, func(of contest.PoolPrize) bool { return of.Prize == p.Key })
	}
	drawn := func(w contest.Drawing) bool { return w.Shares(p.Key) }
	live := func(l contest.Live) bool { return l.Pot != nil && l.Pot.Prize == p.Key }
	return p.Price == 0 && t.Promised(p.Key) == 0 && !slices.ContainsFunc(t.Pools, pooled) &&
		(slices.ContainsFunc(t.Drawings, drawn) || slices.ContainsFunc(t.Live, live))
}

// pools tells of instant draws: the declared odds and all that narrows them.
func (t teller) pools() []string {
	var lines []string
	for i := range t.Pools {
		pool := &t.Pools[i]
		opens := t.Window.Opens.MS
		if pool.Opens.MS != 0 {
			opens = pool.Opens.MS
		}
		open := t.moment(opens) + " 开始"
		if pool.Closes.MS != 0 {
			open = t.window(contest.Window{Opens: contest.Moment{MS: opens}, Closes: pool.Closes})
		}
		lines = append(lines, fmt.Sprintf("%s：用一次抽奖机会抽一次；%s。", pool.Title, open))
		left := 1_000_000
		for j := range pool.Prizes {
			left -= pool.Prizes[j].Odds
			lines = append(lines, t.poolPrize(&pool.Prizes[j]))
		}
		if left > 0 {
			lines = append(lines, fmt.Sprintf("没有中奖：每次机会 %s。", odds(left)))
		}
		for _, limit := range pool.Limits {
			lines = append(lines, t.winLimit(pool, limit))
		}
	}
	if len(lines) > 0 {
		lines = append(lines, "抽中的奖品如果已经发完、还没到放出时间，或者你已中满次数，这一次按没有中奖算，不换成别的奖品。")
	}
	return lines
}

func (t teller) poolPrize(p *contest.PoolPrize) string {
	if at := slices.IndexFunc(t.Prizes, func(prize contest.Prize) bool {
		return prize.Key == p.Prize
	}); at >= 0 && t.Prizes[at].Kind == contest.PrizeThanks {
		return fmt.Sprintf("%s（没有奖品）：每次机会%s。", t.prizeTitle(p.Prize), odds(p.Odds))
	}
	text := fmt.Sprintf("%s：每次抽奖中奖机会 %s", t.prizeTitle(p.Prize), odds(p.Odds))
	if p.Guaranteed > 0 {
		text += fmt.Sprintf("；抽到第 %d 次还没有中过奖的，一定抽中（有奖品时）", p.Guaranteed)
	}
	if len(p.Release) > 0 {
		parts := make([]string, len(p.Release))
		for i, r := range p.Release {
			parts[i] = t.release(r)
		}
		text += "；分批放出：" + list(parts)
	}
	return text + "。"
}

func (t teller) release(r contest.Release) string {
	at := r.At.MS
	if at == 0 {
		at = t.Window.Opens.MS
	}
	if r.Daily {
		return fmt.Sprintf("从 %s 起每天 %s 放出 %d 份", t.date(at), t.clock(at), r.Units)
	}
	return fmt.Sprintf("%s 放出 %d 份", t.moment(at), r.Units)
}

func (t teller) winLimit(pool *contest.PrizePool, l contest.WinLimit) string {
	who := map[contest.WinBy]string{contest.ByPlayer: "每人", contest.ByPhone: "同一个手机号", contest.ByAddress: "同一个地址",
		contest.ByUnit: "同一个单位"}[l.By]
	what := ""
	if l.Tier != "" {
		var titles []string
		for _, p := range t.Prizes {
			if p.Tier == l.Tier {
				titles = append(titles, quoted(p.Title))
			}
		}
		what = list(titles) + "合计"
	}
	text := fmt.Sprintf("%s：%s%s%s最多中奖 %d 次。", pool.Title, who, perWords[l.Per], what, l.Max)
	switch l.By {
	case contest.ByPhone:
		return text + "抽奖前要先填手机号。"
	case contest.ByAddress:
		return text + "抽奖前要先填地址。"
	}
	return text
}

// claims tells what winners do, by when, and what becomes of what nobody claims. Points
// and thanks are nobody's to claim.
func (t teller) claims() []string {
	had := t.had()
	if had == "" {
		return nil
	}
	within := spanText(t.Claims.Within)
	first := fmt.Sprintf("%s后请在 %s内领取。", had, within)
	if labels := t.labels(t.claimed); len(labels) > 0 {
		first = fmt.Sprintf("%s后请在 %s内填好领奖信息：%s。", had, within, list(labels))
	}
	left := "奖品收回。"
	if slices.ContainsFunc(t.Drawings, func(w contest.Drawing) bool { return w.Reserves > 0 }) {
		left = "摇奖的奖品由候补的人递补，其余的收回。"
	}
	return []string{first, "过期没有办理的，算自愿放弃：" + left}
}

// had is how a prize that is to be claimed can be had; empty where there is none.
func (t teller) had() string {
	claimed := func(key string) bool {
		p := t.Prize(key)
		return p != nil && p.Kind != contest.PrizePoints && p.Kind != contest.PrizeThanks
	}
	won, bought := false, false
	for i := range t.Pools {
		won = won || slices.ContainsFunc(t.Pools[i].Prizes, func(p contest.PoolPrize) bool { return claimed(p.Prize) })
	}
	for i := range t.Drawings {
		won = won || slices.ContainsFunc(t.Drawings[i].PrizeKeys(), claimed)
	}
	for i := range t.Live {
		won = won || t.Live[i].Pot != nil && claimed(t.Live[i].Pot.Prize)
	}
	for i := range t.Prizes {
		bought = bought || t.Prizes[i].Price > 0 && claimed(t.Prizes[i].Key)
	}
	return map[[2]bool]string{{true, false}: "中奖", {false, true}: "兑换", {true, true}: "中奖、兑换"}[[2]bool{won, bought}]
}

// claimed reports whether winners are asked for a field.
func (t teller) claimed(f contest.Field) bool {
	return slices.ContainsFunc(t.ClaimFields(), func(asked contest.Field) bool { return asked.Key == f.Key })
}

func (t teller) certificates() []string {
	var lines []string
	for i := range t.Certificates {
		c := &t.Certificates[i]
		line := fmt.Sprintf("%s：%s，可以领取。", c.Title, t.condition(c.Who))
		if c.Score {
			line += "证书上印着取得时的得分。"
		}
		if field, real := t.RealNameOn(c); real {
			line += fmt.Sprintf("证书上印登记时填的%s，印错了可以改一次，查验时会写明改过；别人查验时只看到打了星号的。", field.Label)
		}
		lines = append(lines, line)
	}
	if len(lines) > 0 {
		lines = append(lines, "每份证书有编号和校验码，看到证书的人扫码，就能查它是不是真的。")
	}
	return append(lines, t.grades()...)
}

// grades tells which certificates exclude each other.
func (t teller) grades() (lines []string) {
	titles, order := map[string][]string{}, []string{}
	for i := range t.Certificates {
		c := &t.Certificates[i]
		if c.Grade != "" && titles[c.Grade] == nil {
			order = append(order, c.Grade)
		}
		titles[c.Grade] = append(titles[c.Grade], quoted(c.Title))
	}
	for _, grade := range order {
		if all := titles[grade]; len(all) > 1 {
			lines = append(lines, fmt.Sprintf("%s从高到低，只发够得上的最高一种。以后够得上更高的，换发更高的证书，编号是新的。",
				strings.Join(all, "")))
		}
	}
	return lines
}
