package rotation

import (
	"context"
	"fmt"
	"strings"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// AtOnce is how many rows a batch looks at: some milliseconds of work, and locks that
// nobody waits for long.
const AtOnce = 200

// Change is a statement that writes one row anew.
type Change struct {
	Query string
	Args  []any
}

// Write makes the changes of a batch in one transaction. looked is how many rows were
// looked at and last the place of the last of them: with fewer than AtOnce it was the end.
func Write(ctx context.Context, db *sqldb.DB, looked int, last string, changes []Change) (Batch, error) {
	done := Batch{Next: last, Looked: int64(looked)}
	if looked < AtOnce {
		done.Next = ""
	}
	if len(changes) == 0 {
		return done, nil
	}
	err := db.InTx(ctx, func(tx *sqldb.Tx) error {
		done.Resealed = 0
		for _, change := range changes {
			matched, err := tx.Exec(ctx, change.Query, change.Args...)
			if err != nil {
				return err
			}
			done.Resealed += matched
		}
		return nil
	})
	return done, errs.Wrap(err, "seal rows anew")
}

// Place writes the key of a row as a place, and ReadPlace reads it: numbers first, and a
// word at the end.
func Place(parts ...any) string { return strings.TrimSuffix(fmt.Sprintln(parts...), "\n") }

// ReadPlace reads what Place wrote into pointers; the empty place leaves them as they are.
func ReadPlace(place string, into ...any) error {
	if place == "" {
		return nil
	}
	if _, err := fmt.Sscan(place, into...); err != nil {
		return fmt.Errorf("%q is no place to go on: %w", place, err)
	}
	return nil
}
