package shortlist

import (
	"context"

	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// What a list gives is given after the list is made, to one player after the other: each is
// owed it in the transaction that puts the player there, and no more once it was given. That
// nobody is given it twice holds the deed under which it stands in the ledger.

// givingFor is how long a node that died keeps others from giving what a list gives, ms.
const givingFor = 30_000

// Owing is a list that still owes something to somebody.
type Owing struct {
	ContestID sqldb.ID `db:"contest_id"`
	Key       string   `db:"list_key"`
}

// Owing are the lists that owe something.
func (s *Store) Owing(ctx context.Context) ([]Owing, error) {
	var lists []Owing
	err := s.db.Select(ctx, &lists, "SELECT DISTINCT contest_id, list_key FROM shortlisted WHERE owed = 1")
	return lists, errs.Wrap(err, "look for lists that owe something")
}

// Claim keeps other nodes from giving what a list gives, for a while from now (UTC ms). held
// is what the call before returned, 0 for none. It is 0 where another node gives. A claim
// saves work: two that give at once do no harm.
func (s *Store) Claim(ctx context.Context, l Owing, held, now int64) (until int64, err error) {
	until = now + givingFor
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, `UPDATE shortlists SET giving_until = ?
			WHERE contest_id = ? AND list_key = ? AND (giving_until < ? OR giving_until = ?)`,
			until, l.ContestID, l.Key, now, held)
		if err == nil && matched == 0 {
			until = 0
		}
		return err
	})
	return until, errs.Wrap(err, "claim what a list gives")
}

// Release lets other nodes give what a list gives.
func (s *Store) Release(ctx context.Context, l Owing, held int64) error {
	return errs.Wrap(s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE shortlists SET giving_until = 0
			WHERE contest_id = ? AND list_key = ? AND giving_until = ?`,
			l.ContestID, l.Key, held)
		return err
	}), "release what a list gives")
}

// Owed are players on a list who are owed what it gives, at most most of them, from the one
// after a player on; who is disqualified is left out while that stands.
func (s *Store) Owed(ctx context.Context, l Owing, after sqldb.ID, most int) ([]Row, error) {
	var rows []Row
	err := s.db.Select(ctx, &rows, "SELECT "+columns+` FROM shortlisted
		WHERE owed = 1 AND contest_id = ? AND list_key = ? AND player_id > ? AND on_list = 1 AND `+
		conduct.StandingWhere+" ORDER BY player_id LIMIT ?", l.ContestID, l.Key, after, l.ContestID, l.ContestID, most)
	return rows, errs.Wrap(err, "read who is owed what a list gives")
}

// Gave notes that players were given what a list gives.
func (s *Store) Gave(ctx context.Context, l Owing, given []Row) error {
	if len(given) == 0 {
		return nil
	}
	players := make([]sqldb.ID, len(given))
	for i := range given {
		players[i] = given[i].PlayerID
	}
	return errs.Wrap(s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.ExecIn(ctx,
			"UPDATE shortlisted SET owed = 0 WHERE contest_id = ? AND list_key = ? AND player_id IN (?)",
			l.ContestID, l.Key, players)
		return err
	}), "note what a list gave")
}
