package forensics

import (
	"context"
	"math"

	"anquanda/internal/contest"
)

// crowd is how players answer the questions of a contest.
type crowd struct {
	questions map[string]*asked
	windows   map[int64]int64 // finished attempts by ten minutes
}

func newCrowd() *crowd { return &crowd{questions: map[string]*asked{}, windows: map[int64]int64{}} }

// asked is how one question is answered. How fast, by a histogram whose steps grow by
// an eighth, and how often right is learned from proven persons alone, in attempts that
// count: players cost nothing to make up, and what they answer must not set what is
// usual. Which way is counted of everybody, since it only tells how rare an answer is.
type asked struct {
	answers int64 // of proven persons
	right   int64
	pace    [paceSteps]uint32
	given   int64 // of everybody
	choices map[string]int64
}

const (
	paceSteps   = 96
	paceFirstMS = 50
	paceGrowth  = 1.125
	choicesHeld = 16 // of a question; a question with blanks may have thousands
	// leastAnswers is how many answers of proven persons a question needs before it
	// says how fast is usual.
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

// learn takes an answer of a proven person.
func (q *asked) learn(a *answerRow) {
	q.answers++
	q.pace[paceStep(a.UsedMS)]++
	if a.Correct {
		q.right++
	}
}

// note takes an answer of anybody.
func (q *asked) note(a *answerRow) {
	q.given++
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

// tooFast is the time below which hardly anybody reads and decides, in ms: the fastest
// 1 %, but from an eighth of the median, since there may be programs among the proven
// too, to a quarter of it, since few may be proven and none of them quick. 0 while too
// few have answered.
func (q *asked) tooFast() int64 {
	if q == nil || q.answers < leastAnswers {
		return 0
	}
	median := q.quantile(0.5)
	return min(max(q.quantile(0.01), median/8), median/4)
}

// rightShare is how likely a right answer is.
func (q *asked) rightShare() float64 { return float64(q.right+1) / float64(q.answers+2) }

// bits is how surprising a choice is, in bits: one of the crowd's usual answers
// tells little, a rare wrong one much.
func (q *asked) bits(choice string) float64 {
	n := q.choices[choice]
	return -math.Log2(float64(n+1) / float64(q.given+int64(len(q.choices))+1))
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
			q.note(&answers[i])
			if a.Proofs != "" && a.Held == int(contest.HeldNot) {
				q.learn(&answers[i])
			}
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
