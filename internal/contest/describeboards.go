package contest

import "fmt"

// boards tells what each ranking goes by, and what ranks equals.
func (t teller) boards() []string {
	var lines []string
	for _, board := range t.Boards {
		text := t.unitBoard(board)
		if board.Subject == SubjectPlayer {
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

func tiesText(ties Ties) string {
	if ties == TiesTime {
		return "用时少的在前"
	}
	return "先达到的在前"
}

// measure is what a player is ranked by.
func (t teller) measure(m Measure) string {
	of := map[Measure]string{MeasureBest: "最好一次", MeasureFirst: "第一次", MeasureLast: "最近一次"}[m]
	switch {
	case m == MeasureSum:
		return "每一次得分的总和"
	case m == MeasurePoints:
		return "积分"
	case m == MeasureAttempts:
		return "完成答题的次数"
	case m == MeasurePlayers || m == MeasureRate:
		return "参加"
	case len(t.Levels) == 1:
		return of + "的得分"
	}
	return "各关" + of + "得分的总和"
}

func (t teller) unitBoard(b Board) string {
	switch b.Measure {
	case MeasurePlayers:
		return "按参加人数排名，完成过答题的人才算"
	case MeasureRate:
		return "按参与率排名，参与率是完成过答题的人数除以单位总人数；总人数没有登记的单位不排"
	}
	who := "全部参赛者"
	if b.Top > 0 {
		who = fmt.Sprintf("前 %d 名", b.Top)
	}
	return fmt.Sprintf("把单位里%s的成绩（%s）相加排名", who, t.measure(b.Measure))
}

// ranked narrows who is counted, and tells at which depth of the tree.
func (t teller) ranked(b Board) string {
	text := ""
	if b.Division != "" {
		text += "，只排" + t.divisionTitle(b.Division)
	}
	if b.Subject != SubjectUnit {
		return text
	}
	if b.Least > 0 {
		text += fmt.Sprintf("，%s不到 %d 的人不算", t.measure(b.PlayerMeasure()), b.Least)
	}
	if (b.Measure == MeasurePlayers || b.Measure == MeasureRate) && b.Top > 0 {
		text += fmt.Sprintf("，每个单位最多算 %d 人", b.Top)
	}
	switch {
	case b.Depth == 1:
		text += "，下级并入最上一级单位"
	case b.Depth > 1:
		text += fmt.Sprintf("，下级并入第 %d 级单位", b.Depth)
	}
	if b.Under != "" {
		text += "，只排" + t.unitName(b.Under) + "下面的单位"
	}
	return text
}
