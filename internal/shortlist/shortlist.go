// Package shortlist keeps the lists of players that open levels to them: who was among the
// first of a board at a moment, who belonged to a unit then or when it won a pairing, whom
// staff put there. It owns the tables shortlists, shortlisted and shortlisted_units.
//
// A list of a board, of units or of a pairing is made once, when its definition says; the
// schema holds that the first node to make it is the only one. What happens to ranks and
// units afterwards changes nothing; who is disqualified is on no list while that stands.
// Staff takes players off and puts them on with a reason, which stands in the audit log.
// A row says whether its player is still owed what the list gives (owed.go).
package shortlist

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Errors of lists.
var (
	ErrUnknown = errs.New(errs.NotFound, "list_unknown", "没有这个名单")
	errNotMade = errs.New(errs.Conflict, "list_not_made", "名单还没有确定，到时间以后才能更改")
	errNobody  = errs.InvalidField("players", "请写上参赛者")
)

// mostAtOnce bounds how many players are put on a list by one call.
const mostAtOnce = 2_000

// Store keeps lists. It is safe for concurrent use.
type Store struct {
	db   *sqldb.DB
	made sync.Map // as madeKey: lists that were made, which they stay
}

type madeKey struct {
	contest sqldb.ID
	list    string
}

// New returns the lists stored in db.
func New(db *sqldb.DB) *Store { return &Store{db: db} }

// Row is a player who is on a list, or was.
type Row struct {
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Key       string   `db:"list_key"`
	Place     int      `db:"place"` // from 1; 0 for none
	On        bool     `db:"on_list"`
	PutAt     int64    `db:"put_at"` // UTC ms
	Owed      bool     `db:"owed"`   // what the list gives
}

var columns = sqldb.Columns[Row]("")

// Of are the keys of the lists that a player is on. It costs no read where the contest has
// no lists.
func Of(ctx context.Context, from sqldb.Reader, c *catalog.Contest, e identity.Enrolment) ([]string, error) {
	if len(c.Lists) == 0 {
		return nil, nil
	}
	var rows []Row
	err := from.Select(ctx, &rows, "SELECT "+columns+" FROM shortlisted WHERE contest_id = ? AND player_id = ? AND "+
		conduct.StandingWhere, c.ContestID, e.PlayerID, c.ContestID, c.ContestID)
	if err != nil {
		return nil, errs.Wrap(err, "read the lists of a player")
	}
	var keys []string
	for i := range c.Lists {
		l := &c.Lists[i]
		on := !l.Fixed() && slices.ContainsFunc(l.Units, func(code string) bool { return c.Units.IsUnder(e.UnitID, code) })
		for _, row := range rows {
			if row.Key == l.Key {
				on = row.On
			}
		}
		if on {
			keys = append(keys, l.Key)
		}
	}
	return keys, nil
}

// Due are the lists of a contest that are to be made at a moment (UTC ms) and are not; those
// of pairings among them that wait for theirs to be decided. It costs no read once all of
// them are made.
func (s *Store) Due(ctx context.Context, c *catalog.Contest, now int64) ([]*contest.List, error) {
	var due []*contest.List
	for i := range c.Lists {
		l := &c.Lists[i]
		_, made := s.made.Load(madeKey{c.ContestID, l.Key})
		if l.Fixed() && c.MadeAt(l) <= now && !made {
			due = append(due, l)
		}
	}
	if len(due) == 0 {
		return nil, nil
	}
	made, err := s.Made(ctx, c.ContestID)
	return slices.DeleteFunc(due, func(l *contest.List) bool { return made[l.Key] != 0 }), err
}

// Made tells when the lists of a contest were made, UTC ms; those that are not are left
// out.
func (s *Store) Made(ctx context.Context, contestID sqldb.ID) (map[string]int64, error) {
	var rows []struct {
		Key    string `db:"list_key"`
		MadeAt int64  `db:"made_at"`
	}
	err := s.db.Select(ctx, &rows, "SELECT list_key, made_at FROM shortlists WHERE contest_id = ?", contestID)
	made := make(map[string]int64, len(rows))
	for _, row := range rows {
		made[row.Key] = row.MadeAt
		s.made.Store(madeKey{contestID, row.Key}, true)
	}
	return made, errs.Wrap(err, "read which lists are made")
}

// Taken is whom a list takes when it is made.
type Taken struct {
	Players []sqldb.ID // the first of them first
	Ranked  bool       // their order is a rank
	Units   []sqldb.ID // or teams, by whose rank the players are on it
	// Holds fails, in the transaction that makes the list, where that is not whom it takes any
	// more; nil: it cannot change.
	Holds func(ctx context.Context, tx *sqldb.Tx) error
}

// Make makes a list. It reports whether this call did: a list that was made stays as it is,
// and a rehearsal that has ended gets none. Errors: those of taken.Holds.
func (s *Store) Make(ctx context.Context, c *catalog.Contest, key string, taken Taken, now int64) (bool, error) {
	rows, owed := make([]Row, len(taken.Players)), c.GivesForList(key)
	for i, player := range taken.Players {
		rows[i] = Row{ContestID: c.ContestID, PlayerID: player, Key: key, On: true, PutAt: now, Owed: owed}
		if taken.Ranked {
			rows[i].Place = i + 1
		}
	}
	units := make([]unitRow, len(taken.Units))
	for i, unit := range taken.Units {
		units[i] = unitRow{c.ContestID, key, i + 1, unit}
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO shortlists (contest_id, list_key, made_at) VALUES (?, ?, ?)",
			c.ContestID, key, now)
		if err == nil {
			err = catalog.Stands(ctx, tx, c.ContestID)
		}
		if err == nil && taken.Holds != nil {
			err = taken.Holds(ctx, tx)
		}
		if err == nil {
			err = sqldb.Insert(ctx, tx, "INSERT INTO shortlisted_units", units)
		}
		if err != nil {
			return err
		}
		return sqldb.Insert(ctx, tx, "INSERT INTO shortlisted", rows)
	})
	if sqldb.IsDuplicate(err) || errors.Is(err, catalog.ErrUnknown) {
		return false, nil
	}
	return err == nil, errs.Wrap(err, "make the list %s", key)
}

type unitRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	Key       string   `db:"list_key"`
	Place     int      `db:"place"`
	UnitID    sqldb.ID `db:"unit_id"`
}

// InUnits are the players who belong to some units of a contest and are not disqualified.
func (s *Store) InUnits(ctx context.Context, contestID sqldb.ID, units []sqldb.ID) ([]sqldb.ID, error) {
	return inUnits(ctx, s.db, contestID, units)
}

func inUnits(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, units []sqldb.ID) ([]sqldb.ID, error) {
	if len(units) == 0 {
		return nil, nil
	}
	var players []sqldb.ID
	err := from.SelectIn(ctx, &players, "SELECT player_id FROM enrolments WHERE contest_id = ? AND unit_id IN (?) AND "+
		conduct.StandingWhere+" ORDER BY player_id", contestID, units, contestID, contestID)
	return players, errs.Wrap(err, "read who belongs to units")
}

// Rows are those of a list, by place, at most most of them, with all that staff put there.
func (s *Store) Rows(ctx context.Context, contestID sqldb.ID, key string, most int) ([]Row, error) {
	var rows []Row
	err := s.db.Select(ctx, &rows, "SELECT "+columns+` FROM shortlisted WHERE contest_id = ? AND list_key = ?
		ORDER BY place, player_id LIMIT ?`, contestID, key, most)
	return rows, errs.Wrap(err, "read a list")
}

// Units are the units or teams that a list took of their board, by their place then; none
// of other lists, and of those that were made before this was kept.
func (s *Store) Units(ctx context.Context, contestID sqldb.ID, key string) ([]sqldb.ID, error) {
	var units []sqldb.ID
	err := s.db.Select(ctx, &units, `SELECT unit_id FROM shortlisted_units
		WHERE contest_id = ? AND list_key = ? ORDER BY place`, contestID, key)
	return units, errs.Wrap(err, "read which units a list took")
}

// Counts is how many players are on each list, by its key.
func (s *Store) Counts(ctx context.Context, contestID sqldb.ID) (map[string]int64, error) {
	var rows []struct {
		Key     string `db:"list_key"`
		Players int64  `db:"players"`
	}
	err := s.db.Select(ctx, &rows, `SELECT list_key, COUNT(*) AS players FROM shortlisted
		WHERE contest_id = ? AND on_list = 1 GROUP BY list_key`, contestID)
	counts := make(map[string]int64, len(rows))
	for _, row := range rows {
		counts[row.Key] = row.Players
	}
	return counts, errs.Wrap(err, "count who is on lists")
}

// Put puts players on a list or takes them off, for a reason, and writes so into the audit
// log. Errors: ErrUnknown, list_not_made of one that is made later, invalid_field players
// or reason.
func (s *Store) Put(
	ctx context.Context, by staff.Actor, c *catalog.Contest, key string, players []sqldb.ID, on bool, reason string,
	now int64,
) error {
	if len(players) > mostAtOnce {
		return errs.InvalidField("players", "一次最多 2000 人")
	}
	return s.change(ctx, by, c, key, players, on, reason, nil, now)
}

// change is Put of any number of players. detail stands in the audit log in the place of
// their numbers; nil: those.
func (s *Store) change(
	ctx context.Context, by staff.Actor, c *catalog.Contest, key string, players []sqldb.ID, on bool, reason string,
	detail map[string]any, now int64,
) error {
	l := c.List(key)
	switch {
	case l == nil:
		return ErrUnknown
	case len(players) == 0:
		return errNobody
	case reason == "":
		return errs.InvalidField("reason", "请写明原因")
	}
	told := map[string]any{"list": key, "on": on, "reason": reason}
	if maps.Copy(told, detail); detail == nil {
		names := make([]string, len(players))
		for i, player := range players {
			names[i] = player.String()
		}
		told["players"] = names
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if l.Fixed() {
			var made int
			err := tx.Get(ctx, &made, "SELECT COUNT(*) FROM shortlists WHERE contest_id = ? AND list_key = ?", c.ContestID, key)
			if err != nil {
				return err
			}
			if made == 0 {
				return errNotMade
			}
		}
		if err := putAll(ctx, tx, c, key, players, on, now); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "list.change", Subject: c.ContestID.String(),
			Detail: told})
	})
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // two members of staff at once
	}
	return errs.Wrap(err, "change a list")
}

// put writes who is on a list or is not; who had a place keeps it. Whoever is put on it is
// owed what it gives: who was given it before gets nothing again.
func put(
	ctx context.Context, tx *sqldb.Tx, c *catalog.Contest, key string, players []sqldb.ID, on bool, now int64,
) error {
	owed := on && c.GivesForList(key)
	_, err := tx.ExecIn(ctx,
		"UPDATE shortlisted SET on_list = ?, put_at = ?, owed = ? WHERE contest_id = ? AND list_key = ? AND player_id IN (?)",
		on, now, owed, c.ContestID, key, players)
	if err != nil {
		return err
	}
	var had []sqldb.ID
	err = tx.SelectIn(ctx, &had,
		"SELECT player_id FROM shortlisted WHERE contest_id = ? AND list_key = ? AND player_id IN (?)",
		c.ContestID, key, players)
	if err != nil {
		return err
	}
	known := make(map[sqldb.ID]bool, len(players))
	for _, player := range had {
		known[player] = true
	}
	var rows []Row
	for _, player := range players {
		if !known[player] {
			known[player] = true
			rows = append(rows, Row{ContestID: c.ContestID, PlayerID: player, Key: key, On: on, PutAt: now, Owed: owed})
		}
	}
	return sqldb.Insert(ctx, tx, "INSERT INTO shortlisted", rows)
}

// putAtOnce bounds how many players one statement puts on a list.
const putAtOnce = 500

// putAll is put of any number of players.
func putAll(
	ctx context.Context, tx *sqldb.Tx, c *catalog.Contest, key string, players []sqldb.ID, on bool, now int64,
) error {
	for some := range slices.Chunk(players, putAtOnce) {
		if err := put(ctx, tx, c, key, some, on, now); err != nil {
			return err
		}
	}
	return nil
}

// Exchange takes the players of some units off a list that is made and puts those of others
// on it, in the caller's transaction: by the unit to which they belong now. A list that is
// not made is left alone. Who is taken off begins nothing more that the list opens, and is
// given nothing more of what it gives, exactly as if staff had taken the player off by hand.
// An attempt that was begun under the list may be ended and counts, and what was given
// stays: the player has done nothing wrong, and what the attempt adds to the unit of a pair
// that is not played any more decides nothing.
func Exchange(
	ctx context.Context, tx *sqldb.Tx, c *catalog.Contest, key string, off, on []sqldb.ID, now int64,
) error {
	var made int
	err := tx.Get(ctx, &made, "SELECT COUNT(*) FROM shortlists WHERE contest_id = ? AND list_key = ?", c.ContestID, key)
	if err != nil || made == 0 {
		return errs.Wrap(err, "look whether a list is made")
	}
	for _, change := range []struct {
		units []sqldb.ID
		on    bool
	}{{off, false}, {on, true}} {
		players, err := inUnits(ctx, tx, c.ContestID, change.units)
		if err != nil {
			return err
		}
		err = putAll(ctx, tx, c, key, players, change.on, now)
		if sqldb.IsDuplicate(err) {
			return sqldb.ErrStale // a member of staff changes the list at once
		}
		if err != nil {
			return errs.Wrap(err, "exchange who is on a list")
		}
	}
	return nil
}

// Wipe deletes the lists of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "shortlisted", "shortlisted_units", "shortlists")
}

// Forget takes a player who leaves off the lists.
func Forget(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	_, err := tx.Exec(ctx, "DELETE FROM shortlisted WHERE contest_id = ? AND player_id = ?", contestID, player)
	return errs.Wrap(err, "take a player off lists")
}
