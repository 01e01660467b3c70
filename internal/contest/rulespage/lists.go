package rulespage

import (
	"fmt"
	"strings"

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
	if public := t.publicLists(); public != "" {
		lines = append(lines, public)
	}
	if t.GivesForLists() {
		lines = append(lines, "进入名单有奖励的，每人给一次：名单确定以后由工作人员加进来的也给，从名单里去掉的，已经得到的不收回。")
	}
	return append(lines, "取消资格的，由工作人员从名单里去掉；更改名单要写明原因，留有记录。")
}

// publicLists tells which lists everybody sees, from when on, and what of whom.
func (t teller) publicLists() string {
	var made, staffs []string
	for i := range t.Lists {
		switch l := &t.Lists[i]; {
		case l.Public && l.ByStaff():
			staffs = append(staffs, quoted(l.Title))
		case l.Public:
			made = append(made, quoted(l.Title))
		}
	}
	var when []string
	if len(made) > 0 {
		when = append(when, list(made)+"确定以后公开")
	}
	if len(staffs) > 0 {
		when = append(when, list(staffs)+"有人以后公开")
	}
	if len(when) == 0 {
		return ""
	}
	return strings.Join(when, "，") + "：所有人都能看到里面的名次、昵称和单位，看不到姓名、手机号等个人信息。从名单里去掉的、退出的不再显示。"
}

// onList tells who is on a list.
func (t teller) onList(l *contest.List) string {
	if p := t.Pairing(l.Pairing); p != nil {
		return quoted(p.Title) + "评定胜负时胜出单位里的参赛者"
	}
	at := ""
	if l.Fixed() {
		at = t.moment(l.At.MS) + " 时"
	}
	switch {
	case l.Board != "":
		return at + t.onBoard(l)
	case len(l.Units) > 0:
		names := make([]string, len(l.Units))
		for i, code := range l.Units {
			names[i] = t.unitName(code)
		}
		return at + "属于" + list(names) + "的参赛者"
	}
	return "由主办方确定的参赛者"
}

// onBoard tells who of a board is on a list.
func (t teller) onBoard(l *contest.List) string {
	board, _ := t.Board(l.Board)
	first, reached := "", ""
	if l.Count > 0 {
		first = fmt.Sprintf("前 %d 名", l.Count)
	}
	if l.Least > 0 {
		reached = "达到 " + t.leastOf(&board, l)
	}
	if board.Subject == contest.SubjectPlayer {
		switch {
		case first == "":
			return quoted(board.Title) + reached + "的人"
		case reached == "":
			return quoted(board.Title) + "的" + first
		}
		return quoted(board.Title) + "的" + first + "里" + reached + "的人"
	}
	if first != "" && reached != "" {
		first += "里"
	}
	group := t.grouped(board)
	if board.Subject == contest.SubjectUnit {
		group = t.Players.Unit.Label
	}
	return quoted(board.Title) + first + reached + "的" + group + "里的参赛者"
}

// leastOf is the total that a list asks for, with the unit in which its board counts.
func (t teller) leastOf(b *contest.Board, l *contest.List) string {
	unit := MeasureUnit(t.Definition, b)
	if unit != "%" {
		unit = " " + unit
	}
	return fmt.Sprintf("%v%s", t.LeastOf(b, l), unit)
}

// comingOn tells for which list something is given, and to whom on it.
func (t teller) comingOn(e *contest.Earning) string {
	l := t.List(e.List)
	if l == nil {
		return "进入" + t.listTitle(e.List)
	}
	text := "进入" + t.listTitle(e.List) + "（" + t.onList(l)
	if t.ListGivesWhoAnswered(l) {
		text += "；一次也没有答完过的不给"
	}
	return text + "）"
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
