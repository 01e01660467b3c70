package payout

import (
	"context"
	"errors"
	"fmt"

	"anquanda/internal/wechat"
)

// WeChat pays through WeChat Pay; the winner confirms each bill in WeChat. It is
// safe for concurrent use.
type WeChat struct {
	Pay *wechat.Pay
}

// Send asks WeChat to transfer.
func (w WeChat) Send(ctx context.Context, b Bill) (Outcome, error) {
	status, err := w.Pay.Transfer(ctx, wechat.Transfer{Number: b.Number, OpenID: b.To, Cents: b.Cents, Remark: b.Remark})
	return outcome(b, status, err)
}

// Ask asks WeChat how a bill stands.
func (w WeChat) Ask(ctx context.Context, b Bill) (Outcome, error) {
	status, err := w.Pay.Status(ctx, b.Number)
	return outcome(b, status, err)
}

// outcome reads what WeChat says: what is not known to be over is pending, and an
// error says nothing unless it is known that nothing was paid.
func outcome(b Bill, status *wechat.TransferStatus, err error) (Outcome, error) {
	var refused *wechat.RefusedError
	switch {
	case errors.Is(err, wechat.ErrUnknownTransfer):
		return Outcome{}, ErrUnknown
	case errors.As(err, &refused):
		return Outcome{State: Failed, Detail: refused.Error()}, nil
	case err != nil:
		return Outcome{}, err
	}
	o := Outcome{State: Pending, Detail: status.Bill, Package: status.Package}
	if status.Cents != 0 && status.Cents != b.Cents {
		// Nothing is believed of it: staff look it up at WeChat before anybody is paid again.
		o.Detail = fmt.Sprintf("微信回复的金额是 %s 元，和这笔不同，请到微信商户平台核对", yuan(int64(status.Cents)))
		return o, nil
	}
	switch status.State {
	case wechat.TransferDone:
		o.State = Paid
	case wechat.TransferWaits:
		o.State = Waiting
	case wechat.TransferFailed, wechat.TransferCancelled:
		o.State, o.Detail = Failed, string(status.State)+" "+status.Reason
	}
	return o, nil
}
