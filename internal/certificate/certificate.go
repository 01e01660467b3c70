// Package certificate keeps the certificates that players hold. It owns the table
// certificates.
//
// A certificate is a copy: what is printed on it, and the name, is written down when it is
// earned, in the transaction of the attempt or deed that earns it (Certify, a hook of
// play). What no attempt earns (a place on a board, a certificate that was added later) is
// handed out when the player looks (Issue). No later version of the definition changes or
// takes back what is held; the schema holds that each is held once, and that of those of
// one grade one stands: a better one is another, with its own number, and the lesser is
// kept as replaced, so that what is printed under a number never changes. One that bears the
// real name holds a sealed copy of it (realname.go). Who holds one asks by its number and
// code whether it is genuine (code.go).
package certificate

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/keyring"
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
	// Score is printed on it; empty: none.
	Score string `db:"score"`
	// Grade is what it excludes others of, while it stands.
	Grade      sql.NullString `db:"grade_of"`
	ReplacedAt int64          `db:"replaced_at"` // UTC ms, by a better one; 0: it stands
	realName
}

var columns = sqldb.Columns[Certificate]("")

// Service hands certificates out. It is safe for concurrent use.
type Service struct {
	db      *sqldb.DB
	ids     *sqldb.IDs
	catalog *catalog.Catalog
	codes   *keyring.Made[[]byte]
	told    *personal.Store
	vault   *personal.Vault
}

// Config is what a Service stands on.
type Config struct {
	DB       *sqldb.DB
	IDs      *sqldb.IDs
	Catalog  *catalog.Catalog
	Keys     *keyring.Keys   // of the codes
	Personal *personal.Store // where real names are told
	Vault    *personal.Vault // seals their copies
}

// New makes a Service; Certify is to be a hook of play.
func New(of Config) *Service {
	return &Service{db: of.DB, ids: of.IDs, catalog: of.Catalog, codes: of.Keys.Part("codes"), told: of.Personal,
		vault: of.Vault}
}

// Of lists what a player holds in a contest, and held until a better one came, the first
// earned first.
func (s *Service) Of(ctx context.Context, contestID, player sqldb.ID) ([]Certificate, error) {
	var held []Certificate
	err := s.db.Select(ctx, &held, "SELECT "+columns+` FROM certificates
		WHERE contest_id = ? AND player_id = ? ORDER BY earned_at, number`, contestID, player)
	return held, errs.Wrap(err, "read the certificates of a player")
}

// Issue hands certificates of a contest that a player has reached to the player, at so many
// UTC ms. One that another node or call handed out meanwhile stands.
func (s *Service) Issue(ctx context.Context, in *catalog.Contest, e identity.Enrolment, summary *contest.Summary,
	reached []contest.Certificate, at int64) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		k, err := openDesk(ctx, tx, in.ContestID, []sqldb.ID{e.PlayerID})
		if err != nil {
			return err
		}
		for _, c := range fresh(in.Definition, reached, k.held[e.PlayerID]) {
			k.hand(s.print(in, in.Definition, e, &c, summary, at))
		}
		return s.store(ctx, tx, k)
	})
	return errs.Wrap(err, "hand out certificates")
}

// print is a certificate of a definition for a player. A name that others do not see is
// not printed.
func (s *Service) print(in *catalog.Contest, d *contest.Definition, e identity.Enrolment, c *contest.Certificate,
	summary *contest.Summary, at int64) *Certificate {
	row := Certificate{ContestID: in.ContestID, PlayerID: e.PlayerID, Key: c.Key, Number: s.ids.Next(),
		Contest: d.Title, Organizer: d.Organizer, Title: c.Title, Text: c.Text, EarnedAt: at,
		Score: d.ScoreOn(c, summary), Grade: sql.NullString{String: c.Grade, Valid: c.Grade != ""}}
	if field, real := d.RealNameOn(c); real {
		row.NameField = field.Key
	} else if e.NameState.Public() && e.Nickname != "" {
		row.Name = e.ShownName(publicname.OnPhones)
	}
	if unit, ok := in.Units.Get(e.UnitID); ok {
		row.Unit = unit.Name
	}
	return &row
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
	k, err := openDesk(ctx, tx, contestID, players)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(e earned) bool { return len(e.fresh(k)) == 0 })
	if len(all) == 0 {
		return nil
	}
	players = players[:0]
	for _, e := range all {
		players = append(players, e.change.PlayerID)
	}
	who, err := identity.EnrolmentsIn(ctx, tx, contestID, players)
	if err != nil {
		return err
	}
	for _, e := range all {
		player, ok := who[e.change.PlayerID]
		if !ok || player.Left() {
			continue
		}
		for _, c := range e.fresh(k) { // of two changes of a player the first may have brought it
			k.hand(s.print(e.in, e.change.Contest, player, &c, e.change.Summary, e.change.At()))
		}
	}
	return s.store(ctx, tx, k)
}

// store stores what was handed out, with the real names on it that are told. Errors as
// desk.store.
func (s *Service) store(ctx context.Context, tx *sqldb.Tx, k *desk) error {
	if err := s.name(ctx, tx, k.fresh); err != nil {
		return err
	}
	return k.store(ctx, tx)
}

// fresh lists what the player gets beside what is held by then.
func (e earned) fresh(k *desk) []contest.Certificate {
	return fresh(e.change.Contest, e.due, k.held[e.change.PlayerID])
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
