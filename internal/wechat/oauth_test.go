package wechat_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"anquanda/internal/testkit"
	"anquanda/internal/wechat"
	"anquanda/internal/wechat/standin"
)

const callback = "https://quiz.example.gov.cn/api/v1/signin/wechat"

var longID = strings.Repeat("o", 500)

func TestAPersonIsSentToWeChatAndLearnedFromTheCodeOnce(t *testing.T) {
	stand := testkit.StartWeChat(t)
	stand.Set(func(s *standin.Server) { s.Domain = "quiz.example.gov.cn" })
	client := wechat.NewClient(stand.Account(), time.Now)
	address := client.AuthorizeURL(callback, "aZ09")
	if !strings.HasPrefix(address, "https://open.weixin.qq.com/connect/oauth2/authorize?appid="+stand.AppID+"&") {
		t.Errorf("people are sent to %s", address)
	}
	back, err := stand.Authorize(address, standin.Person{OpenID: "o1", UnionID: "u1"})
	if err != nil || !strings.HasPrefix(back, callback+"?code=") || !strings.HasSuffix(back, "&state=aZ09") {
		t.Fatalf("they come back to %s, %v", back, err)
	}
	_, rest, _ := strings.Cut(back, "?code=")
	code, _, _ := strings.Cut(rest, "&")
	if !wechat.ValidCode(code) {
		t.Errorf("the code %q is not taken", code)
	}
	login, err := client.Exchange(t.Context(), code)
	if err != nil || login != (wechat.Login{OpenID: "o1", UnionID: "u1"}) {
		t.Errorf("it is %+v, %v", login, err)
	}
	if subjects := client.Subjects(login); len(subjects) != 2 || subjects[0] != "openid:"+stand.AppID+":o1" ||
		subjects[1] != "unionid:u1" {
		t.Errorf("the subjects are %q", subjects)
	}
	if _, err = client.Exchange(t.Context(), code); wechat.FaultOf(err) != wechat.CodeUsed {
		t.Errorf("the second time: %v", err)
	}
	snapshot, err := client.Exchange(t.Context(), stand.Code(stand.AppID, standin.Person{OpenID: "o1", Snapshot: true}))
	if err != nil || !snapshot.Snapshot || snapshot.OpenID == "o1" {
		t.Errorf("of a snapshot: %+v, %v", snapshot, err)
	}
}

func TestEveryAnswerOfWeChatThatIsNoneIsToldApart(t *testing.T) {
	stand := testkit.StartWeChat(t)
	account := stand.Account()
	other := func(change func(*wechat.Account)) wechat.Account {
		a := account
		change(&a)
		return a
	}
	garbage := func(text string) func(*standin.Server) {
		return func(s *standin.Server) { s.Garbage["exchange"] = text }
	}
	fails := func(number int) func(*standin.Server) {
		return func(s *standin.Server) { s.Fail["exchange"] = number }
	}
	for name, c := range map[string]struct {
		account wechat.Account
		code    string
		set     func(*standin.Server)
		want    wechat.Fault
	}{
		"a code that was made up":    {account, "0123456789abcdef", nil, wechat.CodeInvalid},
		"a code of another app":      {account, stand.Code("wxother", standin.Person{OpenID: "o"}), nil, wechat.CodeInvalid},
		"a wrong secret":             {other(func(a *wechat.Account) { a.Secret = "s3cret" }), "", nil, wechat.BadSecret},
		"an unknown app":             {other(func(a *wechat.Account) { a.AppID = "wx9" }), "", nil, wechat.BadApp},
		"nobody there":               {other(func(a *wechat.Account) { a.API = "http://127.0.0.1:1" }), "", nil, wechat.Away},
		"an address that is none":    {other(func(a *wechat.Account) { a.API = "http://a b" }), "", nil, wechat.Away},
		"a wrong credential":         {account, "", fails(40001), wechat.BadSecret},
		"too many calls":             {account, "", fails(45011), wechat.TooOften},
		"an IP that is not listed":   {account, "", fails(40164), wechat.NoAddress},
		"trouble of WeChat's own":    {account, "", fails(-1), wechat.Busy},
		"a right that is not had":    {account, "", fails(48001), wechat.NotAllowed},
		"a number that is not known": {account, "", fails(99999), wechat.Unknown},
		"a page in place of JSON":    {account, "", garbage("<html>"), wechat.Nonsense},
		"an empty object":            {account, "", garbage("{}"), wechat.Nonsense},
		"an openid that is a number": {account, "", garbage(`{"openid":7}`), wechat.Nonsense},
		"a list":                     {account, "", garbage("[]"), wechat.Nonsense},
		"an openid without end":      {account, "", garbage(`{"openid":"` + longID + `"}`), wechat.Nonsense},
	} {
		t.Run(name, func(t *testing.T) {
			stand.Set(func(s *standin.Server) {
				if c.set != nil {
					c.set(s)
				}
			})
			defer stand.Set(func(s *standin.Server) { clear(s.Fail); clear(s.Garbage) })
			if c.code == "" {
				c.code = stand.Code(stand.AppID, standin.Person{OpenID: "o1"})
			}
			_, err := wechat.NewClient(c.account, time.Now).Exchange(t.Context(), c.code)
			var refused *wechat.Error
			if !errors.As(err, &refused) || refused.Fault != c.want || refused.Fault.Advice() == "" {
				t.Fatalf("the error is %v, want %s", err, c.want)
			}
			for _, secret := range []string{c.account.Secret, c.code} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("the error tells %q: %v", secret, err)
				}
			}
		})
	}
}

func TestWeChatThatDoesNotAnswerIsSlow(t *testing.T) {
	stand, over := testkit.StartWeChat(t), make(chan struct{})
	defer close(over)
	stand.Set(func(s *standin.Server) { s.Hold = func(string) { <-over } })
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := wechat.NewClient(stand.Account(), time.Now).Exchange(ctx, "0123456789abcdef")
	if wechat.FaultOf(err) != wechat.Slow {
		t.Errorf("the error is %v", err)
	}
}

func TestACodeIsLettersAndDigits(t *testing.T) {
	for code, ok := range map[string]bool{"": false, "0aB-_9": true, "a b": false, "a&b": false, "中": false,
		strings.Repeat("a", 256): true, strings.Repeat("a", 257): false, "a\n": false} {
		if wechat.ValidCode(code) != ok {
			t.Errorf("%.20q is taken: %t", code, !ok)
		}
	}
}

func TestATokenThatWeChatRefusesIsAskedForAnewOnce(t *testing.T) {
	stand := testkit.StartWeChat(t)
	now := time.Now()
	client := wechat.NewClient(stand.Account(), func() time.Time { return now })
	if _, err := client.SignPage(t.Context(), "https://a/"); err != nil {
		t.Fatal(err)
	}
	stand.EndTokens()
	stand.Set(func(s *standin.Server) { s.Ticket, s.Seconds = "ticket-2", 60 })
	now = now.Add(2 * time.Hour) // the ticket has ended, and so has the access token
	card, err := client.SignPage(t.Context(), "https://a/")
	if err != nil || card.Signature != wantSignature("ticket-2", card, "https://a/") {
		t.Fatalf("after both ended: %+v, %v", card, err)
	}
	stand.EndTokens() // before its time, as who resets the secret does
	now = now.Add(time.Minute)
	if _, err = client.SignPage(t.Context(), "https://a/"); err != nil {
		t.Errorf("a token that was ended early: %v", err)
	}
	stand.Set(func(s *standin.Server) { s.Fail["getticket"] = 40001 })
	now = now.Add(time.Minute)
	before := stand.Calls("getticket")
	if _, err = client.SignPage(t.Context(), "https://a/"); err == nil || stand.Calls("getticket")-before != 2 {
		t.Errorf("a ticket that is always refused: %v after %d calls", err, stand.Calls("getticket")-before)
	}
}
