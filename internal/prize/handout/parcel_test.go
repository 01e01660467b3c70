package handout_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/prize/handout"
	"anquanda/internal/testkit/fair"
)

func TestAPostedPrizeIsHandedOutAndItsWinnerSeesTheParcel(t *testing.T) {
	eachCounter(t, func(t *testing.T, c *counter) {
		ctx, player := t.Context(), c.Player("n1")
		award := c.cup(player)
		post := func(courier, number string) error {
			return c.claims.Post(ctx, fair.Sun, c.Contest, award, courier, number)
		}
		if err := post("顺丰", "SF1234567890"); !errors.Is(err, handout.ErrUnclaimed) {
			t.Errorf("before the winner has told where to: %v", err)
		}
		c.claim(player, award)
		mine, _ := c.claims.Mine(ctx, c.Contest, player)
		code := mine[0].Code
		for _, wrong := range [][2]string{{"", "SF1234567890"}, {"顺丰", ""}, {"顺丰", "=1+1+11"},
			{strings.Repeat("长", 30), "SF1234567890"}} {
			if err := post(wrong[0], wrong[1]); fair.Code(err) != "invalid_field" {
				t.Errorf("%q: %v", wrong, err)
			}
		}
		for _, number := range []string{"SF1234567890", "SF1234567890", "SF1234567891"} {
			if err := post("顺丰", number); err != nil {
				t.Errorf("posted by %s: %v", number, err)
			}
		}
		mine, err := c.claims.Mine(ctx, c.Contest, player)
		if err != nil || mine[0].Parcel == nil || mine[0].Parcel.Number != "SF1234567891" || mine[0].Code != "" {
			t.Errorf("the winner sees %+v, %v", mine, err)
		}
		if _, _, err := c.booth.Redeem(ctx, fair.Wu, c.Contest, code, "press-of-a-button"); fair.Code(err) != "award_used" {
			t.Errorf("fetched at the booth as well: %v", err)
		}
		other := c.Player("n1")
		fetched := c.cup(other)
		c.claim(other, fetched)
		mine, _ = c.claims.Mine(ctx, c.Contest, other)
		if _, _, err := c.booth.Redeem(ctx, fair.Wu, c.Contest, mine[0].Code, "another-press"); err != nil {
			t.Fatal(err)
		}
		if err := c.claims.Post(ctx, fair.Sun, c.Contest, fetched, "顺丰", "SF1234567890"); !errors.Is(err, handout.ErrUsed) {
			t.Errorf("posted after it was fetched: %v", err)
		}
	})
}

func TestAFileOfParcelsIsLookedAtAndTakenOnce(t *testing.T) {
	eachCounter(t, func(t *testing.T, c *counter) {
		ctx := t.Context()
		text := "中奖编号,奖品,快递公司,快递单号\n"
		for i := range 3 {
			player := c.Player("n1")
			award := c.cup(player)
			if i < 2 {
				c.claim(player, award)
			}
			text += fmt.Sprintf("%s,水杯,中通,ZT10000%d\n", award, i)
		}
		text += "77,水杯,中通,ZT100009\n"
		found, err := c.claims.CheckParcels(ctx, c.Contest, []byte(text))
		if err != nil || found.Posted != 2 || len(found.Wrong) != 2 || c.Count("SELECT COUNT(*) FROM parcels") != 0 {
			t.Fatalf("the file says %+v, %v", found, err)
		}
		_, err = c.claims.PostAll(ctx, fair.Sun, c.Contest, []byte(text), "another")
		if !errors.Is(err, handout.ErrOtherParcels) {
			t.Errorf("taken unseen: %v", err)
		}
		for round := range 2 {
			found, err = c.claims.PostAll(ctx, fair.Sun, c.Contest, []byte(text), found.SHA256)
			if err != nil || round == 1 && (found.Posted+found.Changed != 0 || found.Same != 2) {
				t.Errorf("taken the %d. time: %+v, %v", round+1, found, err)
			}
		}
		if n := c.Count("SELECT COUNT(*) FROM awards WHERE status = 'redeemed'"); n != 2 {
			t.Errorf("%d are handed out", n)
		}
	})
}

func TestTheListForTheTaxOfficeTellsWorthAndTaxAndStandsInTheLog(t *testing.T) {
	eachCounter(t, func(t *testing.T, c *counter) {
		player := c.Player("n1")
		c.claim(player, c.cup(player))
		var file bytes.Buffer
		if err := c.claims.WriteTaxList(t.Context(), fair.Sun, c.Contest, &file); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(&file)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.GetRows("偶然所得")
		var worth int
		if err := c.DB.Get(t.Context(), &worth, "SELECT worth FROM awards"); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("%d.%02d %d.%02d", worth/100, worth%100, worth/5/100, worth/5%100)
		if err != nil || len(rows) != 2 || rows[1][5]+" "+rows[1][6] != want || rows[1][2] != "13812345678" {
			t.Errorf("the list is %q, want %s; %v", rows, want, err)
		}
		if n := c.Count("SELECT COUNT(*) FROM audit_log WHERE action_name = 'winners.tax'"); n != 1 {
			t.Errorf("%d entries in the audit log", n)
		}
	})
}
