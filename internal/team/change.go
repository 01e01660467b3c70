package team

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/play"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/typed"
	"anquanda/internal/unit"
)

// Found makes a team whose captain is the player. Errors: those of contest.MayTeam,
// identity.ErrNotEnrolled, ErrMember, invalid_field name.
func (s *Service) Found(ctx context.Context, c *catalog.Contest, player sqldb.ID, name string) error {
	now := s.Now().UnixMilli()
	if err := c.MayTeam(now); err != nil {
		return err
	}
	if _, err := s.Players.Enrolment(ctx, c.ContestID, player); err != nil {
		return err
	}
	name, err := s.Names.Check(publicname.Group, "name", "队名", name, mostName)
	if err != nil {
		return err
	}
	return s.change(ctx, c, "found a team", func(tx *sqldb.Tx) error {
		team := row{ContestID: c.ContestID, ID: s.IDs.Next(), Name: name, Folded: unit.FoldName(name), NameAt: now,
			Captain: player, Code: newCode(), CodeUntil: s.codeUntil(c, now), MadeAt: now, ChangedAt: now}
		if err := free(ctx, tx, c.ContestID, team.Folded); err != nil {
			return err
		}
		if err := sqldb.Insert(ctx, tx, "INSERT INTO teams", []row{team}); err != nil {
			return err
		}
		return s.seat(ctx, tx, c, player, team.ID, now)
	})
}

// Join puts a player into the team of a code, while it is open and has room; who is in it
// already stays. Errors: those of contest.MayTeam, identity.ErrNotEnrolled, ErrCode,
// ErrMember, ErrFull.
func (s *Service) Join(ctx context.Context, c *catalog.Contest, player sqldb.ID, text string) error {
	now := s.Now().UnixMilli()
	if err := c.MayTeam(now); err != nil {
		return err
	}
	if _, err := s.Players.Enrolment(ctx, c.ContestID, player); err != nil {
		return err
	}
	code := typed.Code(text)
	if code == "" {
		return ErrCode
	}
	return s.change(ctx, c, "join a team", func(tx *sqldb.Tx) error {
		// The lock comes before anything is read: two who press at once follow each other.
		matched, err := tx.Exec(ctx, "UPDATE teams SET changed_at = ? WHERE contest_id = ? AND code = ? AND code_until > ?",
			now, c.ContestID, code, now)
		if err != nil {
			return err
		}
		if matched == 0 {
			return ErrCode
		}
		var team sqldb.ID
		err = tx.Get(ctx, &team, "SELECT id FROM teams WHERE contest_id = ? AND code = ?", c.ContestID, code)
		if err != nil {
			return err
		}
		return s.seat(ctx, tx, c, player, team, now)
	})
}

// seat gives a player the first free seat of a team that is locked.
func (s *Service) seat(ctx context.Context, tx *sqldb.Tx, c *catalog.Contest, player, team sqldb.ID, now int64) error {
	in, err := teamOf(ctx, tx, c.ContestID, player)
	if err != nil || in == team {
		return err
	}
	if in != 0 {
		return ErrMember
	}
	var taken []int
	if err := tx.Select(ctx, &taken, "SELECT seat FROM team_members WHERE team_id = ?", team); err != nil {
		return err
	}
	seat := 1
	for slices.Contains(taken, seat) {
		seat++
	}
	if len(taken) >= c.Teams.Size.Most {
		return ErrFull
	}
	err = sqldb.Insert(ctx, tx, "INSERT INTO team_members",
		[]memberRow{{ContestID: c.ContestID, PlayerID: player, TeamID: team, Seat: seat, JoinedAt: now}})
	if err != nil {
		return err
	}
	return s.Touch(ctx, tx, c.ContestID, player)
}

// Leave takes a player out of the own team. Errors: those of contest.MayTeam, ErrNoMember.
func (s *Service) Leave(ctx context.Context, c *catalog.Contest, player sqldb.ID) error {
	now := s.Now().UnixMilli()
	if err := c.MayTeam(now); err != nil {
		return err
	}
	return s.change(ctx, c, "leave a team", func(tx *sqldb.Tx) error {
		left, err := leave(ctx, tx, c.ContestID, player, now)
		if err == nil && !left {
			err = ErrNoMember
		}
		if err != nil {
			return err
		}
		return s.Touch(ctx, tx, c.ContestID, player)
	})
}

// leave takes a player out of a team. The captain's place goes to who is in it longest, and
// with its last member the team is gone.
func leave(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, now int64) (left bool, err error) {
	team, err := teamOf(ctx, tx, contestID, player)
	if err != nil || team == 0 {
		return false, err
	}
	if there, err := lock(ctx, tx, team, now); err != nil || !there {
		return false, orStale(err)
	}
	if err := takeOut(ctx, tx, contestID, team, player); err != nil {
		return false, err
	}
	var rest []sqldb.ID
	err = tx.Select(ctx, &rest, "SELECT player_id FROM team_members WHERE team_id = ? ORDER BY joined_at, seat LIMIT 1",
		team)
	if err != nil {
		return false, err
	}
	if len(rest) == 0 {
		if _, err = tx.Exec(ctx, "DELETE FROM team_names WHERE team_id = ?", team); err != nil {
			return false, err
		}
		_, err = tx.Exec(ctx, "DELETE FROM teams WHERE id = ?", team)
		return true, err
	}
	_, err = tx.Exec(ctx, "UPDATE teams SET captain_id = ? WHERE id = ? AND captain_id = ?", rest[0], team, player)
	return true, err
}

// takeOut frees a player's seat in a team that is locked.
func takeOut(ctx context.Context, tx *sqldb.Tx, contestID, team, player sqldb.ID) error {
	matched, err := tx.Exec(ctx, "DELETE FROM team_members WHERE contest_id = ? AND player_id = ? AND team_id = ?",
		contestID, player, team)
	if err == nil && matched == 0 {
		err = sqldb.ErrStale
	}
	return err
}

// Remove takes a member out of the captain's team who has finished no attempt yet: whose
// results count for the team can only leave. Errors: those of contest.MayTeam, ErrCaptain,
// ErrNotInTeam, ErrAnswered.
func (s *Service) Remove(ctx context.Context, c *catalog.Contest, captain, member sqldb.ID) error {
	now := s.Now().UnixMilli()
	if err := c.MayTeam(now); err != nil {
		return err
	}
	return s.change(ctx, c, "remove a member of a team", func(tx *sqldb.Tx) error {
		team, err := s.led(ctx, tx, c.ContestID, captain, now)
		if err != nil {
			return err
		}
		in, err := teamOf(ctx, tx, c.ContestID, member)
		if err != nil {
			return err
		}
		if in != team.ID || member == captain {
			return ErrNotInTeam
		}
		answered, err := play.Finished(ctx, tx, c.ContestID, []sqldb.ID{member})
		if err != nil {
			return err
		}
		if answered[member] {
			return ErrAnswered
		}
		if err := takeOut(ctx, tx, c.ContestID, team.ID, member); err != nil {
			return err
		}
		return s.Touch(ctx, tx, c.ContestID, member)
	})
}

// Renew gives the captain's team another code; the one before lets nobody in any more.
// Errors: those of contest.MayTeam, ErrCaptain.
func (s *Service) Renew(ctx context.Context, c *catalog.Contest, captain sqldb.ID) error {
	now := s.Now().UnixMilli()
	if err := c.MayTeam(now); err != nil {
		return err
	}
	return s.change(ctx, c, "renew the code of a team", func(tx *sqldb.Tx) error {
		team, err := s.led(ctx, tx, c.ContestID, captain, now)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE teams SET code = ?, code_until = ? WHERE id = ?", newCode(), s.codeUntil(c, now),
			team.ID)
		return err
	})
}

// led is the team that a player is captain of, locked.
func (s *Service) led(
	ctx context.Context, tx *sqldb.Tx, contestID, captain sqldb.ID, now int64,
) (team row, err error) {
	matched, err := tx.Exec(ctx, "UPDATE teams SET changed_at = ? WHERE contest_id = ? AND captain_id = ?", now, contestID,
		captain)
	if err == nil && matched == 0 {
		err = ErrCaptain
	}
	if err != nil {
		return team, err
	}
	err = tx.Get(ctx, &team, "SELECT "+rowColumns+" FROM teams WHERE contest_id = ? AND captain_id = ?", contestID,
		captain)
	if errors.Is(err, sql.ErrNoRows) {
		err = sqldb.ErrStale
	}
	return team, err
}

// change does something to teams whole or not at all, and lets the boards follow.
func (s *Service) change(ctx context.Context, c *catalog.Contest, what string, work func(*sqldb.Tx) error) error {
	err := s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		err := work(tx)
		if sqldb.IsDuplicate(err) {
			err = sqldb.ErrStale // somebody was faster: look again
		}
		return err
	})
	if err != nil {
		return errs.Wrap(err, "%s", what)
	}
	s.Changed(ctx, c.ContestID)
	return nil
}

func (s *Service) codeUntil(c *catalog.Contest, now int64) int64 {
	return min(c.TeamsUntil(), now+codeLasts.Milliseconds())
}

func orStale(err error) error {
	if err == nil {
		err = sqldb.ErrStale
	}
	return err
}
