package pagetest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"

	"anquanda/internal/app"
	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/sms"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/wechat/standin"
)

// guest is a phone whose owner has a name and two draws, and is not proven.
func (d *doors) guest(width, height int64, elder bool, name string) *phone {
	d.t.Helper()
	p := newPhone(d.t, width, height)
	p.join(d.address, name, elder)
	p.goTo(d.address + "#/")
	p.tap("签到")
	p.see("得到")
	return p
}

// bySMS is a program that sends codes to a stand-in.
func bySMS(t *testing.T) (*doors, *testkit.SMS) {
	t.Helper()
	stand := testkit.StartSMS(t)
	account := stand.Account(sms.Aliyun)
	path := filepath.Join(t.TempDir(), "sms.yaml")
	text := "provider: aliyun\naddress: " + account.Address + "\nkey: " + account.Key + "\nsecret: " + account.Secret +
		"\nsignature: " + account.Signature + "\ntemplate: " + account.Template + "\ndaily: 100\nwork: {bits: 6, answers: 4}\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return openDoors(t, "phone", app.Config{SMS: path}), stand
}

// askCode goes through the sheet until the phone has its code.
func (p *phone) askCode(number string) {
	p.t.Helper()
	p.write("#prove-phone", number)
	p.tapOn(`document.querySelector(".agree")`)
	p.tap("获取验证码")
	p.until(`document.querySelector("#prove-code")`)
}

func TestAPhoneProvesItsOwnerWhoDrawsThen(t *testing.T) {
	d, stand := bySMS(t)
	for i, size := range sizes {
		t.Run(fmt.Sprintf("elder=%v", size.elder), func(t *testing.T) {
			d.t = t
			number := fmt.Sprintf("1380000111%d", i)
			p := d.guest(size.width, size.height, size.elder, "王大妈")
			p.see("抽奖、兑换先要证明身份")
			p.suits("prove-home")
			p.goTo(d.address + "#/draw")
			p.tap("证明身份后抽奖")
			p.until(`document.querySelector("#prove-phone")`)
			p.tap("获取验证码")
			p.see("请填写 11 位手机号。")
			p.write("#prove-phone", number)
			p.tap("获取验证码")
			p.see("打勾同意")
			p.suits("prove-phone")
			p.tapOn(`document.querySelector(".agree")`)
			p.tap("获取验证码")
			p.until(`document.querySelector("#prove-code")`)
			p.see("秒后可以再发")
			p.suits("prove-code")
			code := stand.CodeOf(number)
			wrong := "000000"
			if code == wrong {
				wrong = "000001"
			}
			p.write("#prove-code", wrong)
			p.see("还可以试")
			p.suits("prove-wrong")
			p.write("#prove-code", code)
			p.see("身份已经确认，刚才答的题和成绩都在。")
			p.suits("prove-kept")
			p.tapOn(`document.querySelector(".sheet .main")`)
			p.tap("抽一次")
			p.until(`/电水壶/.test(document.querySelector(".draw-record").textContent)`)
			p.goTo(d.address + "#/me")
			p.see("****111" + fmt.Sprint(i))
			p.suits("me-proven")
		})
	}
}

// proven is a player of another phone, who is proven by a number.
func (d *doors) proven(name, number string) {
	d.t.Helper()
	in, err := d.app.Catalog.Current("doors")
	if err != nil {
		d.t.Fatal(err)
	}
	now := time.Now().UnixMilli()
	was, err := d.app.Players.Join(d.t.Context(), in.Definition, in.ContestID, 0, identity.Application{Nickname: name, At: now})
	if err == nil {
		_, err = d.app.Players.Prove(d.t.Context(), in.Definition, in.ContestID, was.PlayerID,
			identity.Proof{Kind: contest.ProofPhone, Subjects: []string{number}, Value: number, At: now})
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestStaffSeeHowManyOfTheDaysMessagesAreLeft(t *testing.T) {
	d, _ := bySMS(t)
	p := d.guest(360, 740, false, "问验证码的")
	p.goTo(d.address + "#/draw")
	p.tap("证明身份后抽奖")
	p.until(`document.querySelector("#prove-phone")`)
	p.askCode("13800003333")
	desk := &desk{t, d.app, strings.TrimSuffix(d.address, "/c/doors")}
	desk.staff("wang", "王主任", staff.Owner)
	console := desk.at(1280, 800, "wang")
	console.see("今天已用 1 条，共 100 条")
	console.fits("overview-messages")
}

func TestASecondPhoneOfAPersonGoesOnAsTheFirst(t *testing.T) {
	d, stand := bySMS(t)
	const number = "13900002222"
	d.proven("先来的", number)
	p := d.guest(360, 740, false, "后来的")
	p.tap("去证明")
	p.askCode(number)
	p.write("#prove-code", stand.CodeOf(number))
	p.see("您之前已经用另一部手机参加过，现在接着用那一份")
	p.suits("prove-switched")
	p.tapOn(`document.querySelector(".sheet .main")`)
	p.see("先来的")
	if ask[bool](p, `document.body.innerText.includes("后来的")`) {
		t.Error("the guest's name still stands there")
	}
	others := `Object.keys(localStorage).filter((k) => /^aqd.doors/.test(k) && !localStorage[k].includes("先来的"))`
	if kept := ask[[]string](p, others); len(kept) > 0 {
		t.Errorf("the guest's answers are still on the phone: %v", kept)
	}
}

func TestWhoComesOnANewPhoneFindsTheOldResults(t *testing.T) {
	d, stand := bySMS(t)
	const number = "13900003333"
	d.proven("老朋友", number)
	p := newPhone(t, 320, 640)
	p.goTo(d.address)
	p.tap("马上开始")
	p.tap("找回我的成绩")
	p.askCode(number)
	p.write("#prove-code", stand.CodeOf(number))
	p.see("找到了您之前参加的那一份")
	p.tapOn(`document.querySelector(".sheet .main")`)
	p.see("老朋友")
}

// weChat is a phone within WeChat, whose owner the stand-in names.
func weChat(p *phone) {
	p.t.Helper()
	call(p, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{
		UserAgent: "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116 Mobile Safari/537.36 MicroMessenger/8.0.40"})
}

func TestWeChatProvesWhoPlaysInIt(t *testing.T) {
	var who atomic.Pointer[standin.Person]
	d := byWeChat(t, &who)
	p := d.guest(360, 740, false, "微信里的")
	p.goTo(d.address + "#/me")
	p.tap("证明身份")
	p.tap("微信登录")
	p.see("微信登录要在微信里打开本页") // it is another browser
	p.suits("prove-wechat-elsewhere")
	weChat(p)
	p.reload()
	p.tap("证明身份")
	who.Store(&standin.Person{OpenID: "made-up", Snapshot: true})
	p.tap("微信登录")
	p.see("使用完整服务")
	p.suits("back-snapshot")
	if at := ask[string](p, "location.hash"); at != "#/me" {
		t.Errorf("after coming back the page is at %s", at)
	}
	p.tap("再试一次，或换一种方式")
	who.Store(&standin.Person{OpenID: "o1"})
	p.tap("微信登录")
	p.see("登录好了")
	p.suits("back-good")
	p.tapOn(`document.querySelector(".sheet .main")`)
	p.see("微信")
	p.see("已确认")
	p.reload()
	p.see("已确认")
	if ask[bool](p, `!!document.querySelector(".sheet")`) {
		t.Error("the sheet comes again with a reload")
	}
}
