package contest

import (
	"fmt"
	"slices"
)

// credits checks what answers score that are not wholly right, or slow.
func (c *checker) credits(path string, l *Level) {
	all := make([]int, len(l.Questions))
	for i := range l.Questions {
		all[i] = i
		draw, at := &l.Questions[i], fmt.Sprintf("%s.questions[%d]", path, i)
		c.partial(at, l, draw.Partial, i)
		c.minus(at, l, draw.Minus, i)
	}
	c.partial(path, l, l.Partial, slices.DeleteFunc(slices.Clone(all), func(i int) bool {
		return l.Questions[i].Partial != nil
	})...)
	c.minus(path, l, l.Minus, slices.DeleteFunc(all, func(i int) bool { return l.Questions[i].Minus > 0 })...)
	c.speed(path, l)
}

// partial checks what answers in part score that go by p, of these draws.
func (c *checker) partial(path string, l *Level, p *Partial, draws ...int) {
	if p == nil || len(draws) == 0 { // each draw says its own
		return
	}
	path += ".partial"
	set := 0
	for _, said := range []bool{p.Score != 0, p.Each != 0, p.Share} {
		if said {
			set++
		}
	}
	if set != 1 {
		c.add(path, "write one of score, each and share: true")
		return
	}
	field, points := ".score", p.Score
	if p.Each != 0 {
		field, points = ".each", p.Each
	}
	draws = slices.DeleteFunc(draws, func(i int) bool { return !l.Questions[i].asksParts() })
	if len(draws) == 0 {
		c.add(path, "only multiple and indefinite questions are right in part")
		return
	}
	for _, i := range draws {
		if !p.Share && (points < 0 || int(points) >= l.Worth(i)) {
			c.add(path+field, "right in part is worth more than 0, less than right")
			return
		}
		if p.Share && l.Worth(i) < 2 {
			c.add(path+".share", "a share of this worth comes to nothing; write it as 1.0")
			return
		}
	}
}

// minus checks what wrong answers take off that go by m, of these draws.
func (c *checker) minus(path string, l *Level, m Worth, draws ...int) {
	for _, i := range draws {
		if m < 0 || int(m) > l.Worth(i) {
			c.add(path+".minus", "a wrong answer takes off 0 to what a right one is worth")
			return
		}
	}
}

func (c *checker) speed(path string, l *Level) {
	if l.Speed == nil {
		return
	}
	if l.Speed.Within < 0 || l.Speed.Within >= l.Time.Question {
		c.add(path+".speed.within", "within is 0s to less than the time for a question")
	}
	if l.Speed.Least < 0 || l.Speed.Least > 99 {
		c.add(path+".speed.least", "this is 0 to %d", 99)
	}
	if l.Retry == RetryWrong {
		c.add(path+".speed", "kept answers have no time: retry: wrong bars speed")
	}
}
