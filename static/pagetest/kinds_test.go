package pagetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/app"
	"anquanda/internal/bankfile"
	"anquanda/internal/question"
	"anquanda/internal/staff"
)

// school is the program with two contests that have nothing but the kinds whose
// answers have an order. The county must not have them: the contest made last
// is the one at its door.
var school struct {
	sync.Once
	app     *app.App
	address string
	close   func()
	err     error
}

// schoolContest takes a slug and a number of questions.
const schoolContest = `
contest: %[1]s
title: 安全课堂
organizer: 测试
window: {opens: 2020-01-01, closes: 2040-01-01}
bank: %[1]s
levels:
  - key: one
    title: 第一课
    questions: [{count: 2}]
    time: {question: 90s, review: 30s}
    pass: 2
boards: [{key: total, title: 总榜, subject: player, measure: best}]
`

func orderings() []question.Question {
	return []question.Question{
		{ID: "o1", Kind: question.Ordering, Stem: "干粉灭火器怎样用", Options: []string{"拔掉保险销", "提起灭火器，上下摇动几次", "用力压下压把",
			"站在上风方向，喷嘴对准火焰根部"}, Right: []int{1, 0, 3, 2}, Difficulty: 1, Explanation: "先提起摇匀，再拔销，对准火焰根部，最后压下压把。"},
		{ID: "o2", Kind: question.Ordering, Stem: "家里闻到燃气味，先做什么，后做什么", Options: []string{"到室外打电话报修", "开窗通风", "关闭燃气阀门"},
			Right: []int{2, 1, 0}, Difficulty: 1, Explanation: "先切断气源，再通风，最后到室外打电话。"},
	}
}

func matchings() []question.Question {
	return []question.Question{
		{ID: "m1", Kind: question.Matching, Stem: "遇到下面的情况，各打哪个电话", Options: []string{"家里着火了", "有人受伤，需要救护车", "邻居家的厨房着火，火势很大"},
			Matches: []string{"110", "119", "120", "122"}, Right: []int{1, 2, 1}, Difficulty: 1,
			Explanation: "火警打119，医疗急救打120。"},
		{ID: "m2", Kind: question.Matching, Stem: "安全标志的颜色各是什么意思", Options: []string{"红色", "黄色", "蓝色", "绿色"},
			Matches: []string{"必须遵守规定的指令", "禁止、停止、危险", "提示安全状态和通行", "注意、警告"}, Right: []int{1, 3, 0, 2}, Difficulty: 1,
			Explanation: "红色禁止，黄色警告，蓝色指令，绿色提示。"},
	}
}

// drawn are signs to choose from, and the pictures that they are.
func drawn() *bankfile.Result {
	sign := func(colour string) []byte {
		return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300" width="300" height="300">` +
			`<circle cx="150" cy="150" r="140" fill="` + colour + `"/></svg>`)
	}
	ask := func(id, stem string, right int) question.Question {
		return question.Question{ID: id, Kind: question.Single, Stem: stem, Options: []string{"红色圆形", "黄色圆形", "蓝色圆形"},
			OptionImages: []string{"red.svg", "yellow.svg", "blue.svg"}, Right: []int{right}, Difficulty: 1,
			Explanation: "红色是禁止，蓝色是必须做到。"}
	}
	return &bankfile.Result{Questions: []question.Question{ask("d1", "哪一种颜色表示禁止？", 0), ask("d2", "哪一种颜色表示必须做到？", 2)},
		Images: map[string][]byte{"red.svg": sign("#c8102e"),
			"yellow.svg": sign("#f2c200"), "blue.svg": sign("#0057b8")}}
}

func openSchool() (err error) {
	if school.app, school.address, school.close, err = openProgram(); err != nil {
		return err
	}
	ctx := context.Background()
	signs := drawn()
	if err := school.app.Banks.KeepImages(ctx, signs); err != nil {
		return err
	}
	for slug, questions := range map[string][]question.Question{"orderings": orderings(), "matchings": matchings(),
		"signs": signs.Questions} {
		if _, _, err := school.app.Banks.Import(ctx, staff.CommandLine, slug, questions, ""); err != nil {
			return err
		}
		if _, err := school.app.Catalog.Apply(ctx, slug+".yaml", fmt.Appendf(nil, schoolContest, slug), ""); err != nil {
			return err
		}
	}
	return nil
}

// attend takes a pupil into a contest of the school, to its first question.
func attend(t *testing.T, contest, name string, width, height int64, elder bool) *phone {
	t.Helper()
	p := newPhone(t, width, height)
	school.Do(func() { school.err = openSchool() })
	p.must(school.err)
	p.join(school.address+"/c/"+contest, name, elder)
	return p
}

// join takes a stranger into a contest, in large type or not, to its first question.
func (p *phone) join(address, name string, elder bool) {
	p.t.Helper()
	p.goTo(address)
	if elder {
		p.tap("大字版")
	}
	p.tap("马上开始")
	p.write("#nickname", name)
	p.tap("同意并开始")
	p.until(`document.querySelector(".stem")`)
}

// asked is the question on the page.
func (p *phone) asked(bank []question.Question) question.Question {
	p.t.Helper()
	p.until(`document.querySelector(".stem") && !document.querySelector(".verdict")`)
	text := ask[string](p, `document.querySelector(".stem").textContent`)
	at := slices.IndexFunc(bank, func(q question.Question) bool { return strings.HasSuffix(text, q.Stem) })
	if at < 0 {
		p.t.Fatalf("the page asks %q, which is not in the bank", text)
	}
	return bank[at]
}

func (p *phone) tapOption(text string) {
	p.t.Helper()
	p.tapOn(fmt.Sprintf(`[...document.querySelectorAll(".option")].find((o) => o.querySelector(".option-text").textContent === %q)`, text))
}

// suits fails when the page is wider than the phone, or something is too small for a finger.
func (p *phone) suits(what string) {
	p.t.Helper()
	if ask[bool](p, `document.documentElement.scrollWidth > innerWidth`) {
		p.t.Errorf("%s does not fit the phone's width", what)
	}
	if list := ask[[]string](p, small); len(list) > 0 {
		p.t.Errorf("%s: too small for a finger: %s", what, strings.Join(list, "; "))
	}
	p.keep(fmt.Sprintf("%s-%v", what, ask[int](p, "innerWidth")))
}

const numbers = `[...document.querySelectorAll(".option")].filter((o) => o.getAttribute("aria-pressed") === "true").length`

// refused presses the button below, which must not send what is not whole.
func (p *phone) refused() {
	p.t.Helper()
	p.see("还差")
	p.tapOn(`document.querySelector(".foot .main")`)
	if ask[bool](p, `!document.querySelector(".foot .main[aria-disabled=true]")`) {
		p.t.Error("an answer that is not whole was sent")
	}
}

var sizes = []struct {
	width, height int64
	elder         bool
}{{360, 740, false}, {320, 640, true}}

func TestThingsArePutInOrderByTappingThemOneAfterAnother(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("elder=%v", size.elder), func(t *testing.T) {
			p := attend(t, "orderings", "一步一步", size.width, size.height, size.elder)
			q := p.asked(orderings())
			p.suits("ordering-new")
			first, second := q.Options[q.Right[0]], q.Options[q.Right[1]]
			p.tapOption(first)
			p.tapOption(second)
			p.suits("ordering-half")
			p.refused()
			p.tapOption(first) // taken back: the second moves up
			p.until(numbers + ` === 1 && document.querySelector(".option.on .option-sign").textContent === "第1"`)
			p.tap("重排")
			p.until(numbers + " === 0")
			for _, index := range slices.Backward(q.Right) {
				p.tapOption(q.Options[index])
			}
			p.tap("确定")
			p.until(`document.querySelector(".verdict.wrong")`)
			p.see("1. " + first)
			p.see("2. " + second)
			p.suits("ordering-wrong")
			p.tap("下一题")

			q = p.asked(orderings())
			p.tapInOrder(q)
			p.tap("确定")
			p.until(`document.querySelector(".verdict.right")`)
			p.suits("ordering-right")
			p.tap("看结果")

			p.tap("看看错题")
			p.tap("从头练一遍")
			p.tapInOrder(p.asked(orderings()))
			p.tap("看答案")
			p.until(`document.querySelector(".verdict.right")`)
		})
	}
}

func TestOptionsShowTheirPicturesAndAreChosenByThem(t *testing.T) {
	p := attend(t, "signs", "看图的人", 360, 740, false)
	q := p.asked(drawn().Questions)
	const pictures = `[...document.querySelectorAll(".option img")]`
	p.until(pictures + `.filter((i) => i.complete && i.naturalWidth > 0).length === 3`)
	wide := ask[int](p, "Math.max(..."+pictures+".map((i) => i.getBoundingClientRect().width))")
	if wide < 60 || wide > 320 {
		p.t.Errorf("a picture of an option is %d wide", wide)
	}
	p.suits("option-pictures")
	p.tapOn(fmt.Sprintf(pictures+`.find((i) => i.closest(".option").textContent.includes(%q))`,
		q.Options[q.Right[0]]))
	p.tap("确定")
	p.until(`document.querySelector(".verdict.right")`)
	p.suits("option-pictures-right")
}

func (p *phone) tapInOrder(q question.Question) {
	p.t.Helper()
	for _, index := range q.Right {
		p.tapOption(q.Options[index])
	}
}

func TestThingsAreMatchedOneByOne(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("elder=%v", size.elder), func(t *testing.T) {
			p := attend(t, "matchings", "一对一对", size.width, size.height, size.elder)
			q := p.asked(matchings())
			p.suits("matching-new")
			p.tapOption(q.Matches[0])
			p.until(`document.activeElement === document.querySelectorAll(".pair-head")[1]`) // the focus goes on with the eye
			p.suits("matching-half")
			p.refused()
			for range len(q.Options) - 1 {
				p.tapOption(q.Matches[0])
			}
			p.until(`!document.querySelector(".pair-list")`)
			p.suits("matching-whole")
			p.tap("确定")
			p.until(`document.querySelector(".verdict.wrong")`)
			for i, left := range q.Options {
				p.see(left + "：" + q.Matches[q.Right[i]])
			}
			p.suits("matching-wrong")
			p.tap("下一题")

			q = p.asked(matchings())
			p.tapMatches(q)
			p.tapOn(`document.querySelectorAll(".pair-head")[1]`) // looked at again, and changed to the same
			p.tapOption(q.Matches[q.Right[1]])
			p.tap("确定")
			p.until(`document.querySelector(".verdict.right")`)
			p.suits("matching-right")
			p.tap("看结果")

			p.tap("看看错题")
			p.tap("从头练一遍")
			p.tapMatches(p.asked(matchings()))
			p.tap("看答案")
			p.until(`document.querySelector(".verdict.right")`)
		})
	}
}

func (p *phone) tapMatches(q question.Question) {
	p.t.Helper()
	for _, index := range q.Right {
		p.tapOption(q.Matches[index])
	}
}

func TestAnUnfinishedOrderCountsAsNoAnswerWhenTheTimeIsUp(t *testing.T) {
	p := attend(t, "orderings", "来不及了", 360, 740, false)
	// The second tap of a double tap must not take the first one back.
	ask[any](p, `document.querySelector(".option").click(), document.querySelector(".option").click()`)
	p.until(numbers + " === 1")
	ask[any](p, `{ const now = Date.now.bind(Date), from = now(); Date.now = () => now() + 89000; undefined }`)
	p.see("时间到了，这题没有作答")
	p.until(`document.querySelector(".verdict.wrong")`)
	p.suits("ordering-none")
}

func TestAPlayerSeesWhatIsKeptAndDeletesIt(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("elder=%v", size.elder), func(t *testing.T) {
			p := attend(t, "matchings", "不留名字", size.width, size.height, size.elder)
			p.tapOn(`document.querySelector(".play-bar button")`)
			p.tap("先离开")
			p.tap("规则")
			p.tap("删除我的信息")
			p.see("不留名字")
			p.see("1次")
			ask[any](p, `document.querySelector(".danger").scrollIntoView()`)
			p.suits("held")
			p.tap("删除我的信息")
			p.see("删除后不能恢复")
			p.suits("forget")
			p.tap("不删")
			p.see("删除我的信息")
			p.online(false)
			p.tap("删除我的信息")
			p.tap("确定删除")
			p.see("网络不通")
			p.online(true)
			p.tap("确定删除")
			p.see("马上开始")
			p.see("您的信息已经删除")
			p.keep(fmt.Sprintf("forgotten-%d", size.width))
			p.until(`Object.keys(localStorage).every((k) => k === "aqd.elder")`)
			p.reload()
			p.see("马上开始")
			if ask[bool](p, `document.body.innerText.includes("不留名字")`) {
				t.Error("the name is still there")
			}
		})
	}
}
