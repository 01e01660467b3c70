package personal

import (
	"context"
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Marks know a player's phones and addresses again without telling them: the hashes of
// all that the player ever told or proved in a contest, also of what was changed or
// deleted since. So nobody wins anew by changing a number.
type Marks struct {
	Phones    []string
	Addresses []string
}

// markRow is one row of personal_marks.
type markRow struct {
	ContestID sqldb.ID          `db:"contest_id"`
	PlayerID  sqldb.ID          `db:"player_id"`
	Kind      contest.FieldKind `db:"kind"` // phone or address
	Hash      string            `db:"hash"`
	MarkedAt  int64             `db:"marked_at"` // UTC ms
}

var markColumns = sqldb.Columns[markRow]("")

// MarksIn reads the marks of players in a contest, inside a transaction or outside;
// who has none is left out.
func MarksIn(ctx context.Context, from sqldb.Reader, contestID sqldb.ID,
	players []sqldb.ID) (map[sqldb.ID]Marks, error) {
	found := make(map[sqldb.ID]Marks, len(players))
	if len(players) == 0 {
		return found, nil
	}
	var rows []markRow
	err := from.SelectIn(ctx, &rows, "SELECT "+markColumns+` FROM personal_marks
		WHERE contest_id = ? AND player_id IN (?) ORDER BY player_id, kind, hash`, contestID, players)
	for _, row := range rows {
		marks := found[row.PlayerID]
		if row.Kind == contest.FieldPhone {
			marks.Phones = append(marks.Phones, row.Hash)
		} else {
			marks.Addresses = append(marks.Addresses, row.Hash)
		}
		found[row.PlayerID] = marks
	}
	return found, errs.Wrap(err, "read by what players are known")
}

// Mark keeps by which phones (PhoneMark) a player is known who proved them.
func (s *Store) Mark(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, phones []string, at int64) error {
	rows := make([]markRow, len(phones))
	for i, hash := range phones {
		rows[i] = markRow{contestID, player, contest.FieldPhone, hash, at}
	}
	return keepMarks(ctx, tx, contestID, player, rows)
}

// PhoneMark is the mark of a phone number of 11 digits, told or proved.
func (s *Store) PhoneMark(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, number string) (string, error) {
	return s.markOf(ctx, from, contestID, contest.FieldPhone, number)
}

// markOf is the hash by which a value is kept: that which the contest knows it by, so that
// equal values stay equal when the key changes, or else one by the newest key.
func (s *Store) markOf(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, kind contest.FieldKind,
	value string) (string, error) {
	hashes := s.vault.hashesOf(contestID, kind, value)
	switch len(hashes) {
	case 0:
		return "", nil
	case 1:
		return hashes[0], nil
	}
	table := "personal_marks"
	if kind == contest.FieldID || kind == contest.FieldChoice {
		table = "personal" // of which no marks are kept
	}
	var known []string
	err := from.SelectIn(ctx, &known, "SELECT hash FROM "+table+" WHERE contest_id = ? AND kind = ? AND hash IN (?)",
		contestID, string(kind), hashes)
	return Known(hashes, known), errs.Wrap(err, "look by what a value is known")
}

// Known is the hash by which a value goes on being kept, of those that it has (the newest
// first): the oldest that is known, or the newest where none is.
func Known(hashes, known []string) string {
	for _, hash := range slices.Backward(hashes) {
		if slices.Contains(known, hash) {
			return hash
		}
	}
	return hashes[0]
}

// marksOf are the marks among what a player tells.
func marksOf(rows []storedPersonal) (marks []markRow) {
	for _, row := range rows {
		if row.Kind == contest.FieldPhone || row.Kind == contest.FieldAddress {
			marks = append(marks, markRow{row.ContestID, row.PlayerID, row.Kind, row.Hash, row.ConsentedAt})
		}
	}
	return marks
}

// keepMarks adds those marks that the player has not had before.
func keepMarks(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, rows []markRow) error {
	if len(rows) == 0 {
		return nil
	}
	var had []markRow
	err := tx.Select(ctx, &had, "SELECT "+markColumns+" FROM personal_marks WHERE contest_id = ? AND player_id = ?",
		contestID, player)
	if err != nil {
		return errs.Wrap(err, "read by what a player is known")
	}
	var fresh []markRow
	for _, row := range rows {
		same := func(other markRow) bool { return other.Kind == row.Kind && other.Hash == row.Hash }
		if !slices.ContainsFunc(had, same) && !slices.ContainsFunc(fresh, same) {
			fresh = append(fresh, row)
		}
	}
	err = sqldb.Insert(ctx, tx, "INSERT INTO personal_marks", fresh)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // told at once on another phone
	}
	return errs.Wrap(err, "keep by what a player is known")
}
