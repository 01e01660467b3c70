package team

import (
	"context"
	"database/sql"
	"errors"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Name is what a team is called, and whether others see it.
type Name struct {
	ID      sqldb.ID         `db:"id"`
	Name    string           `db:"name"`
	State   publicname.State `db:"name_state"`
	Members int64            `db:"members"`
	MadeAt  int64            `db:"made_at"` // UTC ms
	Former  []string         // the names before it, the oldest first; of List alone
}

// NamesOf are the names of all teams of a contest, for its boards.
func NamesOf(ctx context.Context, from sqldb.Reader, contestID sqldb.ID) (map[sqldb.ID]Name, error) {
	var rows []Name
	err := from.Select(ctx, &rows, "SELECT id, name, name_state, 0 AS members, made_at FROM teams WHERE contest_id = ?",
		contestID)
	names := make(map[sqldb.ID]Name, len(rows))
	for _, row := range rows {
		names[row.ID] = row
	}
	return names, errs.Wrap(err, "read the names of teams")
}

// NamesIn are the names of all teams of a contest.
func (s *Service) NamesIn(ctx context.Context, contestID sqldb.ID) (map[sqldb.ID]Name, error) {
	return NamesOf(ctx, s.DB, contestID)
}

// listed is how many names one call lists.
const listed = 100

// List lists teams of a contest whose name holds a text (empty: all), the newest first.
func (s *Service) List(ctx context.Context, contestID sqldb.ID, text string) ([]Name, error) {
	var rows []Name
	err := s.DB.Select(ctx, &rows, `SELECT t.id, t.name, t.name_state, t.made_at,
			(SELECT COUNT(*) FROM team_members m WHERE m.team_id = t.id) AS members
		FROM teams t WHERE t.contest_id = ? AND t.name LIKE ? ESCAPE '!' ORDER BY t.made_at DESC, t.id DESC LIMIT ?`,
		contestID, "%"+sqldb.EscapeLike(text)+"%", listed)
	if err != nil {
		return nil, errs.Wrap(err, "list teams")
	}
	ids := make([]sqldb.ID, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	names, err := former(ctx, s.DB, ids)
	for i := range rows {
		rows[i].Former = names[rows[i].ID]
	}
	return rows, err
}

// Decide shows or hides the name of a team everywhere, and writes so into the audit log.
// With seen it does so only while that is the name: nobody lets a name pass that they have
// not seen. Errors: ErrUnknown, ErrNameChanged.
func (s *Service) Decide(
	ctx context.Context, by staff.Actor, c *catalog.Contest, team sqldb.ID, seen string, hidden bool,
	reason string,
) error {
	state, action := publicname.Approved, "teams.show"
	if hidden {
		state, action = publicname.Hidden, "teams.hide"
	}
	return s.change(ctx, c, "decide how the name of a team is shown", func(tx *sqldb.Tx) error {
		if there, err := lock(ctx, tx, team, s.Now().UnixMilli()); err != nil || !there {
			return orUnknown(err)
		}
		var name string
		err := tx.Get(ctx, &name, "SELECT name FROM teams WHERE contest_id = ? AND id = ?", c.ContestID, team)
		if errors.Is(err, sql.ErrNoRows) {
			err = ErrUnknown
		}
		if err == nil && seen != "" && name != seen {
			err = ErrNameChanged
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE teams SET name_state = ?, name_at = ? WHERE id = ?", state, s.Now().UnixMilli(), team)
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: action, Subject: c.Slug,
			Detail: map[string]any{"team": team.String(), "reason": reason}})
	})
}

func orUnknown(err error) error {
	if err == nil {
		err = ErrUnknown
	}
	return err
}

// Rejudge judges the names of all teams anew after the list of words changed.
func (s *Service) Rejudge(ctx context.Context, judge func(publicname.Kept) publicname.State) error {
	var rows []row
	if err := s.DB.Select(ctx, &rows, "SELECT "+rowColumns+" FROM teams"); err != nil {
		return errs.Wrap(err, "judge the names of teams anew")
	}
	for _, r := range rows {
		state := judge(publicname.Kept{Kind: publicname.Group, Name: r.Name, State: r.State, At: r.NameAt})
		if state == r.State {
			continue
		}
		err := s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(ctx, "UPDATE teams SET name_state = ?, name_at = ? WHERE id = ? AND name_state = ?", state,
				s.Now().UnixMilli(), r.ID, r.State)
			return err
		})
		if err != nil {
			return errs.Wrap(err, "judge the name of a team anew")
		}
		s.Changed(ctx, r.ContestID)
	}
	return nil
}
