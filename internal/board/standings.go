package board

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

// Record is play's hook: it writes the new totals of the players whose attempts
// finished, in the same transaction.
func (s *Service) Record(ctx context.Context, tx *sqldb.Tx, finished []*play.Finished) error {
	now := s.now().UnixMilli()
	var fresh [][]any
	for i, f := range finished {
		if overtaken(finished[i+1:], f) {
			continue // a later attempt of the same player in this batch holds it too
		}
		for _, e := range entriesOf(f) {
			matched, err := tx.Exec(ctx, `
				UPDATE standings SET unit_id = ?, points = ?, reached_at = ?, version = ?, changed_at = ?
				WHERE contest_id = ? AND measure = ? AND period = ? AND player_id = ?`,
				e.UnitID, e.Points, e.ReachedAt, e.Version, now, e.ContestID, e.Measure, e.Period, e.PlayerID)
			if err != nil {
				return errs.Wrap(err, "write a standing")
			}
			if matched == 0 {
				fresh = append(fresh, []any{e.ContestID, e.Measure, e.Period, e.PlayerID, e.UnitID, e.Points, e.ReachedAt, e.Version, now})
			}
		}
	}
	return errs.Wrap(tx.InsertRows(ctx, `INSERT INTO standings
		(contest_id, measure, period, player_id, unit_id, points, reached_at, version, changed_at)`, fresh), "write standings")
}

func overtaken(later []*play.Finished, f *play.Finished) bool {
	for _, other := range later {
		if other.PlayerID == f.PlayerID && other.ContestID == f.ContestID {
			return true
		}
	}
	return false
}

// entriesOf are the totals that a finished attempt can change: the contest's and
// those of the day.
func entriesOf(f *play.Finished) []entry {
	var entries []entry
	for _, total := range f.Contest.Totals(f.History, days(f)...) {
		entries = append(entries, entry{
			ContestID: f.ContestID, Measure: string(total.Measure), Period: total.Period, PlayerID: f.PlayerID,
			UnitID: f.UnitID, Points: total.Points, ReachedAt: total.ReachedAt, Version: f.Version,
		})
	}
	return entries
}

func days(f *play.Finished) []int { return []int{f.Contest.Day(f.Attempt.FinishedAt)} }

// measuresOf lists (measure, period) pairs that have standings in a contest.
func (s *Service) measuresOf(ctx context.Context, contestID sqldb.ID) ([]measurePeriod, error) {
	var pairs []measurePeriod
	err := s.db.Select(ctx, &pairs, "SELECT DISTINCT measure, period FROM standings WHERE contest_id = ?", contestID)
	return pairs, errs.Wrap(err, "list the measures of a contest")
}

type measurePeriod struct {
	Measure contest.Measure `db:"measure"`
	Period  int             `db:"period"`
}
