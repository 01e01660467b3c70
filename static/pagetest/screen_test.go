package pagetest

import (
	"fmt"
	"testing"
)

// connectedScreen opens the big screen of a contest on the hall's computer and the remote
// control of it, and connects the two.
func (d *desk) connectedScreen(contest string) (wall, remote *phone) {
	d.t.Helper()
	wall = newPhone(d.t, 1920, 1080)
	wall.visit(d.url + "/screen/" + contest)
	wall.see("扫码答题")
	remote = d.at(1280, 800, "wang")
	remote.visit(d.url + "/console#/c/" + contest + "/screen")
	remote.see("连接的大屏")
	remote.tap("连接一块大屏")
	wall.until(`document.querySelector(".pairing b")`)
	wall.fits("screen-code")
	code := ask[string](wall, `document.querySelector(".pairing b").textContent`)
	remote.rewrite("[name=code]", code)
	remote.fits("screen-pair")
	remote.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	remote.see("大屏已经连接")
	wall.until(`!document.querySelector(".pairing")`)
	return wall, remote
}

func TestTheScreenFollowsTheRemoteControlAndBearsNoControls(t *testing.T) {
	h := openHall(t)
	wall, remote := h.connectedScreen("workmonth")
	remote.fits("screen-remote")
	for _, view := range []struct{ press, css string }{
		{"二维码", ".code-alone"}, {"奖品", ".prize-wall"}, {"排行榜", ".rows.of-8"}, {"大字排行榜", ".rows.of-5"},
	} {
		remote.press(view.press)
		wall.until(fmt.Sprintf(`document.querySelector(%q)`, view.css))
		wall.keep("screen" + view.css)
		if ask[int](wall, `document.querySelectorAll("button, a, input, select").length`) > 0 {
			t.Errorf("%s: the hall sees controls", view.press)
		}
	}
	wall.reload()
	wall.until(`document.querySelector(".rows.of-5")`)
	remote.narrow("screen-remote-narrow", "连接的大屏")
}

// press has the screens show a view.
func (p *phone) press(view string) {
	p.t.Helper()
	p.tapOn(fmt.Sprintf(`[...document.querySelectorAll(".screen-view b")].find((b) => b.textContent === %q)`, view))
}
