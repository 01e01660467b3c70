package pagetest

import (
	"testing"

	"anquanda/internal/staff"
)

func TestTheSignInFitsAPhoneAndSaysWhatIsWrong(t *testing.T) {
	d := openDesk(t)
	p := newPhone(t, 360, 740)
	p.visit(d.url + "/console")
	p.see("工作人员登录")
	p.fits("signin-phone")
	p.rewrite(".signin [name=login]", "wang")
	p.rewrite(".signin [name=password]", "not-the-password")
	p.tap("登录")
	p.see("登录名或密码不对")
	p.signInAs("wang")
	p.see("王主任")
	p.see("服务状态")
	for _, name := range []string{"题库", "导入", "题目反馈", "工作人员", "操作日志", "我的账号"} {
		p.tap(name)
		p.until(`document.querySelector(".side [aria-current]").innerText === "` + name + `"`)
		p.until(`!document.querySelector(".loading")`)
		p.fits("phone-" + name)
	}
	p.tap("导入")
	p.drop("社区题目.csv", bad)
	p.see("答案不在选项之中")
	p.fits("phone-draft")
	p.tapOn(`document.querySelector(".draft-row.rejected .btn")`)
	p.see("改第 2 道")
	p.fits("phone-mend")
	p.tapOn(`document.querySelector(".dialog .round")`)
	p.tap("导入通过的题目")
	p.see("这一版的说明")
	p.fits("phone-plan")
	for name, page := range map[string]string{"coverage": "banks/safety?tab=coverage",
		"versions": "banks/safety?tab=versions", "question": "banks/safety/questions/fire-001"} {
		p.visit(d.url + "/console#/" + page)
		p.see("安全知识题库")
		p.until(`!document.querySelector(".loading")`)
		p.fits("phone-" + name)
	}
	p.tap("退出登录")
	p.see("工作人员登录")
}

func TestTheOwnerAddsStaffAndARoleSeesItsOwnPagesAlone(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("工作人员")
	p.see("群机器人")
	p.see("还没有设置。请运维人员")
	p.tap("添加工作人员")
	p.rewrite("[name=name]", "李组织")
	p.rewrite("[name=new-login]", "li")
	p.rewrite("[name=new-password]", "short")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.until(`document.querySelector(".dialog .field-wrong")`)
	p.fits("staff-add")
	p.rewrite("[name=new-password]", password)
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("已添加 李组织")
	p.fits("staff")

	// The last owner cannot shut everybody out.
	p.tapOn(`document.querySelector("tbody tr .link:last-child")`)
	p.tapOn(`document.querySelector(".dialog .btn.danger")`)
	p.see("至少要保留一位")
	p.tap("先不")

	d.staff("zhao", "赵看看", staff.Viewer)
	viewer := d.at(1280, 800, "zhao")
	viewer.see("查看者")
	if got := ask[string](viewer,
		`[...document.querySelectorAll(".side a")].map((a) => a.innerText).join()`); got != "概况,单位,渠道,打卡点,奖池,活动,题库,题目反馈,我的账号" {
		t.Errorf("a viewer is led to %s", got)
	}
	viewer.visit(d.url + "/console#/staff")
	viewer.see("没有这一页，或您的角色不能看")
}

func TestASessionThatEndsInTheMiddleLosesNoText(t *testing.T) {
	d := openDesk(t)
	li := d.staff("li", "李组织", staff.Organizer)
	p := d.at(1280, 800, "li")
	p.visit(d.url + "/console#/banks/safety/questions/fire-001")
	p.until(`document.querySelector("[name=explanation]")`)
	p.rewrite("[name=explanation]", "写到一半的解析")
	p.rewrite("[name=reason]", "补充说明")
	if err := d.app.Staff.Revoke(t.Context(), staff.CommandLine, li.ID); err != nil {
		t.Fatal(err)
	}
	p.tap("看看会影响谁")
	p.see("请重新登录")
	p.see("您写好的内容还在")
	p.fits("signed-out")
	p.rewrite(".signin [name=password]", password)
	p.tap("登录")
	p.see("没有人的成绩会改变") // the call that found the session gone was sent again
	p.until(`document.querySelector("[name=explanation]").value === "写到一半的解析" && document.querySelector("[name=reason]").value === "补充说明"`)
	p.tapOn(`[...document.querySelectorAll("button")].find((b) => b.innerText === "确认更正")`)
	p.tapOn(`document.querySelector(".dialog .btn.danger")`)
	p.see("已更正")
}
