package rulespage

import (
	"fmt"

	"anquanda/internal/contest"
)

// pairings tells which units meet when, and who goes on.
func (t teller) pairings() (lines []string) {
	for i := range t.Pairings {
		p := &t.Pairings[i]
		board, _ := t.Board(p.Board)
		when := ""
		if period, ok := t.PlayedIn(p); ok {
			when = fmt.Sprintf("第 %d 期%s里", p.Round, quoted(period.Title))
		}
		lines = append(lines, fmt.Sprintf("%s：%s按%s比，%s。", quoted(p.Title), when, quoted(board.Title), t.meeting(p)))
		if board.Ties == contest.TiesTime {
			lines[i] += "成绩相同的，用时少的胜。"
		} else {
			lines[i] += "成绩相同的，先达到的胜。"
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return append(lines, "对阵里成绩高的单位胜，胜者晋级；成绩和先后、用时都分不出的，写在前面的胜。这一期没有上榜的单位算输；两个都没有上榜，都不晋级。",
		"这一期结束、还在答的都交卷以后，系统评定一次，以后成绩再有变动也不改。评定有误的，由两名工作人员写明原因更正，留有记录。")
}

// meeting tells who meets whom.
func (t teller) meeting(p *contest.Pairing) string {
	switch {
	case p.Seeds != nil:
		board, _ := t.Board(p.Seeds.Board)
		meet := ""
		if p.Seeds.Count > 2 {
			meet = fmt.Sprintf("，第 1 名对第 %d 名，第 2 名对第 %d 名，依此类推", p.Seeds.Count, p.Seeds.Count-1)
		}
		return fmt.Sprintf("%s 时%s的前 %d 名对阵%s；名次高的写在前面，没有对手的轮空晋级",
			t.moment(p.Seeds.At.MS), quoted(board.Title), p.Seeds.Count, meet)
	case p.Winners != "":
		title := p.Winners
		if before := t.Pairing(p.Winners); before != nil {
			title = before.Title
		}
		return quoted(title) + "的胜者按先后两两对阵，单出来的最后一个轮空晋级"
	}
	pairs := make([]string, len(p.Pairs))
	for i, pair := range p.Pairs {
		pairs[i] = t.unitName(pair.First) + "对" + t.unitName(pair.Second)
	}
	return list(pairs)
}

// Meeting tells who meets whom in a pairing, in the words of the rules page.
func Meeting(d *contest.Definition, p *contest.Pairing) string { return teller{d}.meeting(p) }
