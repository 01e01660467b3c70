package pagetest

import (
	"strings"
	"testing"

	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

func TestAFileOfPhoneCreditGoesOutAndItsResultsComeBack(t *testing.T) {
	h := openHall(t)
	text := strings.Replace(creditContest, "players: {unit: {ask: optional}}",
		"players: {unit: {ask: optional}, fields: [{key: phone, label: 手机号, kind: phone,\n"+
			"  when: claim, ask: required, why: 充话费}]}\n"+
			"claims: {fields: [phone], within: 7d}", 1)
	in, err := h.app.Catalog.Apply(t.Context(), "credit.yaml", []byte(text), "")
	if err != nil {
		t.Fatal(err)
	}
	consent := personal.ConsentTo(in.Definition, in.ClaimFields()).Version
	for i, name := range []string{"细心山茶", "平安青松"} {
		e, err := h.app.Players.Enrol(t.Context(), in.ContestID, 0, name, 0)
		if err != nil {
			t.Fatal(err)
		}
		err = h.app.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(),
				`INSERT INTO awards (id, contest_id, player_id, prize_key, kind, tier, unit_no, stock, source_kind,
					source_key, status, won_at, changed_at, title, worth, claim_until)
				VALUES (?, ?, ?, 'credit', 'credit', '', ?, 9, 'shop', '', 'won', 1, 1, '十元话费', 1000, 0)`,
				71+i, in.ContestID, e.PlayerID, 1+i)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := h.app.Claims.Claim(t.Context(), in, e.PlayerID, sqldb.ID(71+i),
			map[string]string{"phone": "1381234567" + string(rune('0'+i))}, consent, nil, identity.Origin{}); err != nil {
			t.Fatal(err)
		}
	}
	h.staff("paying", "发放员", staff.Payouts)
	h.staff("second", "孙主任", staff.Organizer)
	p := h.desk.at(1280, 800, "paying")
	p.visit(h.url + "/console#/payouts/credit")
	p.see("2 份奖品可以发放")
	p.tap("安排发放")
	p.tapOn(`[...document.querySelectorAll(".dialog .check")].find((c) =>
		c.textContent.includes("话费充值文件")).querySelector("input")`)
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("提交了 2 笔")
	two := h.desk.at(1280, 800, "second")
	two.visit(h.url + "/console#/payouts/credit")
	two.tap("核对并同意")
	two.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	two.see("已经同意")
	p.tap("刷新")
	p.see("尾号 5671")
	p.tapOn(`[...document.querySelectorAll("button")].find((b) => b.textContent.includes("做成文件"))`)
	p.see("做好了第 1 号文件")
	p.tapOn(`[...document.querySelectorAll(".payout-lines button")].find((b) => b.textContent.trim() === "下载")`)
	p.see("下载过 1 次")
	p.fits("payouts-files")
	p.tap("再要一份")
	p.see("就会充两次")
	p.fits("payouts-copy")
	p.tapOn(`document.querySelector(".dialog-foot .quiet")`)
	p.tapOn(`(() => {
		const bills = new DataTransfer();
		bills.items.add(new File(["单号,结果,失败原因\naq71t1,成功,\naq72t1,失败,空号\naq1t1,成功,\n"], "结果.csv"));
		const input = document.querySelector("input[type=file]");
		input.files = bills.files;
		input.dispatchEvent(new Event("change", { bubbles: true }));
		return document.body;
	})()`)
	p.see("没有这个单号")
	p.fits("payouts-results")
	p.tapOn(`document.querySelector(".dialog-foot .btn:not(.quiet)")`)
	p.see("写入了：成功 1 笔，失败 1 笔")
	p.see("充值商说没有成功")
	p.fits("payouts-after-results")
	p.narrow("payouts-results-narrow", "充值商说没有成功")
	two.visit(h.url + "/console#/claims/credit")
	two.see("偶然所得申报名单")
	two.fits("claims-tax")
	two.tap("填一个单号")
	two.see("中奖编号")
	two.fits("claims-parcel")
	two.tapOn(`document.querySelector(".dialog-foot .quiet")`)
	two.narrow("claims-narrow", "邮寄的奖品")
}
