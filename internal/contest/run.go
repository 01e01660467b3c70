package contest

// Run is how an attempt stands after some answers. It is small, so that it can
// travel in a ticket.
type Run struct {
	Answered int // answers given or passed over, of this attempt
	Correct  int // right ones, those kept from the attempt before included
	Wrong    int
	Score    int
	Streak   int // right answers in a row
	Steps    int // of a level with steps
}

// Answer is the run after one more answer to a question worth so many points.
func (l *Level) Answer(run Run, worth int, right bool) Run {
	run.Answered++
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
	run.Score += worth
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
