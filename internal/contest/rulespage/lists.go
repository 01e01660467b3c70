package rulespage

import (
	"fmt"

	"anquanda/internal/contest"
)

// lists tells who is on which list, when it is fixed, and what becomes of it later.
func (t teller) lists() []string {
	var lines []string
	fixed := false
	for i := range t.Lists {
		l := &t.Lists[i]
		fixed = fixed || l.Fixed()
		lines = append(lines, quoted(l.Title)+"："+t.onList(l)+"。")
	}
	if len(lines) == 0 {
		return nil
	}
	if fixed {
		lines = append(lines, "名单确定以后，名次变化、更换单位都不影响；那时还没有交卷的一次不算。")
	}
	return append(lines, "取消资格的，由工作人员从名单里去掉；更改名单要写明原因，留有记录。")
}

// onList tells who is on a list.
func (t teller) onList(l *contest.List) string {
	at := ""
	if l.Fixed() {
		at = t.moment(l.At.MS) + " 时"
	}
	switch {
	case l.Board != "":
		board, _ := t.Board(l.Board)
		if board.Subject == contest.SubjectUnit {
			return fmt.Sprintf("%s“%s”前 %d 名的%s里的参赛者", at, board.Title, l.Count, t.Players.Unit.Label)
		}
		if board.Subject == contest.SubjectTeam {
			return fmt.Sprintf("%s“%s”前 %d 名的%s里的参赛者", at, board.Title, l.Count, t.grouped(board))
		}
		return fmt.Sprintf("%s“%s”的前 %d 名", at, board.Title, l.Count)
	case len(l.Units) > 0:
		names := make([]string, len(l.Units))
		for i, code := range l.Units {
			names[i] = t.unitName(code)
		}
		return at + "属于" + list(names) + "的参赛者"
	}
	return "由主办方确定的参赛者"
}

func (t teller) listTitle(key string) string {
	if l := t.List(key); l != nil {
		return quoted(l.Title)
	}
	return quoted(key)
}

// listNote tells who is not on the only list that opens a level why it is closed.
func (t teller) listNote(l *contest.List) string {
	if l == nil {
		return "只对名单里的人开放"
	}
	return "只对" + quoted(l.Title) + "开放：" + t.onList(l)
}

// OnList tells who is on a list, in the words of the rules page.
func OnList(d *contest.Definition, l *contest.List) string { return teller{d}.onList(l) }
