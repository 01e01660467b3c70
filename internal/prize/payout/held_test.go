package payout_test

import (
	"testing"

	"anquanda/internal/testkit/fair"
)

func TestMoneyWaitsWhileItsWinnerIsDisqualified(t *testing.T) {
	eachTill(t, 2, func(t *testing.T, l *till) {
		winner := l.Player("")
		if err := l.Exec("UPDATE awards SET player_id = ? WHERE unit_no = 1", winner); err != nil {
			t.Fatal(err)
		}
		undo := l.Disqualify(winner)
		if n, err := l.ledgers[0].Plan(t.Context(), fair.Sun, l.Contest, "hand"); err != nil || n != 1 {
			t.Errorf("%d planned, %v", n, err)
		}
		undo()
		if n, err := l.ledgers[0].Plan(t.Context(), fair.Sun, l.Contest, "hand"); err != nil || n != 1 {
			t.Errorf("%d planned after it was taken back, %v", n, err)
		}
	})
}

func TestWinnersOfARehearsalAreNotPaid(t *testing.T) {
	eachTill(t, 2, func(t *testing.T, l *till) {
		if n, err := l.ledgers[0].Plan(t.Context(), fair.Sun, fair.Rehearsed(l.Contest), "wechat"); n != 0 ||
			fair.Code(err) != "prize_rehearsal" {
			t.Errorf("%d bills, %v", n, err)
		}
		if n := l.plan(); n != 2 {
			t.Errorf("%d bills for the contest itself", n)
		}
	})
}
