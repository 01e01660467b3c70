package identity

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Prover is the player whom a subject proves, as SubjectOf gives it; 0 for nobody.
func Prover(
	ctx context.Context, from sqldb.Reader, contestID sqldb.ID, kind contest.Proof, subject string,
) (player sqldb.ID, err error) {
	err = from.Get(ctx, &player, "SELECT player_id FROM proofs WHERE contest_id = ? AND kind = ? AND subject = ?",
		contestID, string(kind), subject)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return player, errs.Wrap(err, "read whom a subject proves")
}

// UnproveIn takes one proof of a player back, which was given in error; subject is as
// SubjectOf gives it. Who has no other proof is a guest again. Unproved is called
// after the commit.
func (p *Players) UnproveIn(
	ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, kind contest.Proof, subject string, at int64,
) error {
	if err := lockEnrolment(ctx, tx, contestID, player); err != nil && !errors.Is(err, ErrNotEnrolled) {
		return err
	}
	_, err := tx.Exec(ctx, "DELETE FROM proofs WHERE contest_id = ? AND kind = ? AND subject = ? AND player_id = ?",
		contestID, string(kind), subject, player)
	if err != nil {
		return errs.Wrap(err, "take a proof back")
	}
	ways, err := waysOf(ctx, tx, contestID, player)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "UPDATE enrolments SET proofs = ? WHERE contest_id = ? AND player_id = ?",
		strings.Join(ways, " "), contestID, player)
	if err != nil {
		return errs.Wrap(err, "note by what a player is proven")
	}
	return p.within(ctx, tx, contestID, player, false, at)
}

// Unproved tells what follows a commit that a proof was taken back.
func (p *Players) Unproved(ctx context.Context, contestID, player sqldb.ID) {
	p.Proved(ctx, contestID, Proven{Player: player})
}
