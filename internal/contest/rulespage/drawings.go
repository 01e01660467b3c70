package rulespage

import (
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/contest"
)

// drawings tells of public draws: when, among whom, by what chance. A list in which all
// win is no draw.
func (t teller) drawings() []string {
	var lines []string
	for i := range t.Drawings {
		w := &t.Drawings[i]
		if w.Pot != nil {
			lines = append(lines, t.pot(w)...)
			continue
		}
		if allWin(w) {
			lines = append(lines, w.Title+"："+t.held(w, "公布名单")+"。", "获奖的人："+t.condition(w.Who)+t.counted(w, "公布")+"。",
				t.drawn(w))
			lines = append(lines, t.again(w)...)
			continue
		}
		lines = append(lines, w.Title+"："+t.held(w, "摇奖")+"。",
			"参加摇奖的人："+t.condition(w.Who)+t.counted(w, "摇奖")+"。"+tickets(w.Tickets))
		lines = append(lines, t.drawn(w))
		if w.Source != "" {
			lines = append(lines, "摇奖用的公开号码："+w.Source+"。名单和算法先公布，人人可以自己验算。")
		}
		lines = append(lines, t.again(w)...)
	}
	return lines
}

// drawingsTitle names the section: a contest may have nothing but lists of who wins.
func (t teller) drawingsTitle() string {
	pot := func(w contest.Drawing) bool { return w.Pot != nil }
	switch {
	case !slices.ContainsFunc(t.Drawings, func(w contest.Drawing) bool { return w.Pot == nil }):
		return "瓜分"
	case !slices.ContainsFunc(t.Drawings, func(w contest.Drawing) bool { return w.Pot != nil || !allWin(&w) }):
		return "获奖名单"
	case slices.ContainsFunc(t.Drawings, pot):
		return "公开摇奖和瓜分"
	}
	return "公开摇奖"
}

// allWin reports whether a drawing has a prize for everybody who may stand in its list.
func allWin(w *contest.Drawing) bool {
	winners := 0
	for _, p := range w.Prizes {
		winners += p.Count
	}
	return w.Who.Top != nil && w.Tickets == contest.TicketsOne && winners >= w.Who.Top.Count
}

// pot tells what all who are eligible share, in which parts, and what becomes of the rest.
func (t teller) pot(w *contest.Drawing) []string {
	p := w.Pot
	share := func(amount int) string { return t.ShareText(p.Prize, p.Purse, amount) }
	money, unit := t.Prize(p.Prize) != nil && t.Prize(p.Prize).Kind == contest.PrizeCash, "1 个"
	if money {
		unit = "1 分钱"
	}
	lines := []string{w.Title + "：" + t.held(w, "瓜分") + "。",
		"参加瓜分的人：" + t.condition(w.Who) + t.counted(w, "瓜分") + "。名单先冻结公布，以后不再加人。",
		fmt.Sprintf("名单里的人平均分 %s（%s）。", share(p.Total), t.prizeTitle(p.Prize))}
	least := max(1, p.Least)
	bounds := fmt.Sprintf("每人至少 %s；总数不够每人这么多时，按公开号码摇出的顺序，分到够为止，后面的人没有。", share(least))
	if p.Most > 0 {
		bounds += fmt.Sprintf("每人至多 %s，多出的不发。", share(p.Most))
	}
	rest := "除不尽的零头不发。"
	if p.Rest == contest.RestDrawn {
		rest = "除不尽的零头，按公开号码摇出的顺序，前面的人每人多 " + unit + "。"
	}
	lines = append(lines, bounds, rest+"发出的加起来不超过总数；没有领的，由后面没有分到的人补上，没有这样的人就不再分。")
	if w.Source != "" {
		lines = append(lines, "定顺序用的公开号码："+w.Source+"。名单和算法先公布，人人可以自己验算。")
	}
	return lines
}

// again tells whether who won before may win here, where there is a before.
func (t teller) again(w *contest.Drawing) []string {
	draws := 0
	for i := range t.Drawings {
		if t.Drawings[i].Pot == nil {
			draws++
		}
	}
	switch series := w.Every != "" && w.Every != contest.PerContest; {
	case draws == 1 && !series:
		return nil
	case w.Repeat:
		return []string{"以前摇奖中过奖的人，这次还可以中奖。"}
	}
	return []string{"以前摇奖中过奖的人，不再参加。"}
}

// held tells every date of a series by its first and last.
func (t teller) held(w *contest.Drawing, what string) string {
	every := ""
	if w.Every != "" && w.Every != contest.PerContest {
		every = perWords[w.Every] + "一次"
	}
	switch {
	case w.At.MS == 0 && every == "":
		return what + "时间另行公布"
	case w.At.MS == 0:
		return every + "，" + what + "时间另行公布"
	case every == "":
		return t.moment(w.At.MS) + " " + what
	}
	text := every + "，第一次在 " + t.moment(w.At.MS)
	if all := t.Holdings(w); len(all) > 1 && all[len(all)-1].At != 0 {
		text += fmt.Sprintf("，最后一次在 %s，共 %d 次", t.moment(all[len(all)-1].At), len(all))
	}
	return text
}

// counted tells in which time it must have been done.
func (t teller) counted(w *contest.Drawing, what string) string {
	return map[contest.Per]string{contest.PerDay: "（只算" + what + "前一天）",
		contest.PerWeek: "（只算" + what + "前一周，星期一到星期日）", contest.PerMonth: "（只算" + what + "前一个月）",
		contest.PerPeriod: "（只算" + what + "前一期）"}[w.Every]
}

func tickets(by contest.Tickets) string {
	return map[contest.Tickets]string{contest.TicketsOne: "每人一个号。", contest.TicketsAttempts: "每完成一次答题得一个号。",
		contest.TicketsPassed: "每过关一次得一个号。", contest.TicketsPoints: "每 1 积分得一个号。"}[by]
}

func (t teller) drawn(w *contest.Drawing) string {
	parts := make([]string, len(w.Prizes))
	for i, p := range w.Prizes {
		parts[i] = fmt.Sprintf("%s %d 名", t.prizeTitle(p.Prize), p.Count)
	}
	text := "奖品：" + list(parts) + "。"
	if allWin(w) {
		text += "名单里的人都有奖。"
	}
	if w.Reserves > 0 {
		text += fmt.Sprintf("另摇出候补 %d 名，有人放弃时依次递补。", w.Reserves)
	}
	return text
}

// best tells what the best attempt at a level must come to.
func (t teller) best(b *contest.Best) string {
	if b == nil {
		return ""
	}
	of := t.levelTitles([]string{b.Level}) + "最好一次"
	switch l, _, _ := t.Level(b.Level); {
	case b.Score > 0:
		return of + "得到 " + t.PointsText(int(b.Score)) + " 分以上（含）"
	case b.Share > 0:
		return fmt.Sprintf("%s答对 %d%% 以上（%d 题里至少 %d 题）", of, b.Share, l.Count(), b.RightOf(l))
	}
	return fmt.Sprintf("%s至少答对 %d 题", of, b.Right)
}

// condition tells who is eligible; all of it must hold.
func (t teller) condition(c contest.Condition) string {
	var parts []string
	say := func(holds bool, text string, args ...any) {
		if holds {
			parts = append(parts, fmt.Sprintf(text, args...))
		}
	}
	say(c.Finished > 0, "至少完成 %d 次答题", c.Finished)
	levels := slices.DeleteFunc(slices.Clone(c.Passed), func(key string) bool { return key == contest.AllLevels })
	say(len(levels) < len(c.Passed), "通过全部关卡")
	say(len(levels) > 0, "通过%s", t.levelTitles(levels))
	say(c.Full, "有一次答题全部答对")
	say(c.Cards > 0, "集到 %d 种卡", c.Cards)
	say(c.Points > 0, "积分达到 %d", c.Points)
	if h := c.Holds; h != nil {
		say(true, "得到过 %d %s", h.Least, t.purse(h.Purse))
	}
	say(c.Score > 0, "各关最好得分的总和达到 %s 分", t.PointsText(int(c.Score)))
	say(c.Best != nil, "%s", t.best(c.Best))
	say(c.Invited > 0, "邀请到 %d 位朋友", c.Invited)
	say(c.Pledged, "签署了倡议")
	say(c.Found > 0, "在 %d 个打卡点打过卡", c.Found)
	if c.Top != nil {
		board, _ := t.Board(c.Top.Board)
		say(true, "%s前 %d 名", quoted(board.Title), c.Top.Count)
	}
	say(c.Unit != "", "属于%s", t.unitName(c.Unit))
	say(c.Division != "", "在%s", t.divisionTitle(c.Division))
	if len(parts) == 0 {
		return "所有参赛者"
	}
	return strings.Join(parts, "，")
}
