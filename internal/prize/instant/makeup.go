package instant

import (
	"context"
	"strconv"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

// ErrMakeupPrice refuses a day at a price that the page did not show.
var ErrMakeupPrice = errs.New(errs.Conflict, "price_changed", "补签的价钱刚刚改过，什么也没有扣，请刷新页面再看")

// MakeUp lets a player have checked in on a missed day (yyyymmdd), for points. price is
// what the page has shown, and no more and no less is taken. A day is paid for once: asked
// again it is repeated. Errors: those of contest.Definition.MayMakeUp,
// contest.ErrNotMissed, ErrMakeupPrice, ErrTooFew, conduct.ErrDisqualified and
// identity.ErrNotEnrolled.
func (s *Service) MakeUp(ctx context.Context, c *catalog.Contest, player sqldb.ID, day, price int) (*play.Done, error) {
	now := s.millis()
	deed := play.PlayerDeed{Contest: c, PlayerID: player, Deed: contest.MakeUp(day, now)}
	return s.play.DoPaid(ctx, deed, func(ctx context.Context, tx *sqldb.Tx) error {
		return s.payMakeup(ctx, tx, c, player, day, price, now)
	})
}

// payMakeup pays for a day, in the transaction that lets the player have come. Of two at
// once for one player one is done again: both would be the next spend.
func (s *Service) payMakeup(ctx context.Context, tx *sqldb.Tx, c *catalog.Contest, player sqldb.ID, day, price int,
	now int64) error {
	if c.Makeup == nil {
		return contest.ErrNoMakeup
	}
	// The spends come first: what another transaction commits after this read takes the next
	// one, so that what is counted below cannot be older than the spends are.
	balance, spends, err := readBalance(ctx, tx, c.ContestID, player, c.Makeup.Purse)
	if err != nil {
		return err
	}
	var did struct {
		Came   int `db:"came"`
		MadeUp int `db:"made_up"`
	}
	err = tx.Get(ctx, &did, `SELECT COUNT(CASE WHEN kind = ? THEN 1 END) AS came, COUNT(CASE WHEN kind = ? THEN 1 END)
		AS made_up FROM deeds WHERE contest_id = ? AND player_id = ? AND (kind = ? OR kind = ? AND ref = ?)`,
		contest.DeedCheckin, contest.DeedMakeup, c.ContestID, player, contest.DeedMakeup, contest.DeedCheckin,
		strconv.Itoa(day))
	if err != nil {
		return errs.Wrap(err, "read on which days a player came")
	}
	if err := c.MayMakeUp(day, did.MadeUp, now); err != nil {
		return err
	}
	out, err := conduct.OutOf(ctx, tx, c.ContestID, []sqldb.ID{player})
	if err != nil {
		return err
	}
	switch {
	case did.Came > 0:
		return contest.ErrNotMissed
	case price != c.Makeup.Price:
		return ErrMakeupPrice
	case out[player]:
		return conduct.ErrDisqualified
	case balance.Left() < price:
		return tooFew(c.Definition, c.Makeup.Purse)
	}
	_, err = tx.Exec(ctx, `INSERT INTO spends (contest_id, player_id, ordinal, request_key, award_id, amount,
		spent_before, earned, spent_at, made_up, purse)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.ContestID, player, spends+1, makeupRequest(day), s.ledger.NewID(), price, balance.Spent, balance.Earned, now, day,
		c.Makeup.Purse)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // spent at the same time: look again
	}
	return errs.Wrap(err, "pay for a day")
}

// makeupRequest is longer than any request that a page may choose for an exchange.
func makeupRequest(day int) string {
	return "a missed day of this contest that was made up: " + strconv.Itoa(day)
}
