package rulespage

import (
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/contest"
)

// credits tells what answers score that are right in part, wrong or slow.
func (t teller) credits(l *contest.Level) string {
	texts := t.eachDraw(l, t.partial)
	texts = append(texts, t.eachDraw(l, t.minus)...)
	if len(texts) > 0 && slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, "扣") }) {
		texts = append(texts, "没答的不扣分，一次答题最低 0 分")
	}
	if l.Speed != nil {
		texts = append(texts, t.speed(l))
	}
	if t.rounds(l) {
		texts = append(texts, fmt.Sprintf("得分算到 %s 分，不足的舍去", t.PointsText(1)))
	}
	return strings.Join(texts, "；")
}

// eachDraw tells a thing once where it is so for all draws that it is told of, else for each.
func (t teller) eachDraw(l *contest.Level, tell func(*contest.Level, int) string) []string {
	var texts, named []string
	for i := range l.Questions {
		if text := tell(l, i); text != "" {
			if !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
			named = append(named, t.drawTitle(l, i)+text)
		}
	}
	// What is taken off holds for all questions only where it is told of all.
	if len(texts) > 1 || len(texts) == 1 && len(named) < len(l.Questions) {
		return named
	}
	return texts
}

func (t teller) drawTitle(l *contest.Level, draw int) string {
	if l.Whole() {
		return "“" + l.Sections()[draw].Title + "”"
	}
	return kindNames(&l.Questions[draw]) + difficulty(&l.Questions[draw])
}

func (t teller) partial(l *contest.Level, draw int) string {
	p := l.PartialOf(draw)
	if p == nil || l.MostUnright(draw) == 0 { // no question of it is right in part
		return ""
	}
	scores := fmt.Sprintf("得 %s 分", t.PointsText(int(p.Score)))
	switch {
	case p.Share:
		scores = "按选对的项数占正确选项的比例得分"
	case p.Each > 0:
		scores = fmt.Sprintf("每选对一项得 %s 分，不超过这题的分值", t.PointsText(int(p.Each)))
	}
	return "少选而没有选错的，" + scores + "，但不算答对"
}

func (t teller) minus(l *contest.Level, draw int) string {
	if l.MinusOf(draw) == 0 {
		return ""
	}
	return fmt.Sprintf("答错一题扣 %s 分", t.PointsText(l.MinusOf(draw)))
}

func (t teller) speed(l *contest.Level) string {
	within := ""
	if l.Speed.Within > 0 {
		within = spanText(l.Speed.Within) + "以内答，得分不减；以后"
	}
	text := fmt.Sprintf("答得越快得分越多：%s随用时均匀减少，到每题限时只得 %d%%（用时按服务器的时钟，从发出题目到收到答案", within,
		l.Speed.Least)
	if l.Time.Large == contest.LargeDouble {
		text += "；大字版的这些时间也加倍"
	}
	return text + "）"
}

// rounds reports whether scores of the level are divided.
func (t teller) rounds(l *contest.Level) bool {
	for i := range l.Questions {
		if p := l.PartialOf(i); p != nil && p.Share {
			return true
		}
	}
	return l.Speed != nil
}
