// Package hall keeps what the big screens of a contest show, and which screens may show
// what is not public yet; and it counts which questions are missed (missed.go). It owns the
// tables screen_shows, screens and missed_answers.
//
// There is one row a contest, written by the console (Show), and every screen of the
// contest follows it, on whichever node it asks. A change is made over the seq that its
// maker saw: of two remote controls at once one is told to look again. What anybody may
// see needs no more. Winners before their publication are for paired screens: a screen
// asks while staff have opened pairing (Ask), shows the short code that it got, and staff
// enter it (Pair). The secret behind the code is the screen's alone; here is its hash.
package hall

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"strings"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/pace"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Errors of screens.
var (
	ErrMoved = errs.New(errs.Conflict, "screen_moved", "大屏刚被别人换过，请看一下现在的画面再操作")
	// ErrNotPairing: nobody of staff waits for a screen.
	ErrNotPairing  = errs.New(errs.Conflict, "screen_not_pairing", "现在没有在连接大屏")
	ErrCodeUnknown = errs.New(errs.NotFound, "screen_code_unknown", "没有这个代码，请看大屏上现在的六位数字")
	ErrUnknown     = errs.New(errs.NotFound, "screen_unknown", "没有这块大屏")
)

// Shown is what the screens of a contest show.
type Shown struct {
	Choice
	Seq          int64 // 0: nobody has chosen yet
	PairingFrom  int64 // UTC ms
	PairingUntil int64 // UTC ms
	ChangedBy    string
	ChangedAt    int64 // UTC ms
}

// row is one row of screen_shows.
type row struct {
	ContestID    sqldb.ID `db:"contest_id"`
	Seq          int64    `db:"seq"`
	View         View     `db:"view_key"`
	SubjectID    sqldb.ID `db:"subject_id"`
	Step         int      `db:"step"`
	Turns        string   `db:"turns"`
	PairingFrom  int64    `db:"pairing_from"`
	PairingUntil int64    `db:"pairing_until"`
	ChangedBy    string   `db:"changed_by"`
	ChangedAt    int64    `db:"changed_at"`
}

var columns = sqldb.Columns[row]("")

// followLeast is how long a node answers screens from memory: everybody may open one.
const followLeast = 300 * time.Millisecond

// Service keeps screens. It is safe for concurrent use.
type Service struct {
	db    *sqldb.DB
	ids   *sqldb.IDs
	now   func() time.Time
	shown *pace.Cache[sqldb.ID, Shown]

	counts counts // of answers
	missed *pace.Cache[sqldb.ID, *Missed]
}

// New makes a Service.
func New(db *sqldb.DB, ids *sqldb.IDs, now func() time.Time) *Service {
	return &Service{db: db, ids: ids, now: now, shown: pace.NewCache[sqldb.ID, Shown](now, followLeast),
		counts: counts{heard: map[asked]*heard{}}, missed: pace.NewCache[sqldb.ID, *Missed](now, missedLeast)}
}

func (s *Service) millis() int64 { return s.now().UnixMilli() }

// Follow is what the screens of a contest show, some tenths of a second old at most.
func (s *Service) Follow(ctx context.Context, contestID sqldb.ID) (Shown, error) {
	return s.shown.Get(contestID, func() (Shown, error) { return s.Shown(ctx, contestID) })
}

// Shown is what the screens of a contest show now.
func (s *Service) Shown(ctx context.Context, contestID sqldb.ID) (Shown, error) {
	shown, err := read(ctx, s.db, contestID)
	return shown, errs.Wrap(err, "read what the screens of contest %d show", contestID)
}

// reader is the store, or a transaction of it.
type reader interface {
	Get(ctx context.Context, dest any, query string, args ...any) error
}

func read(ctx context.Context, from reader, contestID sqldb.ID) (Shown, error) {
	var r row
	err := from.Get(ctx, &r, "SELECT "+columns+" FROM screen_shows WHERE contest_id = ?", contestID)
	if errors.Is(err, sql.ErrNoRows) {
		return Shown{Choice: Choice{View: Turn, Turns: []View{Board, Far, Code, Pledge, Prizes}}}, nil
	}
	shown := Shown{Choice: Choice{View: r.View, Subject: r.SubjectID, Step: r.Step}, Seq: r.Seq,
		PairingFrom: r.PairingFrom, PairingUntil: r.PairingUntil, ChangedBy: r.ChangedBy, ChangedAt: r.ChangedAt}
	for turn := range strings.FieldsSeq(r.Turns) {
		shown.Turns = append(shown.Turns, View(turn))
	}
	return shown, err
}

// Show has the screens of a contest show something else than what stood at seq. Errors:
// ErrMoved, those of a choice.
func (s *Service) Show(ctx context.Context, by staff.Actor, contestID sqldb.ID, seq int64, choice Choice) error {
	if err := choice.check(); err != nil {
		return err
	}
	return s.change(ctx, by, contestID, seq, "screen.show", func(next *Shown) map[string]any {
		next.Choice = choice
		return map[string]any{"view": choice.View, "subject": choice.Subject.String(), "step": choice.Step,
			"turns": choice.Turns}
	})
}

// anySeq has a change made over whatever stands.
const anySeq = -1

// change writes the row anew, one seq further; change alters it and says what the audit log
// is told.
func (s *Service) change(ctx context.Context, by staff.Actor, contestID sqldb.ID, seq int64, action string,
	change func(next *Shown) map[string]any) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		was, err := read(ctx, tx, contestID)
		if err != nil {
			return err
		}
		if seq != anySeq && was.Seq != seq {
			return ErrMoved
		}
		next := was
		detail := change(&next)
		next.Seq, next.ChangedBy, next.ChangedAt = was.Seq+1, by.Name, s.millis()
		if err := write(ctx, tx, contestID, was.Seq, &next); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: action, Subject: contestID.String(), Detail: detail})
	})
	s.shown.Drop(contestID)
	return errs.Wrap(err, "change what the screens of contest %d show", contestID)
}

func write(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, over int64, next *Shown) error {
	turns := make([]string, len(next.Turns))
	for i, turn := range next.Turns {
		turns[i] = string(turn)
	}
	r := row{contestID, next.Seq, next.View, next.Subject, next.Step, strings.Join(turns, " "), next.PairingFrom,
		next.PairingUntil, next.ChangedBy, next.ChangedAt}
	if over == 0 {
		err := sqldb.Insert(ctx, tx, "INSERT INTO screen_shows", []row{r})
		if sqldb.IsDuplicate(err) {
			return ErrMoved
		}
		return err
	}
	matched, err := tx.Exec(ctx, `UPDATE screen_shows SET seq = ?, view_key = ?, subject_id = ?, step = ?, turns = ?,
			pairing_from = ?, pairing_until = ?, changed_by = ?, changed_at = ? WHERE contest_id = ? AND seq = ?`,
		r.Seq, r.View, r.SubjectID, r.Step, r.Turns, r.PairingFrom, r.PairingUntil, r.ChangedBy, r.ChangedAt, contestID, over)
	if err == nil && matched == 0 {
		return ErrMoved
	}
	return err
}

// Wipe deletes what a rehearsal that ends has kept here.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "screen_shows", "screens", "missed_answers")
}
