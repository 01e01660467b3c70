package closing

import (
	"context"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// readPrizes adds up the ledger of awards by prize, as each was promised.
func (s *Service) readPrizes(ctx context.Context, in *catalog.Contest, f *Figures) error {
	var rows []struct {
		Key    string       `db:"prize_key"`
		Title  string       `db:"title"`
		Kind   string       `db:"kind"`
		Status prize.Status `db:"status"`
		Awards int64        `db:"awards"`
		Worth  int64        `db:"worth"`
	}
	err := s.db.Select(ctx, &rows, `SELECT prize_key, title, kind, status, COUNT(*) AS awards,
			SUM(COALESCE(worth, 0)) AS worth
		FROM awards WHERE contest_id = ? GROUP BY prize_key, title, kind, status ORDER BY prize_key, title, kind, status`,
		in.ContestID)
	if err != nil {
		return errs.Wrap(err, "add up the awards")
	}
	for _, row := range rows {
		title := row.Title
		if title == "" {
			title = row.Key
		}
		if n := len(f.Prizes); n == 0 || f.Prizes[n-1].Title != title {
			f.Prizes = append(f.Prizes, Prize{Title: title})
		}
		p := &f.Prizes[len(f.Prizes)-1]
		cents := row.Worth
		if contest.PrizeKind(row.Kind) == contest.PrizePoints {
			cents = 0
		}
		if row.Status == prize.Forfeited {
			p.Back += row.Awards
			continue
		}
		p.Won += row.Awards
		p.Cents += cents
		switch row.Status {
		case prize.Redeemed, prize.Credited, prize.PaidUp:
			p.Given += row.Awards
			p.Settled += cents
		}
	}
	return nil
}

func (s *Service) readDrawings(ctx context.Context, in *catalog.Contest, f *Figures) error {
	var rows []struct {
		ID          sqldb.ID `db:"id"`
		Title       string   `db:"title"`
		PublishedAt int64    `db:"published_at"`
		People      int64    `db:"people"`
		Fingerprint string   `db:"fingerprint"`
		Winners     int64    `db:"winners"`
	}
	err := s.db.Select(ctx, &rows, `SELECT d.id, d.title, d.published_at, d.people, d.fingerprint,
			(SELECT COUNT(*) FROM drawing_places p WHERE p.drawing_id = d.id AND p.tier > 0) AS winners
		FROM drawings d WHERE d.contest_id = ? AND d.published_at > 0 ORDER BY d.published_at, d.id`, in.ContestID)
	for _, row := range rows {
		f.Drawings = append(f.Drawings, Drawing{Title: row.Title, At: time.UnixMilli(row.PublishedAt).In(in.Zone()),
			People: row.People, Winners: row.Winners, Fingerprint: row.Fingerprint})
	}
	return errs.Wrap(err, "read the drawings")
}

func (s *Service) readPledges(ctx context.Context, in *catalog.Contest, f *Figures) error {
	var rows []struct {
		Signed  int64 `db:"signed"`
		Deepest int64 `db:"deepest"`
	}
	err := s.db.Select(ctx, &rows, "SELECT signed, deepest FROM pledge_counts WHERE contest_id = ?", in.ContestID)
	if len(rows) == 1 {
		f.Pledges = Pledges{rows[0].Signed, rows[0].Deepest}
	}
	return errs.Wrap(err, "read the pledge")
}

func (s *Service) readRooms(ctx context.Context, in *catalog.Contest, f *Figures) error {
	err := s.db.Get(ctx, &f.Rooms.Played, `SELECT COUNT(*) FROM live_rooms r WHERE r.contest_id = ? AND r.rehearsal = 0
		AND EXISTS (SELECT 1 FROM live_gates g WHERE g.room_id = r.room_id AND g.round > 0 AND g.taken > 0)`, in.ContestID)
	if err != nil {
		return errs.Wrap(err, "count live rooms")
	}
	var sums []struct {
		Joined int64 `db:"joined"`
		Taken  int64 `db:"taken"`
	}
	err = s.db.Select(ctx, &sums, `SELECT SUM(CASE WHEN g.round = 0 THEN g.taken ELSE 0 END) AS joined,
			SUM(CASE WHEN g.round > 0 THEN g.taken ELSE 0 END) AS taken
		FROM live_gates g JOIN live_rooms r ON r.room_id = g.room_id
		WHERE r.contest_id = ? AND r.rehearsal = 0 GROUP BY r.contest_id`, in.ContestID)
	if len(sums) == 1 {
		f.Rooms.Members, f.Rooms.Answers = sums[0].Joined, sums[0].Taken
	}
	return errs.Wrap(err, "count who was in live rooms")
}

func (s *Service) readChanges(ctx context.Context, in *catalog.Contest, f *Figures) error {
	changes, err := s.catalog.Changes(ctx, in.ContestID)
	for _, c := range changes {
		f.Changes = append(f.Changes, Change{time.UnixMilli(c.At).In(in.Zone()), c.Reason, c.Differences})
	}
	return err
}
