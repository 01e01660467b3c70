package identity

import (
	"context"
	"strings"

	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/sqldb"
)

// FillIn keeps what a player told, in the place of what was told before, and notes
// on the enrolment which fields are filled in. Errors: ErrNotEnrolled.
func (p *Players) FillIn(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, f *personal.Filling) error {
	if err := lockEnrolment(ctx, tx, contestID, player); err != nil {
		return err
	}
	if err := p.Personal.Write(ctx, tx, contestID, player, f); err != nil {
		return err
	}
	return p.noteFilled(ctx, tx, contestID, player)
}

// lockEnrolment makes others who fill in for the same player wait, so that each
// sees the fields of all before it.
func lockEnrolment(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	matched, err := tx.Exec(ctx, "UPDATE enrolments SET nickname = nickname WHERE contest_id = ? AND player_id = ?",
		contestID, player)
	if err == nil && matched == 0 {
		return ErrNotEnrolled
	}
	return errs.Wrap(err, "lock an enrolment")
}

// noteFilled writes on the enrolment which fields are filled in. The enrolment is
// locked.
func (p *Players) noteFilled(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	keys, err := p.Personal.Keys(ctx, tx, contestID, player)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "UPDATE enrolments SET filled = ? WHERE contest_id = ? AND player_id = ?",
		strings.Join(keys, " "), contestID, player)
	return errs.Wrap(err, "note which fields are filled in")
}

// Untell deletes one field of a player (PIPL, article 47), and its copies: all of copies run
// in the same transaction. One that is not there is no error. Errors: ErrNotEnrolled.
func (p *Players) Untell(ctx context.Context, contestID, player sqldb.ID, key string,
	copies ...func(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, key string) error) error {
	return p.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if err := lockEnrolment(ctx, tx, contestID, player); err != nil {
			return err
		}
		if err := p.Personal.Delete(ctx, tx, contestID, player, key); err != nil {
			return err
		}
		for _, del := range copies {
			if err := del(ctx, tx, contestID, player, key); err != nil {
				return err
			}
		}
		return p.noteFilled(ctx, tx, contestID, player)
	})
}
