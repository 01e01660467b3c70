package play

import (
	"context"
	"strings"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// responseRow is one response on its way into the store. After its commit,
// Choice, Correct, AnsweredAt and Waits are what is stored: of the first response when
// there were several.
type responseRow struct {
	AttemptID  sqldb.ID `db:"attempt_id"`
	Position   uint8    `db:"position"`
	QuestionID string   `db:"question_id"`
	Choice     string   `db:"choice"`
	Correct    bool     `db:"correct"`
	UsedMS     int64    `db:"used_ms"`
	AnsweredAt int64    `db:"answered_at"`
	Waits      bool     `db:"waits"`

	repeated bool          // it was there before
	done     chan struct{} // closed when err is set
	err      error
}

var responseColumns = sqldb.Columns[responseRow]("")

// commitResponses writes a batch in one statement. If one is there already, the
// unique key refuses the statement; then the stored ones are read, and the rest
// is written.
func commitResponses(ctx context.Context, tx *sqldb.Tx, batch []*responseRow) error {
	const into = "INSERT INTO responses"
	err := sqldb.Insert(ctx, tx, into, batch)
	if !sqldb.IsDuplicate(err) {
		return err
	}
	fresh, err := takeStored(ctx, tx, batch)
	if err != nil {
		return err
	}
	return sqldb.Insert(ctx, tx, into, fresh)
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// takeStored sets the rows that are stored already to what is stored, and
// returns the others.
func takeStored(ctx context.Context, tx *sqldb.Tx, batch []*responseRow) ([]*responseRow, error) {
	where := strings.Repeat(" OR (attempt_id = ? AND position = ?)", len(batch))[len(" OR "):]
	args := make([]any, 0, 2*len(batch))
	for _, r := range batch {
		args = append(args, int64(r.AttemptID), int64(r.Position))
	}
	var rows []responseRow
	err := tx.Select(ctx, &rows, "SELECT "+responseColumns+" FROM responses WHERE "+where, args...)
	if err != nil {
		return nil, errs.Wrap(err, "read stored responses")
	}
	stored := make(map[recentKey]*responseRow, len(rows))
	for i := range rows {
		stored[recentKey{rows[i].AttemptID, rows[i].Position}] = &rows[i]
	}
	var fresh []*responseRow
	for _, r := range batch {
		first, ok := stored[recentKey{r.AttemptID, r.Position}]
		if !ok {
			fresh = append(fresh, r)
			continue
		}
		r.Choice, r.Correct, r.UsedMS, r.AnsweredAt = first.Choice, first.Correct, first.UsedMS, first.AnsweredAt
		r.Waits, r.repeated = first.Waits, true
	}
	return fresh, nil
}

// storeResponse makes row durable, or finds the response that is stored in its place.
// The row that it returns holds what is stored.
func (s *Service) storeResponse(ctx context.Context, row *responseRow) (*responseRow, error) {
	row.done = make(chan struct{})
	stored, first := s.recent.claim(row)
	if !first {
		select {
		case <-stored.done:
		case <-ctx.Done():
			return nil, sqldb.ErrAway.Because(ctx.Err())
		}
		return stored, stored.err
	}
	// The commit goes on if the phone hangs up: its neighbours, and those who
	// wait for this row, need the result.
	row.err = s.responses.Do(context.WithoutCancel(ctx), row)
	if row.err != nil {
		s.recent.forget(row)
	}
	close(row.done)
	return row, row.err
}
