package contest

import "anquanda/internal/question"

// Partial is what a choice scores that lacks right options and holds no wrong one: one of
// so many points, so many for each right option chosen, or the share of the right options
// of what the answer is worth. It never comes to more than the whole answer.
type Partial struct {
	Score Worth `yaml:"score"`
	Each  Worth `yaml:"each"`
	Share bool  `yaml:"share"`
}

// Speed lets an answer be worth less with the time that it takes: within Within all of
// it, from then on evenly less, down to Least per cent of it at the end of the question's time.
type Speed struct {
	Within Span `yaml:"within"`
	Least  int  `yaml:"least"`
}

// Given is an answer as what it scores is told from: all of it is stored, so that counting
// anew gives the same.
type Given struct {
	question.Mark
	Answered bool  // it was not passed over
	UsedMS   int64 // from when the question was handed out, by the server's clock
	Large    bool  // in large type
}

// Credit is what an answer to a question of a draw scores, in the contest's unit: from
// -Minus to Worth. Only a right one counts as right, whatever else scores.
func (l *Level) Credit(draw int, g Given) int {
	worth := l.Worth(draw)
	if g.Void {
		return worth
	}
	earned := 0
	switch part := l.PartialOf(draw); {
	case g.Right:
		earned = worth
	case part != nil && g.Hit > 0:
		earned = part.of(worth, g.Hit, g.Of)
	case g.Answered:
		return -l.MinusOf(draw)
	}
	if l.Speed == nil {
		return earned
	}
	return l.inTime(earned, g)
}

// PartialOf is what an answer in part to a question of a draw scores by; nil for nothing.
func (l *Level) PartialOf(draw int) *Partial {
	if own := l.Questions[draw].Partial; own != nil {
		return own
	}
	return l.Partial
}

// MinusOf is what a wrong answer to a question of a draw takes off.
func (l *Level) MinusOf(draw int) int {
	if own := l.Questions[draw].Minus; own > 0 {
		return int(own)
	}
	return int(l.Minus)
}

func (p *Partial) of(worth, hit, of int) int {
	switch {
	case p.Share:
		return worth * hit / of
	case p.Each > 0:
		return min(worth, hit*int(p.Each))
	}
	return min(worth, int(p.Score))
}

// inTime is what is left of a credit after the time that the answer took. Begun units go.
// Who plays in large type has the longer time for it too.
func (l *Level) inTime(credit int, g Given) int {
	limit, within := l.Time.Question.MS(), l.Speed.Within.MS()
	if g.Large && l.Time.Large == LargeDouble {
		limit, within = 2*limit, 2*within
	}
	late := min(max(g.UsedMS-within, 0), limit-within)
	falls := limit - within // above 0, as the check holds
	kept := 100*falls - int64(100-l.Speed.Least)*late
	return int(int64(credit) * kept / (100 * falls))
}

// Graded reports whether answers of the level score something else than all or nothing.
func (l *Level) Graded() bool {
	if l.Partial != nil || l.Minus > 0 || l.Speed != nil {
		return true
	}
	for i := range l.Questions {
		if l.Questions[i].Partial != nil || l.Questions[i].Minus > 0 {
			return true
		}
	}
	return false
}

// MostUnright is the most that an answer scores to a question of a draw that is not right.
func (l *Level) MostUnright(draw int) (most int) {
	p := l.PartialOf(draw)
	if p == nil || !l.Questions[draw].asksParts() {
		return 0
	}
	for of := 2; of <= question.MaxOptions; of++ {
		most = max(most, p.of(l.Worth(draw), of-1, of))
	}
	return most
}

// LeastRight is the least that a right answer scores to a question of a draw.
func (l *Level) LeastRight(draw int) int {
	if l.Speed == nil {
		return l.Worth(draw)
	}
	return l.Worth(draw) * l.Speed.Least / 100
}

// asksParts reports whether the draw may ask what can be right in part.
func (d *Draw) asksParts() bool {
	if len(d.Kinds) == 0 {
		return true
	}
	for _, kind := range d.Kinds {
		if question.Kind(kind).Parts() {
			return true
		}
	}
	return false
}
