// Package identity knows who plays: guests by a signed cookie (session.go), and for
// each contest the nickname, unit and division that they chose (join.go). It owns
// the tables players, enrolments, unit_changes, proofs and set_aside (prove.go), and
// player_origins (origin.go); what a contest asks of their person stands in package personal.
package identity

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Errors about who plays.
var (
	ErrNobody      = errs.New(errs.Unauthenticated, "unauthenticated", "请先登记昵称")
	ErrNotEnrolled = errs.New(errs.Forbidden, "not_enrolled", "请先登记昵称，再参加这个活动")
)

// MaxNickname is the longest nickname, in characters.
const MaxNickname = 12

// Players keeps who plays. It is safe for concurrent use.
type Players struct {
	// Personal is what players tell of their person.
	Personal *personal.Store
	// Names are what nicknames are held against; nil: the shipped list of words.
	Names *publicname.Names

	db    *sqldb.DB
	ids   *sqldb.IDs
	vault *personal.Vault
	now   func() time.Time

	proofHooks ProofHooks
}

// NewPlayers returns the players stored in db, and what they told, sealed by the
// vault; without one (nil) fields cannot be filled in. now is the server's clock.
func NewPlayers(db *sqldb.DB, ids *sqldb.IDs, vault *personal.Vault, now func() time.Time) *Players {
	return &Players{Personal: personal.New(db, vault), db: db, ids: ids, vault: vault, now: now}
}

// Enrolment returns the player's part in a contest; ErrNotEnrolled for none and for who
// left.
func (p *Players) Enrolment(ctx context.Context, contestID, player sqldb.ID) (Enrolment, error) {
	var e Enrolment
	err := p.db.Get(ctx, &e, "SELECT "+enrolmentColumns+" FROM enrolments WHERE contest_id = ? AND player_id = ?",
		contestID, player)
	if errors.Is(err, sql.ErrNoRows) || err == nil && e.Left() {
		return e, ErrNotEnrolled
	}
	return e, errs.Wrap(err, "read an enrolment")
}

// Enrolments reads the parts of several players at once; unknown ones are left out.
func (p *Players) Enrolments(
	ctx context.Context, contestID sqldb.ID, players []sqldb.ID,
) (map[sqldb.ID]Enrolment, error) {
	return EnrolmentsIn(ctx, p.db, contestID, players)
}

// Enrol lets a player (0: a new guest) take part, or changes the nickname and
// unit of one who does, whatever a definition says: Join is by the rules. Errors:
// invalid_field nickname.
func (p *Players) Enrol(
	ctx context.Context, contestID, player sqldb.ID, nickname string, unitID sqldb.ID,
) (Enrolment, error) {
	nickname, err := p.Names.Check(publicname.Person, "nickname", "昵称", nickname, MaxNickname)
	if err == nil && readsAsGone(nickname) {
		err = errs.InvalidField("nickname", "这个昵称会被看成已经退出的人，请换一个")
	}
	if err != nil {
		return Enrolment{}, err
	}
	isNew := player == 0
	if isNew {
		player = p.ids.Next()
	}
	now := p.now().UnixMilli()
	enrolment := Enrolment{PlayerID: player, Nickname: nickname, UnitID: unitID}
	err = p.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if isNew {
			if _, err := tx.Exec(ctx, "INSERT INTO players (id, created_at) VALUES (?, ?)", player, now); err != nil {
				return err
			}
		}
		matched, err := tx.Exec(ctx, "UPDATE enrolments SET nickname = ?, unit_id = ? WHERE contest_id = ? AND player_id = ?",
			nickname, unitID, contestID, player)
		if err != nil || matched > 0 {
			return err
		}
		_, err = tx.Exec(ctx,
			"INSERT INTO enrolments (contest_id, player_id, nickname, unit_id, joined_at) VALUES (?, ?, ?, ?, ?)",
			contestID, player, nickname, unitID, now)
		return err
	})
	if sqldb.IsDuplicate(err) {
		return p.Enrolment(ctx, contestID, player) // pressed twice at once: the first stands
	}
	return enrolment, errs.Wrap(err, "enrol a player")
}

// Count is how many players take part in a contest.
func (p *Players) Count(ctx context.Context, contestID sqldb.ID) (int64, error) {
	var n int64
	err := p.db.Get(ctx, &n, "SELECT COUNT(*) FROM enrolments WHERE contest_id = ?", contestID)
	return n, errs.Wrap(err, "count players")
}

// gone is shown in the place of a player who took the name back. Where the retention
// of a contest is over, nicknames are empty, and aliases are shown.
const gone = "已退出"

// hasName is a condition of SQL: the player has a nickname.
const hasName = "nickname NOT IN ('', '" + gone + "')"

// Held is what is kept about a player in a contest, beside answers.
type Held struct {
	Enrolment
	JoinedAt int64 `db:"joined_at"` // UTC ms
}

// Held tells what is kept about a player (PIPL, article 45); ErrNotEnrolled when
// there is nothing.
func (p *Players) Held(ctx context.Context, contestID, player sqldb.ID) (Held, error) {
	var h Held
	err := p.db.Get(ctx, &h,
		"SELECT "+enrolmentColumns+", joined_at FROM enrolments WHERE contest_id = ? AND player_id = ?", contestID, player)
	if errors.Is(err, sql.ErrNoRows) {
		return h, ErrNotEnrolled
	}
	return h, errs.Wrap(err, "read what is kept about a player")
}
