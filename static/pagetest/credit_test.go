package pagetest

import (
	"fmt"
	"testing"

	"anquanda/internal/question"
	"anquanda/internal/staff"
)

const partContest = `
contest: credit
title: 安全知识竞答
organizer: 测试
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: exam
levels:
  - {key: one, title: 多选题, questions: [{count: 2, kinds: [multiple]}], score: 3, pass: 1,
     partial: {score: 1.5}, minus: 0.5}
boards: [{key: total, title: 总榜, subject: player, measure: best}]
`

func TestAnAnswerInPartTellsWhatItScoresAndAWrongOneWhatItTakesOff(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("elder=%v", size.elder), func(t *testing.T) {
			a, address, stop, err := openProgram()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(stop)
			var bank []question.Question
			for _, q := range examBank() {
				if q.Kind == question.Multiple {
					bank = append(bank, q)
				}
			}
			if _, _, err := a.Banks.Import(t.Context(), staff.CommandLine, "exam", bank, ""); err != nil {
				t.Fatal(err)
			}
			if _, err := a.Catalog.Apply(t.Context(), "credit.yaml", []byte(partContest), ""); err != nil {
				t.Fatal(err)
			}
			p := newPhone(t, size.width, size.height)
			p.join(address+"/c/credit", "考生", size.elder)
			p.tapOption("对的做法二")
			p.tap("确定")
			p.until(`document.querySelector(".verdict.wrong .verdict-score")`)
			p.see("漏选了")
			p.see("+1.5分")
			p.suits("credit-in-part")
			p.tap("下一题")
			p.until(`document.querySelector(".stem") && !document.querySelector(".verdict")`)
			p.tapOption("乘电梯下楼")
			p.tap("确定")
			p.until(`document.querySelector(".verdict.wrong .verdict-score")`)
			p.see("答错了")
			p.see("−0.5分")
			p.suits("credit-wrong")
			p.tap("看结果")
			p.until(`document.querySelector(".result-score b") && document.querySelector(".result-score b").innerText === "1"`)
			p.suits("credit-result")
		})
	}
}
