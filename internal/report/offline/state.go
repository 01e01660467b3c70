package offline

import (
	"context"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

// Total is an item with what all units reported of it.
type Total struct {
	Item
	Value int64
}

// Entry is what holds of a unit for a period: its newest report, in little memory.
type Entry struct {
	Revision   int
	ReportedAt int64 // UTC ms
	Late       bool
	Note       string
	Pictures   []Caption
	Values     []int64 // in the order of the items of the plan; NotTold of one that was asked later
}

// NotTold stands for the number of an item that a report does not tell.
const NotTold = -1

// Period is one period with who has reported for it.
type Period struct {
	BeginsAt int64 // UTC ms; 0 for the first
	DueAt    int64 // UTC ms
	Entries  map[sqldb.ID]*Entry
	Missing  []*unit.Unit // asked, without a report
	Reported int          // of the units that are asked
	Late     int          // of these
	Totals   []Total
}

// State is what was asked and reported in a contest so far.
type State struct {
	Plan    *Plan
	Asked   []*unit.Unit
	Periods []Period
	Totals  []Total // over all periods
}

// State reads how far the units of a contest are. Errors: ErrNoPlan.
func (s *Service) State(ctx context.Context, contestID sqldb.ID, tree *unit.Tree) (*State, error) {
	state, err := s.asked(ctx, contestID, tree)
	if err != nil {
		return nil, err
	}
	return state, s.readEntries(ctx, contestID, state)
}

// asked is a state in which nothing is reported yet.
func (s *Service) asked(ctx context.Context, contestID sqldb.ID, tree *unit.Tree) (*State, error) {
	plan, err := s.Plan(ctx, contestID)
	if err != nil {
		return nil, err
	}
	dues, err := s.Dues(ctx, contestID)
	if err != nil {
		return nil, err
	}
	state := &State{Plan: plan, Asked: plan.Asked(tree), Totals: plan.noTotals()}
	for i, due := range dues {
		state.Periods = append(state.Periods, Period{BeginsAt: Begins(dues, i), DueAt: due,
			Entries: map[sqldb.ID]*Entry{}, Totals: plan.noTotals()})
	}
	return state, nil
}

// readEntries goes through all reports in the order of their key, of which the last of a unit
// and period holds, and keeps of each its numbers alone: of thousands of units over many weeks
// they are 40 MB, and as they are stored 300.
func (s *Service) readEntries(ctx context.Context, contestID sqldb.ID, state *State) error {
	periods := make(map[int64]*Period, len(state.Periods))
	for i := range state.Periods {
		periods[state.Periods[i].DueAt] = &state.Periods[i]
	}
	reader := newFigureReader(state.Plan.Items)
	var row storedReport
	err := s.db.Each(ctx, &row, func() error {
		p := periods[row.DueAt]
		if p == nil {
			return nil // of a period that was begun while we read
		}
		entry, err := row.entry(reader)
		p.Entries[row.UnitID] = entry
		return err
	}, "SELECT "+reportColumns+` FROM offline_reports WHERE contest_id = ? ORDER BY contest_id, unit_id, due_at, revision`,
		contestID)
	if err != nil {
		return errs.Wrap(err, "read what units reported")
	}
	for i := range state.Periods {
		p := &state.Periods[i]
		p.count(state.Asked)
		for k := range p.Totals {
			state.Totals[k].Value += p.Totals[k].Value
		}
	}
	return nil
}

// count adds up the entries of a period, and who of those asked is late or missing.
func (p *Period) count(asked []*unit.Unit) {
	for _, e := range p.Entries {
		for i, value := range e.Values {
			if value != NotTold {
				p.Totals[i].Value += value
			}
		}
	}
	for _, u := range asked {
		e := p.Entries[u.ID]
		switch {
		case e == nil:
			p.Missing = append(p.Missing, u)
			continue
		case e.Late:
			p.Late++
		}
		p.Reported++
	}
}

// noTotals are the items with nothing reported.
func (p *Plan) noTotals() []Total {
	totals := make([]Total, len(p.Items))
	for i, item := range p.Items {
		totals[i] = Total{Item: item}
	}
	return totals
}

// StateOrNone is State; nil where nothing is asked.
func (s *Service) StateOrNone(ctx context.Context, contestID sqldb.ID, tree *unit.Tree) (*State, error) {
	state, err := s.State(ctx, contestID, tree)
	if errors.Is(err, ErrNoPlan) {
		return nil, nil
	}
	return state, errs.Wrap(err, "read the entries of units")
}

// Asked are the plan of a contest and the units that it asks. Errors: ErrNoPlan.
func (s *Service) Asked(ctx context.Context, contestID sqldb.ID, tree *unit.Tree) (*Plan, []*unit.Unit, error) {
	plan, err := s.Plan(ctx, contestID)
	if err != nil {
		return nil, nil, err
	}
	return plan, plan.Asked(tree), nil
}

// OnePeriod is a state with the one period alone that is due then. Errors: ErrNoPlan, ErrNoPeriod.
func (s *Service) OnePeriod(
	ctx context.Context, contestID sqldb.ID, tree *unit.Tree, due int64,
) (state *State, reports map[sqldb.ID]*Report, err error) {
	if state, err = s.asked(ctx, contestID, tree); err != nil {
		return nil, nil, err
	}
	for i := range state.Periods {
		if state.Periods[i].DueAt == due {
			state.Periods = state.Periods[i : i+1]
			reports, err = s.reportsFor(ctx, contestID, state)
			return state, reports, err
		}
	}
	return nil, nil, ErrNoPeriod
}

// reportsFor reads what holds of all units for the one period of a state, into it and as it
// was reported.
func (s *Service) reportsFor(ctx context.Context, contestID sqldb.ID, state *State) (map[sqldb.ID]*Report, error) {
	p := &state.Periods[0]
	all, err := s.readReports(ctx, "contest_id = ? AND due_at = ? ORDER BY unit_id, revision", contestID, p.DueAt)
	if err != nil {
		return nil, err
	}
	reports := map[sqldb.ID]*Report{}
	for i := range all {
		reports[all[i].UnitID] = &all[i] // the last revision holds
	}
	reader := newFigureReader(state.Plan.Items)
	for id, r := range reports {
		p.Entries[id] = &Entry{Revision: r.Revision, ReportedAt: r.ReportedAt, Late: r.Late(), Note: r.Note,
			Pictures: r.Pictures, Values: reader.values(r.Figures)}
	}
	p.count(state.Asked)
	return reports, nil
}
