package pagetest

import (
	"fmt"
	"slices"
	"testing"

	"anquanda/internal/question"
	"anquanda/internal/staff"
)

const examContest = `
contest: exam
title: 安全知识考试
organizer: 测试
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: exam
levels:
  - key: exam
    title: 安全知识考试
    mode: paper
    shows: %s
    questions:
      - {count: 4, kinds: [single], score: 1}
      - {count: 2, kinds: [multiple], score: 3}
      - {count: 2, kinds: [truefalse], score: 2}
    time: {level: %s}
    pass: 6
boards: [{key: total, title: 总榜, subject: player, measure: best}]
`

func examBank() (bank []question.Question) {
	for i := range 4 {
		bank = append(bank, question.Question{ID: fmt.Sprint("s", i), Kind: question.Single, Difficulty: 1,
			Stem: fmt.Sprintf("第%d种情况应当怎样做？", i+1), Options: []string{"对的做法", "先看看再说", "等别人来做"}, Right: []int{0},
			Explanation: "早做一分钟，少一分危险。"})
	}
	for i := range 2 {
		bank = append(bank, question.Question{ID: fmt.Sprint("m", i), Kind: question.Multiple, Difficulty: 1,
			Stem: fmt.Sprintf("第%d种火情哪些做法正确？", i+1), Options: []string{"对的做法一", "对的做法二", "乘电梯下楼"}, Right: []int{0, 1}})
		bank = append(bank, question.Question{ID: fmt.Sprint("t", i), Kind: question.TrueFalse, Difficulty: 1,
			Stem: fmt.Sprintf("第%d句话是对的。", i+1), Options: question.TrueFalseOptions, Right: []int{0}})
	}
	return bank
}

// sit takes a candidate to a paper of its own program.
func sit(t *testing.T, shows, level string, width, height int64, elder bool) *phone {
	t.Helper()
	a, address, stop, err := openProgram()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	if _, _, err := a.Banks.Import(t.Context(), staff.CommandLine, "exam", examBank(), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Catalog.Apply(t.Context(), "exam.yaml", fmt.Appendf(nil, examContest, shows, level), ""); err != nil {
		t.Fatal(err)
	}
	p := newPhone(t, width, height)
	p.join(address+"/c/exam", "考生", elder)
	return p
}

// put answers the question on the page right.
func (p *phone) put() {
	p.t.Helper()
	q := p.asked(examBank())
	for i, option := range q.Options {
		if slices.Contains(q.Right, i) {
			p.tapOption(option)
		}
	}
}

const saved = `document.querySelector(".paper-saved").innerText === "答案已保存"`

func TestAWholePaperIsAnsweredInAnyOrderHandedInAndLookedAtAgain(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("elder=%v", size.elder), func(t *testing.T) {
			p := sit(t, "after", "30m", size.width, size.height, size.elder)
			p.see("一、单选题（共4题，每题1分）")
			p.tapOption("先看看再说")
			p.suits("paper-first")
			p.tap("下一题")
			p.put()
			p.tap("答题卡")
			p.see("多选题")
			p.suits("paper-card")
			p.tapOn(`document.querySelector('[aria-label="第8题，没答"]')`)
			p.see("三、判断题（共2题，每题2分）")
			p.put()
			p.until(saved)
			p.reload() // a phone that was closed
			p.until(`document.querySelector(".paper-foot")`)
			p.see("已答3/8")
			p.see("第8题")
			p.tap("上一题")
			p.put()
			p.tap("上一题")
			p.put() // two taps
			p.until(saved)
			p.suits("paper-multiple")
			p.tap("答题卡")
			p.tapOn(`document.querySelector('[aria-label="第1题，已答"]')`)
			p.tapOption("对的做法") // changed
			p.tap("答题卡")
			p.tapOn(`document.querySelector(".sheet .main")`)
			p.see("还有3题没有答：第3、4、5题")
			p.suits("paper-hand-in")
			p.tap("去答没答的题")
			p.put()
			p.tap("下一题")
			p.put()
			p.tap("答题卡")
			p.tap("所有题目放在一页")
			p.until(`document.querySelectorAll(".stem").length === 8`)
			p.suits("paper-all")
			p.tapOn(`document.querySelector(".paper-foot .main")`)
			p.see("还有1题没有答：第5题")
			p.tap("确定交卷")
			p.see("这一关通过了")
			p.see("各部分得分")
			p.inOrder("单选题", "对4/4题", "4分", "多选题", "对1/2题", "3分", "判断题", "对2/2题", "4分")
			p.suits("paper-result")
			p.tap("看答案")
			p.see("得11分，满分14分")
			p.tap("只看没答对的1题")
			p.see("没有作答")
			p.suits("paper-review")
		})
	}
}

func TestAnswersOfAPaperSurviveANetworkThatIsAway(t *testing.T) {
	p := sit(t, "end", "30m", 360, 740, false)
	p.put()
	p.until(saved)
	p.online(false)
	p.tap("下一题")
	p.put()
	p.tap("下一题")
	p.tapOption("等别人来做")
	p.see("题先存在手机里")
	p.keep("paper-held")
	p.online(true)
	p.until(saved)
	p.tapOption("对的做法")
	p.until(saved)
	p.tap("答题卡")
	p.tapOn(`document.querySelector(".sheet .main")`)
	p.see("还有5题没有答")
	p.tap("确定交卷")
	p.see("还差3题就通过")
	p.until(`document.querySelector(".result-score b").innerText === "3"`)
	p.tap("看答案")
	p.see("2040年1月1日00:00起可以看答案")
}

func TestAPaperIsHandedInByItselfWhenItsTimeIsUp(t *testing.T) {
	p := sit(t, "never", "6s", 360, 740, false)
	p.put()
	p.until(`document.querySelector(".result-score b")`)
	if got := ask[string](p, `document.querySelector(".result-score b").innerText`); got != "1" {
		t.Errorf("the paper that was handed in by itself scores %s", got)
	}
}
