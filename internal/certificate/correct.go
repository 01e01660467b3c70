package certificate

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// What speaks against printing a real name anew.
var (
	ErrNotHeld   = errs.New(errs.NotFound, "certificate_not_held", "你没有这份证书")
	ErrNotNamed  = errs.New(errs.Conflict, "certificate_not_named", "这份证书上没有印真实姓名，不用改")
	ErrCorrected = errs.New(errs.Conflict, "certificate_corrected", "这份证书的姓名已经改过一次，不能再改。还不对请联系主办单位")
	ErrSameName  = errs.New(errs.Conflict, "certificate_same_name", "资料里的姓名和证书上一样。请先把资料里的姓名改对")
)

// CorrectName prints on a certificate the real name that its player tells now, in place of
// a mistyped one. It can be done once, and whoever checks the certificate is told when: so
// that one certificate does not go from person to person unseen. It returns the certificate
// as it is printed then.
//
// Errors: ErrNotHeld, ErrNotNamed, ErrCorrected, ErrSameName.
func (s *Service) CorrectName(ctx context.Context, contestID, player sqldb.ID, key string, now int64) (
	corrected *Certificate, err error) {
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var held []Certificate
		if err := tx.Select(ctx, &held, "SELECT "+columns+` FROM certificates
			WHERE contest_id = ? AND player_id = ? AND cert_key = ?`, contestID, player, key); err != nil {
			return err
		}
		if len(held) == 0 {
			return ErrNotHeld
		}
		c := &held[0]
		switch {
		case c.Naming() != Named:
			return ErrNotNamed
		case c.CorrectedAt != 0:
			return ErrCorrected
		}
		name, err := s.toldNow(ctx, tx, c)
		if err != nil {
			return err
		}
		mistyped := c.Sealed
		c.Sealed, c.CorrectedAt = s.vault.SealFor(contestID, player, sealedAs(key), name), now
		n, err := tx.Exec(ctx, `UPDATE certificates SET sealed_name = ?, corrected_at = ?
			WHERE contest_id = ? AND player_id = ? AND cert_key = ? AND corrected_at = 0 AND sealed_name = ?`,
			c.Sealed, c.CorrectedAt, contestID, player, key, mistyped)
		if err == nil && n == 0 {
			return ErrCorrected // pressed twice at once
		}
		corrected = c
		return err
	})
	return corrected, errs.Wrap(err, "correct the name on a certificate")
}

// toldNow is the real name that the player tells now; ErrSameName where the certificate
// bears it, or none is told.
func (s *Service) toldNow(ctx context.Context, tx *sqldb.Tx, c *Certificate) (string, error) {
	printed, err := s.RealName(c)
	if err != nil {
		return "", err
	}
	told, err := s.told.Copy(ctx, tx, c.ContestID, []sqldb.ID{c.PlayerID}, c.NameField)
	if err != nil {
		return "", err
	}
	now, ok := told[c.PlayerID]
	if !ok || now.Value == printed {
		return "", ErrSameName
	}
	return now.Value, nil
}
