package prize

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Refused by the guard; the message names the prize.
var (
	errStockOut      = errs.New(errs.Conflict, "prize_awarded", "")
	errStockPromised = errs.New(errs.Conflict, "prize_promised", "")
)

// Promises are how many units of each prize drawings have announced and not given
// yet.
type Promises map[string]int

// Keys are the prizes, sorted, so that what is refused first is always the same.
func (p Promises) Keys() []string { return slices.Sorted(maps.Keys(p)) }

// Promised reads, in a transaction, what the drawings of a contest promise.
type Promised func(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) (Promises, error)

// GuardStock refuses a definition by which a prize would be missing, of another
// kind, name or value than what is out already, or of a smaller stock than is out, or
// than drawings that were planned publicly still have to give. Awards keep what was
// promised of them; the guard keeps everybody from reading another thing under a name
// that somebody has won. catalog calls it in the
// transaction that stores the definition: it takes the turn, so no draw and no plan
// by the definition of before can come after it.
func GuardStock(promised Promised) func(context.Context, *sqldb.Tx, sqldb.ID, *contest.Definition) error {
	return func(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, d *contest.Definition) error {
		if err := TakeTurn(ctx, tx, contestID); err != nil {
			return err
		}
		if err := guardWon(ctx, tx, contestID, d); err != nil {
			return err
		}
		if err := guardPromised(ctx, tx, contestID, d); err != nil {
			return err
		}
		waiting, err := promised(ctx, tx, contestID)
		if err != nil || len(waiting) == 0 {
			return err
		}
		return guardPromises(ctx, tx, contestID, d, waiting)
	}
}

// guardWon refuses a definition by which something that is out would be missing.
func guardWon(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, d *contest.Definition) error {
	var rows []struct {
		PrizeKey string `db:"prize_key"`
		Kind     string `db:"kind"`
		Out      int    `db:"units"`
		Highest  int    `db:"highest"`
	}
	err := tx.Select(ctx, &rows,
		`SELECT prize_key, MIN(kind) AS kind, COUNT(unit_no) AS units, COALESCE(MAX(unit_no), 0) AS highest
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
			return stockOut("奖品“%s”已经有人中奖，不能改种类；请新增一个奖品", p.Title)
		case p.Stock < r.Highest:
			return stockOut("奖品“%s”已经发到第 %d 份，库存不能减到 %d 份", p.Title, r.Highest, p.Stock)
		}
	}
	return nil
}

// promised is one way in which awards of a prize were promised.
type promised struct {
	PrizeKey   string     `db:"prize_key"`
	SourceKind SourceKind `db:"source_kind"`
	Title      string     `db:"title"`
	Worth      int        `db:"worth"`
}

// calledAs reports whether the definition calls the prize as it was promised; a drawing
// numbers its tiers that have one name, a pot says how much a share is.
func (o *promised) calledAs(p *contest.Prize) bool {
	return o.Title == p.Title || o.SourceKind == FromDrawing && strings.HasPrefix(o.Title, p.Title+"（") ||
		o.SourceKind == FromPot && strings.HasPrefix(o.Title, p.Title+" ")
}

// guardPromised refuses a definition that calls a prize of which something is out by
// another name or gives it another value. Awards of before this rule may differ among
// themselves: then one of theirs is right.
func guardPromised(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, d *contest.Definition) error {
	var out []promised
	err := tx.Select(ctx, &out, `SELECT DISTINCT prize_key, source_kind, title, worth FROM awards
		WHERE contest_id = ? AND claim_until IS NOT NULL AND worth IS NOT NULL ORDER BY prize_key, worth, title`, contestID)
	if err != nil {
		return errs.Wrap(err, "read what was promised of each prize")
	}
	titled, valued := map[string]bool{}, map[string]bool{}
	for _, o := range out {
		if p := d.Prize(o.PrizeKey); p != nil {
			titled[o.PrizeKey] = titled[o.PrizeKey] || o.calledAs(p)
			valued[o.PrizeKey] = valued[o.PrizeKey] || o.SourceKind == FromLive || o.SourceKind == FromPot ||
				o.Worth == p.Value
		}
	}
	for _, o := range out {
		p := d.Prize(o.PrizeKey)
		switch {
		case p == nil: // guardWon has said so
		case !titled[o.PrizeKey]:
			return stockOut("奖品“%s”已经有人中奖，不能改名；请新增一个奖品", o.Title)
		case !valued[o.PrizeKey]:
			return stockOut("奖品“%s”已经有人中奖，不能改价值；请新增一个奖品", o.Title)
		}
	}
	return nil
}

// guardPromises refuses a definition by which a drawing that is planned or frozen
// could not give what it has announced: the prize is missing, there are too few
// units, or pools and the shop would no longer keep enough of them.
func guardPromises(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, d *contest.Definition,
	waiting Promises) error {
	for _, key := range waiting.Keys() {
		if d.Prize(key) == nil {
			return stockPromised("奖品“%s”已经公开安排了摇奖，不能删除；要换奖品，请先公开取消那次摇奖", key)
		}
	}
	stock, err := ReadShelves(ctx, tx, contestID, d, waiting.Keys())
	if err != nil {
		return err
	}
	for _, key := range waiting.Keys() {
		s, n := stock[key], waiting[key]
		switch {
		case s == nil: // thanks, of which there is no stock
		case s.Prize.Stock-s.Total < n:
			return stockPromised("奖品“%s”已经公开安排摇出 %d 份，另外已经发出 %d 份，库存不能减到 %d 份", s.Prize.Title, n, s.Total, s.Prize.Stock)
		case s.kept < n:
			return stockPromised("奖品“%s”已经公开安排摇出 %d 份，不能从“摇奖”里减少或删除；要改，请先公开取消那次摇奖", s.Prize.Title, n)
		}
	}
	return nil
}

func stockOut(format string, args ...any) error { return named(errStockOut, format, args...) }

func stockPromised(format string, args ...any) error { return named(errStockPromised, format, args...) }

func named(err *errs.Error, format string, args ...any) error {
	e := *err
	e.Message = fmt.Sprintf(format, args...)
	return &e
}
