package pagetest

import "testing"

func TestAnOrganizerReadsTheDraftOfTheSummaryAndTakesTheFilesAlong(t *testing.T) {
	d := openDesk(t)
	for _, name := range []string{"参加的人", "也参加的人"} {
		if _, err := d.player(name).Play("home", 7); err != nil {
			t.Fatal(err)
		}
	}
	p := d.at(1280, 800, "wang")
	p.tap("总结")
	p.see("共有2人参与、答题2次")
	p.see("活动还没有结束")
	p.until(`document.querySelector(".cl-blank").textContent.startsWith("【请补充")`)
	ask[any](p, `{
		fetch(document.querySelector(".cl-acts a").href).then((r) => r.text()).then((t) => { window.pack = t; });
		undefined
	}`)
	p.until(`window.pack.startsWith("PK")`)
	p.fits("closing")
	p.narrow("closing-narrow", "二、活动开展情况")
}
