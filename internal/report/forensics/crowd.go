package forensics

import (
	"context"
	"math"
)

// crowd is how all players together answer the questions of a contest.
type crowd struct {
	questions map[string]*asked
	windows   map[int64]int64 // finished attempts by ten minutes
}

func newCrowd() *crowd { return &crowd{questions: map[string]*asked{}, windows: map[int64]int64{}} }

// asked is how one question is answered: how fast, by a histogram whose steps grow
// by an eighth, how often right, and how often which way.
type asked struct {
	answers int64
	right   int64
	pace    [paceSteps]uint32
	choices map[string]int64
}

const (
	paceSteps   = 96
	paceFirstMS = 50
	paceGrowth  = 1.125
	choicesHeld = 16 // of a question; a question with blanks may have thousands
	// leastAnswers is how many answers a question needs before it says how fast is
	// too fast.
	leastAnswers = 100
)

func paceStep(ms int64) int {
	if ms <= paceFirstMS {
		return 0
	}
	return min(paceSteps-1, 1+int(math.Log(float64(ms)/paceFirstMS)/math.Log(paceGrowth)))
}

// paceFrom is the shortest time of a step, in ms.
func paceFrom(step int) int64 {
	if step == 0 {
		return 0
	}
	return int64(paceFirstMS * math.Pow(paceGrowth, float64(step-1)))
}

func (q *asked) add(a *answerRow) {
	q.answers++
	q.pace[paceStep(a.UsedMS)]++
	if a.Correct {
		q.right++
	}
	if _, held := q.choices[a.Choice]; held || len(q.choices) < choicesHeld {
		q.choices[a.Choice]++
	}
}

// quantile is the time below which a share of the answers lies, in ms: the start of
// its step.
func (q *asked) quantile(share float64) int64 {
	below := int64(0)
	for step, n := range q.pace {
		if below += int64(n); float64(below) > share*float64(q.answers) {
			return paceFrom(step)
		}
	}
	return paceFrom(paceSteps - 1)
}

// tooFast is the time below which nobody reads and decides, in ms: the fastest 1 %,
// or an eighth of the median where programs have pushed that 1 % down. 0 while too
// few have answered.
func (q *asked) tooFast() int64 {
	if q == nil || q.answers < leastAnswers {
		return 0
	}
	return max(q.quantile(0.01), q.quantile(0.5)/8)
}

// rightShare is how likely a right answer is.
func (q *asked) rightShare() float64 { return float64(q.right+1) / float64(q.answers+2) }

// bits is how surprising a choice is, in bits: one of the crowd's usual answers
// tells little, a rare wrong one much.
func (q *asked) bits(choice string) float64 {
	n := q.choices[choice]
	return -math.Log2(float64(n+1) / float64(q.answers+int64(len(q.choices))+1))
}

// windowMS is how close two attempts must finish to be compared.
const windowMS = 10 * 60 * 1000

func (l *scan) learnCrowd(ctx context.Context) error {
	return l.eachFinished(ctx, func(a *finishedRow, answers []answerRow) error {
		l.crowd.windows[a.FinishedAt/windowMS]++
		for i := range answers {
			q := l.crowd.questions[answers[i].QuestionID]
			if q == nil {
				q = &asked{choices: map[string]int64{}}
				l.crowd.questions[answers[i].QuestionID] = q
			}
			q.add(&answers[i])
		}
		return nil
	})
}

// pairs is about how many pairs of attempts are compared.
func (c *crowd) pairs() float64 {
	sum := 0.0
	for _, n := range c.windows {
		sum += float64(n) * float64(n)
	}
	return max(1, sum)
}
