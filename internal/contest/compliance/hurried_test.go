package compliance_test

import (
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/contest/compliance"
	"anquanda/internal/question"
	"anquanda/internal/testkit/contests"
)

func TestASlowReaderHasTheTimeToReadEveryQuestion(t *testing.T) {
	asks := func(id string, characters int) question.Question {
		return question.Question{ID: id, Kind: question.TrueFalse, Stem: strings.Repeat("火", characters-4),
			Options: []string{"正确", "错误"}}
	}
	report := &question.Material{ID: "m", Text: strings.Repeat("灾", 70), Image: "m.webp"}
	bank := []question.Question{asks("a", 20), asks("b", 40), asks("c", 41), asks("d", 20), asks("e", 20)}
	bank[3].Material, bank[4].Material = report, report
	for _, c := range []struct {
		time, want string
	}{
		{"time: {question: 27500ms}", ""}, // d: (20 + 70) / 4 s and a picture of 5 s
		{"time: {question: 27499ms}", "“答题”每题 27.499 秒，能抽到的 5 道题里有 1 道，读得慢的人来不及读完：最长的“d”连材料要读 28 秒左右。" +
			"请把每题时间改为 30 秒以上"},
		{"time: {question: 10s}", "有 2 道"},
		{"time: {question: 9s}", "有 3 道"},
		{"mode: paper, time: {level: 5s}", ""}, // one time for all of it
	} {
		d := contests.Parsed(t, strings.Replace(careful, "pass: 3}", "pass: 3, "+c.time+"}", 1))
		found := compliance.Hurried(d, [][]question.Question{bank})
		if c.want == "" && len(found) > 0 || c.want != "" && (len(found) != 1 || found[0].Code != "hurried" ||
			found[0].Path != "levels[0].time.question" || !strings.Contains(found[0].Message, c.want)) {
			t.Errorf("%s: %+v", c.time, found)
		}
		if len(compliance.Hurried(d, [][]question.Question{nil})) > 0 {
			t.Error("a bank that is not at hand is too long")
		}
	}
	d := contests.Parsed(t, strings.Replace(careful, "pass: 3}", "pass: 3, time: {question: 5s}}", 1)+
		"accept: [{finding: hurried, by: 王主任, why: 比的就是快}]\n")
	if found := compliance.Hurried(d, [][]question.Question{bank}); len(found) != 1 || found[0].Accepted == nil {
		t.Error(fmt.Sprint(found))
	}
}
