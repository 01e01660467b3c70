package unit

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Sync makes the stored tree follow the definition's: units are known by their
// code, new ones are added, present ones renamed and moved. A unit that is no
// longer defined stays, because results may point to it. Where the definition's
// units are those that the tree followed before, nothing is done: what staff
// changed by a table since then holds.
func Sync(ctx context.Context, tx *sqldb.Tx, ids *sqldb.IDs, contestID sqldb.ID, defined []contest.Unit) error {
	hash := hashOf(defined)
	var present string
	err := tx.Get(ctx, &present, "SELECT defined FROM unit_trees WHERE contest_id = ?", contestID)
	if err == nil && present == hash {
		return nil
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return errs.Wrap(err, "read the version of the units")
	}
	var rows []*Unit
	if err := tx.Select(ctx, &rows, "SELECT "+unitColumns+" FROM units WHERE contest_id = ?", contestID); err != nil {
		return errs.Wrap(err, "read units")
	}
	stored := make(map[string]sqldb.ID, len(rows))
	for _, u := range rows {
		stored[u.Code] = u.ID
	}
	s := syncing{ids: ids, contestID: contestID, stored: stored}
	if err := s.walk(ctx, tx, 0, defined); err != nil {
		return errs.Wrap(err, "write units")
	}
	if err := sqldb.Insert(ctx, tx, "INSERT INTO units", s.added); err != nil {
		return errs.Wrap(err, "add units")
	}
	if err := bump(ctx, tx, contestID); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "UPDATE unit_trees SET defined = ? WHERE contest_id = ?", hash, contestID)
	return errs.Wrap(err, "note what the units follow")
}

func hashOf(defined []contest.Unit) string {
	text, _ := json.Marshal(defined) // it holds nothing that does not marshal
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// bump makes the next version of a tree.
func bump(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	matched, err := tx.Exec(ctx, "UPDATE unit_trees SET version = version + 1 WHERE contest_id = ?", contestID)
	if err == nil && matched == 0 {
		_, err = tx.Exec(ctx, "INSERT INTO unit_trees (contest_id, version, defined) VALUES (?, 1, '')", contestID)
	}
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "make the next version of the units")
}

type syncing struct {
	ids       *sqldb.IDs
	contestID sqldb.ID
	stored    map[string]sqldb.ID
	added     []storedUnit
	position  int
}

func (s *syncing) walk(ctx context.Context, tx *sqldb.Tx, parent sqldb.ID, defined []contest.Unit) error {
	for _, u := range defined {
		s.position++
		aliases := tidyAliases(u.Aliases, u.Name)
		id, known := s.stored[u.Code]
		if known {
			_, err := tx.Exec(ctx,
				"UPDATE units SET parent_id = ?, name = ?, headcount = ?, position = ?, aliases = ?, gone_at = 0 WHERE id = ?",
				parent, u.Name, u.Headcount, s.position, aliases, id)
			if err != nil {
				return err
			}
		} else {
			id = s.ids.Next()
			unit := Unit{ID: id, ParentID: parent, Code: u.Code, Name: u.Name, Headcount: u.Headcount, Aliases: aliases}
			s.added = append(s.added, storedUnit{s.contestID, unit, s.position})
		}
		if err := s.walk(ctx, tx, id, u.Children); err != nil {
			return err
		}
	}
	return nil
}

// tidyAliases drops what says nothing new; a table can hold the rest.
func tidyAliases(aliases []string, name string) (tidy aliasList) {
	for _, alias := range aliases {
		alias = strings.TrimSpace(alias)
		if alias != "" && alias != name && !slices.Contains(tidy, alias) && len(tidy) < maxAliases {
			tidy = append(tidy, alias)
		}
	}
	return tidy
}
