package pagetest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/app"
	"anquanda/internal/question"
	"anquanda/internal/staff"
)

// fair is the program with contests whose rules the county's does not have.
var fair struct {
	sync.Once
	app     *app.App
	address string
	close   func()
	err     error
}

const fairHead = `
contest: %s
title: 村里的安全比赛
organizer: 测试
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: fair
boards: [{key: total, title: 总榜, subject: player, measure: best}]
`

// fairContests are the rest of each, by slug.
var fairContests = map[string]string{
	"gains": `
attempts: [{max: 2, per: day}]
players:
  divisions: [{key: worker, title: 务工者}, {key: resident, title: 居民}]
  fields: [{key: phone, label: 手机号, kind: phone, ask: required, when: earn, why: 只用来发奖}]
levels:
  - {key: one, title: 厨房, place: 家庭, questions: [{count: 3}], pass: 2, after: [], streak: {length: 2, score: 5}, attempts: {max: 0}, divisions: [resident]}
  - {key: two, title: 工地, place: 企业, questions: [{count: 3}], pass: 2, after: [], divisions: [worker], attempts: {max: 0}}
  - {key: three, title: 明年的关, place: 社区, questions: [{count: 3}], pass: 2, after: [], opens: 2039-06-20 09:00, attempts: {max: 0}}
cards: [{key: one, title: 厨房}, {key: two, title: 工地}, {key: three, title: 学校}]
earnings:
  - {key: score, when: {result: passed}, give: {points: 10, chances: 1, card: level}, max: 1, per: level}
  - {key: check-in, for: checkin, give: {points: 1}, max: 1, per: day}
  - {key: share, for: share, give: {tries: 1}, max: 1, per: day}
prizes: [{key: soap, title: 肥皂, kind: goods, value: 300, stock: 100, collect: 村委会领取}]
pools: [{key: wheel, title: 转盘, face: wheel, prizes: [{prize: soap, odds: 500000}]}]
certificates:
  - {key: kitchen, title: 厨房安全证书, text: 通过“厨房”一关，特发此证。, grade: of, score: true, who: {best: {level: one, right: 2}}}
  - {key: tried, title: 厨房学习证书, text: 学习了厨房安全。, grade: of, who: {best: {level: one, right: 1}}}
`,
	"certified": `
levels:
  - {key: one, title: 学一学, place: 学校, questions: [{count: 3}], pass: 0}
certificates: [{key: learnt, title: 安全学习证书, text: 学完了全部内容，特发此证。, score: true, who: {finished: 1}}]
`,
	"sudden": `
levels:
  - {key: one, title: 一错就停, place: 学校, questions: [{count: 3}], pass: 3, ends: {wrong: 1}, attempts: {max: 1, per: day}}
earnings:
  - {key: share, for: share, give: {tries: 1}, max: 1, per: day}
`,
	"stair": `
levels:
  - {key: one, title: 台阶, place: 学校, questions: [{count: 3}], pass: 0, steps: {goal: 2, back: 1}}
`,
	"again": `
levels:
  - {key: one, title: 错题再答, place: 农村, questions: [{count: 3}], pass: 3, retry: wrong}
`,
	"later": `
feedback: end
levels:
  - {key: one, title: 答完再看, place: 农村, questions: [{count: 3}], pass: 3, attempts: {max: 0}}
`,
	"places": `
players: {unit: {ask: required, label: 所在地区}}
units: [{code: e, name: 东区}, {code: w, name: 西区}]
levels:
  - {key: one, title: 长卷, place: 农村, questions: [{count: 3}], pass: 3, time: {question: 20m, level: 20m}, attempts: {max: 1, per: contest}}
`,
	"practice": `
levels:
  - {key: one, title: 正式一关, place: 农村, questions: [{count: 3}], pass: 1}
  - {key: two, title: 易错题, place: 农村, practice: true, questions: [{count: 2, list: [q0, q1]}], attempts: {max: 0}}
`,
	"warm": `
training: {opens: 2020-01-01, closes: 2039-01-01}
levels:
  - {key: one, title: 热热身, place: 农村, questions: [{count: 3}], pass: 1}
`,
}

func fairQuestions() (all []question.Question) {
	for n := range 3 {
		all = append(all, question.Question{ID: fmt.Sprint("q", n), Kind: question.Single,
			Stem:    fmt.Sprintf("第%d个问题，哪个对", n+1),
			Options: []string{"对的做法", "错的做法", "不对的做法"}, Right: []int{0}, Difficulty: 1, Explanation: "这样做才安全。"})
	}
	return all
}

func openFair() (err error) {
	if fair.app, fair.address, fair.close, err = openProgram(); err != nil {
		return err
	}
	ctx := context.Background()
	if _, _, err := fair.app.Banks.Import(ctx, staff.CommandLine, "fair", fairQuestions(), ""); err != nil {
		return err
	}
	for slug, rest := range fairContests {
		head := fmt.Sprintf(fairHead, slug)
		if slug == "warm" {
			head = strings.Replace(head, "2020-01-01", "2039-01-01", 1)
		}
		if _, err := fair.app.Catalog.Apply(ctx, slug+".yaml", []byte(head+rest), ""); err != nil {
			return err
		}
	}
	return nil
}

// visit opens a contest of the fair.
func visit(t *testing.T, contest string, width, height int64, elder bool) *phone {
	t.Helper()
	p := newPhone(t, width, height)
	fair.Do(func() { fair.err = openFair() })
	p.must(fair.err)
	p.goTo(fair.address + "/c/" + contest)
	p.see("村里的安全比赛")
	if elder {
		p.tap("大字版")
	}
	return p
}

// choice answers the question on the page and waits for what follows.
func (p *phone) choice(text string) {
	p.t.Helper()
	p.until(`document.querySelector(".stem") && !document.querySelector(".verdict")`)
	p.tapOption(text)
	p.tap("确定")
}

// judged answers and waits for the verdict.
func (p *phone) judged(text string) {
	p.t.Helper()
	p.choice(text)
	p.until(`document.querySelector(".verdict")`)
}

func TestAPlayerGainsByTheRulesAndSeesIt(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("elder=%v", size.elder), func(t *testing.T) {
			name := func(what string) string { return "gains-" + what }
			p := visit(t, "gains", size.width, size.height, size.elder)
			p.see("2039年6月20日")
			p.suits(name("stranger"))
			p.tap("答题能得什么")
			p.see("10积分")
			p.suits(name("what"))
			p.tapOn(`document.querySelector("nav.ways a")`)
			p.see("第1关")
			p.tap("马上开始")
			p.write("#nickname", "李四")
			p.tap("同意并开始")
			p.see("请选一个组别")
			p.suits(name("signin"))
			p.tap("居民")
			p.tap("同意并开始")
			p.judged("对的做法")
			p.tap("下一题")
			p.see("这题答对另加5分")
			p.judged("对的做法")
			p.see("连对2题，另加5分")
			p.suits(name("streak"))
			p.tap("下一题")
			p.judged("对的做法")
			p.tap("看结果")
			p.see("还没有填登记信息")
			p.see("看我的电子证书")
			p.see("厨房安全证书")
			p.suits(name("unregistered"))
			p.tap("去填写")
			p.write("#field-phone", "138")
			p.tap("保存")
			p.until(`document.querySelector("[role=alert]")`)
			p.suits(name("register"))
			p.write("#field-phone", "00001234") // goes on where it stopped
			p.tap("保存")
			p.until(`!document.querySelector(".sheet")`)
			p.tap("再答一次")
			for n := range 3 {
				p.judged("对的做法")
				p.tap([]string{"下一题", "下一题", "看结果"}[n])
			}
			p.see("积分")
			p.see("“厨房”卡")
			p.suits(name("earned"))
			p.tap("回到地图")
			p.see("只由“务工者”组答")
			p.see("签到")
			p.suits(name("home"))
			p.tapOn(`[...document.querySelectorAll(".gain")].find((g) => g.textContent.includes("签到"))`)
			p.see("已签到")
			p.see("11")
			p.tap("集卡")
			p.see("1/3")
			p.suits(name("page"))
			p.until(`document.querySelectorAll(".certificate-row").length === 1`)
			p.see("成绩 35 分")
			// In large type the row is below the fold, and the page may still scroll under the finger.
			for range 3 {
				p.tap("厨房安全证书")
				if open, _ := p.soon(`document.querySelector(".sheet")`); open {
					break
				}
			}
			p.until(`document.querySelector(".certificate img")`)
			p.suits(name("certificate"))
			p.tapOn(`document.querySelector(".sheet-head button")`)
			p.tap("规则")
			p.see("连续答对每满 2 题另加 5 分")
			p.suits(name("rules"))
		})
	}
}

func TestOneWrongAnswerEndsASuddenDeathAndASharedLinkGivesAnotherTry(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("elder=%v", size.elder), func(t *testing.T) {
			p := visit(t, "sudden", size.width, size.height, size.elder)
			p.see("答错或超时1题，这次答题就结束")
			p.tap("马上开始")
			p.write("#nickname", "一错就停")
			p.tap("同意并开始")
			p.see("再答错1题，这次就结束")
			p.judged("错的做法")
			p.see("答错，本局结束")
			p.suits("sudden-verdict")
			p.tap("看结果")
			p.see("这一关还没有通过")
			p.see("分享可以再得一次答题机会")
			p.suits("sudden-result")
			ask[any](p, `navigator.share = undefined, delete Navigator.prototype.share, undefined`)
			p.tap("分享，再答一次")
			p.see("得到了一次机会")
			p.suits("sudden-revived")
			p.tap("再答一次")
			p.judged("对的做法")
			p.tap("下一题")
		})
	}
}

func TestAStairGoesUpAndBack(t *testing.T) {
	p := visit(t, "stair", 360, 740, false)
	p.tap("马上开始")
	p.write("#nickname", "上台阶")
	p.tap("同意并开始")
	p.judged("对的做法")
	p.see("上1级，现在第1级")
	p.tap("下一题")
	p.see("登上1级，到第2级过关")
	p.suits("stair-question")
	p.judged("错的做法")
	p.see("退1级，现在第0级")
	p.suits("stair-back")
	p.tap("下一题")
	p.judged("对的做法")
	p.tap("看结果")
	p.see("还没有登上第2级")
	p.suits("stair-result")
}

func TestOnlyTheWrongQuestionsAreAskedAgain(t *testing.T) {
	p := visit(t, "again", 360, 740, false)
	p.tap("马上开始")
	p.write("#nickname", "错题再答")
	p.tap("同意并开始")
	for n, text := range []string{"对的做法", "错的做法", "对的做法"} {
		p.judged(text)
		p.tap([]string{"下一题", "下一题", "看结果"}[n])
	}
	p.see("还有1题没答对")
	p.suits("again-result")
	p.tap("只答错的题")
	p.see("上次答对的2题保留，这次只答1题")
	p.suits("again-question")
	p.judged("对的做法")
	p.tap("看结果")
	p.see("这一关通过了")
}

func TestWhereAnswersAreShownLaterNothingIsSaidBefore(t *testing.T) {
	p := visit(t, "later", 360, 740, false)
	p.tap("马上开始")
	p.write("#nickname", "答完再看")
	p.tap("同意并开始")
	for n := 1; n <= 3; n++ {
		p.see(fmt.Sprintf("第%d题", n))
		p.choice([]string{"对的做法", "错的做法", "对的做法"}[n-1])
	}
	p.see("还差1题就通过")
	if ask[bool](p, `document.body.innerText.includes("还能答")`) {
		t.Error("a number of tries is told where there is no bound")
	}
}

func TestALevelForPracticeIsMarkedAsOneAndCountsForNothing(t *testing.T) {
	p := visit(t, "practice", 360, 740, false)
	p.see("练习关")
	p.suits("practice-home")
	p.tap("易错题")
	p.write("#nickname", "先练一练")
	p.tap("同意并开始")
	p.see("不计分")
	p.judged("对的做法")
	p.tap("下一题")
	p.judged("对的做法")
	p.tap("看结果")
	p.see("这是练习，不计成绩")
	p.suits("practice-result")
	p.tap("回到地图")
	p.see("总分")
	if passed := ask[string](p, `[...document.querySelectorAll(".me-figure")].map((e) => e.innerText).join()`); !strings.
		Contains(passed, "0/1") {
		t.Errorf("the figures of who practised are %q", passed)
	}
}

func TestTheWarmUpIsMarkedAsOne(t *testing.T) {
	p := visit(t, "warm", 360, 740, false)
	p.see("热身中，不计成绩")
	p.suits("warm-home")
	p.tap("马上开始")
	p.write("#nickname", "热热身")
	p.tap("同意并开始")
	p.see("不计分")
	p.suits("warm-question")
	for n := range 3 {
		p.judged("对的做法")
		p.tap([]string{"下一题", "下一题", "看结果"}[n])
	}
	p.see("这是热身，不计成绩")
	p.tap("回到地图")
	p.see("总分")
}
