package rulespage

import (
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/contest"
)

// tries tells how often one may play.
func (t teller) tries() []string {
	texts := make([]string, len(t.Levels))
	bounded := len(t.Attempts) > 0
	for i := range t.Levels {
		a := t.Levels[i].Attempts
		texts[i] = "次数不限"
		if a != nil && a.Max > 0 {
			texts[i] = fmt.Sprintf("%s最多 %d 次", perWords[a.Per], a.Max)
			bounded = true
		}
	}
	var lines []string
	switch {
	case len(slices.Compact(slices.Clone(texts))) > 1:
		for i, text := range texts {
			lines = append(lines, quoted(t.Levels[i].Title)+"："+text+"。")
		}
	case len(t.Levels) == 1:
		lines = append(lines, texts[0]+"。")
	case texts[0] != "次数不限" || len(t.Attempts) == 0:
		lines = append(lines, "每关"+texts[0]+"。")
	}
	for _, limit := range t.Attempts {
		lines = append(lines, t.limit(limit))
	}
	if t.givesTries() {
		lines = append(lines, "“答题得到什么”里写明可以加次数的，每关和总次数都加；"+t.triesLast())
	}
	if most, fixed := t.ReadADay(); !fixed || most > contest.ReadMost {
		lines = append(lines, fmt.Sprintf("每人每天最多答 %d 题左右，到了以后请休息，第二天再来。", contest.ReadMost))
	}
	if bounded {
		lines = append(lines, "点了开始就算一次，没有答完也算。")
	}
	return lines
}

func (t teller) limit(l contest.Limit) string {
	text := fmt.Sprintf("各关合计，%s最多 %d 次", perWords[l.Per], l.Max)
	if l.Of == contest.OfLevels {
		text = fmt.Sprintf("%s最多答 %d 关，同一关再答不另算", perWords[l.Per], l.Max)
	}
	switch {
	case l.Firm:
		text += "，另外得到的次数也算在内"
	case t.givesTries():
		text += "，另外得到的次数不算在内"
	}
	return text + "。"
}

func (t teller) givesTries() bool {
	return slices.ContainsFunc(t.Earnings, func(e contest.Earning) bool { return e.Give.Tries > 0 })
}

// triesLast tells how long a given try lasts: it raises a count in the same
// period in which it was given.
func (t teller) triesLast() string {
	var pers []contest.Per
	for i := range t.Levels {
		if a := t.Levels[i].Attempts; a != nil && a.Max > 0 {
			pers = append(pers, a.Per)
		}
	}
	for _, limit := range t.Attempts {
		if !limit.Firm {
			pers = append(pers, limit.Per)
		}
	}
	slices.Sort(pers)
	switch pers = slices.Compact(pers); {
	case slices.Equal(pers, []contest.Per{contest.PerDay}):
		return "当天有效。"
	case slices.Equal(pers, []contest.Per{contest.PerContest}):
		return "整个活动有效。"
	}
	return "按天、周、月或期计的次数，只在得到的那一天、周、月或期有效。"
}

// earnings tells what is given for what.
func (t teller) earnings() []string {
	var lines []string
	for i := range t.Earnings {
		lines = append(lines, t.earning(&t.Earnings[i]))
	}
	for _, limit := range t.Caps {
		what, of := "积分", "分"
		switch limit.Of {
		case contest.GrantPoints:
		case contest.GrantChance:
			what, of = "抽奖机会", "次"
		default:
			what, of = t.PurseTitle(string(limit.Of)), "个"
		}
		lines = append(lines, fmt.Sprintf("%s%s最多得 %d %s。", what, perWords[limit.Per], limit.Max, of))
	}
	if len(t.Purses) > 0 {
		titles := make([]string, len(t.Purses))
		for i, p := range t.Purses {
			titles[i] = p.Title
		}
		lines = append(lines, fmt.Sprintf("除了积分，另外记%s。各记各的，不能互换，也不算进积分。", list(titles)))
	}
	if m := t.Makeup; m != nil {
		lines = append(lines, fmt.Sprintf("漏签的一天可以补签：用 %d %s，只补活动期间最近 %d 天里的，每人最多补 %d 天。"+
			"补签只接上连续天数，当天签到的奖励不补。", m.Price, t.purse(m.Purse), contest.MadeUpWithin, m.Most))
	}
	if len(t.Cards) > 0 {
		titles := make([]string, len(t.Cards))
		for i, card := range t.Cards {
			titles[i] = card.Title
		}
		lines = append(lines, fmt.Sprintf("卡共 %d 种：%s。同一种卡每人只得一张。", len(titles), list(titles)))
	}
	return lines
}

func (t teller) earning(e *contest.Earning) string {
	text := t.deed(e)
	if e.Each.Correct > 0 {
		if e.Each.Over == contest.OverDay {
			text += fmt.Sprintf("，当天累计每答对 %d 题", e.Each.Correct)
		} else {
			text += fmt.Sprintf("，每答对 %d 题", e.Each.Correct)
		}
	}
	text += "：得" + t.given(e.Give)
	if e.Max > 0 {
		per := "每关"
		if e.Per != contest.EarnPerLevel {
			per = perWords[contest.Per(e.Per)]
		}
		text += fmt.Sprintf("，%s最多 %d 次", per, e.Max)
	}
	return text + "。"
}

// deed tells what is rewarded, and when.
func (t teller) deed(e *contest.Earning) string {
	outcome := whenText(e.When)
	if e.For == contest.DeedAttempt || e.For == "" {
		text := "完成一次答题"
		if len(e.Levels) > 0 {
			text = "完成" + t.anyLevel(e.Levels)
		}
		return text + outcome
	}
	text := map[contest.DeedKind]string{contest.DeedCheckin: "签到", contest.DeedShare: "分享活动或成绩",
		contest.DeedInvite: "每邀请到一位朋友", contest.DeedPledge: "签署倡议", contest.DeedFound: t.finding(e),
		contest.DeedProfile: "第一次填完整登记信息（选填的也要填）", contest.DeedList: t.comingOn(e)}[e.For]
	if e.Days > 0 && e.For == contest.DeedCheckin {
		text = fmt.Sprintf("每连续签到满 %d 天", e.Days)
	}
	if outcome == "" && len(e.Levels) == 0 {
		return text
	}
	last := "当天最近一次答题"
	if len(e.Levels) > 0 {
		last += "是" + t.anyLevel(e.Levels)
	}
	return last + strings.TrimPrefix(outcome, "，") + "，这时" + text
}

// finding tells which spots are rewarded.
func (t teller) finding(e *contest.Earning) string {
	if len(e.Spots) == 0 {
		return "到一个打卡点打卡"
	}
	titles := make([]string, len(e.Spots))
	for i, key := range e.Spots {
		titles[i] = t.spotTitle(key)
	}
	return "到" + strings.Join(titles, "或") + "打卡"
}

func whenText(w contest.When) string {
	text := ""
	if w.Least > 0 {
		text += fmt.Sprintf("，至少答对 %d 题", w.Least)
	}
	if w.Below > 0 {
		text += fmt.Sprintf("，答对不到 %d 题", w.Below)
	}
	return text + map[contest.Outcome]string{contest.ResultPassed: "，过关", contest.ResultFailed: "，没有过关",
		contest.ResultFull: "，全部答对"}[w.Result]
}

func (t teller) given(g contest.Give) string {
	var parts []string
	if g.Points > 0 {
		parts = append(parts, fmt.Sprintf("%d 积分", g.Points))
	}
	if g.Purse != "" {
		parts = append(parts, fmt.Sprintf("%d %s", g.Amount, t.purse(g.Purse)))
	}
	if g.Score {
		parts = append(parts, "和得分一样多的积分"+map[bool]string{true: "（不满 1 分的不算）"}[t.Scale() > 1])
	}
	if g.Chances > 0 {
		parts = append(parts, fmt.Sprintf("%d 次抽奖机会", g.Chances))
	}
	if g.Tries > 0 {
		parts = append(parts, fmt.Sprintf("%d 次答题机会（加次数）", g.Tries))
	}
	switch {
	case g.Card == contest.CardOfLevel:
		parts = append(parts, "这一关的卡")
	case g.Card != "":
		parts = append(parts, t.cardTitle(g.Card)+"卡")
	}
	if g.Points+g.Amount > 0 || g.Chances+g.Tries > 0 && !g.Score {
		return " " + list(parts) // a blank stands between words and a number
	}
	return list(parts)
}

// purse is what stands behind a number of a purse: 3 个小红花.
func (t teller) purse(key string) string {
	if key == "" {
		return "积分"
	}
	return "个" + t.PurseTitle(key)
}

func (t teller) cardTitle(key string) string {
	for _, card := range t.Cards {
		if card.Key == key {
			return quoted(card.Title)
		}
	}
	return quoted(key)
}

// sharing tells when an invitee counts, where anything hangs on that.
func (t teller) sharing() []string {
	var lines []string
	if t.Share.Tree || InvitingGives(t.Definition) {
		when := "并完成第一次答题"
		if t.Share.Counts == contest.CountsJoined {
			when = "登记了昵称"
		}
		lines = append(lines, fmt.Sprintf("朋友从你的邀请链接进来，%s，就算你邀请到一位；每天最多算 %d 位。", when, t.Share.PerDay),
			"每位朋友只算一次，不能邀请自己，也不能互相邀请。")
	}
	if t.Share.Tree {
		lines = append(lines, "在邀请页可以看到自己邀请了谁。")
	}
	if t.Pledge != nil {
		lines = append(lines, fmt.Sprintf("可以签署倡议%s，并传给朋友接力。", quoted(t.Pledge.Title)))
	}
	return lines
}

// InvitingGives reports whether a player gains anything by bringing others.
func InvitingGives(d *contest.Definition) bool {
	return slices.ContainsFunc(d.Earnings, func(e contest.Earning) bool { return e.For == contest.DeedInvite }) ||
		slices.ContainsFunc(d.Drawings, func(w contest.Drawing) bool { return w.Who.Invited > 0 }) ||
		slices.ContainsFunc(d.Certificates, func(c contest.Certificate) bool { return c.Who.Invited > 0 })
}
