package sqldb

import (
	"context"
	"fmt"
)

// DeleteOf deletes the rows of a contest from tables, which are named in code and
// have a column contest_id.
func (tx *Tx) DeleteOf(ctx context.Context, contestID ID, tables ...string) error {
	for _, table := range tables {
		if _, err := tx.Exec(ctx, "DELETE FROM "+table+" WHERE contest_id = ?", contestID); err != nil {
			return fmt.Errorf("delete from %s: %w", table, err)
		}
	}
	return nil
}
