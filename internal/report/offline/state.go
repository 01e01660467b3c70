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

// Period is one period with who has reported for it.
type Period struct {
	BeginsAt int64 // UTC ms; 0 for the first
	DueAt    int64 // UTC ms
	Reports  map[sqldb.ID]*Report
	Missing  []*unit.Unit // asked, without a report
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
	plan, err := s.Plan(ctx, contestID)
	if err != nil {
		return nil, err
	}
	dues, err := s.Dues(ctx, contestID)
	if err != nil {
		return nil, err
	}
	reports, err := s.Reports(ctx, contestID)
	if err != nil {
		return nil, err
	}
	state := &State{Plan: plan, Asked: plan.Asked(tree), Totals: plan.sum(reports)}
	for i, due := range dues {
		p := Period{BeginsAt: Begins(dues, i), DueAt: due, Reports: map[sqldb.ID]*Report{}}
		var of []Report
		for k := range reports {
			if reports[k].DueAt == due {
				p.Reports[reports[k].UnitID] = &reports[k]
				of = append(of, reports[k])
			}
		}
		for _, u := range state.Asked {
			if p.Reports[u.ID] == nil {
				p.Missing = append(p.Missing, u)
			}
		}
		p.Totals = plan.sum(of)
		state.Periods = append(state.Periods, p)
	}
	return state, nil
}

// sum adds up what was reported, in the order of the items. What is no longer asked is
// left out.
func (p *Plan) sum(reports []Report) []Total {
	sums := map[string]int64{}
	for i := range reports {
		for _, f := range reports[i].Figures {
			sums[f.Title] += f.Value
		}
	}
	totals := make([]Total, len(p.Items))
	for i, item := range p.Items {
		totals[i] = Total{item, sums[item.Title]}
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
