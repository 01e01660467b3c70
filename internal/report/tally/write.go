package tally

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// writeFolded sets the sheets of players and adds what that changes to the counters, in
// one transaction. A player whom somebody else counted meanwhile is left to them.
func (s *Service) writeFolded(ctx context.Context, c *catalog.Contest, made []folded) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var fresh []playerRow
		changed := differences{}
		for i := range made {
			one := &made[i]
			if one.before.ContestID == 0 {
				fresh = append(fresh, one.after)
			} else if won, err := replace(ctx, tx, &one.before, &one.after); err != nil {
				return err
			} else if !won {
				continue
			}
			changed.add(one.sheets[0].counts(c.Definition, part{one.before.Channel, one.before.Division}), -1)
			changed.add(one.sheets[1].counts(c.Definition, part{one.after.Channel, one.after.Division}), 1)
		}
		if err := sqldb.Insert(ctx, tx, "INSERT INTO tally_players", fresh); err != nil {
			return err
		}
		return addCounts(ctx, tx, c.ContestID, changed)
	})
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // another node counts some of them for the first time: look again later
	}
	return err
}

// replace sets what is counted of a player, unless somebody else did since it was read.
func replace(ctx context.Context, tx *sqldb.Tx, before, after *playerRow) (won bool, err error) {
	matched, err := tx.Exec(ctx, `UPDATE tally_players SET version = ?, folds = ?, attempts = ?, mark = ?, channel = ?,
		division = ?, met = ?, met_right = ?, sheet = ? WHERE contest_id = ? AND player_id = ? AND folds = ?`,
		after.Version, after.Folds, after.Attempts, after.Mark, after.Channel, after.Division, after.Met,
		after.MetRight, after.Packed, before.ContestID, before.PlayerID, before.Folds)
	return matched == 1, err
}

// countRow is one row of tally_counts.
type countRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	counter
	Counts
}

// addCounts adds to counters, each by itself: nodes add at once, and none may overwrite
// what another has added.
func addCounts(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, changed differences) error {
	var fresh []countRow
	for _, key := range changed.sorted() {
		c := changed[key]
		matched, err := tx.Exec(ctx, `UPDATE tally_counts SET players = players + ?, first_timers = first_timers + ?,
			attempts = attempts + ?, answers = answers + ?, correct = correct + ?, passed = passed + ?
			WHERE contest_id = ? AND span = ? AND kind = ? AND slot = ? AND ref = ?`,
			c.Players, c.FirstTimers, c.Attempts, c.Answers, c.Correct, c.Passed,
			contestID, key.Span, key.Kind, key.Slot, key.Ref)
		if err != nil {
			return errs.Wrap(err, "add to a counter")
		}
		if matched == 0 {
			fresh = append(fresh, countRow{contestID, key, *c})
		}
	}
	return sqldb.Insert(ctx, tx, "INSERT INTO tally_counts", fresh)
}
