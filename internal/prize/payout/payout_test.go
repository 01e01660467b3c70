package payout_test

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"anquanda/internal/prize/payout"
	"anquanda/internal/testkit"
)

func wechat(w *testkit.WeChatPay) *payout.WeChat {
	return &payout.WeChat{
		Base: w.URL, AppID: "wx0123456789", Scene: "1000", Activity: "安全生产月知识竞赛", HTTPClient: http.DefaultClient,
		Signer: &payout.Signer{MerchantID: testkit.PayMerchant, Serial: testkit.PaySerial, Key: w.Merchant,
			TheirSerial: testkit.PayTheirSerial, TheirKey: &w.Theirs.PublicKey, Now: time.Now},
	}
}

var bill = payout.Bill{Number: "aq118605843t1", To: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", Cents: 100, Remark: "现金红包"}

func TestAWinnerConfirmsInWeChatAndIsPaidOnce(t *testing.T) {
	stand := testkit.StartWeChatPay(t)
	way := wechat(stand)
	if _, err := way.Ask(t.Context(), bill.Number); !errors.Is(err, payout.ErrUnknown) {
		t.Errorf("a bill that was never sent: %v", err)
	}
	for range 3 {
		o, err := way.Send(t.Context(), bill)
		if err != nil || o.State != payout.Waiting || o.Package == "" {
			t.Fatalf("sent: %+v, %v", o, err)
		}
	}
	stand.Confirm("SUCCESS")
	if o, err := way.Ask(t.Context(), bill.Number); err != nil || o.State != payout.Paid {
		t.Errorf("confirmed: %+v, %v", o, err)
	}
	if bills, cents := stand.Paid(); bills != 1 || cents != 100 {
		t.Errorf("%d bills of %d cents were paid", bills, cents)
	}
}

func TestTroubleSaysNothingAboutWhetherItWasPaid(t *testing.T) {
	stand := testkit.StartWeChatPay(t)
	way := wechat(stand)
	for _, trouble := range []testkit.Trouble{testkit.Lost, testkit.Down, testkit.Busy, testkit.Unsigned} {
		stand.Next(trouble)
		if o, err := way.Send(t.Context(), bill); err == nil || o.State.Final() {
			t.Errorf("%s: %+v, %v", trouble, o, err)
		}
	}
	if bills, _ := stand.Paid(); bills != 1 {
		t.Errorf("%d bills arrived, want 1", bills)
	}
}

func TestWhatIsSurelyNotPaidIsFinal(t *testing.T) {
	stand := testkit.StartWeChatPay(t)
	way := wechat(stand)
	nobody := bill
	nobody.To = "nobody"
	if o, err := way.Send(t.Context(), nobody); err != nil || o.State != payout.Failed {
		t.Errorf("to nobody: %+v, %v", o, err)
	}
	for name, c := range map[string]struct {
		change func(*payout.Bill)
		err    error
	}{
		"no cent":        {func(b *payout.Bill) { b.Cents = 0 }, payout.ErrAmount},
		"2,000 yuan":     {func(b *payout.Bill) { b.Cents = 200_000 }, payout.ErrAmount},
		"a wrong number": {func(b *payout.Bill) { b.Number = "aq/1" }, payout.ErrNumber},
		"no openid":      {func(b *payout.Bill) { b.To = "" }, payout.ErrTo},
	} {
		b := bill
		c.change(&b)
		if _, err := way.Send(t.Context(), b); !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", name, err, c.err)
		}
	}
	if _, err := way.Send(t.Context(), bill); err != nil {
		t.Fatal(err)
	}
	stand.Confirm("CANCELLED")
	if o, err := way.Ask(t.Context(), bill.Number); err != nil || o.State != payout.Failed || !strings.HasPrefix(o.Detail, "CANCELLED") {
		t.Errorf("cancelled: %+v, %v", o, err)
	}
}

func TestARequestWithAnotherKeyIsRefused(t *testing.T) {
	stand := testkit.StartWeChatPay(t)
	way := wechat(stand)
	way.Signer.Key = stand.Theirs
	if o, err := way.Send(t.Context(), bill); err == nil || stand.Refused() != 1 {
		t.Errorf("signed with another key: %+v, %v", o, err)
	}
	way.Signer.Key = stand.Merchant
	way.Signer.Now = func() time.Time { return time.Now().Add(-10 * time.Minute) }
	if _, err := way.Ask(t.Context(), bill.Number); !errors.Is(err, payout.ErrReply) {
		t.Errorf("a reply ten minutes away: %v", err)
	}
}

func TestTheFileOfPhoneCreditHoldsNoFormulas(t *testing.T) {
	var out bytes.Buffer
	bills := []payout.Bill{{Number: "aq1t1", To: "13800138000", Cents: 3005, Remark: "=1+1"}, {Number: "aq2t1", To: "+8613800138001", Cents: 7, Remark: "话费"}}
	if err := payout.WriteCredit(&out, bills); err != nil {
		t.Fatal(err)
	}
	want := "\uFEFF单号,手机号,金额（元）,备注\naq1t1,13800138000,30.05,'=1+1\naq2t1,'+8613800138001,0.07,话费\n"
	if out.String() != want {
		t.Errorf("the file is\n%s\nwant\n%s", out.String(), want)
	}
}
