package prize

import (
	"context"
	"fmt"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Refused by the guard; the message names the prize.
var (
	errStockOut      = errs.New(errs.Conflict, "prize_awarded", "")
	errStockPromised = errs.New(errs.Conflict, "prize_promised", "")
)

// GuardStock refuses a definition by which a prize would be missing, of another
// kind, or of a smaller stock than is out already, or than drawings that were
// planned publicly still have to give. catalog calls it in the
// transaction that stores the definition: it takes the turn, so no draw and no plan
// by the definition of before can come after it.
func (s *Service) GuardStock(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, d *contest.Definition) error {
	if err := takeTurn(ctx, tx, contestID); err != nil {
		return err
	}
	var rows []struct {
		PrizeKey string `db:"prize_key"`
		Kind     string `db:"kind"`
		Out      int    `db:"units"`
		Highest  int    `db:"highest"`
	}
	err := tx.Select(ctx, &rows, `SELECT prize_key, MIN(kind) AS kind, COUNT(unit_no) AS units, COALESCE(MAX(unit_no), 0) AS highest
		FROM awards WHERE contest_id = ? GROUP BY prize_key ORDER BY prize_key`, contestID)
	if err != nil {
		return errs.Wrap(err, "count what is out of each prize")
	}
	for _, r := range rows {
		p := d.Prize(r.PrizeKey)
		switch {
		case p == nil:
			return stockOut("奖品“%s”已经有人中奖，不能删除；不想再发，可以把它移出奖池", r.PrizeKey)
		case string(p.Kind) != r.Kind:
			return stockOut("奖品“%s”已经有人中奖，不能改种类；请另加一个新奖品", p.Title)
		case p.Stock < r.Highest:
			return stockOut("奖品“%s”已经发到第 %d 份，库存不能减到 %d 份", p.Title, r.Highest, p.Stock)
		}
	}
	return guardPromises(ctx, tx, contestID, d)
}

func stockOut(format string, args ...any) error { return named(errStockOut, format, args...) }

func stockPromised(format string, args ...any) error { return named(errStockPromised, format, args...) }

func named(err *errs.Error, format string, args ...any) error {
	e := *err
	e.Message = fmt.Sprintf(format, args...)
	return &e
}
