// Package certificate keeps the certificates that players hold. It owns the table
// certificates.
//
// A certificate is a copy: what is printed on it, and the name, is written down when it is
// earned, in the transaction of the attempt or deed that earns it (Certify, a hook of
// play). What no attempt earns (a place on a board, a certificate that was added later) is
// handed out when the player looks (Issue). No later version of the definition changes or
// takes back what is held; the schema holds that each is held once.
package certificate

import (
	"context"
	"embed"
	"io/fs"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Certificate is what a player holds, as it is printed.
type Certificate struct {
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Key       string   `db:"cert_key"`
	Number    sqldb.ID `db:"number"` // unique over all contests
	Contest   string   `db:"contest_title"`
	Organizer string   `db:"organizer"`
	Title     string   `db:"title"`
	Text      string   `db:"body"`
	Name      string   `db:"name"`      // empty: as the player is shown now
	Unit      string   `db:"unit_name"` // empty: of none
	EarnedAt  int64    `db:"earned_at"` // UTC ms
}

var columns = sqldb.Columns[Certificate]("")

// Service hands certificates out. It is safe for concurrent use.
type Service struct {
	db      *sqldb.DB
	ids     *sqldb.IDs
	catalog *catalog.Catalog
}

// New makes a Service; Certify is to be a hook of play.
func New(db *sqldb.DB, ids *sqldb.IDs, contests *catalog.Catalog) *Service {
	return &Service{db: db, ids: ids, catalog: contests}
}

// Of lists what a player holds in a contest, the first earned first.
func (s *Service) Of(ctx context.Context, contestID, player sqldb.ID) ([]Certificate, error) {
	var held []Certificate
	err := s.db.Select(ctx, &held, "SELECT "+columns+` FROM certificates
		WHERE contest_id = ? AND player_id = ? ORDER BY earned_at, number`, contestID, player)
	return held, errs.Wrap(err, "read the certificates of a player")
}

// Issue hands certificates of a contest to a player, at so many UTC ms. One that another
// node or call handed out meanwhile stands.
func (s *Service) Issue(
	ctx context.Context, in *catalog.Contest, e identity.Enrolment, due []contest.Certificate, at int64,
) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		return s.insert(ctx, tx, in, in.Definition, e, due, at)
	})
	return errs.Wrap(err, "hand out certificates")
}

// insert stores those of the certificates that the player does not hold.
func (s *Service) insert(ctx context.Context, tx *sqldb.Tx, in *catalog.Contest, d *contest.Definition,
	e identity.Enrolment, due []contest.Certificate, at int64) error {
	held, err := readKeys(ctx, tx, in.ContestID, []sqldb.ID{e.PlayerID})
	if err != nil {
		return err
	}
	var rows []Certificate
	for i := range due {
		if !held[holding{e.PlayerID, due[i].Key}] {
			rows = append(rows, s.print(in, d, e, &due[i], at))
		}
	}
	return store(ctx, tx, rows)
}

// print is a certificate of a definition for a player. A name that others do not see is
// not printed.
func (s *Service) print(in *catalog.Contest, d *contest.Definition, e identity.Enrolment, c *contest.Certificate,
	at int64) Certificate {
	row := Certificate{ContestID: in.ContestID, PlayerID: e.PlayerID, Key: c.Key, Number: s.ids.Next(),
		Contest: d.Title, Organizer: d.Organizer, Title: c.Title, Text: c.Text, EarnedAt: at}
	if e.NameState.Public() && e.Nickname != "" {
		row.Name = e.ShownName(publicname.OnPhones)
	}
	if unit, ok := in.Units.Get(e.UnitID); ok {
		row.Unit = unit.Name
	}
	return row
}

// store stores certificates. ErrStale: one was handed out in a transaction that ours did
// not see.
func store(ctx context.Context, tx *sqldb.Tx, rows []Certificate) error {
	err := sqldb.Insert(ctx, tx, "INSERT INTO certificates", rows)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "store certificates")
}

// holding names a certificate of a player in a contest.
type holding struct {
	player sqldb.ID
	key    string
}

// readKeys reads which certificates players of a contest hold.
func readKeys(
	ctx context.Context, from sqldb.Reader, contestID sqldb.ID, players []sqldb.ID,
) (map[holding]bool, error) {
	var rows []struct {
		PlayerID sqldb.ID `db:"player_id"`
		Key      string   `db:"cert_key"`
	}
	err := from.SelectIn(ctx, &rows, `SELECT player_id, cert_key FROM certificates
		WHERE contest_id = ? AND player_id IN (?)`, contestID, players)
	held := make(map[holding]bool, len(rows))
	for _, row := range rows {
		held[holding{row.PlayerID, row.Key}] = true
	}
	return held, errs.Wrap(err, "read who holds certificates")
}

// Certify is play's hook: what a change earned is held from then on.
func (s *Service) Certify(ctx context.Context, w *play.Work, changes []*play.Change) error {
	byContest := map[sqldb.ID][]earned{}
	for _, change := range changes {
		in, err := s.catalog.Of(change.ContestID)
		if err != nil {
			continue // a rehearsal that ended
		}
		if due := Reached(in, change.Contest, change.Summary, change.UnitID); len(due) > 0 {
			byContest[change.ContestID] = append(byContest[change.ContestID], earned{in, change, due})
		}
	}
	for _, all := range byContest {
		if err := s.certify(ctx, w.Tx, all); err != nil {
			return err
		}
	}
	return nil
}

// earned is what a player has reached by a change.
type earned struct {
	in     *catalog.Contest
	change *play.Change
	due    []contest.Certificate
}

// certify hands out, in one contest, what is not held yet.
func (s *Service) certify(ctx context.Context, tx *sqldb.Tx, all []earned) error {
	contestID := all[0].change.ContestID
	players := make([]sqldb.ID, len(all))
	for i := range all {
		players[i] = all[i].change.PlayerID
	}
	held, err := readKeys(ctx, tx, contestID, players)
	if err != nil {
		return err
	}
	var fresh []earned
	players = players[:0]
	for _, e := range all {
		var due []contest.Certificate
		for _, c := range e.due {
			if of := (holding{e.change.PlayerID, c.Key}); !held[of] {
				held[of] = true
				due = append(due, c)
			}
		}
		if len(due) > 0 {
			fresh = append(fresh, earned{e.in, e.change, due})
			players = append(players, e.change.PlayerID)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	who, err := identity.EnrolmentsIn(ctx, tx, contestID, players)
	if err != nil {
		return err
	}
	var rows []Certificate
	for _, e := range fresh {
		player, ok := who[e.change.PlayerID]
		if !ok || player.Left() {
			continue
		}
		for i := range e.due {
			rows = append(rows, s.print(e.in, e.change.Contest, player, &e.due[i], e.change.At()))
		}
	}
	return store(ctx, tx, rows)
}

// Reached lists the certificates of a definition that what a player did has earned; those
// for a place on a board are not among them.
func Reached(in *catalog.Contest, d *contest.Definition, s *contest.Summary, unit sqldb.ID) []contest.Certificate {
	var due []contest.Certificate
	for i := range d.Certificates {
		who := &d.Certificates[i].Who
		if who.Top == nil && Meets(in, d, who, s, unit) {
			due = append(due, d.Certificates[i])
		}
	}
	return due
}

// Meets reports whether a player of a unit meets a condition, but for a place on a board.
func Meets(in *catalog.Contest, d *contest.Definition, who *contest.Condition, s *contest.Summary,
	unit sqldb.ID) bool {
	return d.MeetsNow(*who, s) && (who.Unit == "" || in.Units.IsUnder(unit, who.Unit))
}
