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
		if n := l.plan("hand"); n != 1 {
			t.Errorf("%d planned", n)
		}
		undo()
		if n := l.plan("hand"); n != 1 {
			t.Errorf("%d planned after it was taken back", n)
		}
	})
}

func TestWinnersOfARehearsalAreNotPaid(t *testing.T) {
	eachTill(t, 2, func(t *testing.T, l *till) {
		_, err := l.ledgers[0].Plan(t.Context(), fair.Sun, fair.Rehearsed(l.Contest), "wechat")
		if fair.Code(err) != "prize_rehearsal" {
			t.Errorf("a rehearsal is paid: %v", err)
		}
		if n := l.plan("wechat"); n != 2 {
			t.Errorf("%d bills for the contest itself", n)
		}
	})
}
