package rulespage

import (
	"fmt"
	"strings"

	"anquanda/internal/contest"
)

// live tells of live rooms: when, what is asked, what counts, who is out, what it
// gives.
func (t teller) live() []string {
	var lines []string
	gives := false
	for i := range t.Live {
		l := &t.Live[i]
		lines = append(lines, l.Title+"："+t.liveBegins(l)+"。", liveAsks(l), liveTimes(l), liveScoring(l))
		lines = append(lines, t.liveElimination(l)...)
		if l.Teams != nil {
			lines = append(lines, t.liveTeams(l.Teams))
		}
		for j := range l.Gives {
			lines = append(lines, t.liveGive(&l.Gives[j]))
		}
		gives = gives || len(l.Gives) > 0
	}
	if len(lines) > 0 {
		lines = append(lines, "题目有错的，可以作废或改正答案，重新算分。结果由主持人确认以后才算数。")
	}
	if gives {
		lines = append(lines, "直播答题给的，每条每人只给一次；确认以后再有改正，该多给的补上，给过的不收回。")
	}
	if gives && len(t.Caps) > 0 {
		lines = append(lines, "直播答题给的照数给，也计入上面的封顶。")
	}
	return lines
}

func (t teller) liveBegins(l *contest.Live) string {
	switch {
	case l.Runs == contest.RunByClock:
		return t.moment(l.Starts.MS) + " 开始，到时间自动出题"
	case l.Starts.MS != 0:
		return t.moment(l.Starts.MS) + " 开始，由主持人出题"
	}
	return "时间另行公布，由主持人出题"
}

// liveAsks tells what is asked, and how long each part takes.
func liveAsks(l *contest.Live) string {
	text := fmt.Sprintf("共 %d 题，人人相同", l.Count())
	switch {
	case len(l.Draw) == 1 && len(l.Draw[0].Kinds) > 0:
		text += "，都是" + kindNames(&l.Draw[0])
	case len(l.Draw) > 1:
		parts := make([]string, len(l.Draw))
		for i := range l.Draw {
			parts[i] = fmt.Sprintf("%s %d 道", kindNames(&l.Draw[i]), l.Draw[i].Count)
		}
		text += "，其中" + list(parts)
	}
	text += fmt.Sprintf("。每题限时 %s", spanText(l.Time.Question))
	if l.Change {
		return text + "，截止前可以改答案，以最后一次为准。"
	}
	return text + "，交了答案不能再改。"
}

func liveTimes(l *contest.Live) string {
	text := fmt.Sprintf("出题前倒数 %s", spanText(l.Time.Countdown+l.Time.Delay))
	if l.Time.Delay > 0 {
		text += fmt.Sprintf("（其中 %s等转播）", spanText(l.Time.Delay))
	}
	if l.Runs == contest.RunByClock {
		text += fmt.Sprintf("；题目之间准备 %s，看答案 %s，看排名 %s", spanText(l.Time.Ready), spanText(l.Time.Reveal),
			spanText(l.Time.Standings))
	}
	return text + "。用时从题目对全场开放算起，以服务器的时钟为准，后来进场的人也一样。"
}

func liveScoring(l *contest.Live) string {
	text := fmt.Sprintf("先看对错：答对一题得 %d 分，答错和没有答不得分；", l.Score.Right)
	if l.Score.Speed > 0 {
		text += fmt.Sprintf("答对的人再看快慢，剩下的时间越多加得越多，最多加 %d 分。", l.Score.Speed)
	} else {
		text += "答得快不加分。"
	}
	if l.Score.Ties == contest.LiveTiesTime {
		return text + "同分的，答对的题用时少的在前。"
	}
	return text + "同分的名次并列。"
}

// liveElimination tells who is out, who comes back, and what those who are left share.
func (t teller) liveElimination(l *contest.Live) []string {
	var lines []string
	if l.Mode == contest.LiveElimination {
		lines = append(lines, "淘汰赛：一题答错或没有答，就淘汰；这一题全部答错，则无人出局。"+
			"留得久的名次在前，一样久的看得分。第一题开放以后才进场的人只能观看。",
			"淘汰你的题后来作废或改正，你又不该淘汰的，从下一题起回到场上；这中间的题不给你计分，也不会淘汰你。")
	}
	switch {
	case l.Audience:
		lines = append(lines, "淘汰的人可以跟着答，不得分；主持人可以让场上的人看到他们怎么选。")
	case l.Mode == contest.LiveElimination:
		lines = append(lines, "淘汰以后可以继续观看。")
	}
	if card := l.Revival.Card; card != "" {
		lines = append(lines, fmt.Sprintf("有%s卡的人，淘汰后可以复活，这一场最多 %d 次；最后一题不能复活。", t.cardTitle(card),
			l.Revival.Most))
	}
	if l.Revival.Question {
		lines = append(lines, "主持人可以出复活题，只问淘汰的人，答对的回到场上；最后一题以前才有。")
	}
	if l.Pot != nil {
		lines = append(lines, t.livePot(l.Pot))
	}
	return lines
}

func (t teller) livePot(pot *contest.LivePot) string {
	text := fmt.Sprintf("留到最后的人平均分 %s（%s），不足一分钱的舍去", yuan(pot.Total), t.prizeTitle(pot.Prize))
	if p := t.Prize(pot.Prize); p != nil && p.Kind == contest.PrizePoints {
		text = fmt.Sprintf("留到最后的人平均分 %d 积分（%s），除不尽的舍去", pot.Total, t.prizeTitle(pot.Prize))
	}
	return text + "；没有人留下，就不发。主持人确认结果以后发放；以后再更正题目，发出的不收回，补发也不超过总数。"
}

func (t teller) liveTeams(teams *contest.LiveTeams) string {
	text := "按组别组队"
	if teams.Of == contest.TeamsOfUnits {
		text = "按" + t.Players.Unit.Label + "组队"
		if teams.Level == 1 {
			text += "（下级并入最上一级单位）"
		} else {
			text += fmt.Sprintf("（并到第 %d 级单位）", teams.Level)
		}
	}
	text += "，比"
	if teams.Measure == contest.TeamSum {
		text += "队员得分的总和"
	} else {
		text += "答过题的队员的平均分（取整）"
	}
	if teams.Least > 1 {
		text += fmt.Sprintf("；不到 %d 人的队不排名", teams.Least)
	}
	return text + "。"
}

// liveGive tells what a confirmed result gives, and to whom.
func (t teller) liveGive(g *contest.LiveGive) string {
	var who []string
	if g.Least > 0 {
		who = append(who, fmt.Sprintf("至少答对 %d 题", g.Least))
	}
	if g.Rank > 0 {
		who = append(who, fmt.Sprintf("进入前 %d 名", g.Rank))
	}
	if g.Left {
		who = append(who, "留到最后")
	}
	if len(who) == 0 {
		who = append(who, "参加了这一场")
	}
	return strings.Join(who, "，") + "：得" + t.given(g.Give) + "。"
}
