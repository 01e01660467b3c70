package play

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Mended is what MendSummaries found.
type Mended struct {
	Players int // with anything to sum up
	Old     int // summed up by an older version of the contest, or not yet
	Wrong   int // that did not equal the rows: a fault
}

const mendAtOnce = 200

// MendSummaries holds the summary of each player of a contest against the rows
// that it sums up, and writes it anew where it is old or wrong. It may run while
// people play.
func (s *Service) MendSummaries(ctx context.Context, c *catalog.Contest) (Mended, error) {
	var m Mended
	after := sqldb.ID(0)
	for {
		var rows []progressRow
		err := s.db.Select(ctx, &rows, "SELECT "+progressColumns+` FROM progress
			WHERE contest_id = ? AND player_id > ? ORDER BY player_id LIMIT ?`, c.ContestID, after, mendAtOnce)
		if err != nil || len(rows) == 0 {
			return m, errs.Wrap(err, "read the progress of players")
		}
		if err := s.mend(ctx, c, rows, &m); err != nil {
			return m, err
		}
		after = rows[len(rows)-1].PlayerID
	}
}

// mend reads the rows of players after their versions: where they are newer, the
// conditional update leaves the summary to whoever changed it.
func (s *Service) mend(ctx context.Context, c *catalog.Contest, rows []progressRow, m *Mended) error {
	players := make([]sqldb.ID, len(rows))
	for i := range rows {
		players[i] = rows[i].PlayerID
	}
	records, err := readRecords(ctx, s.db, c.ContestID, players)
	if err != nil {
		return err
	}
	for i := range rows {
		row, record := &rows[i], records[rows[i].PlayerID]
		p := &progress{
			key: playerKey{c.ContestID, row.PlayerID}, read: row.Version, version: row.Version, rules: c.Version,
			summary: c.Summarize(record, record.LatestAt()),
		}
		text, err := json.Marshal(p.summary)
		if err != nil {
			return err
		}
		m.Players++
		old := row.Rules != c.Version || !row.Summary.Valid
		if !old && row.Summary.String == string(text) {
			continue
		}
		err = s.db.InTx(ctx, func(tx *sqldb.Tx) error { return claimProgress(ctx, tx, []*progress{p}) })
		switch {
		case errors.Is(err, errOvertaken):
		case err != nil:
			return err
		case old:
			m.Old++
		default:
			m.Wrong++
			slog.WarnContext(ctx, "a summary did not equal its rows", "player", row.PlayerID, "stored", row.Summary.String,
				"counted", string(text))
		}
	}
	return nil
}
