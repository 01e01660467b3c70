package live

import (
	"context"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/live/room"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

const (
	topShown    = 10
	newestShown = 24
)

// Placed is a member on the list of the best, or of who came last.
type Placed struct {
	Number int32
	Name   string // as phones see it
	Screen string // as the screens of a hall do
	room.Standing
}

// PlacedTeam is a team with its name.
type PlacedTeam struct {
	Name string
	room.Team
}

// show reads the names of those whom everybody sees: the best, the teams, and in the
// lobby who came last.
func (k *keeper) show(ctx context.Context, seen, before *Seen, folded bool) error {
	if !folded && before != nil && len(before.Members) == len(seen.Members) {
		seen.Top, seen.Newest, seen.Teams, seen.teams = before.Top, before.Newest, before.Teams, before.teams
		return nil
	}
	top := seen.Table.Order[:min(topShown, len(seen.Table.Order))]
	var newest []int32
	if seen.State.Phase == room.Lobby {
		for n := len(seen.Members); n > 0 && len(newest) < newestShown; n-- {
			newest = append(newest, int32(n))
		}
	}
	placed, err := k.service.Named(ctx, seen, append(slices.Clone(top), newest...))
	if err != nil {
		return err
	}
	seen.Top, seen.Newest = placed[:len(top)], placed[len(top):]
	if seen.Teams, err = k.service.teams(seen); err != nil {
		return err
	}
	seen.teams = make(map[string]int, len(seen.Teams))
	for i := range seen.Teams {
		seen.teams[seen.Teams[i].Key] = i
	}
	return nil
}

// Named reads the names of members, by number, as others see them. A member whom the
// host hides has an alias.
func (s *Service) Named(ctx context.Context, seen *Seen, numbers []int32) ([]Placed, error) {
	return s.named(ctx, seen, numbers, false)
}

// named is Named; with typed, Name is the name as the player typed it, for staff.
func (s *Service) named(ctx context.Context, seen *Seen, numbers []int32, typed bool) ([]Placed, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	in, err := s.catalog.Of(seen.ContestID)
	if err != nil {
		return nil, err
	}
	players := make([]sqldb.ID, 0, len(numbers))
	for _, n := range numbers {
		players = append(players, seen.Members[n-1].PlayerID)
	}
	who, err := s.players.Enrolments(ctx, seen.ContestID, players)
	if err != nil {
		return nil, errs.Wrap(err, "read the names of a live room")
	}
	hall := publicname.OnScreens(in.Definition)
	placed := make([]Placed, len(numbers))
	for i, n := range numbers {
		m := &seen.Members[n-1]
		p := Placed{Number: n}
		if st := seen.Table.Of(n); st != nil {
			p.Standing = *st
		}
		p.Name, p.Screen = nameOf(m, who[m.PlayerID], publicname.OnPhones), nameOf(m, who[m.PlayerID], hall)
		if e := who[m.PlayerID]; typed && e.Nickname != "" {
			p.Name = e.Nickname
		}
		placed[i] = p
	}
	return placed, nil
}

// nameOf is how an audience sees a member.
func nameOf(m *Member, e identity.Enrolment, view publicname.View) string {
	switch {
	case m.Robot:
		return robotName(m.Member)
	case m.Hidden || e.Left() || e.Nickname == "":
		return publicname.Alias(m.PlayerID)
	}
	return e.ShownName(view)
}

// teams are all teams with their names, the best first.
func (s *Service) teams(seen *Seen) ([]PlacedTeam, error) {
	if seen.Plan.Live.Teams == nil {
		return nil, nil
	}
	in, err := s.catalog.Of(seen.ContestID)
	if err != nil {
		return nil, err
	}
	var teams []PlacedTeam
	for _, t := range seen.Table.Teams {
		teams = append(teams, PlacedTeam{Name: TeamName(in, &seen.Plan.Live, t.Key), Team: t})
	}
	return teams, nil
}

// TeamName is what people call the team of a key.
func TeamName(in *catalog.Contest, live *contest.Live, key string) string {
	if live.Teams != nil && live.Teams.Of == contest.TeamsOfDivisions {
		for _, division := range in.Players.Divisions {
			if division.Key == key {
				return division.Title
			}
		}
		return key
	}
	if id, ok := sqldb.ParseID(key); ok && in.Units != nil {
		if u, ok := in.Units.Get(id); ok {
			return u.Name
		}
	}
	return key
}
