// Package report reads what was played and says what came of it. It writes
// nothing.
package report

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

// Service reads the store. It is safe for concurrent use.
type Service struct{ db *sqldb.DB }

// New returns the reports on what is stored in db.
func New(db *sqldb.DB) *Service { return &Service{db} }

// SmallGroup is from how many players figures are told: of fewer, they would tell
// of single people.
const SmallGroup = 5

// UnitFigures are what the players of a unit, with all units below it, did.
// Attempts are finished ones, and counted for the unit for which they were begun:
// who changed units counts as a player of both.
type UnitFigures struct {
	Enrolled int64 // players who say that they belong to it now
	Players  int64 // who finished an attempt for it
	Attempts int64
	Passed   int64
	Answers  int64
	Correct  int64
	// Heads is how many people there are, 0 when it is not known of all.
	Heads int64

	hidden bool // of few people, or telling of few by what is left of the unit above
}

// Hidden reports whether the figures would tell of few people, by themselves or taken
// away from those of the unit above.
func (f *UnitFigures) Hidden() bool { return f.hidden }

// few reports whether there are too few players for the figures to be told.
func (f *UnitFigures) few() bool { return sizesOf(f).few() }

// Accuracy is which part of the answers was right; ok is false for none, or too few
// players.
func (f *UnitFigures) Accuracy() (part float64, ok bool) {
	if f.Answers == 0 || f.Hidden() {
		return 0, false
	}
	return float64(f.Correct) / float64(f.Answers), true
}

// Participation is which part of the people played, at most 1; ok is false where
// their number is not known, or too few players.
func (f *UnitFigures) Participation() (part float64, ok bool) {
	if f.Heads == 0 || f.Hidden() {
		return 0, false
	}
	return min(1, float64(f.Players)/float64(f.Heads)), true
}

func (f *UnitFigures) add(g UnitFigures) {
	f.Enrolled += g.Enrolled
	f.Players += g.Players
	f.Attempts += g.Attempts
	f.Passed += g.Passed
	f.Answers += g.Answers
	f.Correct += g.Correct
}

// UnitLine is the figures of one unit.
type UnitLine struct {
	Unit  *unit.Unit // nil for players without one
	Depth int        // 1 at the top
	Path  string
	UnitFigures
}

// Units tells of every unit that is there, each above those below it, of those
// that are gone and have players, and at the end of players without a unit.
func (s *Service) Units(ctx context.Context, contestID sqldb.ID, tree *unit.Tree) ([]UnitLine, error) {
	own, err := s.unitFigures(ctx, contestID)
	if err != nil {
		return nil, err
	}
	return rollUp(tree, own), nil
}

// unitFigures are the figures of each unit by itself; 0 is for players without one.
func (s *Service) unitFigures(ctx context.Context, contestID sqldb.ID) (map[sqldb.ID]UnitFigures, error) {
	var rows []struct {
		UnitID   sqldb.ID `db:"unit_id"`
		Enrolled int64    `db:"enrolled"`
		Players  int64    `db:"players"`
		Attempts int64    `db:"attempts"`
		Passed   int64    `db:"passed"`
		Answers  int64    `db:"answers"`
		Correct  int64    `db:"correct"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT unit_id, SUM(enrolled) AS enrolled, SUM(players) AS players, SUM(attempts) AS attempts,
			SUM(passed) AS passed, SUM(answers) AS answers, SUM(correct) AS correct
		FROM (
			SELECT unit_id, 0 AS enrolled, COUNT(DISTINCT player_id) AS players, COUNT(*) AS attempts,
				SUM(passed) AS passed, SUM(answered) AS answers, SUM(correct) AS correct
			FROM attempts WHERE contest_id = ? AND finished_at > 0 AND held = 0 GROUP BY unit_id
			UNION ALL
			SELECT unit_id, COUNT(*), 0, 0, 0, 0, 0 FROM enrolments WHERE contest_id = ? GROUP BY unit_id
		) AS parts GROUP BY unit_id`, contestID, contestID)
	if err != nil {
		return nil, errs.Wrap(err, "add up the units of contest %d", contestID)
	}
	own := make(map[sqldb.ID]UnitFigures, len(rows))
	for _, row := range rows {
		own[row.UnitID] = UnitFigures{row.Enrolled, row.Players, row.Attempts, row.Passed, row.Answers,
			row.Correct, 0, false}
	}
	return own, nil
}

// PlayersIn counts the players who are in any of some units, not in those below them.
func (s *Service) PlayersIn(ctx context.Context, contestID sqldb.ID, units []sqldb.ID) (players int64, err error) {
	if len(units) == 0 {
		return 0, nil
	}
	own, err := s.unitFigures(ctx, contestID)
	for _, id := range units {
		players += own[id].Enrolled
	}
	return players, err
}

// rollUp adds the figures of units to those above them, and hides what tells of few.
func rollUp(tree *unit.Tree, own map[sqldb.ID]UnitFigures) []UnitLine {
	units := tree.Units()
	at := make(map[sqldb.ID]int, len(units))
	lines := make([]UnitLine, len(units))
	for i, u := range units {
		at[u.ID] = i
		lines[i] = UnitLine{Unit: u, Depth: 1, Path: tree.Path(u.ID), UnitFigures: own[u.ID]}
		if above, ok := at[u.ParentID]; ok {
			lines[i].Depth = lines[above].Depth + 1
		}
	}
	for i := len(units) - 1; i >= 0; i-- { // those below stand behind
		if above, ok := at[units[i].ParentID]; ok {
			lines[above].add(lines[i].UnitFigures)
		}
		if heads, whole := tree.Heads(units[i].ID); whole {
			lines[i].Heads = int64(heads)
		}
	}
	for _, u := range tree.Gone() {
		if figures := own[u.ID]; figures != (UnitFigures{}) {
			lines = append(lines, UnitLine{Unit: u, Depth: 1, Path: tree.Path(u.ID), UnitFigures: figures})
		}
	}
	lines = append(lines, UnitLine{Depth: 1, UnitFigures: own[0]})
	hideSmall(lines)
	return lines
}
