package contest

// LeastPeople is how few people a unit is ranked by accuracy or time with: of fewer, the
// figure would tell how one of them did.
const LeastPeople = 5

const (
	wholeAccuracy  = 10_000
	defaultAnswers = 20
	mostAnswers    = 100_000
)

// AsksAnswers reports whether boards by the measure ask for a number of answers: totals by
// it count them.
func (m Measure) AsksAnswers() bool { return m == MeasureAccuracy || m == MeasureTime }

// AccuracyOf is the share of right answers among those questions that came before
// somebody, in 1/10000; what is left over is cut off.
func AccuracyOf(right, answered int64) int64 {
	if answered <= 0 {
		return 0
	}
	return min(wholeAccuracy, right*wholeAccuracy/answered)
}

// RanksBy is what a total ranks by: of accuracy the share, in 1/10000.
func (t Total) RanksBy() int64 {
	if t.Measure == MeasureAccuracy {
		return AccuracyOf(t.Points, t.Answered)
	}
	return t.Points
}

// Ranks reports whether a board of players ranks who holds a total.
func (b *Board) Ranks(t Total) bool {
	if b.Measure.AsksAnswers() {
		return t.Answered >= int64(b.Answers)
	}
	return t.Points >= int64(b.Least)
}

// Heads is how few people the board of units ranks a unit with; 0: any. Of equals one that
// ranks by time goes by the time a head then.
func (b *Board) Heads() int {
	if b.Measure.AsksAnswers() {
		return max(LeastPeople, b.Average)
	}
	return b.Average
}

// AnswersOf is how many answers the boards of players ask for whose totals have a name.
func (d *Definition) AnswersOf(name string) int64 {
	for i := range d.Boards {
		if b := &d.Boards[i]; b.Subject == SubjectPlayer && b.TotalName() == name {
			return int64(b.Answers)
		}
	}
	return 0
}

// accuracy adds the end of an attempt at a whole paper: one that asks the wrong ones of an
// earlier attempt again would count their right ones twice. A question that came before
// the player and was not answered is not right.
func (t *MeasureTally) accuracy(a *Attempt) {
	if a.Retries != 0 || a.Reached == 0 {
		return
	}
	was := AccuracyOf(t.Points, t.Answered)
	t.Points += int64(a.Correct)
	t.Answered += int64(max(a.Reached, a.Correct))
	t.UsedMS += a.UsedMS
	if AccuracyOf(t.Points, t.Answered) != was {
		t.ReachedAt = a.FinishedAt
	}
}
