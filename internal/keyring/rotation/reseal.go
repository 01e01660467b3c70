package rotation

import (
	"context"
	"log/slog"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/pace"
	"anquanda/internal/sqldb"
)

// Sealed is something that is stored sealed, row by row.
type Sealed struct {
	// Name is what is sealed, for people and for the row of its progress.
	Name string
	// Again looks at some hundred rows after a place (empty: from the first on), seals those
	// anew that an earlier key sealed, each only if nobody wrote to it meanwhile, and says
	// where to go on; an empty next is the end.
	Again func(ctx context.Context, after string) (Batch, error)
}

// Batch is what became of some rows.
type Batch struct {
	Next             string
	Looked, Resealed int64
}

// Progress is how far the sealing anew of something has come.
type Progress struct {
	Name             string
	Looked, Resealed int64 // rows
	Done             bool
}

type progressRow struct {
	What       string `db:"what"`
	Reached    string `db:"reached"`
	LookedAt   int64  `db:"looked_at"`
	Resealed   int64  `db:"resealed"`
	DoneAt     int64  `db:"done_at"`
	LeaseUntil int64  `db:"lease_until"`
}

const progressColumns = "what, reached, looked_at, resealed, done_at, lease_until"

const (
	// leaseTime is how long a node has one batch for itself.
	leaseTime = time.Minute
	// restBetween batches leaves the store to those who play.
	restBetween = 20 * time.Millisecond
	// settleFirst is how long after the switch sealing begins: a request that began before it
	// may write by the key before.
	settleFirst = keyring.TurnsFor
)

func (r *Rotation) progress(ctx context.Context, secret string) ([]Progress, error) {
	var rows []progressRow
	err := r.db.Select(ctx, &rows, "SELECT "+progressColumns+" FROM ring_reseals WHERE secret = ? ORDER BY what", secret)
	all := make([]Progress, len(rows))
	for i, row := range rows {
		all[i] = Progress{row.What, row.LookedAt, row.Resealed, row.DoneAt > 0}
	}
	return all, errs.Wrap(err, "read how far the sealing anew has come")
}

// Reseal seals anew, with the secret that all write by, what earlier ones sealed, until all
// is done or ctx ends. Several nodes may run it at once; a batch that a node left half done
// is done again. It does nothing while the installation has had one secret only.
func (r *Rotation) Reseal(ctx context.Context, all []Sealed) error {
	secret, due, err := r.due(ctx)
	if err != nil || !due {
		return err
	}
	for _, what := range all {
		for {
			more, err := r.resealSome(ctx, secret, what)
			if err != nil {
				return errs.Wrap(err, "seal %s anew", what.Name)
			}
			if !more {
				break
			}
			if !pace.Wait(ctx, restBetween) {
				return ctx.Err()
			}
		}
	}
	return nil
}

// due tells with which secret to seal anew, and whether it is time.
func (r *Rotation) due(ctx context.Context) (secret string, due bool, err error) {
	var rows []keyRow
	err = r.db.Select(ctx, &rows,
		"SELECT id, known_at, writes_from FROM ring_keys WHERE writes_from > 0 ORDER BY writes_from DESC, id")
	if err != nil || len(rows) < 2 {
		return "", false, errs.Wrap(err, "read the key ring")
	}
	since := r.db.Now().UnixMilli() - rows[0].WritesFrom
	holds := len(r.Missing()) == 0
	return rows[0].ID, holds && since >= settleFirst.Milliseconds(), nil
}

// resealSome does one batch; more is false where all is done, or another node is at it.
func (r *Rotation) resealSome(ctx context.Context, secret string, what Sealed) (more bool, err error) {
	row, mine, err := r.lease(ctx, secret, what.Name)
	if err != nil || !mine {
		return false, err
	}
	batch, err := what.Again(ctx, row.Reached)
	if err != nil {
		return false, err
	}
	done := int64(0)
	if batch.Next == "" {
		done = r.db.Now().UnixMilli()
	}
	err = r.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE ring_reseals SET reached = ?, looked_at = looked_at + ?, resealed = resealed + ?,
			done_at = ?, lease_until = 0 WHERE secret = ? AND what = ? AND lease_until = ?`,
			batch.Next, batch.Looked, batch.Resealed, done, secret, what.Name, row.LeaseUntil)
		return err
	})
	if err == nil && done > 0 {
		slog.InfoContext(ctx, "all is sealed with the new key", "what", what.Name, "looked_at", row.LookedAt+batch.Looked,
			"sealed_anew", row.Resealed+batch.Resealed)
	}
	return done == 0, err
}

// lease takes the next batch in hand, unless all is done or another node has it.
func (r *Rotation) lease(ctx context.Context, secret, what string) (row progressRow, mine bool, err error) {
	now := r.db.Now().UnixMilli()
	until := now + leaseTime.Milliseconds()
	err = r.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var rows []progressRow
		if err := tx.Select(ctx, &rows, "SELECT "+progressColumns+" FROM ring_reseals WHERE secret = ? AND what = ?", secret,
			what); err != nil {
			return err
		}
		if len(rows) == 0 {
			_, err := tx.Exec(ctx, `INSERT INTO ring_reseals
				(secret, what, reached, looked_at, resealed, done_at, lease_until) VALUES (?, ?, '', 0, 0, 0, ?)`,
				secret, what, until)
			row, mine = progressRow{What: what, LeaseUntil: until}, err == nil
			return err
		}
		row = rows[0]
		matched, err := tx.Exec(ctx, `UPDATE ring_reseals SET lease_until = ?
			WHERE secret = ? AND what = ? AND done_at = 0 AND lease_until = ? AND lease_until <= ?`,
			until, secret, what, row.LeaseUntil, now)
		row.LeaseUntil, mine = until, matched == 1
		return err
	})
	if sqldb.IsDuplicate(err) {
		return row, false, nil
	}
	return row, mine && err == nil, err
}
