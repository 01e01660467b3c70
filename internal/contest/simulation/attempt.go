package simulation

import (
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/question"
)

// finish plays an attempt to its end.
func (p *person) finish(r *part, level *contest.Level, a contest.Attempt) {
	p.nextID++
	a.ID = p.nextID
	p.d.Begin(p.rules, a)
	run, left := p.begin(level, &a)
	asked, wrong := total(left), make([]int, len(left))
	partly := int64(0)
	stays := asked // who leaves early lets the rest run out
	if p.random.IntN(25) == 0 {
		stays = p.random.IntN(asked + 1)
	}
	for !level.Over(run, asked) && run.Answered < stays {
		used := int64(2000 + p.random.IntN(8000))
		if p.now+used > a.DeadlineAt {
			break
		}
		a.UsedMS += used
		p.now += used
		draw, right := pick(left, p.random.IntN(total(left))), p.random.Float64() < p.right
		left[draw]--
		if !right {
			wrong[draw]++
		}
		given := contest.Given{Mark: question.Mark{Right: right}, Answered: true, UsedMS: used}
		if part := level.PartialOf(draw); part != nil && !right {
			given.Mark = p.part(&level.Questions[draw])
		}
		if !right && level.Credit(draw, given) > 0 {
			partly++
		}
		run = level.Answer(run, level.Credit(draw, given), right)
	}
	for draw, n := range left { // what was not asked is not right either
		wrong[draw] += n
	}
	p.wrong[level.Key] = wrong
	if run.Answered < asked && !level.Over(run, asked) {
		p.now = a.DeadlineAt
	}
	a.FinishedAt, a.Reached = min(p.now, a.DeadlineAt), run.Answered
	a.Correct, a.Score, a.Passed, a.Full = run.Correct, run.Total(), level.PassedBy(run), run.Correct == level.Count()
	p.record.History = append(p.record.History, a)
	p.d.End(p.rules, a)
	p.take(r, p.d.EarnAttempt(p.rules, a))
	if a.Training() {
		r.Training.Begun++
		if a.Passed {
			r.Training.Passed++
		}
		if !level.Practice {
			return
		}
	}
	count := &r.Levels[slices.IndexFunc(p.d.Levels, func(l contest.Level) bool { return l.Key == level.Key })]
	count.Begun++
	count.Partly += partly
	count.Score += float64(a.Score)
	count.Most = max(count.Most, float64(a.Score))
	if a.Passed {
		count.Passed++
	}
	if a.Full {
		count.Full++
	}
}

// begin is where an attempt starts, and how many questions of each draw it asks: where
// only the wrong ones are asked again, what the one before has right stays right.
func (p *person) begin(level *contest.Level, a *contest.Attempt) (run contest.Run, left []int) {
	if a.Retries == 0 {
		for _, draw := range level.Questions {
			left = append(left, draw.Count)
		}
		return run, left
	}
	before := p.record.History[slices.IndexFunc(p.record.History, func(b contest.Attempt) bool {
		return b.ID == a.Retries
	})]
	a.UsedMS = before.UsedMS
	left = slices.Clone(p.wrong[level.Key])
	for i, draw := range level.Questions {
		run.Score += (draw.Count - left[i]) * level.Worth(i)
	}
	run.Correct = before.Correct
	return run, left
}

// part is how far an answer is right that is not: half of those to questions of several
// right options lack some of them.
func (p *person) part(draw *contest.Draw) (m question.Mark) {
	asks := draw.Kinds
	if len(asks) == 0 {
		for _, kind := range question.Kinds() {
			asks = append(asks, string(kind))
		}
	}
	if question.Kind(asks[p.random.IntN(len(asks))]).Parts() && p.random.IntN(2) == 0 {
		m.Of = 2 + p.random.IntN(3)
		m.Hit = 1 + p.random.IntN(m.Of-1)
	}
	return m
}

func total(left []int) (n int) {
	for _, count := range left {
		n += count
	}
	return n
}

// pick is the draw of the so-manieth question that is left.
func pick(left []int, place int) int {
	for draw, count := range left {
		if place < count {
			return draw
		}
		place -= count
	}
	return len(left) - 1
}
