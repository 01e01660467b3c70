package contest

// Tells reports whether counts of right answers may be told at a moment: where a
// contest publishes no answers, not before its end. A count of one is the answer.
func (d *Definition) Tells(now int64) bool {
	return d.Feedback != FeedbackNone || d.Phase(now) == Closed
}

// Scores reports whether an attempt is scored that asked so many questions, of which so
// many were answered and not passed over. Where a contest publishes no answers, one that
// ends with less than half of them comes to nothing: points, boards, levels, cards and
// chances would tell whether the one answer was right. What remains is the sum over half
// a paper or more. An end by a rule of the level counts; there the end itself tells.
func (d *Definition) Scores(l *Level, run Run, answered, asked int) bool {
	return d.Feedback != FeedbackNone || 2*answered >= asked || l.endedByRule(run)
}

// endedByRule reports whether the run ends before the last question.
func (l *Level) endedByRule(run Run) bool {
	return l.Ends.Wrong > 0 && run.Wrong >= l.Ends.Wrong || l.Steps != nil && run.Steps >= l.Steps.Goal
}
