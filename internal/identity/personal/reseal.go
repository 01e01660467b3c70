package personal

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/keyring/rotation"
	"anquanda/internal/sqldb"
)

// SealAgain seals anew what players told, of some rows after a place (rotation.Sealed).
// Hashes stay: marks, proofs and wins are known by them.
func (s *Store) SealAgain(ctx context.Context, after string) (rotation.Batch, error) {
	var contestID, player sqldb.ID
	var field string
	if err := rotation.ReadPlace(after, &contestID, &player, &field); err != nil {
		return rotation.Batch{}, err
	}
	var rows []struct {
		ContestID sqldb.ID `db:"contest_id"`
		PlayerID  sqldb.ID `db:"player_id"`
		Key       string   `db:"field_key"`
		Sealed    string   `db:"sealed"`
	}
	err := s.db.Select(ctx, &rows, `SELECT contest_id, player_id, field_key, sealed FROM personal
		WHERE contest_id > ? OR contest_id = ? AND (player_id > ? OR player_id = ? AND field_key > ?)
		ORDER BY contest_id, player_id, field_key LIMIT ?`, contestID, contestID, player, player, field, rotation.AtOnce)
	if err != nil {
		return rotation.Batch{}, errs.Wrap(err, "read what is sealed")
	}
	var changes []rotation.Change
	for _, row := range rows {
		anew, err := s.vault.again(place{row.ContestID, row.PlayerID, row.Key}, row.Sealed)
		if err != nil {
			return rotation.Batch{}, errs.Wrap(err, "field %s of player %d", row.Key, row.PlayerID)
		}
		if anew != "" {
			changes = append(changes, rotation.Change{Query: `UPDATE personal SET sealed = ?
				WHERE contest_id = ? AND player_id = ? AND field_key = ? AND sealed = ?`,
				Args: []any{anew, row.ContestID, row.PlayerID, row.Key, row.Sealed}})
		}
		after = rotation.Place(row.ContestID, row.PlayerID, row.Key)
	}
	return rotation.Write(ctx, s.db, len(rows), after, changes)
}
