package rulespage_test

import (
	"strings"
	"testing"

	"anquanda/internal/testkit/contests"
)

const worded = `contest: worded
title: 用词
organizer: 测试
window: {opens: 2026-06-01, closes: 2026-06-11}
bank: safety
levels:
  - {key: a, title: 甲, questions: [{count: 5}]}
  - {key: b, title: 乙, after: [], questions: [{count: 5}]}
`

func TestTheRulesPagePromisesOnlyWhatThereIs(t *testing.T) {
	const goods = "prizes: [{key: p, title: 奖, value: 100, stock: 50, collect: 来领%s}]\n"
	const phone = "players: {fields: [{key: tel, label: 手机, kind: phone, when: start, why: 联系}]}\n"
	shop := strings.Replace(goods, "%s", ", price: 5", 1) + "earnings: [{key: e, give: {points: 5}}]\n"
	drawn := strings.Replace(goods, "%s", "", 1)
	list := drawn + "boards: [{key: b, title: 榜, subject: player, measure: best}]\n" +
		"drawings: [{key: d, title: 前三名, at: 2026-06-12 10:00, who: {top: {board: b, count: 3}}, prizes: [{prize: p, count: 3}]}]\n"
	for _, c := range []struct {
		name, more     string
		says, saysNone []string
	}{
		{"a shop alone", shop, []string{"兑换后请在"}, []string{"中奖后", "候补"}},
		{"a drawing with reserves", drawn +
			"drawings: [{key: d, title: 摇, at: 2026-06-12 10:00, prizes: [{prize: p, count: 3}], reserves: 2}]\n",
			[]string{"中奖后请在", "由候补的人递补"}, []string{"兑换后"}},
		{"points for points", "prizes: [{key: p, title: 分, kind: points, value: 1, stock: 50, price: 5}]\n" +
			"earnings: [{key: e, give: {points: 5}}]\n", []string{"积分兑换"}, []string{"【领奖】"}},
		{"either level", "earnings: [{key: e, levels: [a, b], give: {points: 5}}]\n", []string{"完成“甲”或“乙”"}, nil},
		{"a list in which all win", list, []string{"【获奖名单】", "公布名单", "名单里的人都有奖"}, []string{"摇奖"}},
		{"a list of which some win", strings.Replace(list, "count: 3}]}]", "count: 2}]}]", 1), []string{"【公开摇奖】"},
			[]string{"都有奖"}},
		{"personal data without prizes", phone, []string{"只给组织活动的工作人员看", "加入活动时，另外"}, []string{"领奖"}},
		{"personal data with prizes", phone + shop, []string{"只给办理领奖的工作人员看", "加入活动和领奖时"}, nil},
		{"a daily drawing", drawn + "drawings: [{key: d, title: 日日有奖, every: day, at: 2026-06-02 10:00, " +
			"prizes: [{prize: p, count: 3}]}]\n", []string{"每天一次，第一次在 2026年6月2日 10:00，最后一次在 2026年6月11日 10:00，共 10 次"}, nil},
		{"units of a depth", "boards: [{key: b, title: 榜, subject: unit, measure: best, depth: 2}]\n",
			[]string{"排从上往下第 2 层的单位"}, []string{"并入"}},
		{"weeks of a level", "boards:\n" +
			"  - {key: b, title: 榜, subject: player, measure: best, level: a, period: week}\n" +
			"  - {key: c, title: 村榜, subject: unit, measure: sum, level: b}\n" +
			"  - {key: e, title: 率榜, subject: unit, measure: rate, level: b}\n" +
			"  - {key: f, title: 次数榜, subject: player, measure: attempts, level: a, least: 2}\n",
			[]string{"榜：按“甲”最好一次的得分排名；相同的，先达到的在前；每周（从周一算起）各排一榜，按答完的时间算。",
				"把单位里全部参赛者的成绩（“乙”每一次得分的总和）相加排名", "参与率是答完过“乙”的人数除以单位总人数",
				"按答完“甲”的次数排名，不到 2 的不排"}, []string{"各关"}},
		{"averages", "boards:\n" +
			"  - {key: b, title: 榜, subject: unit, measure: points, average: 5, top: 9, least: 3, depth: 1}\n" +
			"  - {key: c, title: 次榜, subject: unit, measure: sum, average: 1, ties: time}\n",
			[]string{"榜：按单位里前 9 名的人均成绩（积分）排名，算到小数点后三位，榜上写一位；算进去的不到 5 人的单位不排，" +
				"积分不到 3 的人不算，排最上面一层的单位，下面各层的成绩都算在里面；相同的，先达到的在前。",
				"次榜：按单位里全部参赛者的人均成绩（每一次得分的总和）排名，算到小数点后三位，榜上写一位；相同的，人均用时少的在前。"},
			[]string{"相加排名"}},
		{"purses", "purses: [{key: f, title: 小红花}]\nboards:\n" +
			"  - {key: b, title: 榜, subject: player, measure: points, purse: f, least: 3}\n" +
			"  - {key: c, title: 村榜, subject: unit, measure: points, purse: f, average: 5}\n",
			[]string{"榜：按得到的“小红花”排名，不到 3 的不排", "人均成绩（得到的“小红花”）"}, nil},
		{"questions afterwards", "poll:\n  - {key: p, title: 您以前学过吗, options: [学过, 没学过]}\n" +
			"  - {key: q, title: 从哪里知道的, kind: multiple, level: a, options: [单位, 社区]}\n",
			[]string{"答完任何一关以后会问：您以前学过吗（选一项：学过、没学过）",
				"答完“甲”以后会问：从哪里知道的（可以选几项：单位、社区）", "回答自愿"}, nil},
		{"rounds", "periods: [{title: 上, opens: 2026-06-01, closes: 2026-06-05}]\n" +
			"boards: [{key: b, title: 榜, subject: player, measure: sum, period: own}]\n", []string{"每期各排一榜"}, nil},
	} {
		says(t, c.name, page(contests.Parsed(t, worded+c.more)), c.says, c.saysNone)
	}
}

// says fails where a page lacks a text, or holds an unwanted one.
func says(t *testing.T, name, text string, wanted, unwanted []string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Errorf("%s: the page does not say %q:\n%s", name, want, text)
		}
	}
	for _, unwanted := range unwanted {
		if strings.Contains(text, unwanted) {
			t.Errorf("%s: the page says %q:\n%s", name, unwanted, text)
		}
	}
}

func TestBoardsByTimeTellWhichTimeCounts(t *testing.T) {
	passed := strings.Replace(worded, "questions: [{count: 5}]}", "questions: [{count: 5}], pass: 3}", 1)
	says(t, "times", page(contests.Parsed(t, passed+"boards:\n"+
		"  - {key: e, title: 快榜, subject: player, measure: time, level: a, answers: 5}\n"+
		"  - {key: g, title: 村快榜, subject: unit, measure: time, level: a}\n")),
		[]string{"快榜：按“甲”的用时排名，用时短的在前，通过的关加起来不到 5 题的人不算（一关的用时从第一次答起，算到通过为止",
			"村快榜：取单位里全部参赛者的成绩（“甲”的用时）的中位数排名，不到 5 人的单位不排，用时短的在前（"}, nil)
}

func TestALevelThatEndsEarlyDoesNotPromiseAllItsQuestions(t *testing.T) {
	game := strings.Replace(worded, "questions: [{count: 5}]}", "questions: [{count: 40}], steps: {goal: 20}}", 1)
	text := page(contests.Parsed(t, game))
	if !strings.Contains(text, "“甲”：最多 40 题") || !strings.Contains(text, "登上第 20 级就过关并结束") ||
		!strings.Contains(text, "“乙”：5 题") {
		t.Error(text)
	}
}
