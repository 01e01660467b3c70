package pagetest

import (
	"fmt"
	"slices"
	"testing"

	"anquanda/internal/question"
	"anquanda/internal/sqldb"
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

// On a wall 3 m wide, 1920 px, a pixel is 1.56 mm. A name of 10 cm is 64 px; of a code, a
// phone eight metres away needs modules of 2 cm, 13 px.
func TestTheFarViewsAreReadFromTheLastRowAndGrowWithTheScreen(t *testing.T) {
	d := openDesk(t)
	d.onBoards("青禾小李")
	for _, size := range [][2]int64{{1920, 1080}, {3840, 2160}} {
		times := float64(size[0]) / 1920
		wall := newPhone(t, size[0], size[1])
		wall.visit(d.url + "/screen/workmonth#far")
		wall.see("青禾小李")
		wall.keep(fmt.Sprintf("screen-far-%d", size[0]))
		px := ask[float64](wall, `parseFloat(getComputedStyle(document.querySelector(".rows.of-5 .big-name b")).fontSize)`)
		if px < 64*times {
			t.Errorf("at %v names are %.0f px high", size, px)
		}
		wall.goTo(d.url + "/screen/workmonth#code")
		wall.until(`document.querySelector(".code-alone img") && document.querySelector(".code-alone img").naturalWidth > 0`)
		wall.keep(fmt.Sprintf("screen-code-%d", size[0]))
		side := ask[float64](wall, `document.querySelector(".code-alone img").getBoundingClientRect().width`)
		ask[any](wall, `void fetch(document.querySelector(".code-alone img").src).then((r) => r.text()).then((svg) => {
			window.modules = Number(/viewBox="0 0 (\d+)/.exec(svg)[1]);
		})`)
		wall.until(`window.modules > 0`)
		if px := side / ask[float64](wall, `window.modules`); px < 13*times {
			t.Errorf("at %v a module of the code is %.1f px", size, px)
		}
		for _, view := range []string{"board", "far", "code", "pledge", "prizes"} {
			wall.goTo(d.url + "/screen/workmonth#" + view)
			wall.until(fmt.Sprintf(`document.querySelector(".view-%s")`, view))
			over := ask[bool](wall, `(({scrollHeight, scrollWidth}) => scrollHeight > innerHeight || scrollWidth > innerWidth)(
				document.documentElement)`)
			if over {
				t.Errorf("%s does not fit %v", view, size)
			}
		}
	}
}

func TestTheHallSeesWhoClimbsAndWhoJoins(t *testing.T) {
	d := openDesk(t)
	for i := range 2 {
		if _, err := d.player(fmt.Sprintf("先来的人%d", i)).Play("home", 3); err != nil {
			t.Fatal(err)
		}
	}
	wall := newPhone(t, 1920, 1080)
	wall.visit(d.url + "/screen/workmonth#board")
	wall.see("先来的人1")
	ask[any](wall, `void new MutationObserver(() => {
		const up = document.querySelector(".climbing .big-up"), more = document.querySelector(".counts [data-more]");
		if (up) window.up = up.closest(".climbing").textContent;
		if (more) window.more = more.dataset.more;
	}).observe(document.body, {childList: true, subtree: true, attributes: true})`)
	if _, err := d.player("后来居上").Play("home", 9); err != nil {
		t.Fatal(err)
	}
	wall.until(`(window.up || "").includes("后来居上") && window.up.includes("▲2")`)
	wall.until(`(window.more || "").startsWith("+")`)
	wall.keep("screen-climb")
}

func TestTheQuestionOfTheHourIsForConnectedScreensAlone(t *testing.T) {
	d := openDesk(t)
	in, err := d.app.Catalog.Current("workmonth")
	if err != nil {
		t.Fatal(err)
	}
	asked := in.Bank.Questions[slices.IndexFunc(in.Bank.Questions, func(q question.Question) bool {
		return q.Kind == question.Single && q.Image == "" // what a wall can show
	})]
	for player := range 30 {
		d.app.Halls.Heard(in.ContestID, sqldb.ID(player+1), in.Bank.Name, asked.ID, player%3 == 0)
	}
	if err := d.app.Halls.StoreHeard(t.Context()); err != nil {
		t.Fatal(err)
	}
	wall, remote := d.connectedScreen("workmonth")
	stranger := newPhone(t, 1280, 800)
	stranger.visit(d.url + "/screen/workmonth")
	remote.press("易错题")
	wall.see("30 人次作答，67% 答错")
	wall.until(fmt.Sprintf(`document.querySelector(".missed-stem").textContent === %q`, asked.Stem))
	wall.keep("screen-missed")
	stranger.see("还没有足够多的人作答")
}
