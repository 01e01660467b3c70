package identity

import (
	"context"
	"errors"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Person is a player as lists of staff show one.
type Person struct {
	Enrolment
	Name  string // masked; empty when none was told
	Phone string // masked
}

// Who tells who players are, for lists: unknown ones are left out.
func (p *Players) Who(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]Person, error) {
	enrolments, err := p.Enrolments(ctx, contestID, players)
	if err != nil || len(players) == 0 {
		return map[sqldb.ID]Person{}, err
	}
	people := make(map[sqldb.ID]Person, len(enrolments))
	for id, e := range enrolments {
		people[id] = Person{Enrolment: e}
	}
	var rows []personalRow
	err = p.db.SelectIn(ctx, &rows, "SELECT "+personalColumns+` FROM personal
		WHERE contest_id = ? AND player_id IN (?) AND kind IN ('name', 'phone') ORDER BY field_key DESC`, contestID, players)
	if err != nil {
		return nil, errs.Wrap(err, "read the names of players")
	}
	for _, row := range rows {
		told, err := p.openRow(contestID, row)
		if err != nil {
			return nil, err
		}
		person := people[row.PlayerID]
		if row.Kind == contest.FieldName {
			person.Name = told.Masked()
		} else {
			person.Phone = told.Masked()
		}
		people[row.PlayerID] = person
	}
	return people, nil
}

// Revealed are plain values, by player and key of the field.
type Revealed map[sqldb.ID]map[string]string

var errNoRecord = errors.New("personal data is shown only with an entry in the audit log")

// Reveal returns plain values of fields of players, for staff who need them. It
// calls record in the same transaction, before anything is shown, to write who sees
// what and why into the audit log: without the entry nothing is seen. record is
// called again when the transaction is.
func (p *Players) Reveal(ctx context.Context, contestID sqldb.ID, players []sqldb.ID, keys []string,
	record func(ctx context.Context, tx *sqldb.Tx, seen Revealed) error) (Revealed, error) {
	if record == nil {
		return nil, errNoRecord
	}
	var seen Revealed
	err := p.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		if seen, err = p.readPlain(ctx, tx, contestID, players, keys); err != nil {
			return err
		}
		return record(ctx, tx, seen)
	})
	if err != nil {
		return nil, errs.Wrap(err, "show personal data")
	}
	return seen, nil
}

func (p *Players) readPlain(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, players []sqldb.ID, keys []string) (Revealed, error) {
	seen := Revealed{}
	wanted := map[string]bool{}
	for _, key := range keys {
		wanted[key] = true
	}
	if len(players) == 0 {
		return seen, nil
	}
	var rows []personalRow
	err := tx.SelectIn(ctx, &rows, "SELECT "+personalColumns+" FROM personal WHERE contest_id = ? AND player_id IN (?)", contestID, players)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if !wanted[row.Key] {
			continue
		}
		told, err := p.openRow(contestID, row)
		if err != nil {
			return nil, err
		}
		if seen[row.PlayerID] == nil {
			seen[row.PlayerID] = map[string]string{}
		}
		seen[row.PlayerID][row.Key] = told.Value
	}
	return seen, nil
}

// Hashes know a player's phone and address again without telling them; empty where
// none was told.
type Hashes struct {
	Phone   string
	Address string
}

// HashesOf reads the hashes of players in a contest; who told neither is left out.
func (p *Players) HashesOf(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]Hashes, error) {
	found := make(map[sqldb.ID]Hashes, len(players))
	if len(players) == 0 {
		return found, nil
	}
	var rows []struct {
		PlayerID sqldb.ID          `db:"player_id"`
		Kind     contest.FieldKind `db:"kind"`
		Hash     string            `db:"hash"`
	}
	err := p.db.SelectIn(ctx, &rows, `SELECT player_id, kind, hash FROM personal
		WHERE contest_id = ? AND player_id IN (?) AND kind IN ('phone', 'address') ORDER BY field_key DESC`, contestID, players)
	for _, row := range rows {
		hashes := found[row.PlayerID]
		if row.Kind == contest.FieldPhone {
			hashes.Phone = row.Hash
		} else {
			hashes.Address = row.Hash
		}
		found[row.PlayerID] = hashes
	}
	return found, errs.Wrap(err, "read the hashes of players")
}

// Same counts the players of a contest who told the same phone or address; 0 for
// the empty hash.
func (p *Players) Same(ctx context.Context, contestID sqldb.ID, kind contest.FieldKind, hash string) (int, error) {
	if hash == "" {
		return 0, nil
	}
	var n int
	err := p.db.Get(ctx, &n, "SELECT COUNT(DISTINCT player_id) FROM personal WHERE contest_id = ? AND kind = ? AND hash = ?", contestID, string(kind), hash)
	return n, errs.Wrap(err, "count players with the same %s", kind)
}
