// Package team keeps the teams that players of a contest form themselves: who founded which,
// who came by its code, who may take whom out. It owns the tables teams,
// team_members and team_names.
//
// The schema holds that a player is in one team of a contest, and that a team has no more
// members than seats, whatever is pressed at once on however many nodes. Every change of
// members locks the team's row first, so that a captain's right is judged by what is so, and
// a team without members is gone. What its members earned is never copied: boards add it up
// (package board).
package team

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/typed"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Errors of teams, beside those of contest.MayTeam. A code that ended is answered like one
// that never was: who guesses learns nothing.
var (
	ErrCode      = errs.New(errs.NotFound, "team_code_unknown", "没有这个组队码，或者它已经过期；请向队长要现在的码")
	ErrFull      = errs.New(errs.Conflict, "team_full", "这个队已经满员")
	ErrMember    = errs.New(errs.Conflict, "team_member", "您已经在一个队里，先退出才能换队")
	ErrNoMember  = errs.New(errs.NotFound, "team_no_member", "您不在队里")
	ErrCaptain   = errs.New(errs.Forbidden, "team_captain", "只有队长可以这样做")
	ErrNotInTeam = errs.New(errs.NotFound, "team_other", "这个人不在您的队里")
	ErrAnswered  = errs.New(errs.Conflict, "team_answered", "已经答过题的队员不能移出，只能自己退出")
	ErrUnknown   = errs.New(errs.NotFound, "team_unknown", "没有这个队")
	ErrNameTaken = errs.InvalidField("name", "已经有队叫这个名字，请换一个")
)

// mostName is the characters of a team's name.
const mostName = 12

// codeLasts is how long a code lets others in.
const codeLasts = 7 * 24 * time.Hour

// Config is what a Service is made of.
type Config struct {
	DB      *sqldb.DB
	IDs     *sqldb.IDs
	Players *identity.Players
	Names   *publicname.Names
	Now     func() time.Time
	// Touch is called in the transaction that changes a player's team, and Changed after it:
	// the boards of teams are to be added up anew.
	Touch   func(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error
	Changed func(ctx context.Context, contestID sqldb.ID)
}

// Service keeps teams. It is safe for concurrent use.
type Service struct{ Config }

// New returns the service.
func New(c Config) *Service { return &Service{c} }

// row is a team as it is stored. Times are UTC ms.
type row struct {
	ContestID sqldb.ID         `db:"contest_id"`
	ID        sqldb.ID         `db:"id"`
	Name      string           `db:"name"`
	Folded    string           `db:"folded"`
	State     publicname.State `db:"name_state"`
	NameAt    int64            `db:"name_at"`
	Captain   sqldb.ID         `db:"captain_id"`
	Code      string           `db:"code"`
	CodeUntil int64            `db:"code_until"`
	MadeAt    int64            `db:"made_at"`
	ChangedAt int64            `db:"changed_at"`
}

var rowColumns = sqldb.Columns[row]("")

// memberRow is a player in a team.
type memberRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	TeamID    sqldb.ID `db:"team_id"`
	Seat      int      `db:"seat"`
	JoinedAt  int64    `db:"joined_at"`
}

var memberColumns = sqldb.Columns[memberRow]("")

// Of is the team that a player is in; 0 for none.
func (s *Service) Of(ctx context.Context, contestID, player sqldb.ID) (sqldb.ID, error) {
	return teamOf(ctx, s.DB, contestID, player)
}

func teamOf(ctx context.Context, from sqldb.Reader, contestID, player sqldb.ID) (team sqldb.ID, err error) {
	err = from.Get(ctx, &team, "SELECT team_id FROM team_members WHERE contest_id = ? AND player_id = ?",
		contestID, player)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return team, errs.Wrap(err, "read a player's team")
}

// lock holds a team until the transaction ends; there is false when it is gone.
func lock(ctx context.Context, tx *sqldb.Tx, team sqldb.ID, now int64) (there bool, err error) {
	matched, err := tx.Exec(ctx, "UPDATE teams SET changed_at = ? WHERE id = ?", now, team)
	return matched > 0, err
}

// newCode is a code that nobody can foresee.
func newCode() string {
	var random [2 * typed.CodeLength]byte
	rand.Read(random[:]) //nolint:errcheck // it never returns an error
	return typed.CodeOf(random[:])
}
