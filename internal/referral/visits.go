package referral

import (
	"cmp"
	"context"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

const visitsPerCommit = 512

// ByPlayers is the channel of players' own links.
const ByPlayers = ""

// visit is one opening of a link.
type visit struct {
	contest sqldb.ID
	channel string
	day     int
}

// Visited counts that the page was opened by a link on this day: of a channel, or
// of a player where there is none and a code that we made. Nothing about who
// opened it is kept. Other links are passed over.
func (s *Service) Visited(ctx context.Context, c *catalog.Contest, how Coming) error {
	channel, err := s.cameBy(ctx, c, how)
	if err != nil || channel == nil {
		return err
	}
	return s.visits.Do(ctx, visit{c.ContestID, *channel, c.Day(s.millis())})
}

// cameBy is the channel in which a coming counts; nil for none.
func (s *Service) cameBy(ctx context.Context, c *catalog.Contest, how Coming) (*string, error) {
	channel, err := s.knownChannel(ctx, c.ContestID, how.Channel)
	if err != nil {
		return nil, err
	}
	if channel == "" {
		if of, _, ok := s.openCode(how.Referral); !ok || of != c.ContestID {
			return nil, nil
		}
		channel = ByPlayers
	}
	return &channel, nil
}

// commitVisits adds a batch to the counters, in the same order in every batch, so
// that two of them do not deadlock.
func commitVisits(ctx context.Context, tx *sqldb.Tx, batch []visit) error {
	counts := map[visit]int{}
	for _, v := range batch {
		counts[v]++
	}
	counted := make([]visit, 0, len(counts))
	for v := range counts {
		counted = append(counted, v)
	}
	slices.SortFunc(counted, func(a, b visit) int {
		return cmp.Or(cmp.Compare(a.contest, b.contest), cmp.Compare(a.channel, b.channel), cmp.Compare(a.day, b.day))
	})
	for _, v := range counted {
		if err := addVisits(ctx, tx, v, counts[v]); err != nil {
			return err
		}
	}
	return nil
}

func addVisits(ctx context.Context, tx *sqldb.Tx, v visit, n int) error {
	matched, err := tx.Exec(ctx,
		"UPDATE channel_visits SET opened = opened + ? WHERE contest_id = ? AND channel = ? AND day_number = ?",
		n, v.contest, v.channel, v.day)
	if err != nil || matched > 0 {
		return errs.Wrap(err, "count visits")
	}
	_, err = tx.Exec(ctx, "INSERT INTO channel_visits (contest_id, channel, day_number, opened) VALUES (?, ?, ?, ?)",
		v.contest, v.channel, v.day, n)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // the day's first visit came twice at once: add to it
	}
	return errs.Wrap(err, "count visits")
}
