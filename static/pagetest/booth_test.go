package pagetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"anquanda/internal/conduct"
	"anquanda/internal/keyring"
	"anquanda/internal/prize/handout"
	"anquanda/internal/staff"
)

// winner is a phone whose player has won in a drawing, at the page of prizes.
func (h *hall) winner(nickname string) *phone {
	h.t.Helper()
	p := newPhone(h.t, 360, 740)
	p.visit(h.url + "/c/drawn#/prizes")
	p.tap("登记昵称")
	p.rewrite("#nickname", nickname)
	p.tap("同意并开始")
	p.see("还没有奖品")
	h.earn(h.named(nickname))
	return p
}

// claim fills in what winners are asked, and shows the code.
func (p *phone) claim(name, number string) string {
	p.t.Helper()
	p.reload()
	p.tap("填写领奖信息")
	p.rewrite("#claim-name", name)
	p.rewrite("#claim-phone", number)
	p.tap("同意并提交")
	p.tap("出示领奖码")
	p.until(`document.querySelector(".award-code img") && document.querySelector(".award-code img").complete`)
	return ask[string](p, `document.querySelector(".award-code b").textContent`)
}

func TestAWinnerClaimsAndTheBoothHandsOutOnce(t *testing.T) {
	h := openHall(t)
	mine := h.winner("细心山茶")
	h.held()
	mine.reload()
	mine.tap("填写领奖信息")
	mine.fits("prizes-claim")
	mine.tap("同意并提交")
	mine.see("请填写姓名")
	mine.rewrite("#claim-name", "李青禾")
	mine.rewrite("#claim-phone", "1381234")
	mine.tap("同意并提交")
	mine.see("应为 11 位")
	code := mine.claim("李青禾", "13812345678")
	mine.see("138****5678")
	mine.fits("prizes-code")
	mine.tap("存成图片")
	mine.until(`document.querySelector(".voucher-picture img").naturalWidth > 700`)
	if alt := ask[string](mine, `document.querySelector(".voucher-picture img").alt`); !strings.Contains(alt, code) {
		t.Errorf("the picture says %q, not the code %s", alt, code)
	}
	mine.fits("prizes-code-picture")

	p := h.desk.at(360, 740, "gifts")
	p.visit(h.url + "/console#/booth/drawn")
	p.see("今天已发 0 份")
	p.fits("booth")
	p.rewrite("[name=code]", "0000 0000 0000")
	p.tap("查看")
	p.see("没有这张奖券")
	p.fits("booth-forged")
	p.rewrite("[name=code]", strings.ToLower(code))
	p.tap("查看")
	p.see("细**茶")
	p.fits("booth-voucher")

	// The network goes in the middle: the page tries again by itself, and hands out once.
	p.online(false)
	p.tap("确认发出")
	p.see("正在自动重试")
	p.fits("booth-offline")
	p.online(true)
	p.see("已登记发出")
	p.fits("booth-given")
	p.tap("下一位")
	p.see("今天已发 1 份")

	// The same code again, scanned with the phone's own camera: it opens the page at the award.
	p.visit(h.url + "/console#/booth/drawn/" + code)
	p.see("由奖品小李发出")
	p.fits("booth-used")
	p.tap("撤销")
	p.rewrite(".dialog [name=reason]", "发错人")
	p.tapOn(`document.querySelector(".dialog .danger")`)
	p.see("确认发出")
	var redeemed int
	if err := h.app.DB.Get(t.Context(), &redeemed, "SELECT COUNT(*) FROM redemptions_undone"); err != nil ||
		redeemed != 1 {
		t.Errorf("%d hand-outs were undone, %v", redeemed, err)
	}

	owner := h.desk.at(1280, 800, "wang")
	owner.visit(h.url + "/console#/claims/drawn")
	owner.see("待发放")
	owner.fits("claims")
}

func TestAWinnerWhoIsDisqualifiedSeesWhyThereIsNoCode(t *testing.T) {
	h := openHall(t)
	mine := h.winner("细心山茶")
	h.held()
	code := mine.claim("李青禾", "13812345678")
	ctx := t.Context()
	c, err := h.app.Conduct.Open(ctx, staff.CommandLine, h.contest.ContestID, h.named("细心山茶"), conduct.ByHand, "有人反映")
	if err == nil {
		err = h.app.Conduct.Propose(ctx, staff.Actor{ID: 1, Name: "孙奖品"}, c.ID, "用程序答题")
	}
	if err == nil {
		err = h.app.Conduct.Agree(ctx, staff.Actor{ID: 2, Name: "吴组织"}, c.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	mine.reload()
	mine.see("暂停领取")
	mine.see("现在没有领奖码")
	mine.fits("prizes-held")
	if ask[bool](mine, `document.body.innerText.includes("出示领奖码") || document.body.innerText.includes("`+code+`")`) {
		t.Error("the code of a disqualified winner is still shown")
	}
	mine.tap("看原因，申诉")
	mine.see("用程序答题")
}

func TestACameraThatIsRefusedLeavesTheKeyboard(t *testing.T) {
	h := openHall(t)
	p := h.desk.at(360, 740, "gifts")
	p.visit(h.url + "/console#/booth/drawn")
	p.see("扫码领奖")
	for name, says := range map[string]string{"NotAllowedError": "没有得到使用摄像头的许可", "NotFoundError": "没有摄像头",
		"NotReadableError": "正被别的程序使用"} {
		ask[any](p, fmt.Sprintf(`void (navigator.mediaDevices.getUserMedia = () => Promise.reject({name: %q}))`, name))
		p.tap("扫码领奖")
		p.see(says)
	}
	p.fits("booth-refused")
}

func TestABoothReadsACodeFromTheCameraWithoutABarcodeDetector(t *testing.T) {
	h := openHall(t)
	mine := h.winner("细心山茶")
	h.held()
	code := mine.claim("李青禾", "13812345678")
	p := h.desk.at(360, 740, "gifts")
	p.visit(h.url + "/console#/booth/drawn")
	p.see("扫码领奖")
	// The camera films the code of the winner's page.
	ask[any](p, fmt.Sprintf(`void (async () => {
		delete window.BarcodeDetector;
		const picture = new Image();
		picture.src = "/qr.svg?text=" + encodeURIComponent(location.origin + "/console#/booth/drawn/%s");
		await picture.decode();
		const canvas = document.createElement("canvas");
		canvas.width = 640; canvas.height = 480;
		const draw = canvas.getContext("2d");
		setInterval(() => { draw.fillStyle = "#ddd"; draw.fillRect(0, 0, 640, 480); draw.drawImage(picture, 180, 100, 280, 280); }, 50);
		navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20);
		window.filming = true;
	})()`, code))
	p.until("window.filming")
	p.tap("扫码领奖")
	p.see("细**茶")
	p.see("确认发出")
	other := handout.NewBooth(handout.Config{DB: h.app.DB, Catalog: h.app.Catalog, Ledger: h.app.Prizes, Now: time.Now,
		Keys: keyring.Only([]byte("another key"))})
	if _, err := other.Scan(t.Context(), h.contest, code); err == nil {
		t.Error("a code passes under another key")
	}
}
