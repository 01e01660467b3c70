// Package honour awards units when a contest is over. It owns the tables honourings and
// honours.
//
// The definition says by which board, to how many and from which size on. Staff decide once,
// after the close: who is first then is written down with what stands on the certificate,
// and nothing that is counted, renamed or published later reaches it. The schema holds that
// an honour is decided once, whoever else presses at the same time. Everybody sees who was
// awarded once staff publish it; the certificate of a unit is genuine by its number and code
// from the start (package certificate makes the codes of both kinds).
package honour

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"time"

	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/certificate"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Errors of honours.
var (
	errEarly     = errs.New(errs.Conflict, "honours_early", "活动还没有结束，结束以后才能评定")
	errNone      = errs.New(errs.Conflict, "honours_none", "这个活动没有单位评优。在“活动”里修改，“排行榜”下面可以加")
	errNobody    = errs.New(errs.Conflict, "honours_nobody", "还没有单位够条件，所以没有评定。可以在“活动”里改评奖的条件")
	errUndecided = errs.New(errs.Conflict, "honours_undecided", "还没有评定，评定以后才能公布")
)

// Awarded is a unit with what it was awarded, as it stands on its certificate.
type Awarded struct {
	ContestID sqldb.ID `db:"contest_id"`
	Key       string   `db:"honour_key"`
	UnitID    sqldb.ID `db:"unit_id"`
	Number    sqldb.ID `db:"number"` // unique among these and the certificates of players
	Place     int      `db:"place"`  // from 1, shared by equals
	Class     string   `db:"class_title"`
	Title     string   `db:"title"`
	Contest   string   `db:"contest_title"`
	Organizer string   `db:"organizer"`
	Text      string   `db:"body"`
	Unit      string   `db:"unit_name"`
	Points    int64    `db:"points"`     // what the board ranked by
	Players   int64    `db:"players"`    // who counted for the unit
	DecidedAt int64    `db:"decided_at"` // UTC ms
}

// Titled is what stands large on the certificate: the honour, and its class where that says more.
func (a *Awarded) Titled() string {
	if a.Class == a.Title {
		return a.Title
	}
	return a.Title + "　" + a.Class
}

var columns = sqldb.Columns[Awarded]("")

// Decided is an honour that was decided.
type Decided struct {
	Key         string `db:"honour_key"`
	DecidedAt   int64  `db:"decided_at"`   // UTC ms
	PublishedAt int64  `db:"published_at"` // UTC ms; 0: not yet
	Units       []Awarded
}

// Service awards units. It is safe for concurrent use.
type Service struct {
	db     *sqldb.DB
	ids    *sqldb.IDs
	boards *board.Service
	codes  *certificate.Service
	now    func() time.Time
}

// New returns the honours stored in db, decided by boards, with codes of codes.
func New(db *sqldb.DB, ids *sqldb.IDs, boards *board.Service, codes *certificate.Service,
	now func() time.Time) *Service {
	return &Service{db, ids, boards, codes, now}
}

// Code is what stands beside the number of a unit's certificate.
func (s *Service) Code(number sqldb.ID) string { return s.codes.Code(number) }

// Of lists the honours of a contest that are decided, in the definition's order and those
// that it has no more behind them, each with its units, the first first.
func (s *Service) Of(ctx context.Context, in *catalog.Contest) ([]Decided, error) {
	var honours []Decided
	err := s.db.Select(ctx, &honours, `SELECT honour_key, decided_at, published_at FROM honourings WHERE contest_id = ?
		ORDER BY decided_at, honour_key`, in.ContestID)
	if err != nil || len(honours) == 0 {
		return nil, errs.Wrap(err, "read which honours are decided")
	}
	var units []Awarded
	err = s.db.Select(ctx, &units, "SELECT "+columns+" FROM honours WHERE contest_id = ? ORDER BY place, unit_id",
		in.ContestID)
	if err != nil {
		return nil, errs.Wrap(err, "read the units that were awarded")
	}
	for _, u := range units {
		for i := range honours {
			if honours[i].Key == u.Key {
				honours[i].Units = append(honours[i].Units, u)
			}
		}
	}
	return inOrder(in, honours), nil
}

// inOrder puts honours in the order of the definition.
func inOrder(in *catalog.Contest, honours []Decided) (ordered []Decided) {
	listed := map[string]bool{}
	for i := range in.Honours {
		listed[in.Honours[i].Key] = true
		for _, h := range honours {
			if h.Key == in.Honours[i].Key {
				ordered = append(ordered, h)
			}
		}
	}
	for _, h := range honours {
		if !listed[h.Key] {
			ordered = append(ordered, h)
		}
	}
	return ordered
}

// ByCode is the unit's certificate of a number and its code, as they were typed or scanned.
// Errors: certificate.ErrUnknown.
func (s *Service) ByCode(ctx context.Context, number, code string) (*Awarded, error) {
	id, ok := s.codes.Numbered(number, code)
	if !ok {
		return nil, certificate.ErrUnknown
	}
	var found Awarded
	err := s.db.Get(ctx, &found, "SELECT "+columns+" FROM honours WHERE number = ?", id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, certificate.ErrUnknown
	}
	return &found, errs.Wrap(err, "read the certificate of a unit")
}

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "honours", "honourings")
}
