package referral

import (
	"context"
	"strconv"
	"strings"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
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
