package room

import (
	"anquanda/internal/contest"
	"anquanda/internal/errs"
)

// Why an answer is not taken.
var (
	ErrNotOpen = errs.New(errs.Conflict, "live_not_open", "还没有开始答题，请稍候")
	ErrPaused  = errs.New(errs.Conflict, "live_paused", "主持人暂停了，请稍候")
	ErrOut     = errs.New(errs.Forbidden, "live_out", "这一题你在观看，不能作答")
)

// Takes says what becomes of an answer to a round that was received at now. late is by
// how many ms it came too late; 0 when it is in time. Errors: ErrNotOpen, ErrPaused.
func (s *State) Takes(round int, now int64) (late int64, err error) {
	r := s.At(round)
	switch {
	case r == nil:
		return 0, ErrNotOpen
	case r.OpensAt == 0:
		return 0, ErrNotOpen // also when it was skipped: nobody has seen it
	case round < s.Round() || r.Shut || now > r.ClosesAt+Grace && s.Phase != Paused:
		return max(now-r.ClosesAt, 1), nil
	case s.Phase == Paused:
		return 0, ErrPaused
	case s.Phase != Open || now < r.OpensAt:
		return 0, ErrNotOpen
	}
	return 0, nil
}

// Used is the time from the opening to the receipt of an answer, in ms; what came in the
// grace took all the time there was.
func (r *Round) Used(now int64) int64 { return min(max(now-r.OpensAt, 0), r.ClosesAt-r.OpensAt) }

// Plays says whether a member may answer the round asked last, and whether as one of the
// audience, whose answer counts for nothing. st is the standing before the round; nil
// for one that joined since.
func (p *Plan) Plays(s *State, member int32, st *Standing) (may, audience bool) {
	r := s.Current()
	if r == nil || p.Live.Mode != contest.LiveElimination || r.Kind == Warmup {
		return r != nil, false
	}
	in := st != nil && st.In && (r.OpensAt == 0 || int(member) <= r.Members)
	left := in && st.Out == 0 && int(st.Sits) < s.Round()
	switch {
	case r.Kind == Revival:
		return in && !left, false
	case left:
		return true, false
	}
	return p.Live.Audience, true
}

// MayReturn says whether a member who is out may play a card now: between two questions,
// and not before the last.
func (p *Plan) MayReturn(s *State, st *Standing) bool {
	rule := &p.Live.Revival
	return p.Live.Mode == contest.LiveElimination && rule.Card != "" && st != nil && st.In && st.Out > 0 &&
		int(st.Cards) < max(rule.Most, 1) && (s.Phase == Revealed || s.Phase == Standings) && s.Asked()+1 < len(p.Questions)
}
