package drawing

import (
	"context"
	"encoding/base64"

	"anquanda/internal/errs"
	"anquanda/internal/keyring/rotation"
	"anquanda/internal/sqldb"
)

// SealAgain seals anew the seeds of drawings, of some rows after a place (rotation.Sealed).
func (d *Drawings) SealAgain(ctx context.Context, after string) (rotation.Batch, error) {
	var last sqldb.ID
	if err := rotation.ReadPlace(after, &last); err != nil {
		return rotation.Batch{}, err
	}
	var rows []struct {
		ID   sqldb.ID `db:"id"`
		Seed string   `db:"sealed_seed"`
	}
	err := d.db.Select(ctx, &rows,
		"SELECT id, sealed_seed FROM drawings WHERE id > ? AND sealed_seed <> '' ORDER BY id LIMIT ?", last, rotation.AtOnce)
	if err != nil {
		return rotation.Batch{}, errs.Wrap(err, "read what is sealed")
	}
	var changes []rotation.Change
	for _, row := range rows {
		after = rotation.Place(row.ID)
		raw, err := base64.StdEncoding.DecodeString(row.Seed)
		if err != nil {
			return rotation.Batch{}, errs.Wrap(err, "the seed of drawing %d", row.ID)
		}
		anew, err := d.seeds.Again(raw, seedAt(row.ID))
		if err != nil {
			return rotation.Batch{}, errs.Wrap(err, "the seed of drawing %d", row.ID)
		}
		if anew != nil {
			changes = append(changes, rotation.Change{
				Query: "UPDATE drawings SET sealed_seed = ? WHERE id = ? AND sealed_seed = ?",
				Args:  []any{base64.StdEncoding.EncodeToString(anew), row.ID, row.Seed}})
		}
	}
	return rotation.Write(ctx, d.db, len(rows), after, changes)
}
