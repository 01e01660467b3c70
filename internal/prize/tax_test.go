package prize_test

import (
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/prize"
)

func TestWhatIsIncomeByLawIsTaxedWithAFifthOfItsWorth(t *testing.T) {
	for _, c := range []struct {
		kind       contest.PrizeKind
		cents, tax int
	}{
		{contest.PrizeGoods, 9900, 1980},
		{contest.PrizeCredit, 1000, 200},
		{contest.PrizeCash, 2, 0}, // 0.4 cents
		{contest.PrizeCash, 3, 1},
		{contest.PrizeVoucher, 4000, 800},
		{contest.PrizePoints, 500, 0},
		{contest.PrizeThanks, 0, 0},
		{contest.PrizeGoods, 0, 0}, // nobody has said what it is worth
	} {
		a := prize.Award{Kind: c.kind, Promised: &c.cents}
		if got := a.Tax(); got != c.tax {
			t.Errorf("%s of %d cents: %d cents of tax, want %d", c.kind, c.cents, got, c.tax)
		}
	}
}
