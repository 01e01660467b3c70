package referral

import (
	"context"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Funnel is how far the people of one channel came.
type Funnel struct {
	Channel string `db:"channel"` // code; ByPlayers for the links of players
	Opened  int64  `db:"opened"`  // phones a day
	Joined  int64  `db:"joined"`  // players
	Tried   int64  `db:"tried"`   // finished a first attempt
	Passed  int64  `db:"passed"`
	Drew    int64  `db:"-"`
}

// Drew counts by channel the players of a contest who drew; prizes are another
// capability's.
type Drew func(ctx context.Context, contestID sqldb.ID) (map[string]int64, error)

// funnelLeast is how long a count is kept at least.
const funnelLeast = 3 * time.Second

// Funnels tells by channel how far its people came; it may be some seconds old.
// drew may be nil.
func (s *Service) Funnels(ctx context.Context, contestID sqldb.ID, drew Drew) (map[string]Funnel, error) {
	return s.funnels.Get(contestID, func() (map[string]Funnel, error) { return s.countFunnels(ctx, contestID, drew) })
}

func (s *Service) countFunnels(ctx context.Context, contestID sqldb.ID, drew Drew) (map[string]Funnel, error) {
	funnels, err := s.readFunnels(ctx, contestID)
	if err != nil {
		return nil, err
	}
	if drew != nil {
		counts, err := drew(ctx, contestID)
		if err != nil {
			return nil, err
		}
		for channel, n := range counts {
			f := funnels[channel]
			f.Channel, f.Drew = channel, n
			funnels[channel] = f
		}
	}
	return funnels, nil
}

func (s *Service) readFunnels(ctx context.Context, contestID sqldb.ID) (map[string]Funnel, error) {
	var rows []Funnel
	err := s.db.Select(ctx, &rows, `
		SELECT channel, SUM(opened) AS opened, 0 AS joined, 0 AS tried, 0 AS passed
		FROM channel_visits WHERE contest_id = ? GROUP BY channel
		UNION ALL
		SELECT channel, 0, COUNT(*), SUM(CASE WHEN tried_at > 0 THEN 1 ELSE 0 END), SUM(CASE WHEN passed_at > 0 THEN 1 ELSE 0 END)
		FROM arrivals WHERE contest_id = ? GROUP BY channel`, contestID, contestID)
	funnels := map[string]Funnel{}
	for _, row := range rows {
		f := funnels[row.Channel]
		f.Channel = row.Channel
		f.Opened, f.Joined, f.Tried, f.Passed = f.Opened+row.Opened, f.Joined+row.Joined, f.Tried+row.Tried,
			f.Passed+row.Passed
		funnels[row.Channel] = f
	}
	return funnels, errs.Wrap(err, "count how far people came by channel")
}
