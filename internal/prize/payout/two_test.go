package payout_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"anquanda/internal/prize/payout"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit/fair"
)

func TestNothingIsPaidBeforeAnotherPersonApprovesTheBatchWithItsSum(t *testing.T) {
	eachTill(t, 3, func(t *testing.T, l *till) {
		ctx, ledger := t.Context(), l.ledgers[0]
		act, err := ledger.Plan(ctx, fair.Sun, l.Contest, "wechat")
		if err != nil || act.Bills != 3 || act.Cents != 300 {
			t.Fatalf("the batch is %+v, %v", act, err)
		}
		if n, err := ledger.SendDue(ctx); n != 0 || err != nil {
			t.Errorf("%d bills were sent before, %v", n, err)
		}
		if err := l.decide(fair.Sun, act, true); !errors.Is(err, staff.ErrSamePerson) {
			t.Errorf("approved by who made it: %v", err)
		}
		if err := l.decide(staff.CommandLine, act, true); !errors.Is(err, staff.ErrByNobody) {
			t.Errorf("approved by nobody: %v", err)
		}
		other := *act
		other.Cents = 30_000
		if err := l.decide(fair.Wu, &other, true); !errors.Is(err, payout.ErrSum) {
			t.Errorf("approved with another sum: %v", err)
		}
		l.approve(act)
		l.approve(act) // the reply was lost
		if err := l.decide(fair.Wu, act, false); !errors.Is(err, payout.ErrDecided) {
			t.Errorf("rejected after it was approved: %v", err)
		}
		if n, err := ledger.SendDue(ctx); n != 3 || err != nil {
			t.Errorf("%d bills were sent after, %v", n, err)
		}
	})
}

func TestARejectedBatchGivesTheAwardsBackAndTheyAreBilledAnew(t *testing.T) {
	eachTill(t, 2, func(t *testing.T, l *till) {
		act, err := l.ledgers[0].Plan(t.Context(), fair.Sun, l.Contest, "credit")
		if err != nil {
			t.Fatal(err)
		}
		if err := l.decide(fair.Wu, act, false); err != nil {
			t.Fatal(err)
		}
		if n := l.Count("SELECT COUNT(*) FROM awards WHERE status = 'won'"); n != 2 {
			t.Errorf("%d awards are back", n)
		}
		if n := l.plan("hand"); n != 2 {
			t.Errorf("%d are billed anew", n)
		}
		if repeated, err := l.ledgers[0].Repeated(t.Context(), l.Contest.ContestID); err != nil || len(repeated) != 0 {
			t.Errorf("what was rejected counts as a bill: %+v, %v", repeated, err)
		}
	})
}

// One clerk marked a bill failed that was paid, made another and marked that one paid.
func TestOneClerkCannotPayAnAwardTwice(t *testing.T) {
	eachTill(t, 1, func(t *testing.T, l *till) {
		ctx, ledger := t.Context(), l.ledgers[0]
		l.plan("hand")
		number := l.bills()[0].Number
		if err := ledger.ProposeFailed(ctx, fair.Sun, number, " "); fair.Code(err) != "invalid_field" {
			t.Errorf("failed without a reason: %v", err)
		}
		if err := ledger.ProposeFailed(ctx, fair.Sun, number, "对方没有收到"); err != nil {
			t.Fatal(err)
		}
		if err := ledger.ProposeAgain(ctx, fair.Sun, number, "hand", "重发"); !errors.Is(err, payout.ErrNotOver) {
			t.Errorf("made again before another has agreed that it failed: %v", err)
		}
		if err := l.decide(fair.Sun, l.open(), true); !errors.Is(err, staff.ErrSamePerson) {
			t.Errorf("agreed by the same clerk: %v", err)
		}
		// The receipt turns up: what was proposed comes too late.
		if err := ledger.Mark(ctx, fair.Sun, number, "转账 0616"); err != nil {
			t.Fatal(err)
		}
		if err := l.decide(fair.Wu, l.open(), true); !errors.Is(err, payout.ErrByHand) {
			t.Errorf("failed after it was paid: %v", err)
		}
		if n := l.Count("SELECT COUNT(*) FROM payouts"); n != 1 {
			t.Errorf("there are %d bills of one award", n)
		}
	})
}

func TestOfTwoWhoDecideAtOnceOneDoes(t *testing.T) {
	eachTill(t, 20, func(t *testing.T, l *till) {
		act, err := l.ledgers[0].Plan(t.Context(), fair.Sun, l.Contest, "hand")
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		decided := make([]error, 8)
		for i := range decided {
			by := staff.Actor{ID: fair.Wu.ID + sqldb.ID(i), Name: fmt.Sprint("同事", i)}
			all.Go(func() {
				_, decided[i] = l.ledgers[i%2].Decide(t.Context(), by, act.ID,
					payout.Decision{Approve: i%2 == 0, Bills: act.Bills, Cents: act.Cents, Note: "不同意"})
			})
		}
		all.Wait()
		done := 0
		for i, err := range decided {
			if err == nil {
				done++
			} else if !errors.Is(err, payout.ErrDecided) {
				t.Errorf("%d: %v", i, err)
			}
		}
		if done != 1 {
			t.Errorf("%d of eight have decided", done)
		}
		waiting, rejected := l.Count("SELECT COUNT(*) FROM payouts WHERE state = 'waiting'"),
			l.Count("SELECT COUNT(*) FROM payouts WHERE state = 'rejected'")
		if waiting+rejected != 20 || waiting != 0 && rejected != 0 {
			t.Errorf("%d bills wait and %d are rejected", waiting, rejected)
		}
	})
}

func TestAPayeeThatIsChangedAfterTheBillHoldsIt(t *testing.T) {
	for _, c := range []struct {
		name    string
		replace bool
		want    func(old string) string
	}{
		{"the old one is paid", false, func(old string) string { return old }},
		{"the new one is paid", true, func(string) string { return "13500008888" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			eachTill(t, 2, func(t *testing.T, l *till) {
				ctx, ledger := t.Context(), l.ledgers[0]
				l.plan("credit")
				b := l.bills()[0]
				old := l.payee("credit", b.PlayerID)
				if b.Tail != old[7:] {
					t.Errorf("the bill goes to the tail %q of %s", b.Tail, old)
				}
				l.tells(b.PlayerID, "13500008888")
				file, err := ledger.MakeFile(ctx, fair.Sun, l.Contest)
				if err != nil || file.Bills != 1 {
					t.Fatalf("the file is %+v, %v", file, err)
				}
				told, err := ledger.OfPlayer(ctx, l.Contest.ContestID, b.PlayerID)
				if err != nil || told[b.AwardID].State != payout.Held || told[b.AwardID].Tail != old[7:] {
					t.Errorf("the winner is told %+v, %v", told, err)
				}
				if err := ledger.Mark(ctx, fair.Sun, b.Number, "充值 1"); !errors.Is(err, payout.ErrByHand) {
					t.Errorf("a bill that is held is marked: %v", err)
				}
				if err := ledger.JudgePayee(ctx, fair.Sun, b.Number, c.replace, "电话里核实过"); err != nil {
					t.Fatal(err)
				}
				if err := l.decide(fair.Sun, l.open(), true); !errors.Is(err, staff.ErrSamePerson) {
					t.Errorf("judged alone: %v", err)
				}
				l.approve(l.open())
				if n, err := ledger.HoldChanged(ctx); n != 0 || err != nil {
					t.Errorf("what was judged is held again: %d, %v", n, err)
				}
				file, err = ledger.MakeFile(ctx, fair.Sun, l.Contest)
				if err != nil || file.Bills != 1 || file.Number != 2 {
					t.Fatalf("the next file is %+v, %v", file, err)
				}
				_, text, err := ledger.Download(ctx, fair.Sun, l.Contest, 2)
				if want := b.Number + "," + c.want(old) + ",1.00"; err != nil || !contains(text, want) {
					t.Errorf("the file holds %s, want %s; %v", text, want, err)
				}
			})
		})
	}
}

func TestAPayeeThatIsChangedBackGoesOnByItself(t *testing.T) {
	eachTill(t, 1, func(t *testing.T, l *till) {
		ctx, ledger := t.Context(), l.ledgers[0]
		l.plan("wechat")
		b := l.bills()[0]
		l.tells(b.PlayerID, "")
		for _, want := range []payout.State{payout.Held, payout.Held} {
			if _, err := ledger.HoldChanged(ctx); err != nil {
				t.Fatal(err)
			}
			if n, err := ledger.SendDue(ctx); n != 0 || err != nil || l.bills()[0].State != want {
				t.Errorf("%d sent, %v, the bill is %s", n, err, l.bills()[0].State)
			}
		}
		l.tells(b.PlayerID, "openid"+b.PlayerID.String())
		if _, err := ledger.HoldChanged(ctx); err != nil {
			t.Fatal(err)
		}
		if n, err := ledger.SendDue(ctx); n != 1 || err != nil {
			t.Errorf("%d sent, %v", n, err)
		}
	})
}
