package team

import (
	"context"
	"database/sql"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

// Team is a team as its members see it. Times are UTC ms.
type Team struct {
	ID        sqldb.ID
	Name      string
	State     publicname.State
	Captain   sqldb.ID
	Code      string // empty once it has ended
	CodeUntil int64
	Members   []Member // the longest first
	Renames   int      // how many other names the captain may give it now
}

// Member is a player in a team.
type Member struct {
	identity.Enrolment
	JoinedAt int64
	Answered bool // has finished an attempt, so the captain cannot take them out
}

// Mine is the team of a player with its members; nil for none.
func (s *Service) Mine(ctx context.Context, contestID, player sqldb.ID) (*Team, error) {
	team, err := s.Of(ctx, contestID, player)
	if err != nil || team == 0 {
		return nil, err
	}
	var of row
	err = s.DB.Get(ctx, &of, "SELECT "+rowColumns+" FROM teams WHERE id = ?", team)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil // left just now
	}
	if err != nil {
		return nil, errs.Wrap(err, "read a team")
	}
	var seats []memberRow
	err = s.DB.Select(ctx, &seats, "SELECT "+memberColumns+" FROM team_members WHERE team_id = ? ORDER BY joined_at, seat",
		team)
	if err != nil {
		return nil, errs.Wrap(err, "read who is in a team")
	}
	mine := &Team{ID: of.ID, Name: of.Name, State: of.State, Captain: of.Captain, CodeUntil: of.CodeUntil}
	if of.CodeUntil > s.Now().UnixMilli() {
		mine.Code = of.Code
	}
	if _, why := stateAfter(of.State); why == nil {
		had, err := renamed(ctx, s.DB, of.ID)
		if err != nil {
			return nil, err
		}
		mine.Renames = max(0, mostRenames-had)
	}
	mine.Members, err = s.members(ctx, contestID, seats)
	return mine, err
}

func (s *Service) members(ctx context.Context, contestID sqldb.ID, seats []memberRow) ([]Member, error) {
	players := make([]sqldb.ID, len(seats))
	for i, seat := range seats {
		players[i] = seat.PlayerID
	}
	names, err := s.Players.Enrolments(ctx, contestID, players)
	if err != nil {
		return nil, err
	}
	answered, err := play.Finished(ctx, s.DB, contestID, players)
	if err != nil {
		return nil, err
	}
	members := make([]Member, len(seats))
	for i, seat := range seats {
		members[i] = Member{names[seat.PlayerID], seat.JoinedAt, answered[seat.PlayerID]}
		members[i].PlayerID = seat.PlayerID
	}
	return members, nil
}

// PlayersOf are the members of teams.
func (s *Service) PlayersOf(ctx context.Context, contestID sqldb.ID, teams []sqldb.ID) ([]sqldb.ID, error) {
	var players []sqldb.ID
	if len(teams) == 0 {
		return nil, nil
	}
	err := s.DB.SelectIn(ctx, &players,
		"SELECT player_id FROM team_members WHERE contest_id = ? AND team_id IN (?) ORDER BY player_id", contestID, teams)
	return players, errs.Wrap(err, "read who is in some teams")
}
