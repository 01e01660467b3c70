// Package payout pays winners of money and phone credit: a ledger of bills (ledger.go)
// that are sent (send.go) by one of several ways behind one interface: by hand from a
// list, by a file of phone credit that an operator charges, or through WeChat. It owns
// the table payouts, in which an award has one live bill at most: no bill is ever sent
// as two.
package payout

import (
	"context"
	"errors"
)

// Bill is one payment to one winner. Number is unique for ever; a way that gets
// the same number again must not pay again.
type Bill struct {
	Number string // letters and digits, 8 to 32
	To     string // a phone number or a WeChat openid, as the way needs
	Cents  int    // of yuan
	Remark string // the winner sees it; at most 32 characters
}

// State is how a bill stands.
type State string

// The states. Only Paid and Failed are final: whatever else is known, the same
// bill is asked for again, and no other is made in its place.
const (
	Planned State = "planned" // never sent
	Pending State = "pending" // under way, or not known
	Waiting State = "waiting" // for the winner to confirm
	Paid    State = "paid"
	Failed  State = "failed" // surely not paid
)

// Final reports whether nothing more will happen to the bill.
func (s State) Final() bool { return s == Paid || s == Failed }

// Outcome is what is known of a bill.
type Outcome struct {
	State  State
	Detail string // of the way: its own number, or why it failed
	// Package is what the winner's WeChat needs to confirm; empty elsewhere.
	Package string
}

// Way is one way to pay.
type Way interface {
	// Send pays a bill, or learns how it stands when it was sent before. An error
	// says nothing about whether it was paid: ask again with the same bill.
	Send(ctx context.Context, bill Bill) (Outcome, error)
	// Ask learns how a bill stands. ErrUnknown: it never arrived.
	Ask(ctx context.Context, number string) (Outcome, error)
}

// ErrUnknown says that a bill never arrived, so it is safe to send it.
var ErrUnknown = errors.New("this bill never arrived")
