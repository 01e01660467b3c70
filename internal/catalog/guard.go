package catalog

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
)

// Guard refuses a definition that what is stored of the contest forbids. It runs
// in the transaction that stores the definition, and may run again.
type Guard func(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, d *contest.Definition) error

// SetGuard lets guard look at every definition before it is stored. Call it before
// the catalog is used.
func (c *Catalog) SetGuard(guard Guard) { c.guard = guard }

// Guards is one guard that passes what all of them do.
func Guards(all ...Guard) Guard {
	return func(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, d *contest.Definition) error {
		for _, guard := range all {
			if err := guard(ctx, tx, contestID, d); err != nil {
				return err
			}
		}
		return nil
	}
}

func (g Guard) pass(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, d *contest.Definition) error {
	if g == nil {
		return nil
	}
	return g(ctx, tx, contestID, d)
}
