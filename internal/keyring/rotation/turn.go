package rotation

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

// TakeTurn makes transactions that keep what must be unique by a keyed hash follow each
// other, over all nodes, while one node may write by a key and another by the next: the
// second sees what the first kept, under whichever key. At all other times it does nothing.
func TakeTurn(ctx context.Context, tx *sqldb.Tx, ring *keyring.Ring) error {
	if !ring.Unsettled() {
		return nil
	}
	_, err := tx.Exec(ctx, "UPDATE ring_turns SET taken = taken + 1 WHERE name = 'unique'")
	return errs.Wrap(err, "take a turn while the key changes")
}
