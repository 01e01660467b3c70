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
			text = "按" + t.measure(board.Measure) + "排名"
		}
		text += t.ranked(board) + "；相同的，" + tiesText(board.Ties)
		if board.Daily {
			text += "；每天另排当日榜"
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

// measure is what a player is ranked by.
func (t teller) measure(m contest.Measure) string {
	of := map[contest.Measure]string{contest.MeasureBest: "最好一次", contest.MeasureFirst: "第一次",
		contest.MeasureLast: "最近一次"}[m]
	switch {
	case m == contest.MeasureSum:
		return "每一次得分的总和"
	case m == contest.MeasurePoints:
		return "积分"
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
	switch b.Measure {
	case contest.MeasurePlayers:
		return "按参加人数排名，完成过答题的人才算"
	case contest.MeasureRate:
		return "按参与率排名，参与率是完成过答题的人数除以单位总人数；总人数没有登记的单位不排"
	}
	who := "全部参赛者"
	if b.Top > 0 {
		who = fmt.Sprintf("前 %d 名", b.Top)
	}
	return fmt.Sprintf("把单位里%s的成绩（%s）相加排名", who, t.measure(b.Measure))
}

// ranked narrows who is counted, and tells at which depth of the tree.
func (t teller) ranked(b contest.Board) string {
	text := ""
	if b.Division != "" {
		text += "，只排" + t.divisionTitle(b.Division)
	}
	if b.Subject != contest.SubjectUnit {
		if b.Least > 0 {
			text += fmt.Sprintf("，不到 %v 的不排", t.PointsBy(b.Measure, int64(b.Least)))
		}
		return text
	}
	if b.Least > 0 {
		text += fmt.Sprintf("，%s不到 %v 的人不算", t.measure(b.PlayerMeasure()),
			t.PointsBy(b.PlayerMeasure(), int64(b.Least)))
	}
	if (b.Measure == contest.MeasurePlayers || b.Measure == contest.MeasureRate) && b.Top > 0 {
		text += fmt.Sprintf("，每个单位最多算 %d 人", b.Top)
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
