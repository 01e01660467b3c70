package play

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

var (
	errWholePoints = errs.New(errs.Conflict, "score_unit",
		"已经有人答题，成绩按整数分记，中途不能改用 2.5 这样的分值。请把分值改成整数；要用小数分值，请从副本办新的活动")
	errTenths = errs.New(errs.Conflict, "score_unit",
		"已经有人答题，成绩记到 0.1 分，中途不能改成整数分。请至少把一个分值写出小数，如 3.0")
)

// GuardScale refuses a definition that counts scores in another unit (whole points or
// tenths) than the attempts that are stored: the unit is not stored with them, so that
// the same for all of a contest is what makes them comparable.
func GuardScale(contests *catalog.Catalog) catalog.Guard {
	return func(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, d *contest.Definition) error {
		present, err := contests.Of(contestID)
		if err != nil || present.Scale() == d.Scale() {
			return nil // a new contest has no attempts
		}
		var begun int
		err = tx.Get(ctx, &begun, `SELECT COUNT(*) FROM
			(SELECT 1 FROM attempts WHERE contest_id = ? LIMIT 1) AS begun`, contestID)
		if err != nil {
			return errs.Wrap(err, "look for attempts of a contest")
		}
		switch {
		case begun == 0:
			return nil
		case present.Scale() == 1:
			return errWholePoints
		}
		return errTenths
	}
}
