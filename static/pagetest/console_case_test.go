package pagetest

import (
	"fmt"
	"slices"
	"testing"

	"anquanda/internal/bank"
)

func TestAMaterialGetsAPictureInTheConsoleAndItsQuestionsShareIt(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("题库")
	p.tap("写题目")
	p.tap("加一段材料")
	p.rewrite("[name=material-title]", "某厂“6·3”火灾")
	p.rewrite("[name=material]", "某厂仓库起火，门锁着。")
	ask[any](p, `new Promise((done) => {
		const drawn = document.createElement("canvas");
		drawn.width = drawn.height = 40;
		drawn.getContext("2d").fillRect(0, 0, 20, 20);
		drawn.toBlob((blob) => {
			const field = document.querySelector("[name=material-picture]"), files = new DataTransfer();
			files.items.add(new File([blob], "仓库.png", { type: "image/png" }));
			field.files = files.files;
			field.dispatchEvent(new Event("change", { bubbles: true }));
			done(null);
		});
	}), undefined`)
	p.until(`document.querySelector(".picture-cell img")`)
	p.rewrite("[name=material-picture-alt]", "仓库的门")
	write := func(stem string) {
		p.rewrite("[name=stem]", stem)
		for i, text := range []string{"甲", "乙", "丙", "丁"} {
			p.rewrite(fmt.Sprintf("[name=option%d]", i), text)
		}
		p.tapOn(`document.querySelector("button.letter")`)
		p.until(`document.querySelector(".mend-view .q-material img, .mend-view img")`)
		p.fits("case-write")
		p.tap("保存，再写一道")
	}
	write("这家厂错在哪里？")
	p.see("已经写了 1 道")
	write("应当先做什么？") // the material and its picture stay for the next question of the case
	p.see("放进题库（2 道）")
	p.narrow("case-write-narrow", "已经写了 2 道")
	p.tap("写完了，放进题库")
	p.set("[name=bank]", "+")
	p.rewrite("[name=fresh]", "案例题库")
	p.tap("看看会改什么")
	p.see("新增 2")
	p.tap("确认导入")
	p.see("题库“案例题库”现在是第 1 版")
	banks, err := d.app.Banks.List(t.Context())
	at := slices.IndexFunc(banks, func(of bank.Info) bool { return of.Title == "案例题库" })
	if err != nil || at < 0 {
		t.Fatalf("the banks are %+v, %v", banks, err)
	}
	questions, err := d.app.Banks.Stored(t.Context(), banks[at].Name, 1)
	if err != nil || len(questions) != 2 {
		t.Fatalf("the bank holds %+v, %v", questions, err)
	}
	a, b := questions[0].Material, questions[1].Material
	if a == nil || b == nil || *a != *b || a.Image == "" || a.ImageAlt != "仓库的门" {
		t.Errorf("the materials are %+v and %+v", a, b)
	}
	if _, err := d.app.Banks.Image(t.Context(), a.Image); err != nil {
		t.Error(err)
	}
}
