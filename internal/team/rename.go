package team

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

// mostRenames is how many other names a team is given: whoever wants to see what staff lets
// pass has few tries.
const mostRenames = 3

// Errors of another name, beside ErrCaptain and ErrNameTaken.
var (
	ErrNameShown   = errs.New(errs.Conflict, "team_name_shown", "现在的队名大家看得到，不能改")
	ErrNameWaits   = errs.New(errs.Conflict, "team_name_waits", "新队名正在等工作人员查看，看过以后才能再改")
	ErrNamesSpent  = errs.New(errs.Conflict, "team_names_spent", "队名已经换过 3 次，不能再换；要换请联系工作人员")
	ErrNameChanged = errs.New(errs.Conflict, "team_name_changed", "队长刚换了队名，请刷新以后再看")
)

// formerRow is a name that a team had.
type formerRow struct {
	ContestID  sqldb.ID         `db:"contest_id"`
	TeamID     sqldb.ID         `db:"team_id"`
	Nth        int              `db:"nth"` // from 1
	Name       string           `db:"name"`
	Folded     string           `db:"folded"`
	State      publicname.State `db:"name_state"`
	ReplacedAt int64            `db:"replaced_at"` // UTC ms
}

// Rename gives the captain's team another name where others do not see the one that it has,
// at most three times, also once teams are fixed. What comes after a name that staff hid
// waits until staff has looked. The name before stays recorded, and nobody takes it again.
// Errors: contest.ErrNoTeams, ErrCaptain, ErrNameShown, ErrNameWaits, ErrNamesSpent,
// ErrNameTaken, invalid_field name.
func (s *Service) Rename(ctx context.Context, c *catalog.Contest, captain sqldb.ID, name string) error {
	if c.Teams == nil {
		return contest.ErrNoTeams
	}
	name, err := s.Names.Check(publicname.Group, "name", "队名", name, mostName)
	if err != nil {
		return err
	}
	now := s.Now().UnixMilli()
	return s.change(ctx, c, "rename a team", func(tx *sqldb.Tx) error {
		team, err := s.led(ctx, tx, c.ContestID, captain, now)
		if err != nil {
			return err
		}
		state, err := stateAfter(team.State)
		if err != nil {
			return err
		}
		had, err := renamed(ctx, tx, team.ID)
		if err != nil {
			return err
		}
		if had >= mostRenames {
			return ErrNamesSpent
		}
		folded := unit.FoldName(name)
		if err := free(ctx, tx, c.ContestID, folded); err != nil {
			return err
		}
		err = sqldb.Insert(ctx, tx, "INSERT INTO team_names", []formerRow{{ContestID: c.ContestID, TeamID: team.ID,
			Nth: had + 1, Name: team.Name, Folded: team.Folded, State: team.State, ReplacedAt: now}})
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE teams SET name = ?, folded = ?, name_state = ?, name_at = ? WHERE id = ?", name, folded,
			state, now, team.ID)
		return err
	})
}

// stateAfter is how a name begins that comes after one in a state. Errors: ErrNameShown,
// ErrNameWaits.
func stateAfter(was publicname.State) (publicname.State, error) {
	switch {
	case was.Public():
		return was, ErrNameShown
	case was == publicname.Waiting:
		return was, ErrNameWaits
	case was == publicname.Hidden:
		return publicname.Waiting, nil
	}
	return publicname.Unseen, nil
}

// renamed is how many names a team had before the one that it has.
func renamed(ctx context.Context, from sqldb.Reader, team sqldb.ID) (names int, err error) {
	err = from.Get(ctx, &names, "SELECT COUNT(*) FROM team_names WHERE team_id = ?", team)
	return names, errs.Wrap(err, "count the names of a team")
}

// free reports whether no team of the contest has a name, or had it when it was taken away.
// Errors: ErrNameTaken.
func free(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, folded string) error {
	var named int
	err := tx.Get(ctx, &named, `SELECT (SELECT COUNT(*) FROM teams WHERE contest_id = ? AND folded = ?) +
		(SELECT COUNT(*) FROM team_names WHERE contest_id = ? AND folded = ?)`, contestID, folded, contestID, folded)
	if err == nil && named > 0 {
		err = ErrNameTaken
	}
	return err
}

// former are the names that teams had, the oldest first.
func former(ctx context.Context, from sqldb.Reader, teams []sqldb.ID) (map[sqldb.ID][]string, error) {
	if len(teams) == 0 {
		return nil, nil
	}
	var rows []formerRow
	err := from.SelectIn(ctx, &rows, "SELECT "+sqldb.Columns[formerRow]("")+
		" FROM team_names WHERE team_id IN (?) ORDER BY team_id, nth", teams)
	names := map[sqldb.ID][]string{}
	for _, row := range rows {
		names[row.TeamID] = append(names[row.TeamID], row.Name)
	}
	return names, errs.Wrap(err, "read the names that teams had")
}
