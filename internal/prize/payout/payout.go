// Package payout pays winners of money and phone credit: a ledger of bills (ledger.go)
// in which an award has one live bill at most, so that nothing is sent as two. It owns
// the tables payouts, payout_acts and payout_files.
//
// Nobody moves money alone. Bills are made in a batch, which another person approves
// with its sum before anything leaves (plan.go); that a bill failed, that it is made
// again, that a file goes out a second time, that another payee is paid: each is
// proposed by one and decided by another (act.go). To whom a bill goes is sealed when
// it is made, and held when the winner tells something else (payee.go). Bills for an
// operator of phone credit stand in one numbered file each (file.go), whose results come
// back by the number of the bill (result.go, apply.go).
//
// Bills of WeChat are sent by the server (send.go); others are paid by hand and marked
// (mark.go).
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

// The states. Only Paid, Failed and Rejected are final: whatever else is known, the
// same bill is asked for again, and no other is made in its place.
const (
	Proposed State = "proposed" // waits for the second person
	Rejected State = "rejected" // the second person refused; it never was to be paid
	Planned  State = "planned"  // approved, never sent
	Pending  State = "pending"  // under way, or not known
	Waiting  State = "waiting"  // for the winner to confirm, or for staff to pay
	Held     State = "held"     // the winner has told another payee since
	Paid     State = "paid"
	Failed   State = "failed" // surely not paid
)

// Final reports whether nothing more will happen to the bill.
func (s State) Final() bool { return s == Paid || s == Failed || s == Rejected }

// The ways that staff pay by: from a list, and by the file for an operator.
const (
	WayHand   = "hand"
	WayCredit = "credit"
)

// ByHand reports whether staff pay by a way, and not the server.
func ByHand(way string) bool { return way == WayHand || way == WayCredit }

// approvedTo is where a bill stands once it may be paid.
func approvedTo(way string) State {
	if ByHand(way) {
		return Waiting
	}
	return Planned
}

// Outcome is what is known of a bill.
type Outcome struct {
	State  State
	Detail string // of the way: its own number, or why it failed
	// Package is what the winner's WeChat needs to confirm; empty elsewhere.
	Package string
}

// Way is one way by which the server pays.
type Way interface {
	// Send pays a bill, or learns how it stands when it was sent before. An error
	// says nothing about whether it was paid: ask again with the same bill.
	Send(ctx context.Context, bill Bill) (Outcome, error)
	// Ask learns how a bill stands. ErrUnknown: it never arrived.
	Ask(ctx context.Context, bill Bill) (Outcome, error)
}

// ErrUnknown says that a bill never arrived, so it is safe to send it.
var ErrUnknown = errors.New("this bill never arrived")
