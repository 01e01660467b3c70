package certificate

import (
	"context"
	"database/sql"
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// desk works out within a transaction what players get beside what they hold.
type desk struct {
	held     map[sqldb.ID][]*Certificate
	fresh    []*Certificate
	replaced []*Certificate // stored ones that better ones follow
}

// openDesk reads what players of a contest hold.
func openDesk(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, players []sqldb.ID) (*desk, error) {
	var rows []Certificate
	err := tx.SelectIn(ctx, &rows, `SELECT contest_id, player_id, cert_key, grade_of FROM certificates
		WHERE contest_id = ? AND player_id IN (?)`, contestID, players)
	k := desk{held: map[sqldb.ID][]*Certificate{}}
	for i := range rows {
		k.held[rows[i].PlayerID] = append(k.held[rows[i].PlayerID], &rows[i])
	}
	return &k, errs.Wrap(err, "read who holds certificates")
}

// hand gives a certificate to its player, in the place of a lesser one of its grade.
func (k *desk) hand(row *Certificate) {
	of := row.PlayerID
	for _, lesser := range k.held[of] {
		if row.Grade.Valid && lesser.Grade == row.Grade {
			if !slices.Contains(k.fresh, lesser) {
				k.replaced = append(k.replaced, lesser)
			}
			lesser.Grade, lesser.ReplacedAt = sql.NullString{}, row.EarnedAt
		}
	}
	k.held[of], k.fresh = append(k.held[of], row), append(k.fresh, row)
}

// store stores what was handed out. ErrStale: another transaction, which ours did not see,
// handed something out.
func (k *desk) store(ctx context.Context, tx *sqldb.Tx) error {
	for _, lesser := range k.replaced {
		n, err := tx.Exec(ctx, `UPDATE certificates SET grade_of = NULL, replaced_at = ?
			WHERE contest_id = ? AND player_id = ? AND cert_key = ? AND grade_of IS NOT NULL`,
			lesser.ReplacedAt, lesser.ContestID, lesser.PlayerID, lesser.Key)
		if err != nil {
			return errs.Wrap(err, "replace a certificate")
		}
		if n != 1 {
			return sqldb.ErrStale
		}
	}
	rows := make([]Certificate, len(k.fresh))
	for i, row := range k.fresh {
		rows[i] = *row
	}
	err := sqldb.Insert(ctx, tx, "INSERT INTO certificates", rows)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "store certificates")
}

// Fresh lists what a player gets of the certificates that were reached, beside all that
// were ever held: of a grade the best, where it is better than the one that stands.
func Fresh(d *contest.Definition, reached []contest.Certificate, held []Certificate) []contest.Certificate {
	known := make([]*Certificate, len(held))
	for i := range held {
		known[i] = &held[i]
	}
	return fresh(d, reached, known)
}

func fresh(d *contest.Definition, reached []contest.Certificate, held []*Certificate) (due []contest.Certificate) {
	for _, c := range contest.Graded(reached) {
		stands := slices.ContainsFunc(held, func(h *Certificate) bool {
			return h.Key == c.Key || c.Grade != "" && h.Grade.String == c.Grade && !d.Better(&c, h.Key)
		})
		if !stands {
			due = append(due, c)
		}
	}
	return due
}
