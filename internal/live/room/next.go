package room

import "slices"

// offered are the steps that a host may be offered, those that lead on first.
var offered = []Do{DoConfirm, DoOpen, DoResume, DoReveal, DoStandings, DoReady, DoPodium, DoClose, DoPause, DoExtend,
	DoHelp, DoSkip, DoReopen, DoWarmup, DoRevival, DoVoid, DoUnvoid, DoRekey, DoReset, DoLock, DoUnlock, DoDelay, DoEnd}

// leading are the steps that lead on.
var leading = offered[:8]

// May lists the steps that Step would take from whoever leads, the usual next one first;
// those of a round where it would for some round. out is as in Event.
func (p *Plan) May(s State, out int, now int64) (may []Do) {
	for _, do := range offered {
		if p.may(s, do, out, now) {
			may = append(may, do)
		}
	}
	// After a warm-up there are no standings to look at, and after the last question they
	// would give the podium away.
	first := DoStandings
	if s.Phase == Revealed && s.Current().Kind == Warmup {
		first = DoReady
	} else if s.Phase == Revealed && s.Asked() >= len(p.Questions) {
		first = DoPodium
	}
	if at := slices.Index(may, first); at > 0 {
		may = slices.Insert(slices.Delete(may, at, at+1), 0, first)
	}
	return may
}

// Next is the usual next step among those that may be taken, the first of them; none
// where there is only to wait, or nothing to come.
func Next(may []Do) Do {
	if len(may) == 0 || !slices.Contains(leading, may[0]) {
		return ""
	}
	return may[0]
}

func (p *Plan) may(s State, do Do, out int, now int64) bool {
	const seconds = 10 // would do for each step that needs some
	rounds := []int{0}
	if do == DoVoid || do == DoUnvoid || do == DoRekey {
		rounds = rounds[:0]
		for round := s.Round(); round > s.From; round-- {
			rounds = append(rounds, round)
		}
	}
	for _, round := range rounds {
		trial := s
		trial.Rounds = slices.Clone(s.Rounds)
		if p.apply(&trial, Event{Do: do, Seconds: seconds, Round: round, Out: out, Right: []int{0}}, now) == nil {
			return true
		}
	}
	return false
}
