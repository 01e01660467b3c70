package payout_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"anquanda/internal/prize/payout"
	"anquanda/internal/testkit"
)

var bill = payout.Bill{Number: "aq118605843t1", To: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", Cents: 100, Remark: "现金红包"}

func TestAWinnerConfirmsInWeChatAndIsPaidOnce(t *testing.T) {
	stand := testkit.StartWeChatPay(t)
	way := payout.WeChat{Pay: stand.Client()}
	if _, err := way.Ask(t.Context(), bill); !errors.Is(err, payout.ErrUnknown) {
		t.Errorf("a bill that was never sent: %v", err)
	}
	for range 3 {
		o, err := way.Send(t.Context(), bill)
		if err != nil || o.State != payout.Waiting || o.Package == "" {
			t.Fatalf("sent: %+v, %v", o, err)
		}
	}
	stand.Confirm("SUCCESS")
	if o, err := way.Ask(t.Context(), bill); err != nil || o.State != payout.Paid {
		t.Errorf("confirmed: %+v, %v", o, err)
	}
	if bills, cents := stand.Paid(); bills != 1 || cents != 100 {
		t.Errorf("%d bills of %d cents were paid", bills, cents)
	}
}

func TestTroubleSaysNothingAboutWhetherItWasPaid(t *testing.T) {
	stand := testkit.StartWeChatPay(t)
	way := payout.WeChat{Pay: stand.Client()}
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
	way := payout.WeChat{Pay: stand.Client()}
	nobody := bill
	nobody.To = "nobody"
	if o, err := way.Send(t.Context(), nobody); err != nil || o.State != payout.Failed {
		t.Errorf("to nobody: %+v, %v", o, err)
	}
	if _, err := way.Send(t.Context(), bill); err != nil {
		t.Fatal(err)
	}
	stand.Confirm("CANCELLED")
	o, err := way.Ask(t.Context(), bill)
	if err != nil || o.State != payout.Failed || !strings.HasPrefix(o.Detail, "CANCELLED") {
		t.Errorf("cancelled: %+v, %v", o, err)
	}
}

func TestTheFileOfPhoneCreditHoldsNoFormulas(t *testing.T) {
	var out bytes.Buffer
	bills := []payout.Bill{
		{Number: "aq1t1", To: "13800138000", Cents: 3005, Remark: "=1+1"},
		{Number: "aq2t1", To: "+8613800138001", Cents: 7, Remark: "话费"},
	}
	if err := payout.WriteCredit(&out, bills); err != nil {
		t.Fatal(err)
	}
	want := "\uFEFF单号,手机号,金额（元）,备注\naq1t1,13800138000,30.05,'=1+1\naq2t1,'+8613800138001,0.07,话费\n"
	if out.String() != want {
		t.Errorf("the file is\n%s\nwant\n%s", out.String(), want)
	}
}

func TestAReplyOverAnotherAmountIsNotBelieved(t *testing.T) {
	stand := testkit.StartWeChatPay(t)
	way := payout.WeChat{Pay: stand.Client()}
	if _, err := way.Send(t.Context(), bill); err != nil {
		t.Fatal(err)
	}
	stand.Confirm("SUCCESS")
	dearer := bill
	dearer.Cents = 900
	if o, err := way.Ask(t.Context(), dearer); err != nil || o.State != payout.Pending ||
		!strings.Contains(o.Detail, "1.00 元") {
		t.Errorf("paid 1 yuan, asked over 9: %+v, %v", o, err)
	}
	if o, err := way.Ask(t.Context(), bill); err != nil || o.State != payout.Paid {
		t.Errorf("asked over what was paid: %+v, %v", o, err)
	}
}
