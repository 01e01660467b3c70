package prize_test

import (
	"testing"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/testkit"
)

// rehearsed is the contest as the catalog gives the rehearsal of another.
func rehearsed(c *catalog.Contest) *catalog.Contest {
	copied := *c
	copied.RehearsalOf = c.ContestID + 1
	return &copied
}

func TestPrizesOfARehearsalAreNotHandedOutNorFilledWithCodes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		c := newCounter(t, s)
		_, spelt := c.ready()
		in := rehearsed(c.contest)
		v, err := c.booth.Look(t.Context(), in, spelt)
		if err != nil || code(v.Problem) != "prize_rehearsal" {
			t.Errorf("the booth shows %+v, %v", v, err)
		}
		if _, _, err := c.booth.Redeem(t.Context(), sun, in, spelt, "press-0001"); code(err) != "prize_rehearsal" {
			t.Errorf("handed out: %v", err)
		}
		if v, err := c.booth.Look(t.Context(), c.contest, spelt); err != nil || v.Redemption != nil || v.Problem != nil {
			t.Errorf("after that the award is %+v, %v", v, err)
		}
		vouchers := *in.Definition
		vouchers.Prizes = []contest.Prize{{Key: "code", Kind: contest.PrizeVoucher, Stock: 1}}
		in.Definition = &vouchers
		if _, err := c.ledger.ImportCodes(t.Context(), sun, in, "code", []string{"A-1"}); code(err) != "prize_rehearsal" {
			t.Errorf("codes are taken: %v", err)
		}
	})
}

func TestWinnersOfARehearsalAreNotPaid(t *testing.T) {
	eachTill(t, 2, func(t *testing.T, l *till) {
		if n, err := l.ledgers[0].Plan(t.Context(), sun, rehearsed(l.contest), "wechat"); n != 0 || code(err) != "prize_rehearsal" {
			t.Errorf("%d bills, %v", n, err)
		}
		if n := l.plan(); n != 2 {
			t.Errorf("%d bills for the contest itself", n)
		}
	})
}
