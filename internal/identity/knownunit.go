package identity

import (
	"context"
	"database/sql"
	"errors"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// KnownUnit is the unit that a system elsewhere told of a player.
type KnownUnit struct {
	UnitID sqldb.ID
	Source string // who told it
	At     int64  // UTC ms
}

// KnowUnit notes the unit of a player whom a system elsewhere knows: a player who takes
// part is in it from the next result on, one who joins later comes into it. The first
// that is told stays. It is no change of unit of the player's own making.
func (p *Players) KnowUnit(
	ctx context.Context, d *contest.Definition, contestID, player sqldb.ID, u KnownUnit,
) error {
	err := p.db.InTx(ctx, func(tx *sqldb.Tx) error {
		known, err := knownUnit(ctx, tx, contestID, player)
		if err != nil || known != 0 {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO known_units (contest_id, player_id, unit_id, source, known_at)
			VALUES (?, ?, ?, ?, ?)`, contestID, player, u.UnitID, u.Source, u.At)
		if err != nil || d.Players.Unit.Ask == contest.AskNo {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE enrolments SET unit_id = ? WHERE contest_id = ? AND player_id = ? AND "+hasName,
			u.UnitID, contestID, player)
		return err
	})
	if sqldb.IsDuplicate(err) {
		return nil // told twice at once
	}
	return errs.Wrap(err, "note the unit of a player")
}

// knownUnit is the unit that was told of a player; 0 for none.
func knownUnit(ctx context.Context, from sqldb.Reader, contestID, player sqldb.ID) (unit sqldb.ID, err error) {
	err = from.Get(ctx, &unit, "SELECT unit_id FROM known_units WHERE contest_id = ? AND player_id = ?", contestID, player)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return unit, errs.Wrap(err, "read the unit that is known of a player")
}

// UnitKnown is the unit that was told of a player; 0 for none. The page then does not
// ask for one.
func (p *Players) UnitKnown(ctx context.Context, contestID, player sqldb.ID) (sqldb.ID, error) {
	return knownUnit(ctx, p.db, contestID, player)
}

func forgetUnit(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, "DELETE FROM known_units WHERE contest_id = ? AND player_id = ?", contestID, player)
	return errs.Wrap(err, "forget the unit that was told of a player")
}
