package staff

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Prove takes the password of who is signed in once more, which then is fresh for ten
// minutes in this session. Errors: invalid_field password, ErrTooManyTries, ErrBusy.
func (s *Service) Prove(ctx context.Context, of *Session, password string) error {
	spent, err := s.checkOwn(ctx, of, "password", password)
	if err != nil {
		return err
	}
	now := s.now()
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if err := giveBack(ctx, tx, spent, now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "UPDATE staff_sessions SET proved_at = ? WHERE id = ? AND staff_id = ?", now.UnixMilli(),
			of.SessionID, of.ID)
		return err
	})
}

// ChangeOwn replaces the holder's own password and ends all their other sessions. Errors:
// invalid_field present or password, ErrTooManyTries, ErrBusy.
func (s *Service) ChangeOwn(ctx context.Context, of *Session, present, password string) error {
	spent, err := s.checkOwn(ctx, of, "present", present)
	if err != nil {
		return err
	}
	if present == password {
		return errs.InvalidField("password", "新密码不能和现在的一样")
	}
	if err := s.checkPassword(of.Login, of.Name, password); err != nil {
		return err
	}
	hash, err := s.hashing.hash(ctx, password)
	if err != nil {
		return err
	}
	now := s.now()
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if err := giveBack(ctx, tx, spent, now); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE staff SET password = ?, first_password = 0 WHERE id = ?", hash, of.ID); err != nil {
			return err
		}
		if err := endOthers(ctx, tx, of); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "UPDATE staff_sessions SET proved_at = ? WHERE id = ? AND staff_id = ?", now.UnixMilli(),
			of.SessionID, of.ID)
		if err != nil {
			return err
		}
		return Record(ctx, tx, Entry{Actor: ActorOf(&of.Member), Action: "staff.own_password", Subject: of.Login})
	})
	return errs.Wrap(err, "change the own password of staff %d", of.ID)
}

// checkOwn compares with the holder's password; field is named where it is wrong.
func (s *Service) checkOwn(ctx context.Context, of *Session, field, password string) ([]spending, error) {
	if len(password) > 4*mostPassword {
		return nil, errs.InvalidField(field, "密码不对")
	}
	leave, err := s.hashing.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	spent := []spending{{s.triesName("own", of.SessionID.String()), byBrowser, true}}
	if err := s.spend(ctx, spent); err != nil {
		return nil, err
	}
	found, err := s.account(ctx, "id = ?", of.ID)
	if err != nil {
		return nil, err
	}
	same, err := s.hashing.matches(ctx, password, found.Password)
	if err == nil && !same {
		err = errs.InvalidField(field, "密码不对")
	}
	return spent, err
}
