package pagetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestAUnitFillsInWhatHappenedOffLineAndTheConsoleShowsWhoIsMissing(t *testing.T) {
	d := openDesk(t)
	if _, err := d.app.Catalog.Apply(t.Context(), "course.yaml", []byte(course), "测试"); err != nil {
		t.Fatal(err)
	}
	p := d.at(1280, 800, "wang")
	p.pick("course")
	p.tap("线下填报")
	p.see("请各单位填什么")
	p.fits("entries-plan")
	p.tap("保存")
	p.tap("显示各单位的链接")
	p.see("换链接")
	// What is copied is the only place where the link stands.
	ask[any](p, `Object.defineProperty(navigator, "clipboard", {value: {writeText: async (t) => { window.copied = t; }}})`)
	p.tap("复制没报单位的提醒")
	p.until(`window.copied && window.copied.includes("/fill#")`)
	text := ask[string](p, `window.copied`)
	if strings.Count(text, "/fill#") != 3 || !strings.Contains(text, "青禾镇：请在") {
		t.Fatalf("the reminders are %s", text)
	}
	_, token, _ := strings.Cut(text, "/fill#")
	token, _, _ = strings.Cut(token, " ")

	u := newPhone(t, 360, 740)
	u.visit(d.url + "/fill#" + token)
	u.see("青禾镇")
	for i, title := range []string{"宣讲和大讲堂", "宣讲参加人次", "应急演练", "演练参加人次", "发放宣传资料"} {
		u.rewrite(fmt.Sprintf("[name='%s']", title), fmt.Sprint(i*7))
	}
	u.tap("上报")
	u.see("“媒体报道”还没有填")
	u.reload() // what was typed stays
	u.until(`document.querySelector("[name='发放宣传资料']").value === "28"`)
	u.rewrite("[name='媒体报道']", "２") // as input methods type it
	ask[any](u, `(() => {
		const sheet = document.createElement("canvas");
		[sheet.width, sheet.height] = [3000, 1500];
		const pen = sheet.getContext("2d");
		pen.fillStyle = "green";
		pen.fillRect(0, 0, 3000, 1500);
		sheet.toBlob((blob) => {
			const carried = new DataTransfer();
			carried.items.add(new File([blob], "现场.png", {type: "image/png"}));
			const input = document.querySelector("input[type=file]");
			input.files = carried.files;
			input.dispatchEvent(new Event("change", {bubbles: true}));
		});
	})()`)
	u.until(`document.querySelector(".shot img") && document.querySelector(".shot img").naturalWidth === 2000`)
	u.rewrite("[name=text0]", "<b>应急演练</b>现场")
	u.rewrite("[name=at0]", "镇政府广场")
	u.tap("上报")
	u.see("“宣讲参加人次”是 7，而“宣讲和大讲堂”是 0")
	u.keep("fill-odd")
	if low := ask[float64](u, `document.querySelector(".fill .acts .main").getBoundingClientRect().height`); low < 47.9 {
		t.Errorf("the button is %.0f px high", low)
	}
	u.tap("没有错，就这样报")
	u.see("报上了，谢谢")
	ask[any](u, `scrollTo(0, 0)`)
	u.see("第 1 次上报")
	if over := ask[int](u, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
		t.Errorf("%d px too wide", over)
	}
	u.keep("fill")
	u.do(chromedp.EmulateViewport(1280, 800))
	u.keep("fill-wide")

	p.reload()
	p.see("已报")
	p.tap("看内容和 1 张图片")
	p.until(`document.querySelector(".en-shots img").naturalWidth === 2000`)
	p.see("<b>应急演练</b>现场")
	p.tapOn(`document.querySelector("[name^=chosen-]")`)
	p.until(`document.querySelector("[name^=chosen-]").checked`)
	p.fits("entries-unit")
	p.tapOn(`document.querySelector(".dialog-head button")`)
	p.tap("现在留一份")
	p.see("留存的数")
	p.until(`document.querySelector(".dialog") && document.querySelector(".dialog").innerText.includes("发放宣传资料")`)
	p.fits("entries-kept")
	p.tapOn(`document.querySelector(".dialog-head button")`)
	p.fits("entries")
	p.narrow("entries-narrow", "各期")
}
