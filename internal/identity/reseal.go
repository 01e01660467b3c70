package identity

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/keyring/rotation"
	"anquanda/internal/sqldb"
)

// SealAgain seals anew what proved players, of some rows after a place (rotation.Sealed).
// The subjects stay as they are: what they are hashes of is gone.
func (p *Players) SealAgain(ctx context.Context, after string) (rotation.Batch, error) {
	var contestID sqldb.ID
	var kind, subject string
	if err := rotation.ReadPlace(after, &contestID, &kind, &subject); err != nil {
		return rotation.Batch{}, err
	}
	var rows []proofRow
	err := p.db.Select(ctx, &rows, "SELECT "+sqldb.Columns[proofRow]("")+` FROM proofs
		WHERE contest_id > ? OR contest_id = ? AND (kind > ? OR kind = ? AND subject > ?)
		ORDER BY contest_id, kind, subject LIMIT ?`, contestID, contestID, kind, kind, subject, rotation.AtOnce)
	if err != nil {
		return rotation.Batch{}, errs.Wrap(err, "read what is sealed")
	}
	var changes []rotation.Change
	for _, row := range rows {
		anew, err := p.vault.AgainFor(row.ContestID, row.PlayerID, "proof/"+row.Kind, row.Sealed)
		if err != nil {
			return rotation.Batch{}, errs.Wrap(err, "what proved player %d", row.PlayerID)
		}
		if anew != "" {
			changes = append(changes, rotation.Change{Query: `UPDATE proofs SET sealed = ?
				WHERE contest_id = ? AND kind = ? AND subject = ? AND sealed = ?`,
				Args: []any{anew, row.ContestID, row.Kind, row.Subject, row.Sealed}})
		}
		after = rotation.Place(row.ContestID, row.Kind, row.Subject)
	}
	return rotation.Write(ctx, p.db, len(rows), after, changes)
}
