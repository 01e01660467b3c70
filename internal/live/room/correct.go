package room

import (
	"slices"

	"anquanda/internal/question"
)

// scored is the round of an event, which must have been scored.
func (s *State) scored(e Event) (*Round, error) {
	r := s.At(e.Round)
	switch {
	case r == nil || e.Round <= s.From:
		return nil, ErrRound
	case !r.Shut || r.Skipped || s.Phase == Closed && e.Round == s.Round():
		return nil, ErrStep
	}
	return r, nil
}

func (s *State) void(e Event, voided bool) error {
	r, err := s.scored(e)
	if err != nil {
		return err
	}
	if r.Voided == voided {
		return ErrStep
	}
	r.Voided = voided
	s.corrected(r)
	return nil
}

// rekey corrects which options are right, where it can be told by options alone.
func (p *Plan) rekey(s *State, e Event, _ int64) error {
	r, err := s.scored(e)
	if err != nil {
		return err
	}
	q := p.Question(r)
	takes := q.Kind.Takes()
	if takes != question.TakesOne && takes != question.TakesSet {
		return ErrStep
	}
	right := slices.Compact(slices.Sorted(slices.Values(e.Right)))
	if len(right) == 0 || right[0] < 0 || right[len(right)-1] >= len(q.Options) {
		return ErrRight
	}
	r.Right = right
	s.corrected(r)
	return nil
}

// corrected notes that a round does not count as it did when later ones were opened.
func (s *State) corrected(r *Round) {
	r.Fixed = s.opened()
	s.Changed = s.Changed || s.Phase == Over
}
