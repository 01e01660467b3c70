package staff

import (
	"context"
	"database/sql"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Scope is where, and until when, an account may do what its role allows; the zero
// value is everywhere and for ever.
type Scope struct {
	ContestID sqldb.ID `db:"contest_id"` // 0: all contests
	Until     int64    `db:"until_at"`   // UTC ms; 0: no end
}

// ErrScopeOver refuses an account whose time is over; ErrOwnerScoped one that would
// leave nobody to change it.
var (
	ErrScopeOver   = errs.New(errs.Forbidden, "account_ended", "这个账号的使用期限已经过了，请找负责人延长")
	ErrOwnerScoped = errs.New(errs.Conflict, "owner_scoped", "负责人的账号不能限定在一个活动或一个期限里")
)

// ScopeOf reads the scope of an account. Errors: ErrScopeOver.
func (s *Service) ScopeOf(ctx context.Context, id sqldb.ID) (Scope, error) {
	var scope Scope
	err := s.db.Get(ctx, &scope, "SELECT contest_id, until_at FROM staff_scopes WHERE staff_id = ?", id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Scope{}, nil
	case err != nil:
		return scope, errs.Wrap(err, "read the scope of an account")
	case scope.Until != 0 && scope.Until <= s.now().UnixMilli():
		return scope, ErrScopeOver
	}
	return scope, nil
}

// Scopes reads all scopes, by account.
func (s *Service) Scopes(ctx context.Context) (map[sqldb.ID]Scope, error) {
	var rows []struct {
		Staff sqldb.ID `db:"staff_id"`
		Scope
	}
	err := s.db.Select(ctx, &rows, "SELECT staff_id, contest_id, until_at FROM staff_scopes")
	scopes := make(map[sqldb.ID]Scope, len(rows))
	for _, row := range rows {
		scopes[row.Staff] = row.Scope
	}
	return scopes, errs.Wrap(err, "read the scopes of accounts")
}

// SetScope bounds what an account may be used for. It counts as giving a role: see
// SecondPerson. Errors: ErrUnknown, ErrOwnerScoped, invalid_field until.
func (s *Service) SetScope(ctx context.Context, by Actor, id sqldb.ID, scope Scope) error {
	if scope.Until < 0 {
		return errs.InvalidField("until", "期限的写法不对")
	}
	at := s.now().UnixMilli()
	return errs.Wrap(s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var of Member
		if err := tx.Get(ctx, &of, "SELECT login, role_name FROM staff WHERE id = ?", id); err != nil {
			return unknownIfNone(err)
		}
		if of.Role == Owner && scope != (Scope{}) {
			return ErrOwnerScoped
		}
		if _, err := tx.Exec(ctx, "DELETE FROM staff_scopes WHERE staff_id = ?", id); err != nil {
			return err
		}
		if scope != (Scope{}) {
			_, err := tx.Exec(ctx, "INSERT INTO staff_scopes (staff_id, contest_id, until_at) VALUES (?, ?, ?)", id,
				scope.ContestID, scope.Until)
			if sqldb.IsDuplicate(err) {
				return sqldb.ErrStale
			}
			if err != nil {
				return err
			}
		}
		if err := touch(ctx, tx, id, by, RoleGiven, at); err != nil {
			return err
		}
		return Record(ctx, tx, Entry{Actor: by, Action: "staff.scope", Subject: of.Login,
			Detail: map[string]any{"contest": scope.ContestID.String(), "until": scope.Until}})
	}), "bound an account")
}
