package pagetest

import (
	"encoding/base64"
	"strconv"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// drawMany lets somebody draw so many times from a pool of the lottery.
func (d *desk) drawMany(pool string, many int) {
	t := d.t
	t.Helper()
	in, err := d.app.Catalog.Apply(t.Context(), "lottery.yaml", []byte(lotteryContest), "")
	if err != nil {
		t.Fatal(err)
	}
	e, err := d.app.Players.Enrol(t.Context(), in.ContestID, 0, "常来的人", sqldb.ID(0))
	if err != nil {
		t.Fatal(err)
	}
	var gives []contest.Grant
	for i := range many {
		gives = append(gives, contest.Grant{Kind: contest.GrantChance, Source: sqldb.ID(i).String(), Rule: "signed",
			Amount: 1, At: 1})
	}
	if _, err := d.app.Play.Give(t.Context(), in, e.PlayerID, contest.Deed{Kind: contest.DeedCheckin, Ref: pool, At: 1},
		gives); err != nil {
		t.Fatal(err)
	}
	chances, _, err := d.app.Instant.Chances(t.Context(), in.ContestID, e.PlayerID, many)
	if err != nil {
		t.Fatal(err)
	}
	for _, chance := range chances {
		if _, err := d.app.Instant.Draw(t.Context(), in, e.PlayerID, pool, chance.ID); err != nil {
			t.Fatal(err)
		}
	}
}

func TestStaffSeeHowThePoolsStandAndBringCodes(t *testing.T) {
	d := openDesk(t)
	d.drawMany("unlucky", 300)
	d.staff("gifts", "奖品小李", staff.Prizes)
	p := d.at(1280, 800, "gifts")
	p.pick("lottery")
	p.tap("奖池")
	p.see("幸运转盘")
	p.see("正常波动")
	p.see("98%")
	p.fits("pools")
	p.tap("导入兑换码")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("请先选择文件")
	p.chooseFile("[name=codes]", "codes.csv", "兑换码\nA1\nA\u200b2\n")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("第 3 行有不能显示的字符")
	p.keep("console-pools-codes")
	p.chooseFile("[name=codes]", "codes.csv", "兑换码,密码\n"+strings.Repeat("C1,x\n", 2)+"C2,y\n")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("导入了 2 个兑换码")
	p.narrow("pools-narrow", "幸运转盘")
	d.staff("looks", "只看的人", staff.Viewer)
	viewer := d.at(1280, 800, "looks")
	viewer.pick("lottery")
	viewer.tap("奖池")
	viewer.see("幸运转盘")
	if there := ask[bool](viewer, `/导入兑换码/.test(document.body.textContent)`); there {
		t.Error("who only looks on may import codes")
	}
}

// chooseFile puts a file into a field as if it had been chosen.
func (p *phone) chooseFile(css, name, content string) {
	p.t.Helper()
	ask[any](p, `(() => {
		const field = document.querySelector(`+strconv.Quote(css)+`), files = new DataTransfer();
		const bytes = Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString([]byte(content))+`"), (c) => c.charCodeAt(0));
		files.items.add(new File([bytes], `+strconv.Quote(name)+`));
		field.files = files.files;
		field.dispatchEvent(new Event("change", { bubbles: true }));
	})()`)
}
