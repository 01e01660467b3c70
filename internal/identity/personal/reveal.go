package personal

import (
	"context"
	"errors"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Masked is a player's name and phone as lists of staff show them; empty where
// none was told.
type Masked struct {
	Name  string
	Phone string
}

// Names tells the masked names and phones of players; who told neither is left out.
func (s *Store) Names(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]Masked, error) {
	var rows []personalRow
	err := s.db.SelectIn(ctx, &rows, "SELECT "+personalColumns+` FROM personal
		WHERE contest_id = ? AND player_id IN (?) AND kind IN ('name', 'phone') ORDER BY field_key DESC`, contestID, players)
	if err != nil {
		return nil, errs.Wrap(err, "read the names of players")
	}
	names := make(map[sqldb.ID]Masked, len(players))
	for _, row := range rows {
		told, err := s.openRow(contestID, row)
		if err != nil {
			return nil, err
		}
		masked := names[row.PlayerID]
		if row.Kind == contest.FieldName {
			masked.Name = told.Masked()
		} else {
			masked.Phone = told.Masked()
		}
		names[row.PlayerID] = masked
	}
	return names, nil
}

// Revealed are plain values, by player and key of the field.
type Revealed map[sqldb.ID]map[string]string

var errNoRecord = errors.New("personal data is shown only with an entry in the audit log")

// Reveal returns plain values of fields of players, for staff who need them. It
// calls record in the same transaction, before anything is shown, to write who sees
// what and why into the audit log: without the entry nothing is seen. record is
// called again when the transaction is.
func (s *Store) Reveal(ctx context.Context, contestID sqldb.ID, players []sqldb.ID, keys []string,
	record func(ctx context.Context, tx *sqldb.Tx, seen Revealed) error) (Revealed, error) {
	if record == nil {
		return nil, errNoRecord
	}
	var seen Revealed
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		if seen, err = s.readPlain(ctx, tx, contestID, players, keys); err != nil {
			return err
		}
		return record(ctx, tx, seen)
	})
	if err != nil {
		return nil, errs.Wrap(err, "show personal data")
	}
	return seen, nil
}

func (s *Store) readPlain(
	ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, players []sqldb.ID, keys []string,
) (Revealed, error) {
	seen := Revealed{}
	wanted := map[string]bool{}
	for _, key := range keys {
		wanted[key] = true
	}
	if len(players) == 0 {
		return seen, nil
	}
	var rows []personalRow
	err := tx.SelectIn(ctx, &rows, "SELECT "+personalColumns+" FROM personal WHERE contest_id = ? AND player_id IN (?)",
		contestID, players)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if !wanted[row.Key] {
			continue
		}
		told, err := s.openRow(contestID, row)
		if err != nil {
			return nil, err
		}
		if seen[row.PlayerID] == nil {
			seen[row.PlayerID] = map[string]string{}
		}
		seen[row.PlayerID][row.Key] = told.Value
	}
	return seen, nil
}

// Copy opens what players told in one field of a contest, for a capability that keeps a
// sealed copy of it within tx: what people see goes through Reveal. Who has told nothing
// there is left out.
func (s *Store) Copy(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, players []sqldb.ID, key string) (
	map[sqldb.ID]Told, error) {
	var rows []personalRow
	err := tx.SelectIn(ctx, &rows, "SELECT "+personalColumns+` FROM personal
		WHERE contest_id = ? AND field_key = ? AND player_id IN (?)`, contestID, key, players)
	if err != nil {
		return nil, errs.Wrap(err, "read a field of players")
	}
	copies := make(map[sqldb.ID]Told, len(rows))
	for _, row := range rows {
		if copies[row.PlayerID], err = s.openRow(contestID, row); err != nil {
			return nil, err
		}
	}
	return copies, nil
}
