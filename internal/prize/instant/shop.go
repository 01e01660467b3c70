package instant

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// Why the shop refuses. chance.Nothing is spent then.
var (
	ErrNotForSale = errs.New(errs.NotFound, "prize_not_for_sale", "这个奖品不能用积分兑换")
	ErrSoldOut    = errs.New(errs.Conflict, "prize_sold_out", "这个奖品已经兑完，积分没有扣")
	ErrTooFew     = errs.New(errs.Conflict, "points_too_few", "积分不够，积分没有扣")
	ErrShopClosed = errs.New(errs.Conflict, "shop_closed", "现在不能兑换，积分没有扣")
	ErrShopProof  = errs.New(errs.Conflict, "needs_proof", "兑换奖品要先证明身份，积分没有扣")
	ErrPrice      = errs.New(errs.Conflict, "price_changed", "兑换需要的积分刚刚改过，积分没有扣，请刷新页面再看")
	ErrOtherPrize = errs.New(errs.Conflict, "exchange_used", "这次兑换已经换了另一个奖品，请刷新页面再看")
)

// Balance is what a player has to spend from a purse.
type Balance struct {
	Earned int
	Spent  int
}

// Left is what can be spent.
func (b Balance) Left() int { return b.Earned - b.Spent }

// Balance reads what a player has earned into a purse in a contest, and spent from it;
// purse "" is the points.
func (s *Service) Balance(ctx context.Context, contestID, player sqldb.ID, purse string) (Balance, error) {
	b, _, err := readBalance(ctx, s.db, contestID, player, purse)
	return b, err
}

// readBalance also counts the spends from all purses. Grants never shrink, so what is read as
// earned is there at least.
func readBalance(ctx context.Context, from sqldb.Reader, contestID, player sqldb.ID,
	purse string) (b Balance, spends int, err error) {
	var row struct {
		Spent  int `db:"spent"`
		Spends int `db:"spends"`
	}
	err = from.Get(ctx, &row,
		`SELECT COALESCE(SUM(CASE WHEN purse = ? THEN amount ELSE 0 END), 0) AS spent, COUNT(*) AS spends
		FROM spends WHERE contest_id = ? AND player_id = ?`, purse, contestID, player)
	if err != nil {
		return b, 0, errs.Wrap(err, "read what a player spent")
	}
	err = from.Get(ctx, &b.Earned,
		"SELECT COALESCE(SUM(amount), 0) FROM grants WHERE contest_id = ? AND player_id = ? AND kind = ?",
		contestID, player, contest.GrantInto(purse))
	b.Spent = row.Spent
	return b, row.Spends, errs.Wrap(err, "read what a player earned")
}

// Exchange spends a player's points on a prize. price is what the page has shown (0: it
// does not say), and no more and no less is taken. request is chosen by the page, one
// for each exchange: asked again it returns the same award. Errors are those
// above, and identity.ErrNotEnrolled.
func (s *Service) Exchange(ctx context.Context, c *catalog.Contest, player sqldb.ID, prizeKey string,
	price int, request string) (*prize.Award, error) {
	if _, err := s.players.Enrolment(ctx, c.ContestID, player); err != nil {
		return nil, err
	}
	p := c.Prize(prizeKey)
	if p == nil || p.Price == 0 || p.Kind == contest.PrizeThanks {
		return nil, ErrNotForSale
	}
	var award *prize.Award
	err := s.db.InTx(context.WithoutCancel(ctx), func(tx *sqldb.Tx) (err error) {
		award, err = s.exchange(ctx, tx, c, player, p, price, request)
		return err
	})
	if err != nil {
		return nil, errs.Wrap(err, "exchange points for a prize")
	}
	if award.Kind == contest.PrizePoints && award.Status == prize.Won {
		return award, s.credit(context.WithoutCancel(ctx), c, award)
	}
	return award, nil
}

func (s *Service) exchange(ctx context.Context, tx *sqldb.Tx, c *catalog.Contest, player sqldb.ID, p *contest.Prize,
	price int, request string) (*prize.Award, error) {
	if err := prize.TakeTurn(ctx, tx, c.ContestID); err != nil {
		return nil, err
	}
	if before, err := exchanged(ctx, tx, c.ContestID, player, request); err != nil || before != nil {
		if before != nil && before.PrizeKey != p.Key {
			return nil, ErrOtherPrize
		}
		return before, err
	}
	if err := s.maySell(ctx, tx, c, player); err != nil {
		return nil, err
	}
	if price != 0 && price != p.Price {
		return nil, ErrPrice
	}
	stock, err := prize.ReadShelves(ctx, tx, c.ContestID, c.Definition, []string{p.Key})
	if err != nil {
		return nil, err
	}
	balance, spends, err := readBalance(ctx, tx, c.ContestID, player, p.Purse)
	switch {
	case err != nil:
		return nil, err
	case balance.Left() < p.Price:
		return nil, tooFew(c.Definition, p.Purse)
	case stock[p.Key].Left() == 0:
		return nil, ErrSoldOut
	}
	by := prize.Source{Kind: prize.FromShop, Key: ""}
	unit, _ := stock[p.Key].Take(by)
	award := s.ledger.NewAward(c.ContestID, player, c.Definition, p, unit, by)
	if err := prize.InsertAwards(ctx, tx, []prize.Award{award}); err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `INSERT INTO spends (contest_id, player_id, ordinal, request_key, award_id, amount,
		spent_before, earned, spent_at, purse)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.ContestID, player, spends+1, request, award.ID, p.Price, balance.Spent, balance.Earned, s.millis(), p.Purse)
	if sqldb.IsDuplicate(err) {
		return nil, sqldb.ErrStale // spent at the same time: look again
	}
	return &award, errs.Wrap(err, "spend points")
}

// tooFew refuses what a purse does not hold.
func tooFew(d *contest.Definition, purse string) error {
	if purse == "" {
		return ErrTooFew
	}
	return errs.New(errs.Conflict, ErrTooFew.Code, d.PurseTitle(purse)+"不够，什么也没有扣")
}

// exchanged is the award of an exchange that was asked for before; nil for none.
func exchanged(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, request string) (*prize.Award, error) {
	var award prize.Award
	err := tx.Get(ctx, &award, "SELECT "+prize.AwardColumns+` FROM awards WHERE id =
		(SELECT award_id FROM spends WHERE contest_id = ? AND player_id = ? AND request_key = ?)`, contestID, player, request)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &award, errs.Wrap(err, "look for an exchange")
}

// maySell refuses outside the contest's window, by a definition that is no longer
// the newest, to a player who is disqualified, and to one who has to be proven first.
func (s *Service) maySell(ctx context.Context, tx *sqldb.Tx, c *catalog.Contest, player sqldb.ID) error {
	var version int
	if err := tx.Get(ctx, &version, "SELECT version FROM contests WHERE id = ?", c.ContestID); err != nil {
		return errs.Wrap(err, "read the version of a contest")
	}
	switch {
	case version != c.Version:
		return errOlder
	case s.millis() < c.Window.Opens.MS:
		return ErrShopClosed
	}
	out, err := conduct.OutOf(ctx, tx, c.ContestID, []sqldb.ID{player})
	if err != nil {
		return err
	}
	who, err := identity.EnrolmentsIn(ctx, tx, c.ContestID, []sqldb.ID{player})
	switch {
	case err != nil:
		return err
	case out[player]:
		return conduct.ErrDisqualified
	case !c.Admits(contest.ForShop, who[player].Proofs):
		return ErrShopProof
	}
	return nil
}

// Good is a prize of the shop, and how many units are left of it.
type Good struct {
	Prize *contest.Prize
	Left  int
}

// Goods lists what the shop of a contest has, the cheapest first.
func (s *Service) Goods(ctx context.Context, c *catalog.Contest) ([]Good, error) {
	var goods []Good
	var keys []string
	for i := range c.Prizes {
		if p := &c.Prizes[i]; p.Price > 0 && p.Kind != contest.PrizeThanks {
			goods, keys = append(goods, Good{Prize: p}), append(keys, p.Key)
		}
	}
	stock, err := prize.ReadShelves(ctx, s.db, c.ContestID, c.Definition, keys)
	if err != nil {
		return nil, err
	}
	for i := range goods {
		goods[i].Left = stock[goods[i].Prize.Key].Left()
	}
	slices.SortStableFunc(goods, func(a, b Good) int { return a.Prize.Price - b.Prize.Price })
	return goods, nil
}
