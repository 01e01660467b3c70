// Package conduct keeps what staff find out about how players behaved, and who is
// disqualified. It owns the tables conduct_cases, disqualifications, appeals,
// conduct_signals and conduct_looks.
//
// It stands below board, prize and report because a disqualification concerns them
// alike: boards leave the player out, drawings pass the player over, instant draws
// and the shop refuse. They ask this package (Out, StandingWhere) and it knows none
// of them. Nothing that was answered, earned or handed out is changed, so taking a
// disqualification back restores everything.
//
// Signals are leads and punish nobody. A case gathers what staff look at; a
// disqualification is proposed by one member of staff and stands once another has
// agreed, which the schema holds too. The player is told the reason and may appeal
// once against each decision.
package conduct

import (
	"context"
	"embed"
	"io/fs"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Errors of cases.
var (
	ErrCase       = errs.New(errs.NotFound, "case_unknown", "没有这个核查")
	ErrPlayer     = errs.New(errs.NotFound, "player_unknown", "没有这个参赛者")
	ErrCaseOpen   = errs.New(errs.Conflict, "case_open", "这个参赛者已经在核查中")
	ErrCaseClosed = errs.New(errs.Conflict, "case_closed", "这次核查已经结束")
	ErrProposed   = errs.New(errs.Conflict, "decision_proposed", "已经有取消资格的提议或决定")
	ErrNoDecision = errs.New(errs.Conflict, "decision_unknown", "现在没有可以这样处理的提议或决定，请刷新页面再看")
)

// ErrDisqualified refuses what a disqualified player may not do for now. What the
// player has stays.
var ErrDisqualified = errs.New(errs.Conflict, "disqualified", "你的抽奖和兑奖资格暂时被取消，机会和积分都还在。可以在活动首页查看原因并申诉")

// Service keeps cases. It is safe for concurrent use.
type Service struct {
	db    *sqldb.DB
	ids   *sqldb.IDs
	now   func() time.Time
	hooks []Hook
}

// Hook lets what shows players notice that a disqualification began to stand or
// ended: Touch in the same transaction, Refresh after its commit (a crash may lose it).
type Hook interface {
	Touch(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error
	Refresh(ctx context.Context, contestID, player sqldb.ID)
}

// New returns the cases stored in db.
func New(db *sqldb.DB, ids *sqldb.IDs, now func() time.Time, hooks ...Hook) *Service {
	return &Service{db: db, ids: ids, now: now, hooks: hooks}
}

func (s *Service) millis() int64 { return s.now().UnixMilli() }

// record logs what staff did about a player, who is named by id alone.
func record(ctx context.Context, tx *sqldb.Tx, by staff.Actor, action string, c *Case, detail map[string]any) error {
	if detail == nil {
		detail = map[string]any{}
	}
	detail["case"], detail["contest"] = c.ID.String(), c.ContestID.String()
	return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: action, Subject: c.PlayerID.String(), Detail: detail})
}

// checkText trims a text of staff or players and refuses an empty or overlong one:
// most is in characters. Line breaks become blanks.
func checkText(field, text, missing string, most int) (string, error) {
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, text))
	switch {
	case utf8.RuneCountInString(text) < 2:
		return "", errs.InvalidField(field, missing)
	case utf8.RuneCountInString(text) > most:
		return "", errs.InvalidField(field, "内容太长，请精简一些")
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
		return "", errs.InvalidField(field, "内容里有不能使用的字符")
	}
	return text, nil
}
