package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// faulty is a small contest in which one thing is spoilt.
const faulty = `contest: faulty
title: 测试
organizer: 某局
contact: 某局宣传科
window: {opens: 2030-06-01, closes: 2030-06-11}
bank: safety
levels:
  - {key: a, title: 甲, questions: [{count: 5}]}
`

// toldBy is printed with what goes to standard error behind it.
func toldBy(t *testing.T, args ...string) (int, string) {
	t.Helper()
	told, err := os.Create(filepath.Join(t.TempDir(), "told"))
	if err != nil {
		t.Fatal(err)
	}
	stderr := os.Stderr
	os.Stderr = told
	code, text := printed(t, args...)
	os.Stderr = stderr
	more, err := os.ReadFile(told.Name())
	if err != nil {
		t.Fatal(err)
	}
	return code, text + string(more)
}

func TestContestCheckSpeaksUpInOneLanguageAtTheRightLine(t *testing.T) {
	const bank = "../../questionbank/safety/fire.json"
	level := func(with string) string { return strings.Replace(faulty, "count: 5}]", with, 1) }
	prizes := faulty + "prizes: [{key: p, title: 奖, value: 100, stock: 5, collect: 来领}]\n"
	for _, c := range []struct {
		name, text string
		args       []string
		code       int
		want       string
	}{
		{"nothing", faulty, nil, 0, "活动 faulty 写得没有错：1 关，0 个榜\n"},
		{"nothing, in English", faulty, []string{"--lang", "en"}, 0, "contest faulty is well formed: 1 levels, 0 boards\n"},
		{"a bank that holds enough", faulty, []string{"--bank", bank}, 0, "写得没有错"},
		{"a count over the bank", level("count: 90, kinds: [ordering]}]"), []string{"--bank", bank}, 1,
			":8: levels[0].questions[0]: “甲”这一批要 90 道题"},
		{"an unknown topic", level("count: 5, topics: [消防, 天外]}]"), []string{"--bank", bank}, 1,
			":8: levels[0].questions[0].topics[1]: 题库“safety”里没有一道题属于“天外”"},
		{"a bank that is not there", faulty, []string{"--bank", "other=" + bank}, 1, ":6: bank: 没有题库“safety”"},
		{"the same in English", faulty, []string{"--lang", "en", "--bank", "other=" + bank}, 1, ":6: bank: no bank safety"},
		{"what is refused", level("count: 500}]"), nil, 1, ":8: levels[0].questions[0].count: 题数是 1 到 100"},
		{"no time to read", level("count: 5}], time: {question: 3s}"), []string{"--bank", bank}, 0,
			":8: levels[0].time.question: 提醒: “甲”每题 3 秒，能抽到的"},
		{"the same in English", level("count: 5}], time: {question: 3s}"), []string{"--lang", "en", "--bank", bank}, 0,
			":8: levels[0].time.question: warning: a slow reader cannot read every question within its time"},
		{"winners over the stock", prizes + "drawings: [{key: d, title: 摇, every: day, at: 2030-06-02 10:00, " +
			"prizes: [{prize: p, count: 1}], source: 掷骰}]\n", nil, 0, ":9: prizes[0].stock: 提醒: 各次摇奖一共要摇出“奖”10 份，只有 5 份"},
		{"chances without a pool", faulty + "earnings:\n  - {key: e, give: {chances: 1}}\n", nil, 0,
			":10: earnings[0].give.chances: 提醒: 给了抽奖机会，却没有抽奖"},
		{"odds as per cent, in English", prizes + "earnings: [{key: e, give: {chances: 1}}]\n" +
			"pools: [{key: q, title: 抽, prizes: [{prize: p, odds: 5}]}]\n", []string{"--lang", "en"}, 0,
			":11: pools[0].prizes: warning: odds are millionths of a draw"},
		{"a window in the past", strings.ReplaceAll(faulty, "2030", "2020"), nil, 0, ":5: window.closes: 提醒: 活动时间已经过去"},
		{"a condition beyond the maximum", faulty + "certificates: [{key: c, title: 证, text: 好, who: {score: 600}}]\n", nil, 0,
			":9: certificates[0].who.score: 提醒: 要 600 分，能答的关都答满一共只有 50 分"},
	} {
		file := filepath.Join(t.TempDir(), "faulty.yaml")
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		code, text := toldBy(t, append([]string{"contest", "check", file}, c.args...)...)
		if code != c.code || !strings.Contains(text, c.want) {
			t.Errorf("%s: exit %d, want %d and %q:\n%s", c.name, code, c.code, c.want, text)
		}
	}
	if code, _ := printed(t, "contest", "check", "--lang", "fr", filepath.Join(t.TempDir(), "none.yaml")); code == 0 {
		t.Error("a language that there is not was taken")
	}
}
