package handout_test

import (
	"slices"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/prize"
	"anquanda/internal/prize/handout"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/fair"
)

func TestTheBoothHoldsWhatItsWinnerMayNotHaveForNow(t *testing.T) {
	eachCounter(t, func(t *testing.T, c *counter) {
		ctx := t.Context()
		award, held := c.ready()
		var winner sqldb.ID
		if err := c.DB.Get(ctx, &winner, "SELECT player_id FROM awards WHERE id = ?", award); err != nil {
			t.Fatal(err)
		}
		undo := c.Disqualify(winner)
		if v, err := c.booth.Scan(ctx, c.Contest, held); err != nil || v.Problem != handout.ErrHeld {
			t.Errorf("the booth shows %+v, %v", v, err)
		}
		if _, _, err := c.booth.Redeem(ctx, fair.Sun, c.Contest, held, "press-0001"); fair.Code(err) != "award_held" {
			t.Errorf("handed out: %v", err)
		}
		undo()
		if _, _, err := c.booth.Redeem(ctx, fair.Sun, c.Contest, held, "press-0002"); err != nil {
			t.Errorf("after it was taken back: %v", err)
		}
		// What was handed out before stays handed out.
		c.Disqualify(winner)
		if n := c.Count("SELECT COUNT(*) FROM awards WHERE id = ? AND status = 'redeemed'", award); n != 1 {
			t.Error("what was handed out is touched")
		}
	})
}

func TestPrizesOfARehearsalAreNotHandedOutNorFilledWithCodes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		c := newCounter(t, s)
		_, spelt := c.ready()
		in := fair.Rehearsed(c.Contest)
		v, err := c.booth.Scan(t.Context(), in, spelt)
		if err != nil || fair.Code(v.Problem) != "prize_rehearsal" {
			t.Errorf("the booth shows %+v, %v", v, err)
		}
		if _, _, err := c.booth.Redeem(t.Context(), fair.Sun, in, spelt, "press-0001"); fair.Code(err) != "prize_rehearsal" {
			t.Errorf("handed out: %v", err)
		}
		if v, err := c.booth.Scan(t.Context(), c.Contest, spelt); err != nil || v.Redemption != nil || v.Problem != nil {
			t.Errorf("after that the award is %+v, %v", v, err)
		}
		vouchers := *in.Definition
		vouchers.Prizes = []contest.Prize{{Key: "code", Kind: contest.PrizeVoucher, Stock: 1}}
		in.Definition = &vouchers
		if _, err := c.Ledger.ImportCodes(t.Context(), fair.Sun, in, "code",
			[]string{"A-1"}); fair.Code(err) != "prize_rehearsal" {
			t.Errorf("codes are taken: %v", err)
		}
	})
}

func TestAWinnerWhoDoesNotCountForNowSeesNoCodeAndMayStillTellWhatIsAsked(t *testing.T) {
	eachCounter(t, func(t *testing.T, c *counter) {
		ctx := t.Context()
		award, code := c.ready()
		var winner sqldb.ID
		if err := c.DB.Get(ctx, &winner, "SELECT player_id FROM awards WHERE id = ?", award); err != nil {
			t.Fatal(err)
		}
		undo := c.Disqualify(winner)
		mine, err := c.claims.Mine(ctx, c.Contest, winner)
		if err != nil || len(mine) != 1 || mine[0].Code != "" || !mine[0].Held {
			t.Fatalf("while disqualified: %+v, %v", mine, err)
		}
		if err := c.tell(winner, award, "13900001234"); err != nil {
			t.Errorf("the time for it goes on, yet it cannot be told: %v", err)
		}
		undo()
		mine, err = c.claims.Mine(ctx, c.Contest, winner)
		if err != nil || mine[0].Code != code || mine[0].Held {
			t.Errorf("after it was taken back: %+v, %v", mine, err)
		}
	})
}

func TestAVoucherIsNotShownToWhoDoesNotCountForNow(t *testing.T) {
	eachCounter(t, func(t *testing.T, c *counter) {
		ctx, player := t.Context(), c.Player("")
		award := c.Ledger.NewAward(c.Contest.ContestID, player, c.Contest.Definition,
			&contest.Prize{Key: "code", Title: "电影票", Kind: contest.PrizeVoucher, Stock: 1}, 1,
			prize.Source{Kind: prize.FromShop})
		vouchers := *c.Contest
		definition := *vouchers.Definition
		definition.Prizes = append(slices.Clone(definition.Prizes),
			contest.Prize{Key: "code", Kind: contest.PrizeVoucher, Stock: 1})
		vouchers.Definition = &definition
		if _, err := c.Ledger.ImportCodes(ctx, fair.Sun, &vouchers, "code", []string{"A-1"}); err != nil {
			t.Fatal(err)
		}
		if err := c.DB.InTx(ctx, func(tx *sqldb.Tx) error {
			return prize.InsertAwards(ctx, tx, []prize.Award{award})
		}); err != nil {
			t.Fatal(err)
		}
		undo := c.Disqualify(player)
		mine, err := c.claims.Mine(ctx, &vouchers, player)
		if err != nil || len(mine) != 1 || mine[0].Voucher != "" || !mine[0].Held {
			t.Errorf("while disqualified: %+v, %v", mine, err)
		}
		undo()
		if mine, err := c.claims.Mine(ctx, &vouchers, player); err != nil || len(mine) != 1 || mine[0].Voucher != "A-1" {
			t.Errorf("after it was taken back: %+v, %v", mine, err)
		}
	})
}
