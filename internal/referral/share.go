package referral

import (
	"context"
	"strconv"
	"strings"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

// SharesPerDay is how many shares of a player count as deeds in a day.
const SharesPerDay = 20

// Shared records that a player shared the contest or a result, with what that
// earns. The 21st of a day changes nothing, and of two at the same moment one.
// Errors: identity.ErrNotEnrolled.
func (s *Service) Shared(ctx context.Context, c *catalog.Contest, player sqldb.ID) (*play.Done, error) {
	enrolment, err := s.players.Enrolment(ctx, c.ContestID, player)
	if err != nil {
		return nil, err
	}
	summary, err := s.play.Summary(ctx, c, enrolment)
	if err != nil {
		return nil, err
	}
	now := s.millis()
	day := strconv.Itoa(c.Day(now)) + "-"
	shared := 0
	if last, today := strings.CutPrefix(summary.Did(contest.DeedShare).Ref, day); today {
		shared, _ = strconv.Atoi(last)
	}
	if shared >= SharesPerDay {
		return &play.Done{Repeated: true}, nil
	}
	return s.play.Do(ctx, c, player, contest.Deed{Kind: contest.DeedShare, Ref: day + strconv.Itoa(shared+1), At: now})
}

// CheckIn records that a player came today, with what that earns; once a day.
// Errors: identity.ErrNotEnrolled.
func (s *Service) CheckIn(ctx context.Context, c *catalog.Contest, player sqldb.ID) (*play.Done, error) {
	now := s.millis()
	return s.play.Do(ctx, c, player, contest.Deed{Kind: contest.DeedCheckin, Ref: strconv.Itoa(c.Day(now)), At: now})
}

// ProfileDue reports whether a player's profile is full, and what that earns is still to
// come: once the contest is open, and once for a player, however often what was told is
// deleted and told again.
func (s *Service) ProfileDue(c *catalog.Contest, e identity.Enrolment, summary *contest.Summary) bool {
	return c.GivesForProfile() && c.Window.Holds(s.millis()) && summary.Did(contest.DeedProfile).Count == 0 &&
		c.ProfileFull(e.HasField, e.UnitID != 0, e.Division != "")
}

// ProfileFilled records that a player's profile is full, with what that earns. Errors:
// identity.ErrNotEnrolled.
func (s *Service) ProfileFilled(ctx context.Context, c *catalog.Contest, player sqldb.ID) (*play.Done, error) {
	return s.play.Do(ctx, c, player, contest.Deed{Kind: contest.DeedProfile, Ref: "1", At: s.millis()})
}
