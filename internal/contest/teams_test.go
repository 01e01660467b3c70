package contest_test

import (
	"errors"
	"strings"
	"testing"

	"anquanda/internal/contest"
)

// families is a contest in which players form teams.
const families = `contest: families
title: 家庭赛
organizer: 测试
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
teams: {title: 家庭, size: {most: 4}, until: 2026-06-20 20:00}
levels: [{key: a, title: 一关, questions: [{count: 5}]}]
boards:
  - {key: kin, title: 家庭榜, subject: team, measure: best, top: 3}
lists: [{key: best, title: 决赛家庭, board: kin, count: 2, at: 2026-06-25 20:00}]
`

func TestTeamsAreFormedUntilTheirEnd(t *testing.T) {
	d := parsed(t, families)
	for at, want := range map[string]error{
		"2026-05-20 10:00:00": nil, "2026-06-20 19:59:59": nil, "2026-06-20 20:00:00": contest.ErrTeamsClosed,
	} {
		if err := d.MayTeam(shanghai(t, at)); !errors.Is(err, want) {
			t.Errorf("at %s: %v, want %v", at, err, want)
		}
	}
	d = parsed(t, strings.Replace(families, ", until: 2026-06-20 20:00", "", 1))
	if d.TeamsUntil() != d.Window.Closes.MS || d.Teams.Size.Least != 2 {
		t.Errorf("until %d, from %d members on", d.TeamsUntil(), d.Teams.Size.Least)
	}
	if err := parsed(t, finals).MayTeam(d.Window.Opens.MS); !errors.Is(err, contest.ErrNoTeams) {
		t.Errorf("a contest without teams: %v", err)
	}
}

func TestTeamsThatCannotBeAreRefusedInPlainWords(t *testing.T) {
	for _, c := range []struct{ old, new, at, says string }{
		{"most: 4", "most: 1", "teams.size.most", "2 到 200"},
		{"most: 4", "most: 4, least: 5", "teams.size.least", "至少几人"},
		{"2026-06-20 20:00", "2026-07-20 20:00", "teams.until", "活动时间"},
		{"subject: team, measure: best, top: 3", "subject: unit, measure: best", "teams", "没有排队伍的榜"},
		{"teams: {title: 家庭, size: {most: 4}, until: 2026-06-20 20:00}\n", "", "boards[0].subject", "不组队"},
		{"measure: best", "measure: rate", "boards[0].measure", "队长可以移出没答题的人"},
		{"measure: best, top: 3", "measure: accuracy", "boards[0].measure", "accuracy 满 5 人才排"},
		{"measure: best, top: 3", "measure: time", "boards[0].measure", "time 满 5 人才排"},
		{"top: 3", "depth: 1", "boards[0].depth", "只用于单位榜"},
		{"top: 3", "top: 1", "boards[0].top", "只取前 1 人"},
		{"top: 3", "average: 5", "boards[0].average", "最多 4 人"},
	} {
		refused(t, strings.Replace(families, c.old, c.new, 1), c.new, c.at, c.says)
	}
}

func TestTheRulesPageTellsHowTeamsAreFormedAndRanked(t *testing.T) {
	rulesSay(t, families,
		"参赛者可以自己组队（家庭），最多 4 人，有成绩的满 2 人才排名；每人只能在一个队里。",
		"2026年6月20日 20:00 以前可以退出；队长可以移出还没有答完过一次题的队员。",
		"把家庭里前 3 名的成绩", "有成绩的不到 2 人的家庭不排", "“家庭榜”前 2 名的家庭里的参赛者",
	)
}

func TestTeamsAreRankedByAccuracyAndTimeAsUnitsAre(t *testing.T) {
	crews := strings.NewReplacer("most: 4", "most: 9", "measure: best, top: 3", "measure: accuracy, answers: 30",
		"lists:", "  - {key: fast, title: 快榜, subject: team, measure: time, average: 6}\nlists:",
		"count: 5}]", "count: 5}], pass: 3").Replace(families)
	rulesSay(t, crews,
		"按家庭里全部参赛者合起来的正确率排名，不到 5 人或合起来不到 30 题的家庭不排",
		"取家庭里全部参赛者的成绩（用时）的中位数排名，不到 6 人的家庭不排",
	)
	refused(t, strings.Replace(crews, "average: 6", "average: 3", 1), "average: 3", "boards[1].average", "")
}
