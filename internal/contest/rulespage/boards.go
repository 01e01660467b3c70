package rulespage

import (
	"fmt"

	"anquanda/internal/contest"
)

// boards tells what each ranking goes by, and what ranks equals.
func (t teller) boards() []string {
	var lines []string
	for _, board := range t.Boards {
		text := t.unitBoard(board)
		if board.Subject == contest.SubjectPlayer {
			text = "按" + t.measureOf(board) + "排名"
			switch {
			case board.Measure == contest.MeasureAccuracy:
				text += fmt.Sprintf("，不到 %d 题的不排%s", board.Answers, accuracyText)
			case board.Measure == contest.MeasureTime:
				text += timeText(board)
			}
		}
		text += t.ranked(board) + "；相同的，"
		if board.Subject != contest.SubjectPlayer && board.Heads() > 0 && board.Ties == contest.TiesTime {
			text += "人均"
		}
		text += tiesText(board.Ties)
		switch {
		case board.Daily:
			text += "；每天另排当日榜"
		case board.Period == contest.RoundWeek:
			text += "；每周（从周一算起）各排一榜，按答完的时间算"
		case board.Period == contest.RoundOwn:
			text += "；每期各排一榜，按答完的时间算"
		}
		lines = append(lines, fmt.Sprintf("%s：%s。", board.Title, text))
	}
	if t.Assessment {
		lines = append(lines, "单位的名次会用于工作考核。")
	}
	return lines
}

func tiesText(ties contest.Ties) string {
	if ties == contest.TiesTime {
		return "用时少的在前"
	}
	return "先达到的在前"
}

// accuracyText says which answers accuracy is of.
const accuracyText = "（答对的题数除以出现过的题数，没答的算错；重答错题不算；算到万分之一）"

// timeText says which time counts, and for whom.
func timeText(b contest.Board) string {
	text := "，用时短的在前"
	if b.Answers > 1 {
		text += fmt.Sprintf("，通过的关加起来不到 %d 题的人不算", b.Answers)
	}
	return text + "（一关的用时从第一次答起，算到通过为止，中间没通过的各次也加上；没通过的关不算；算到 0.1 秒）"
}

// measureOf is what a board ranks players by, or adds up for units.
func (t teller) measureOf(b contest.Board) string {
	level, _, ok := t.Level(b.Level)
	switch {
	case b.Purse != "" && b.Measure == contest.MeasurePoints:
		return "得到的" + quoted(t.PurseTitle(b.Purse))
	case !ok:
		return t.measure(b.Measure)
	case b.Measure == contest.MeasureTime:
		return quoted(level.Title) + "的用时"
	case b.Measure == contest.MeasureAccuracy:
		return quoted(level.Title) + "的正确率"
	case b.Measure == contest.MeasureAttempts:
		return "答完" + quoted(level.Title) + "的次数"
	case b.Measure == contest.MeasureSum:
		return quoted(level.Title) + "每一次得分的总和"
	}
	return quoted(level.Title) + onceText[b.Measure] + "的得分"
}

// onceText says which of the attempts at a level counts.
var onceText = map[contest.Measure]string{contest.MeasureBest: "最好一次", contest.MeasureFirst: "第一次",
	contest.MeasureLast: "最近一次"}

// measure is what a player is ranked by.
func (t teller) measure(m contest.Measure) string {
	of := onceText[m]
	switch {
	case m == contest.MeasureSum:
		return "每一次得分的总和"
	case m == contest.MeasurePoints:
		return "积分"
	case m == contest.MeasureAccuracy:
		return "正确率"
	case m == contest.MeasureTime && len(t.Levels) == 1:
		return "用时"
	case m == contest.MeasureTime:
		return "各关用时的中位数"
	case m == contest.MeasureAttempts:
		return "完成答题的次数"
	case m == contest.MeasurePlayers || m == contest.MeasureRate:
		return "参加"
	case len(t.Levels) == 1:
		return of + "的得分"
	}
	return "各关" + of + "得分的总和"
}

func (t teller) unitBoard(b contest.Board) string {
	group := t.grouped(b)
	took := "完成过答题的人"
	if level, _, ok := t.Level(b.Level); ok {
		took = "答完过" + quoted(level.Title) + "的人"
	}
	switch b.Measure {
	case contest.MeasurePlayers:
		return "按参加人数排名，" + took + "才算"
	case contest.MeasureRate:
		return "按参与率排名，参与率是" + took + "数除以单位总人数；总人数没有登记的单位不排"
	}
	if b.Measure == contest.MeasureAccuracy {
		return fmt.Sprintf("按%[1]s里全部参赛者合起来的%[2]s排名，不到 %[3]d 人或合起来不到 %[4]d 题的%[1]s不排%[5]s",
			group, t.measureOf(b), b.Heads(), b.Answers, accuracyText)
	}
	if b.Measure == contest.MeasureTime {
		return fmt.Sprintf("取%[1]s里全部参赛者的成绩（%[2]s）的中位数排名，不到 %[3]d 人的%[1]s不排%[4]s", group, t.measureOf(b),
			b.Heads(), timeText(b))
	}
	who := "全部参赛者"
	if b.Top > 0 {
		who = fmt.Sprintf("前 %d 名", b.Top)
	}
	if b.Average > 0 {
		text := fmt.Sprintf("按%s里%s的人均成绩（%s）排名，算到小数点后三位，榜上写一位", group, who, t.measureOf(b))
		if b.Average > 1 {
			text += fmt.Sprintf("；算进去的不到 %d 人的%s不排", b.Average, group)
		}
		return text
	}
	return fmt.Sprintf("把%s里%s的成绩（%s）相加排名", group, who, t.measureOf(b))
}

// ranked narrows who is counted, and tells at which depth of the tree.
func (t teller) ranked(b contest.Board) string {
	text := ""
	if b.Division != "" {
		text += "，只排" + t.divisionTitle(b.Division)
	}
	if b.Subject == contest.SubjectPlayer {
		if b.Least > 0 {
			text += fmt.Sprintf("，不到 %v 的不排", t.PointsBy(b.Measure, int64(b.Least)))
		}
		return text
	}
	if b.Least > 0 {
		of := b
		of.Measure = b.PlayerMeasure()
		text += fmt.Sprintf("，%s不到 %v 的人不算", t.measureOf(of), t.PointsBy(of.Measure, int64(b.Least)))
	}
	if (b.Measure == contest.MeasurePlayers || b.Measure == contest.MeasureRate) && b.Top > 0 {
		text += fmt.Sprintf("，每个%s最多算 %d 人", t.grouped(b), b.Top)
	}
	if b.Subject == contest.SubjectTeam && t.Teams != nil && t.Teams.Size.Least > max(1, b.Heads()) {
		text += fmt.Sprintf("，有成绩的不到 %d 人的%s不排", t.Teams.Size.Least, t.grouped(b))
	}
	switch {
	case b.Depth == 1:
		text += "，排最上面一层的单位，下面各层的成绩都算在里面"
	case b.Depth > 1:
		text += fmt.Sprintf("，排从上往下第 %d 层的单位，再下面的成绩都算在里面", b.Depth)
	}
	if b.Under != "" {
		text += "，只排" + t.unitName(b.Under) + "下面的单位"
	}
	return text
}

// MeasureUnit is the unit in which a board counts; of %, scores are hundredths.
func MeasureUnit(d *contest.Definition, b *contest.Board) string {
	name := "分"
	switch b.Measure {
	case contest.MeasurePlayers:
		return "人"
	case contest.MeasureRate, contest.MeasureAccuracy:
		return "%"
	case contest.MeasureTime:
		return "秒"
	case contest.MeasureAttempts:
		name = "次"
	case contest.MeasurePoints:
		name = d.PurseTitle(b.Purse)
	}
	if b.Average > 0 {
		return name + "/人"
	}
	return name
}
