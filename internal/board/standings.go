package board

import (
	"context"
	"slices"
	"strings"

	"anquanda/internal/errs"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

// SetStandings is play's hook: it writes the new totals of the players who finished
// attempts or earned something, in the same transaction. It takes a few
// statements for all of them: the old totals go, the new ones come.
func (s *Service) SetStandings(ctx context.Context, w *play.Work, changes []*play.Change) error {
	now := s.now().UnixMilli()
	var rows []standingRow
	replaced, old := map[standingsOf][]sqldb.ID{}, map[standingsOf][]sqldb.ID{}
	for _, f := range slices.Backward(changes) { // the last one of a player knows all of the history
		measures := map[int][]string{} // by period
		for _, e := range entriesOf(f) {
			of := standingsOf{e.ContestID, e.Measure, e.Period}
			if slices.Contains(replaced[of], e.PlayerID) {
				continue
			}
			replaced[of] = append(replaced[of], e.PlayerID)
			measures[e.Period] = append(measures[e.Period], e.Measure)
			rows = append(rows, standingRow{e, now})
		}
		if f.First { // the player had none
			continue
		}
		for period, of := range measures {
			of := standingsOf{f.ContestID, strings.Join(of, " "), period}
			old[of] = append(old[of], f.PlayerID)
		}
	}
	// One statement for all measures of players who have the same, however many boards rank
	// levels by themselves.
	for of, players := range old {
		_, err := w.ExecIn(ctx,
			"DELETE FROM standings WHERE contest_id = ? AND measure IN (?) AND period = ? AND player_id IN (?)",
			of.contest, strings.Split(of.measures, " "), of.period, players)
		if err != nil {
			return errs.Wrap(err, "replace standings")
		}
	}
	return errs.Wrap(sqldb.Insert(ctx, w.Tx, "INSERT INTO standings", rows), "write standings")
}

// standingRow is one row of standings.
type standingRow struct {
	entry
	ChangedAt int64 `db:"changed_at"` // UTC ms; catching up goes by it
}

// standingsOf names the standings of a period by a measure, or by several with blanks
// between them.
type standingsOf struct {
	contest  sqldb.ID
	measures string
	period   int
}

// entriesOf are the totals that a change can change: the contest's and those of
// the day, the week or the round.
func entriesOf(f *play.Change) []entry {
	var entries []entry
	for _, total := range f.Contest.Totals(f.Summary) {
		entries = append(entries, entry{
			ContestID: f.ContestID, Measure: total.Name(), Period: total.Period, PlayerID: f.PlayerID,
			UnitID: f.UnitID, Points: total.Points, ReachedAt: total.ReachedAt, Version: f.Version,
			UsedMS: total.UsedMS, Division: f.Summary.Division, Answered: total.Answered,
		})
	}
	return entries
}

// periods lists the periods that have standings in a contest.
func (s *Service) periods(ctx context.Context, contestID sqldb.ID) ([]int, error) {
	var periods []int
	err := s.db.Select(ctx, &periods, "SELECT DISTINCT period FROM standings WHERE contest_id = ?", contestID)
	return periods, errs.Wrap(err, "list the periods of a contest")
}
