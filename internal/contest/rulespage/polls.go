package rulespage

import (
	"fmt"
	"strings"

	"anquanda/internal/contest"
)

// polls tells what players are asked after they have finished something, and what becomes of
// their answers.
func (t teller) polls() []string {
	var lines []string
	for i := range t.Polls {
		p := &t.Polls[i]
		when, how := "答完任何一关", "选一项"
		if level, _, ok := t.Level(p.Level); ok {
			when = "答完" + quoted(level.Title)
		}
		if p.Kind == contest.PollMultiple {
			how = "可以选几项"
		}
		lines = append(lines, fmt.Sprintf("%s以后会问：%s（%s：%s）", when, p.Title, how, strings.Join(p.Options, "、")))
	}
	if len(lines) == 0 {
		return nil
	}
	return append(lines, "回答自愿，每个问题每人答一次；答不答、怎么答都不影响成绩和奖励。只合起来统计，人数太少的选项不公布。")
}
