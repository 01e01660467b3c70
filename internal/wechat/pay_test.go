package wechat_test

import (
	"errors"
	"testing"
	"time"

	"anquanda/internal/testkit"
	"anquanda/internal/wechat"
)

var packet = wechat.Transfer{
	Number: "aq118605843t1", OpenID: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", Cents: 100, Remark: "现金红包",
}

func TestATransferThatWeChatWouldRefuseIsNotSent(t *testing.T) {
	stand := testkit.StartWeChatPay(t)
	pay := stand.Client()
	for name, c := range map[string]struct {
		change func(*wechat.Transfer)
		err    error
	}{
		"no cent":        {func(t *wechat.Transfer) { t.Cents = 0 }, wechat.ErrAmount},
		"2,000 yuan":     {func(t *wechat.Transfer) { t.Cents = 200_000 }, wechat.ErrAmount},
		"a wrong number": {func(t *wechat.Transfer) { t.Number = "aq/1" }, wechat.ErrNumber},
		"no openid":      {func(t *wechat.Transfer) { t.OpenID = "" }, wechat.ErrOpenID},
	} {
		unfit := packet
		c.change(&unfit)
		if _, err := pay.Transfer(t.Context(), unfit); !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", name, err, c.err)
		}
	}
	if bills, _ := stand.Paid(); bills != 0 {
		t.Errorf("%d transfers arrived, want none", bills)
	}
}

func TestARequestWithAnotherKeyIsRefused(t *testing.T) {
	stand := testkit.StartWeChatPay(t)
	pay := stand.Client()
	pay.Signer.Key = stand.Theirs
	if status, err := pay.Transfer(t.Context(), packet); err == nil || stand.Refused() != 1 {
		t.Errorf("signed with another key: %+v, %v", status, err)
	}
	pay.Signer.Key = stand.Merchant
	pay.Signer.Now = func() time.Time { return time.Now().Add(-10 * time.Minute) }
	if status, err := pay.Status(t.Context(), packet.Number); !errors.Is(err, wechat.ErrReply) {
		t.Errorf("a reply ten minutes away: %+v, %v", status, err)
	}
}
