package contest

// Run is how an attempt stands after some answers. It is small, so that it can
// travel in a ticket.
type Run struct {
	Answered int // answers given or passed over, of this attempt
	Correct  int // right ones, those kept from the attempt before included
	Wrong    int
	Score    int // below 0 where wrong answers took off more than right ones gave: see Total
	Streak   int // right answers in a row
	Steps    int // of a level with steps
}

// Total is the score that counts: what wrong answers take off never leads below 0, in
// whatever order they came.
func (r Run) Total() int { return max(0, r.Score) }

// Answer is the run after one more answer with its Credit.
func (l *Level) Answer(run Run, credit int, right bool) Run {
	run.Answered++
	run.Score += credit
	if !right {
		run.Wrong++
		run.Streak = 0
		if l.Steps != nil {
			run.Steps = max(0, run.Steps-l.Steps.Back)
		}
		return run
	}
	run.Correct++
	run.Streak++
	run.Steps++
	if l.Streak.Length > 0 && run.Streak%l.Streak.Length == 0 {
		run.Score += int(l.Streak.Score)
	}
	return run
}

// Over reports whether the attempt ends here, of so many questions asked.
func (l *Level) Over(run Run, asked int) bool {
	return run.Answered >= asked || l.endedByRule(run)
}

// PassedBy reports whether the run passes the level.
func (l *Level) PassedBy(run Run) bool {
	if l.Steps != nil {
		return run.Steps >= l.Steps.Goal
	}
	return run.Correct >= l.Pass
}
