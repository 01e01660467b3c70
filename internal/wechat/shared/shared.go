// Package shared is what all nodes agree on about the one account of WeChat: its
// tokens (tokens.go), which one of them renews for all. It owns the table
// wechat_tokens; Redis holds the tokens in front of SQL, and may be gone. All of it is
// sealed.
package shared

import (
	"context"
	"embed"
	"io/fs"
	"log/slog"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/pace"
	"anquanda/internal/redisdb"
	"anquanda/internal/seal"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Store is what the nodes share. It is safe for concurrent use.
type Store struct {
	db    *sqldb.DB
	redis *redisdb.DB
	boxes *seal.Boxes
	now   func() time.Time
}

// New returns what is kept in db, sealed with keys.
func New(db *sqldb.DB, redis *redisdb.DB, keys *keyring.Keys, now func() time.Time) *Store {
	return &Store{db: db, redis: redis, boxes: seal.NewBoxes(keys), now: now}
}

// wait is the pause between two looks at what another node is about to write.
const wait = 50 * time.Millisecond

// until looks again and again for what another node is about to write, for at most a
// while of real time; done is true once it is there.
func until(ctx context.Context, most time.Duration, look func() (done bool, err error)) (bool, error) {
	for end := time.Now().Add(most); ; {
		if done, err := look(); done || err != nil {
			return done, err
		}
		if time.Now().After(end) {
			return false, nil
		}
		if !pace.Wait(ctx, wait) {
			return false, ctx.Err()
		}
	}
}

func logged(ctx context.Context, what string, err error) {
	if err != nil {
		slog.WarnContext(ctx, what, "error", errs.Wrap(err, "what nodes share of WeChat"))
	}
}
