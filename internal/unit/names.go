package unit

import (
	"cmp"
	"context"
	"database/sql"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

// Move is players of a contest who get another unit because of the name that they
// typed; 0 is none.
type Move struct {
	ContestID sqldb.ID
	Players   []sqldb.ID
	From, To  sqldb.ID
}

// movedAtOnce bounds the players of one statement.
const movedAtOnce = 2000

// typedName is a row of unit_names.
type typedName struct {
	ID       sqldb.ID `db:"id"`
	Name     string   `db:"name"`
	UnitID   sqldb.ID `db:"unit_id"`
	BeforeID sqldb.ID `db:"before_id"`
	Made     bool     `db:"made"`
}

// Named finds the unit that a typed name can only mean: the one of that name,
// other name or code, where just one has it.
func (t *Tree) Named(typed string) (found *Unit, ok bool) {
	folded := FoldName(typed)
	for _, u := range t.order {
		if !u.isCalled(folded) && u.Code != typed {
			continue
		}
		if found != nil {
			return nil, false
		}
		found = u
	}
	return found, found != nil
}

func (u *Unit) isCalled(folded string) bool {
	if FoldName(u.Name) == folded {
		return true
	}
	for _, alias := range u.Aliases {
		if FoldName(alias) == folded {
			return true
		}
	}
	return false
}

// CleanName is a typed name as it is kept. Errors: invalid_field unit_name.
func (s *Service) CleanName(typed string) (string, error) {
	return s.Names.Check(publicname.Group, "unit_name", "单位名称", typed, maxName)
}

// Type keeps the name that a player typed who has no unit: the player gets the
// unit that staff merged it into, or waits for it (0). The name must be clean. A
// player has one typed name; a new one replaces it.
func (s *Service) Type(ctx context.Context, contestID, player sqldb.ID, name string) (unitID sqldb.ID, err error) {
	// One at a time on a node: a township whose people all type its name in the same
	// minute would meet at one row, and some would be told to try again.
	s.typing.Lock()
	defer s.typing.Unlock()
	err = s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		row, err := s.rowOf(ctx, tx, contestID, name)
		if err != nil {
			return err
		}
		if err := s.setName(ctx, tx, contestID, player, row.ID); err != nil {
			return err
		}
		if unitID = row.UnitID; unitID == 0 {
			return nil
		}
		return s.move(ctx, tx, Move{contestID, []sqldb.ID{player}, 0, unitID})
	})
	return unitID, errs.Wrap(err, "keep a typed name")
}

// rowOf is the row of a name, made where there is none.
func (s *Service) rowOf(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, name string) (row typedName, err error) {
	folded := FoldName(name)
	err = tx.Get(ctx, &row,
		"SELECT id, name, unit_id, before_id, made FROM unit_names WHERE contest_id = ? AND folded = ?", contestID, folded)
	if !errors.Is(err, sql.ErrNoRows) {
		return row, err
	}
	row = typedName{ID: s.IDs.Next(), Name: name}
	_, err = tx.Exec(ctx,
		`INSERT INTO unit_names (contest_id, id, folded, name, unit_id, before_id, made, decided_at, typed_at)
		VALUES (?, ?, ?, ?, 0, 0, 0, 0, ?)`, contestID, row.ID, folded, name, s.Now().UnixMilli())
	if sqldb.IsDuplicate(err) {
		err = sqldb.ErrStale // typed by two at once: the other's row is read
	}
	return row, err
}

// setName makes a name the player's, in the place of the one before.
func (s *Service) setName(ctx context.Context, tx *sqldb.Tx, contestID, player, name sqldb.ID) error {
	before, err := nameOf(ctx, tx, contestID, player)
	if err != nil || before == name {
		return err
	}
	if before != 0 {
		if err := forget(ctx, tx, contestID, player, before); err != nil {
			return err
		}
	}
	if there, err := lockName(ctx, tx, name); err != nil || !there {
		return cmp.Or(err, sqldb.ErrStale)
	}
	_, err = tx.Exec(ctx, "INSERT INTO unit_name_players (contest_id, player_id, name_id) VALUES (?, ?, ?)",
		contestID, player, name)
	if sqldb.IsDuplicate(err) {
		err = sqldb.ErrStale
	}
	return err
}

// lockName holds a name until the transaction ends, so that it is not deleted as
// nobody's while somebody takes it; there is false when it is gone already.
func lockName(ctx context.Context, tx *sqldb.Tx, name sqldb.ID) (there bool, err error) {
	matched, err := tx.Exec(ctx, "UPDATE unit_names SET typed_at = typed_at WHERE id = ?", name)
	return matched > 0, err
}

func nameOf(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) (name sqldb.ID, err error) {
	err = tx.Get(ctx, &name, "SELECT name_id FROM unit_name_players WHERE contest_id = ? AND player_id = ?",
		contestID, player)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return name, err
}

// forget takes the player's name back. A name that nobody typed any more and
// staff did not merge goes too: the queue holds no more names than players.
func forget(ctx context.Context, tx *sqldb.Tx, contestID, player, name sqldb.ID) error {
	if _, err := tx.Exec(ctx, "DELETE FROM unit_name_players WHERE contest_id = ? AND player_id = ?", contestID,
		player); err != nil {
		return err
	}
	if there, err := lockName(ctx, tx, name); err != nil || !there {
		return err
	}
	var others int
	if err := tx.Get(ctx, &others, "SELECT COUNT(*) FROM unit_name_players WHERE name_id = ?", name); err != nil ||
		others > 0 {
		return err
	}
	_, err := tx.Exec(ctx, "DELETE FROM unit_names WHERE id = ? AND unit_id = 0", name)
	return err
}

// TakeBack deletes the name that a player typed, because the player chose a unit.
func (s *Service) TakeBack(ctx context.Context, contestID, player sqldb.ID) error {
	return s.DB.InTx(ctx, func(tx *sqldb.Tx) error { return Forget(ctx, tx, contestID, player) })
}

// TypedBy is the name that a player typed; "" for none.
func (s *Service) TypedBy(ctx context.Context, contestID, player sqldb.ID) (string, error) {
	var name string
	err := s.DB.Get(ctx, &name, `SELECT n.name FROM unit_name_players p JOIN unit_names n ON n.id = p.name_id
		WHERE p.contest_id = ? AND p.player_id = ?`, contestID, player)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return name, errs.Wrap(err, "read a typed name")
}

// move gives players another unit, everywhere in one transaction.
func (s *Service) move(ctx context.Context, tx *sqldb.Tx, m Move) error {
	all := m.Players
	for begin := 0; begin < len(all); begin += movedAtOnce {
		m.Players = all[begin:min(begin+movedAtOnce, len(all))]
		if err := identity.MoveUnit(ctx, tx, m.ContestID, m.Players, m.From, m.To); err != nil {
			return err
		}
		if s.Moved != nil {
			if err := s.Moved(ctx, tx, m); err != nil {
				return err
			}
		}
	}
	return nil
}
