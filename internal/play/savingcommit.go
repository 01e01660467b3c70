package play

import (
	"context"
	"slices"
	"strings"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// The revisions of an answer follow each other without a gap, so that handing in, which
// takes the number after the last, meets every answer that comes beside it or later in that
// number. Where a phone skips some, they are written with what it sends.

// commitPapers writes a batch in one statement, as commitResponses does.
func commitPapers(ctx context.Context, tx *sqldb.Tx, batch []*paperSave) error {
	rows := distinct(batch)
	fresh, err := follow(ctx, tx, rows)
	if err != nil {
		return err
	}
	const into = "INSERT INTO paper_answers"
	if err := sqldb.Insert(ctx, tx, into, fresh); !sqldb.IsDuplicate(err) {
		return err
	}
	// Some are stored already: sent again, by another phone, or handed in meanwhile.
	stored, err := storedRevisions(ctx, tx, keysOf(rows))
	if err != nil {
		return err
	}
	for _, save := range batch {
		for _, r := range save.rows {
			if there := stored[r.key()]; there != nil {
				r.taken = nil
				if there.Closes || there.Choice != r.Choice {
					r.taken = there
				}
			}
		}
	}
	rest := slices.DeleteFunc(rows, func(r *paperRow) bool { return stored[r.key()] != nil })
	if fresh, err = follow(ctx, tx, rest); err != nil {
		return err
	}
	return sqldb.Insert(ctx, tx, into, fresh)
}

// distinct are the rows of a batch, one a number: the first.
func distinct(batch []*paperSave) (rows []*paperRow) {
	first := map[paperKey]*paperRow{}
	for _, save := range batch {
		for _, r := range save.rows {
			r.taken = nil // the transaction may be run again
			if before := first[r.key()]; before == nil {
				first[r.key()] = r
				rows = append(rows, r)
			} else if before.Choice != r.Choice {
				r.taken = before
			}
		}
	}
	return rows
}

// follow are the rows to write: without those of papers that are handed in, which it marks
// as taken, and with those that fill the gaps before others. First answers follow nothing.
func follow(ctx context.Context, tx *sqldb.Tx, rows []*paperRow) ([]*paperRow, error) {
	here := map[paperKey]*paperRow{}
	for _, r := range rows {
		here[r.key()] = r
	}
	var asked []paperKey
	for _, r := range rows {
		if before := r.before(); before.revision > 0 && here[before] == nil {
			asked = append(asked, before)
		}
	}
	stored, err := storedRevisions(ctx, tx, asked)
	if err != nil {
		return nil, err
	}
	ordered := slices.Clone(rows)
	slices.SortStableFunc(ordered, func(a, b *paperRow) int { return int(a.Revision) - int(b.Revision) })
	fresh := make([]*paperRow, 0, len(rows))
	for _, r := range ordered {
		before := r.before()
		switch {
		case here[before] != nil:
			r.closedBy(here[before].taken)
		case stored[before] != nil:
			r.closedBy(stored[before])
		case before.revision > 0:
			fill, closing, err := gap(ctx, tx, r)
			if err != nil {
				return nil, err
			}
			r.closedBy(closing)
			if r.taken == nil {
				for _, filler := range fill {
					if here[filler.key()] == nil {
						here[filler.key()] = filler
						fresh = append(fresh, filler)
					}
				}
			}
		}
		if r.taken == nil {
			fresh = append(fresh, r)
		}
	}
	return fresh, nil
}

// before is the number that a row follows; 0 for a first one.
func (r *paperRow) before() paperKey { return paperKey{r.AttemptID, r.Position, r.Revision - 1} }

// closedBy marks a row that comes after its paper was handed in.
func (r *paperRow) closedBy(before *paperRow) {
	if before != nil && before.Closes {
		r.taken = before
	}
}

// gap are the rows between the last one that is stored and a row that does not follow it;
// or the one that closed the paper.
func gap(ctx context.Context, tx *sqldb.Tx, r *paperRow) (fill []*paperRow, closing *paperRow, err error) {
	var stored []paperRow
	err = tx.Select(ctx, &stored, "SELECT "+paperColumns+` FROM paper_answers
		WHERE attempt_id = ? AND position = ? ORDER BY revision`, r.AttemptID, r.Position)
	if err != nil {
		return nil, nil, errs.Wrap(err, "read the revisions of an answer")
	}
	last := uint16(0)
	for i := range stored {
		if stored[i].Closes {
			return nil, &stored[i], nil
		}
		if stored[i].Revision < r.Revision {
			last = stored[i].Revision
		}
	}
	for revision := last + 1; revision < r.Revision; revision++ {
		filler := *r
		filler.Revision = revision
		fill = append(fill, &filler)
	}
	return fill, nil, nil
}

func keysOf(rows []*paperRow) []paperKey {
	keys := make([]paperKey, len(rows))
	for i, r := range rows {
		keys[i] = r.key()
	}
	return keys
}

// storedRevisions reads those of some revisions that are stored.
func storedRevisions(ctx context.Context, tx *sqldb.Tx, keys []paperKey) (map[paperKey]*paperRow, error) {
	stored := make(map[paperKey]*paperRow, len(keys))
	const atOnce = 500
	for start := 0; start < len(keys); start += atOnce {
		part := keys[start:min(start+atOnce, len(keys))]
		where := strings.Repeat(" OR (attempt_id = ? AND position = ? AND revision = ?)", len(part))[len(" OR "):]
		args := make([]any, 0, 3*len(part))
		for _, k := range part {
			args = append(args, int64(k.attempt), int64(k.position), int64(k.revision))
		}
		var found []paperRow
		err := tx.Select(ctx, &found, "SELECT "+paperColumns+" FROM paper_answers WHERE "+where, args...)
		if err != nil {
			return nil, errs.Wrap(err, "read stored revisions")
		}
		for i := range found {
			stored[found[i].key()] = &found[i]
		}
	}
	return stored, nil
}
