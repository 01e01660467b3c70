package bench

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"anquanda/internal/sqldb"
)

const (
	rowsPerCommit = 512 // as play's batches at most
	rowWriters    = 2
	rowWarmUp     = time.Second
)

// rows measures what the store can do at best: commits of many rows of the shape
// of play's responses, with nothing around them.
func (b *answers) rows(ctx context.Context) error {
	if !b.wants(phaseRows) {
		return nil
	}
	f := Figure{Phase: phaseRows}
	b.progress.begin(f.String())
	db, err := b.scratch.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `CREATE TABLE bench_responses (
			attempt_id BIGINT NOT NULL, position SMALLINT NOT NULL, question_id VARCHAR(64) NOT NULL, choice VARCHAR(1000) NOT NULL,
			correct SMALLINT NOT NULL, used_ms INT NOT NULL, answered_at BIGINT NOT NULL, waits SMALLINT NOT NULL, PRIMARY KEY (attempt_id, position))`)
		return err
	})
	if err != nil {
		return err
	}
	var committed atomic.Int64
	var before, after usage
	var rows int64
	errs := make(chan error, rowWriters)
	ctx, stop := context.WithCancel(ctx)
	var writers sync.WaitGroup
	for writer := range rowWriters {
		writers.Go(func() {
			if err := writeRows(ctx, db, int64(writer), &committed); err != nil && ctx.Err() == nil {
				errs <- err
				stop()
			}
		})
	}
	if wait(ctx, rowWarmUp) {
		before, rows = takeUsage(b.Processes), committed.Load()
		wait(ctx, b.Measure)
		after, rows = takeUsage(b.Processes), committed.Load()-rows
	}
	stop()
	writers.Wait()
	b.progress.clear()
	select {
	case err := <-errs:
		return err
	default:
	}
	f.PerSecond = float64(rows) / after.at.Sub(before.at).Seconds()
	f.CPU = cpuBetween(before, after, b.Processes, 0, f.PerSecond)
	b.report.Figures = append(b.report.Figures, f)
	return nil
}

// wait waits and reports whether ctx is still on.
func wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// writeRows commits batches until ctx ends. The statement and its arguments are
// made once: only the attempt changes from batch to batch.
func writeRows(ctx context.Context, db *sqldb.DB, writer int64, committed *atomic.Int64) error {
	const columns, perAttempt = 8, 10
	one := "(" + strings.Repeat("?,", columns-1) + "?)"
	insert := `INSERT INTO bench_responses (attempt_id, position, question_id, choice, correct, used_ms, answered_at, waits) VALUES ` +
		strings.Repeat(one+",", rowsPerCommit-1) + one
	args := make([]any, 0, columns*rowsPerCommit)
	for range rowsPerCommit {
		args = append(args, int64(0), int64(0), "community-017", "2", int64(1), int64(12_345),
			time.Now().UnixMilli(), int64(0))
	}
	for row := writer << 40; ctx.Err() == nil; {
		for i := range rowsPerCommit {
			args[columns*i], args[columns*i+1] = row/perAttempt, row%perAttempt
			row++
		}
		err := db.InTx(ctx, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(ctx, insert, args...)
			return err
		})
		if err != nil {
			return err
		}
		committed.Add(rowsPerCommit)
	}
	return nil
}
