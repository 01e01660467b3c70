package rulespage

import (
	"fmt"
	"strings"

	"anquanda/internal/contest"
)

// shown is when the right answers of a whole paper are shown.
var shown = map[contest.Shows]string{
	contest.ShowsAfter: "交卷以后可以看答案和解析",
	contest.ShowsDay:   "交卷第二天起可以看答案和解析",
	contest.ShowsEnd:   "活动结束以后可以看答案和解析",
	contest.ShowsNever: "不公布答案",
}

// whole tells how a whole paper is answered, handed in and shown again.
func (t teller) whole(l *contest.Level) string {
	if !l.Whole() {
		return ""
	}
	after := shown[l.Shows]
	if l.Shows == contest.ShowsEnd && l.Closes.MS != 0 {
		after = "这一关结束以后可以看答案和解析"
	}
	return "整卷作答：题目一次全给，先答哪题都行，交卷以前可以随时改；时间一到自动交卷，以最后保存的答案为准；" + after
}

// hastyPaper is least of a whole paper, which has one time for all of it.
func hastyPaper(l *contest.Level) string {
	if l.Time.Least != nil && *l.Time.Least == 0 {
		return "多快交卷都算"
	}
	return fmt.Sprintf("交卷比读题还快（平均下来，有 %d 题读不完）的，成绩等工作人员看过再算", contest.HastyAtMost)
}

// sections tells what the paper is made of.
func (t teller) sections(l *contest.Level) string {
	var parts []string
	for i, s := range l.Sections() {
		draw := &l.Questions[i]
		title := s.Title
		if draw.Title != "" && len(draw.Kinds) > 0 && draw.Title != kindNames(draw) {
			title += "（" + kindNames(draw) + "）"
		}
		parts = append(parts, fmt.Sprintf("%s%s %d 题，每题 %s 分", title, difficulty(draw), s.Count, t.PointsText(s.Worth)))
	}
	return fmt.Sprintf("%d 题：%s", l.Count(), strings.Join(parts, "；"))
}
