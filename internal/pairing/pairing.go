// Package pairing lets units meet in rounds. It owns the tables pairings and unit_pairs.
//
// The definition says by which board and in which of the contest's periods units meet, and
// who meets whom. That is fixed once, at the moment that the definition says; when the period
// is over and nobody answers any more who began in it, it is decided once who won, by the
// totals that the board ranks then. The schema holds both, however many nodes try. What is
// counted or moved later changes nothing; two members of staff may correct who won, with a
// reason. Who goes on stands on a list of package shortlist. What is built on who won, the
// list and the next pairing, holds the revision of what it has read (State.Hold), so that a
// correction of the same moment reaches it or is refused.
package pairing

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"time"

	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/pace"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// State is how far a pairing is.
type State struct {
	Key       string `db:"pairing_key"`
	PairedAt  int64  `db:"paired_at"`  // UTC ms
	DecidedAt int64  `db:"decided_at"` // UTC ms; 0: not yet
	Revision  int64  `db:"revision"`   // another once who won is corrected, or something is built on it
	Pairs     []Pair
}

// ErrOvertaken tells that who won was corrected, or built on, since it was read.
var ErrOvertaken = errors.New("the pairing changed since it was read")

// Hold makes who builds on who won, or corrects it, the only one to do so, in the transaction
// that does. Errors: ErrOvertaken.
func (s *State) Hold(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	matched, err := tx.Exec(ctx, `UPDATE pairings SET revision = revision + 1
		WHERE contest_id = ? AND pairing_key = ? AND revision = ?`, contestID, s.Key, s.Revision)
	if err == nil && matched == 0 {
		err = ErrOvertaken
	}
	return err
}

// Winners are the units that go on, in the order of their pairs.
func (s *State) Winners() (units []sqldb.ID) {
	for i := range s.Pairs {
		if winner := s.Pairs[i].WinnerID; winner != 0 {
			units = append(units, winner)
		}
	}
	return units
}

// Pair are two units that meet.
type Pair struct {
	ContestID     sqldb.ID `db:"contest_id"`
	Key           string   `db:"pairing_key"`
	Place         int      `db:"place"` // from 1
	FirstID       sqldb.ID `db:"first_id"`
	SecondID      sqldb.ID `db:"second_id"` // 0: nobody
	FirstName     string   `db:"first_name"`
	SecondName    string   `db:"second_name"`
	FirstPoints   int64    `db:"first_points"` // as contest.PointsOn reads them
	SecondPoints  int64    `db:"second_points"`
	FirstPlayers  int64    `db:"first_players"` // who counted; 0: not on the board
	SecondPlayers int64    `db:"second_players"`
	WinnerID      sqldb.ID `db:"winner_id"`    // 0: not decided, or nobody
	CorrectedAt   int64    `db:"corrected_at"` // UTC ms; 0: it is as it was decided
}

var columns = sqldb.Columns[Pair]("")

// Service keeps pairings. It is safe for concurrent use.
type Service struct {
	db     *sqldb.DB
	ids    *sqldb.IDs
	boards *board.Service
	play   *play.Service
	now    func() time.Time
	kept   *pace.Cache[sqldb.ID, map[string]*State]
}

// keptLeast is how long pairings are kept in memory at least: every phone and screen that
// shows them asks.
const keptLeast = 2 * time.Second

// New returns the pairings stored in db, decided by boards once play has ended what was
// begun in time.
func New(db *sqldb.DB, ids *sqldb.IDs, boards *board.Service, play *play.Service, now func() time.Time) *Service {
	return &Service{db, ids, boards, play, now, pace.NewCache[sqldb.ID, map[string]*State](now, keptLeast)}
}

// Of are the pairings of a contest that are made, by their keys.
func (s *Service) Of(ctx context.Context, in *catalog.Contest) (map[string]*State, error) {
	return statesOf(ctx, s.db, in.ContestID)
}

// Seen is Of, some seconds old. Nobody may change what it returns.
func (s *Service) Seen(ctx context.Context, in *catalog.Contest) (map[string]*State, error) {
	return s.kept.Get(in.ContestID, func() (map[string]*State, error) { return s.Of(ctx, in) })
}

func statesOf(ctx context.Context, from sqldb.Reader, contestID sqldb.ID) (map[string]*State, error) {
	var rows []State
	err := from.Select(ctx, &rows, `SELECT pairing_key, paired_at, decided_at, revision FROM pairings
		WHERE contest_id = ?`, contestID)
	if err != nil {
		return nil, errs.Wrap(err, "read which pairings are made")
	}
	states := make(map[string]*State, len(rows))
	for i := range rows {
		states[rows[i].Key] = &rows[i]
	}
	if len(states) == 0 {
		return states, nil
	}
	var pairs []Pair
	err = from.Select(ctx, &pairs, "SELECT "+columns+" FROM unit_pairs WHERE contest_id = ? ORDER BY pairing_key, place",
		contestID)
	if err != nil {
		return nil, errs.Wrap(err, "read who meets whom")
	}
	for i := range pairs {
		if of := states[pairs[i].Key]; of != nil {
			of.Pairs = append(of.Pairs, pairs[i])
		}
	}
	return states, nil
}

// Wipe deletes the pairings of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "unit_pairs", "pairings")
}
