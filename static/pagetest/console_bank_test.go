package pagetest

import (
	"fmt"
	"slices"
	"testing"

	"anquanda/internal/app"
	"anquanda/internal/bank"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// missed is a question that a player had wrong, and the option they took for right.
func (d *desk) missed(player *testkit.Player) (q question.Question, taken int) {
	d.t.Helper()
	step, err := player.Start("home")
	if err != nil {
		d.t.Fatal(err)
	}
	for step.Result == nil {
		asked := step.Question
		right := q.ID != "" || asked.Kind != "single"
		answer := player.Answer(asked, right)
		if !right {
			q = d.byStem(asked.Stem)
			for _, option := range asked.Options {
				if option.ID == answer.Options[0] {
					taken = slices.Index(q.Options, option.Text)
				}
			}
		}
		if step, err = player.Send(step.Ticket, answer); err != nil {
			d.t.Fatal(err)
		}
	}
	return q, taken
}

func (d *desk) byStem(stem string) question.Question {
	d.t.Helper()
	version, err := d.app.Banks.Current(d.t.Context(), "safety")
	if err != nil {
		d.t.Fatal(err)
	}
	stored, err := d.app.Banks.Load(d.t.Context(), "safety", version)
	if err != nil {
		d.t.Fatal(err)
	}
	at := slices.IndexFunc(stored.Questions, func(q question.Question) bool { return q.Stem == stem })
	if at < 0 {
		d.t.Fatalf("%q is not in the bank", stem)
	}
	return stored.Questions[at]
}

// report keeps what a player says about a question, without the phone.
func (d *desk) report(player int, questionID, reason, note string) {
	d.t.Helper()
	ids, err := sqldb.NewIDs(d.t.Context(), d.app.DB)
	if err != nil {
		d.t.Fatal(err)
	}
	c, err := d.app.Catalog.Current("current")
	if err != nil {
		d.t.Fatal(err)
	}
	err = d.app.Banks.Report(d.t.Context(), ids, bank.Report{ContestID: c.ContestID, PlayerID: sqldb.ID(player),
		Bank: "safety", QuestionID: questionID, Reason: reason, Note: note})
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestAReportedQuestionIsCorrectedAndAnotherVoided(t *testing.T) {
	d := openDesk(t)
	q, taken := d.missed(d.player("答错一题"))
	d.report(1, q.ID, "answer", "书上写的是另一个答案")
	d.report(2, q.ID, "answer", "")
	p := d.at(1280, 800, "wang")
	p.tap("题目反馈")
	p.see("2 人")
	p.see("书上写的是另一个答案")
	p.fits("reports")
	p.tapOn(`document.querySelector(".report .btn")`)
	p.see("还没有改动")
	p.tapOn(fmt.Sprintf(`document.querySelectorAll(".panel button.letter")[%d]`, taken))
	p.tap("看看会影响谁")
	p.see("变为")
	p.see("90分")
	p.see("100分")
	p.rewrite("[name=reason]", "标准答案标错了")
	p.tapOn(`[...document.querySelectorAll("button")].find((b) => b.innerText === "确认更正")`)
	p.fits("correct")
	p.tapOn(`document.querySelector(".dialog .btn.danger")`)
	p.see("已更正")
	p.tap("看版本（可以撤销）")
	p.see("标准答案标错了")
	p.tap("看改了什么")
	p.until(`document.querySelector("del") && document.querySelector("ins")`)
	p.fits("changed")

	// The same question again, taken out: it counts as right, and nobody is asked it any more.
	p.tap("题目反馈")
	p.tap("作废")
	p.tap("看看会影响谁")
	p.see("会影响谁")
	p.rewrite("[name=reason]", "题目过时")
	p.tapOn(`[...document.querySelectorAll("button")].find((b) => b.innerText === "确认作废")`)
	p.tapOn(`document.querySelector(".dialog .btn.danger")`)
	p.see("已作废")
	p.tap("去题目反馈")
	p.see("已经不在题库里")
	p.tap("关闭反馈")
	p.tapOn(`[...document.querySelectorAll(".dialog .btn")].find((b) => b.innerText === "关闭")`)
	p.see("没有待处理的反馈")
	p.tap("操作日志")
	p.see("作废题目")
	p.see("题目过时")
	p.rewrite("[name=q]", "标准答案")
	p.until(`document.querySelectorAll(".log tbody tr").length === 1`)
	p.fits("audit")
}

func TestQuestionsAreFoundAndMissingOnesStandOut(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("题库")
	p.see("安全知识题库")
	p.fits("banks")
	p.tap("打开")
	questions, err := app.ShippedQuestions()
	if err != nil {
		t.Fatal(err)
	}
	p.see(fmt.Sprintf("共 %d 道", len(questions)))
	p.tap("下一页")
	p.see("第 21–40 道")
	p.rewrite("[name=q]", "灭火器")
	p.see("找到 ")
	p.set("[name=kind]", "truefalse")
	p.until(`document.querySelectorAll(".q-card").length > 0 && [...document.querySelectorAll(".q-card")].every((c) => c.innerText.includes("判断题") && c.innerText.includes("灭火器"))`)
	p.fits("search")
	p.tap("参赛者看到的样子")
	p.tap("不答，直接看答案")
	p.see("依据：")
	p.fits("player-view")
	p.tapOn(`document.querySelector(".dialog .round")`)
	p.tap("覆盖")
	p.until(`document.querySelector(".cell.none")`)
	p.fits("coverage")
	p.tap("该复核的")
	p.see("两年内都核对过")
	ask[any](p, `(() => { const e = document.querySelector("[name=on]"); e.value = "2029-01-01";
		e.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	p.see("依据已被代替或废止")
	p.see("两年没有核对")
	p.see("已从 2027-02-01 起由《GB/T 13869-2026 用电安全导则》代替")
	p.fits("ageing")
	p.tap("覆盖")
	number := `document.querySelector(".cell.heat3 a")`
	p.until(number)
	want := ask[string](p, number+".innerText")
	p.tapOn(number)
	p.see("找到 " + want + " 道")
	p.tap("下载")
	p.set("[name=format]", "json")
	p.see("全部内容都能存下")
	p.set("[name=format]", "aiken")
	p.see("Aiken 只有单选题")
	p.fits("download")
	ask[any](p, `fetch(document.querySelector(".dialog-foot a").href).then((r) => { window.sent = r.headers.get("Content-Disposition"); }), undefined`)
	p.until("window.sent")
	if got := ask[string](p, "window.sent"); got != "attachment; filename=safety-aiken.txt" {
		t.Errorf("the file comes as %q", got)
	}
}

func TestManyQuestionsAreSetAtOnceAfterTheirNumberIsTold(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("题库")
	p.tap("打开")
	p.see("共 ")
	p.rewrite("[name=q]", "灭火器")
	p.see("给找到的")
	p.tapOn(`document.querySelector(".picked-bar .btn")`)
	p.tapOn(`[...document.querySelectorAll(".dialog .check")].find((c) => c.innerText === "农村")`)
	p.tapOn(`[...document.querySelectorAll(".dialog .check")].find((c) => c.innerText.includes("再加上"))`)
	p.set("[name=mark-difficulty]", "2")
	p.fits("mark")
	p.tap("看看会改几道")
	p.see("可以在“版本和差异”里撤销")
	p.tapOn(`[...document.querySelectorAll(".dialog-foot .btn")].find((b) => b.innerText.startsWith("设置 "))`)
	p.see("题库现在是第 2 版")
	for _, set := range []string{"农村", "2 较易"} {
		p.until(`[...document.querySelectorAll(".q-card")].every((c) => c.innerText.includes("` + set + `"))`)
	}
	p.tapOn(`document.querySelector(".q-foot [name=picked]")`)
	p.see("选了 1 道")
	p.tap("按编号选")
	p.rewrite("[name=ids]", "x-1\nx-2")
	p.tap("选 2 道")
	p.see("选了 3 道")
	p.fits("picked")
	p.tap("改名")
	p.rewrite("[name=title]", "青山县题库")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.until(`document.querySelector("h1").innerText.includes("青山县题库")`)
}

func TestANewBankLeadsOnToAContestThatFitsIt(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("导入")
	sheet := "题型,题干,选项A,选项B,选项C,答案\n"
	for i := range 30 {
		sheet += fmt.Sprintf("单选题,第 %d 件安全小事该怎么做？,先做甲%d,先做乙%d,先做丙%d,A\n", i, i, i, i)
	}
	p.drop("三十题.csv", sheet)
	p.see("全部 30 道通过")
	p.tap("导入题库")
	p.set("[name=bank]", "+")
	p.rewrite("[name=fresh]", "青山县题库")
	p.tap("看看会改什么")
	p.tap("确认导入")
	p.tap("看题库")
	p.see("这些题都没有写适用对象")
	p.fits("bank-without-audience")
	ask[any](p, `location.hash = "#/contests?bank=bank-2", undefined`)
	p.until(`(document.querySelector(".dialog [name=bank]") || {}).value === "bank-2"`)
	p.set("[name=source]", "example:workmonth")
	p.rewrite("[name=title]", "青山县安全知识竞赛")
	p.fits("begin")
	p.tap("开始编辑")
	p.see("不再分")
	p.until(`document.querySelector(".guide .done [data-step=check]")`)
	p.tapOn(`[...document.querySelectorAll(".tabs button")].find((b) => b.innerText.startsWith("检查"))`)
	p.see("没有写错的地方")
}

func TestQuestionsAreWrittenByHandAndPutIntoABank(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("题库")
	p.tap("写题目")
	p.see("参赛者看到的样子")
	p.tap("保存，再写一道")
	p.see("还有地方要填")
	p.rewrite("[name=stem]", "油锅起火时先做什么？")
	for i, text := range []string{"盖上锅盖", "浇水", "端锅跑", "打开窗户"} {
		p.rewrite(fmt.Sprintf("[name=option%d]", i), text)
	}
	p.tapOn(`document.querySelector("button.letter")`)
	p.fits("write")
	p.tap("保存，再写一道")
	p.see("已经写了 1 道")
	p.set("[name=kind]", "truefalse")
	p.rewrite("[name=stem]", "湿手可以碰插座。")
	p.tapOn(`[...document.querySelectorAll(".mend-form .check")].find((c) => c.innerText === "错误")`)
	p.tap("保存，再写一道")
	p.see("已经写了 2 道")
	p.set("[name=kind]", "fill")
	p.rewrite("[name=stem]", "火警电话是____。")
	p.rewrite("[name=blank0]", "119")
	p.tap("保存，再写一道")
	p.see("放进题库（3 道）")
	p.tapOn(`[...document.querySelectorAll(".draft-row .btn")].find((b) => b.innerText === "改")`)
	p.until(`document.querySelector("[name=stem]").value === "油锅起火时先做什么？"`)
	p.rewrite("[name=stem]", "家里油锅起火时先做什么？")
	p.tap("保存并检查")
	p.until(`document.querySelector(".draft-row").innerText.includes("家里油锅")`)
	p.narrow("write-narrow", "已经写了 3 道")
	p.tap("写完了，放进题库")
	p.set("[name=bank]", "+")
	p.rewrite("[name=fresh]", "手写题库")
	p.tap("看看会改什么")
	p.see("新增 3")
	p.tap("确认导入")
	p.see("题库“手写题库”现在是第 1 版")
}
