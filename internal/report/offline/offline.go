// Package offline keeps what units tell of what happened off line: sessions held, leaflets,
// people on site, pictures. A Plan says what is asked, of which units and when it is due.
// Each unit has a link of its own, which needs no account; what it reports for a period is
// a revision, of which the newest holds and none is ever lost. Snapshots freeze what was
// counted at the end of a period, so that a number that was handed in can be shown again.
// It owns the tables offline_*.
package offline

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Service keeps what units report. It is safe for concurrent use.
type Service struct {
	db   *sqldb.DB
	ids  *sqldb.IDs
	keys *keyring.Made[[]byte]
	now  func() time.Time
}

// New returns the service; links are made of keys.
func New(db *sqldb.DB, ids *sqldb.IDs, keys *keyring.Keys, now func() time.Time) *Service {
	return &Service{db: db, ids: ids, keys: keys.Bytes(), now: now}
}

// Wipe deletes all of a contest, within a transaction: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "offline_plans", "offline_periods", "offline_links", "offline_reports",
		"offline_pictures", "offline_snapshots")
}

// Expire deletes the pictures of a contest, which show people, with their captions, and
// the links. The numbers name nobody and stay.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		if rows, err = tx.Exec(ctx, "DELETE FROM offline_pictures WHERE contest_id = ?", contestID); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "UPDATE offline_reports SET pictures = '[]' WHERE contest_id = ? AND pictures <> '[]'",
			contestID)
		if err != nil {
			return err
		}
		return tx.DeleteOf(ctx, contestID, "offline_links")
	})
	return rows, errs.Wrap(err, "delete the pictures of units")
}
