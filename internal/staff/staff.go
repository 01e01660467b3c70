// Package staff knows who works here: accounts, sign-in, roles, and the audit
// log of what they did. It owns the tables staff, staff_sessions, staff_touches,
// staff_tries, staff_recovery and audit_log.
package staff

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Member is one account.
type Member struct {
	ID        sqldb.ID `db:"id"`
	Login     string   `db:"login"`
	Name      string   `db:"name"`
	Role      Role     `db:"role_name"`
	Disabled  bool     `db:"disabled"`
	CreatedAt int64    `db:"created_at"`
	// FirstPassword: it was given by somebody else. SecondFactor: signing in asks for a
	// code too.
	FirstPassword bool `db:"first_password"`
	SecondFactor  bool `db:"second_factor"`
}

// memberColumns are those of Member.
const memberColumns = `s.id, s.login, s.name, s.role_name, s.disabled, s.created_at, s.first_password,
	CASE WHEN s.totp_secret = '' THEN 0 ELSE 1 END AS second_factor`

// Errors about accounts.
var (
	ErrLoginTaken = errs.New(errs.Conflict, "login_taken", "这个登录名已经有人用了")
	ErrUnknown    = errs.New(errs.NotFound, "staff_unknown", "没有这个工作人员")
	ErrLastOwner  = errs.New(errs.Conflict, "last_owner", "至少要保留一位可以登录的负责人")
)

// Service keeps accounts. It is safe for concurrent use.
type Service struct {
	// Words are those of this place, which no password may be made of; nil: none.
	Words func() []string

	db      *sqldb.DB
	ids     *sqldb.IDs
	keys    keys
	now     func() time.Time
	hashing *hashers
}

// New returns the accounts stored in db. All nodes have the same keys.
func New(db *sqldb.DB, ids *sqldb.IDs, of *keyring.Keys, now func() time.Time) *Service {
	return &Service{db: db, ids: ids, keys: newKeys(of), now: now, hashing: newHashers()}
}

var loginPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,31}$`)

// Add makes an account; by tells who adds it (zero: the command line). Its holder has to
// change the password before anything else. Errors: invalid_field login, name, role or
// password; ErrLoginTaken, ErrBusy.
func (s *Service) Add(ctx context.Context, by Actor, login, name string, role Role, password string) (*Member, error) {
	login, name = plainLogin(login), strings.TrimSpace(name)
	if !loginPattern.MatchString(login) {
		return nil, errs.InvalidField("login", "登录名用 2 到 32 个小写字母、数字或 . _ -")
	}
	if n := utf8.RuneCountInString(name); n == 0 || n > 16 {
		return nil, errs.InvalidField("name", "姓名应为 1 到 16 个字")
	}
	if pretends(name) {
		return nil, errs.InvalidField("name", "这个名字容易被当成系统本身，请用真实姓名")
	}
	if !role.Known() {
		return nil, errs.InvalidField("role", "没有这种角色")
	}
	if err := s.checkPassword(login, name, password); err != nil {
		return nil, err
	}
	hash, err := s.hashing.hash(ctx, password)
	if err != nil {
		return nil, err
	}
	member := &Member{ID: s.ids.Next(), Login: login, Name: name, Role: role, CreatedAt: s.now().UnixMilli(),
		FirstPassword: true}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx,
			`INSERT INTO staff (id, login, name, role_name, password, first_password, disabled, created_at)
			VALUES (?, ?, ?, ?, ?, 1, 0, ?)`, member.ID, login, name, role, hash, member.CreatedAt)
		if sqldb.IsDuplicate(err) {
			return ErrLoginTaken
		}
		if err != nil {
			return err
		}
		if err := nameIsFree(ctx, tx, member.ID, name); err != nil {
			return err
		}
		if err := touch(ctx, tx, member.ID, by, Made, member.CreatedAt); err != nil {
			return err
		}
		return Record(ctx, tx, Entry{Actor: by, Action: "staff.add", Subject: login,
			Detail: map[string]any{"name": name, "role": role}})
	})
	return member, errs.Wrap(err, "add staff %s", login)
}

// List returns all accounts, oldest first.
func (s *Service) List(ctx context.Context) ([]Member, error) {
	var members []Member
	err := s.db.Select(ctx, &members, "SELECT "+memberColumns+" FROM staff s ORDER BY s.id")
	return members, errs.Wrap(err, "list staff")
}

// ByLogin is the account of a login. Errors: ErrUnknown.
func (s *Service) ByLogin(ctx context.Context, login string) (*Member, error) {
	found, err := s.account(ctx, "s.login = ?", plainLogin(login))
	if err == nil && found.ID == 0 {
		err = ErrUnknown
	}
	return &found.Member, err
}

// Change sets an account's role and whether it may sign in; one that may not
// loses its sessions. Errors: ErrUnknown, ErrLastOwner, invalid_field role.
func (s *Service) Change(ctx context.Context, by Actor, id sqldb.ID, role Role, disabled bool) error {
	if !role.Known() {
		return errs.InvalidField("role", "没有这种角色")
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if err := lockOwners(ctx, tx); err != nil {
			return err
		}
		var was Member
		if err := tx.Get(ctx, &was, "SELECT login, role_name, disabled FROM staff WHERE id = ?", id); err != nil {
			return unknownIfNone(err)
		}
		if _, err := tx.Exec(ctx, "UPDATE staff SET role_name = ?, disabled = ? WHERE id = ?", role, flag(disabled),
			id); err != nil {
			return err
		}
		if err := s.touchChanged(ctx, tx, by, id, role != was.Role, was.Disabled && !disabled); err != nil {
			return err
		}
		var owners int
		if err := tx.Get(ctx, &owners, "SELECT COUNT(*) FROM staff WHERE role_name = ? AND disabled = 0", Owner); err != nil {
			return err
		}
		if owners == 0 {
			return ErrLastOwner
		}
		if disabled {
			if _, err := tx.Exec(ctx, "DELETE FROM staff_sessions WHERE staff_id = ?", id); err != nil {
				return err
			}
		}
		return Record(ctx, tx, Entry{Actor: by, Action: "staff.change", Subject: was.Login,
			Detail: map[string]any{"role": role, "disabled": disabled}})
	})
	return errs.Wrap(err, "change staff %d", id)
}

// touchChanged notes what a change of an account was.
func (s *Service) touchChanged(ctx context.Context, tx *sqldb.Tx, by Actor, id sqldb.ID, role, enabled bool) error {
	at := s.now().UnixMilli()
	if role {
		if err := touch(ctx, tx, id, by, RoleGiven, at); err != nil {
			return err
		}
	}
	if enabled {
		return touch(ctx, tx, id, by, Enabled, at)
	}
	return nil
}

// lockOwners writes the rows of all owners before one of them is changed: two owners who
// take the role from each other at once would each still count the other.
func lockOwners(ctx context.Context, tx *sqldb.Tx) error {
	_, err := tx.Exec(ctx, "UPDATE staff SET guard = guard + 1 WHERE role_name = ?", Owner)
	return errs.Wrap(err, "lock the owners")
}

// SetPassword replaces a password and ends the account's sessions. Who is given one by
// somebody else has to change it before anything else. Errors: ErrUnknown, ErrBusy,
// invalid_field password.
func (s *Service) SetPassword(ctx context.Context, by Actor, id sqldb.ID, password string) error {
	var of Member
	if err := s.db.Get(ctx, &of, "SELECT login, name FROM staff WHERE id = ?", id); err != nil {
		return unknownIfNone(err)
	}
	if err := s.checkPassword(of.Login, of.Name, password); err != nil {
		return err
	}
	hash, err := s.hashing.hash(ctx, password)
	if err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if _, err := tx.Exec(ctx, "UPDATE staff SET password = ?, first_password = ? WHERE id = ?", hash,
			flag(by.ID != id), id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM staff_sessions WHERE staff_id = ?", id); err != nil {
			return err
		}
		if err := touch(ctx, tx, id, by, PasswordGiven, s.now().UnixMilli()); err != nil {
			return err
		}
		return Record(ctx, tx, Entry{Actor: by, Action: "staff.password", Subject: of.Login})
	})
	return errs.Wrap(err, "set the password of staff %d", id)
}

func unknownIfNone(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrUnknown
	}
	return err
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
