// Package sms hands a code to one provider of short messages: Alibaba Cloud
// (aliyun.go), Tencent Cloud (tencent.go), Huawei Cloud (huawei.go), or any gateway
// that takes a signed HTTP call (signed.go). It knows nothing of contests or players.
//
// A call is made once. What a provider refuses becomes an *Error that says what staff
// must look at, and whether the message may have gone out all the same: none of them
// knows a message again by a number of ours, so one that may have gone out is never
// sent again. No error and no log holds a phone number, a code or a secret.
package sms

import (
	"context"
	"time"
)

// Message is a code for one phone.
type Message struct {
	Phone   string // 11 digits, of the mainland
	Code    string // what the person types
	Minutes int    // how long the code is good, for templates that tell it
	// Reference is our number of the message; it stands in the provider's records where
	// the provider keeps one.
	Reference string
}

// Sender hands messages to a provider. It is safe for concurrent use.
type Sender interface {
	// Send returns the provider's number of the message once the provider has taken it.
	// Every error is an *Error.
	Send(ctx context.Context, m Message) (number string, err error)
}

// Reason is why a message was not taken.
type Reason string

// The reasons.
const (
	Limited Reason = "limited" // the phone has had too many; later it works again
	Number  Reason = "number"  // the phone cannot be reached: no such number, or it wants no messages
	Setup   Reason = "setup"   // key, signature, template or permission are not as they must be
	Balance Reason = "balance" // the account has no money or no messages left
	Quota   Reason = "quota"   // the account may send no more today
	Busy    Reason = "busy"    // the provider has trouble, and surely sent nothing
	Unsure  Reason = "unsure"  // there was no clear answer: the message may have gone out
)

// Error is a message that was not taken, or of which nobody knows.
type Error struct {
	Provider string
	Reason   Reason
	Code     string // the provider's own, such as isv.AMOUNT_NOT_ENOUGH; empty where there is none
	Text     string // the provider's words, or what went wrong on the way
}

// Error is for logs.
func (e *Error) Error() string {
	text := "sms by " + e.Provider + " is " + string(e.Reason)
	if e.Code != "" {
		text += ": " + e.Code
	}
	if e.Text != "" {
		text += ": " + e.Text
	}
	return text
}

// ForStaff reports whether no message goes out before staff have done something.
func (e *Error) ForStaff() bool { return e.Reason == Setup || e.Reason == Balance || e.Reason == Quota }

// Again reports whether the same message may be sent once more: it surely has not
// gone out, and trying again can help.
func (e *Error) Again() bool { return e.Reason == Busy }

// MaybeSent reports whether the message may have gone out.
func (e *Error) MaybeSent() bool { return e.Reason == Unsure }

// Look is what staff look at.
func (e *Error) Look() string {
	switch e.Reason {
	case Limited:
		return "短信平台限制了这个号码的接收次数：一般不用处理；如果很多人遇到，到短信平台控制台查看发送频率设置"
	case Number:
		return "这个号码收不到短信（空号、停机、退订或在黑名单里）：请对方换一种方式验证"
	case Setup:
		return "短信平台的设置有问题：按错误码核对密钥、签名、模板和权限，签名必须已审核并完成运营商实名报备"
	case Balance:
		return "短信平台欠费或套餐包用完：请充值或购买套餐包"
	case Quota:
		return "短信平台账号今天的发送量已到上限：到短信平台控制台提高日发送量"
	case Busy:
		return "连不上短信平台，或平台繁忙：查看服务器能否访问短信平台，稍后会自动恢复"
	}
	return "短信平台没有明确答复，这条短信可能已经发出：在短信平台的发送记录里核对；经常出现时检查网络"
}

// callTimeout is how long a provider may take: Alibaba Cloud advises a second or more,
// and a person waits for the answer.
const callTimeout = 8 * time.Second

// known turns a provider's code into a reason by its table; an unknown code is one
// that staff have to look at.
func known(table map[string]Reason, code string) Reason {
	if reason, ok := table[code]; ok {
		return reason
	}
	return Setup
}
