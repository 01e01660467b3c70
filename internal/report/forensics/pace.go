package forensics

import (
	"math"

	"anquanda/internal/conduct"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

// What is fast, and too sure, beside how proven persons answer. Where too few are proven
// it says nothing, and haste.go stands alone.
const (
	paceLeast = 20  // answers of a player before pace says anything
	fastShare = 0.5 // of them faster than anybody reads

	sureRight = 0.95 // right answers of one who is too sure,
	sureEasy  = 0.9  // where the crowd gets fewer right than this,
	surePace  = 0.2  // in less than this part of the crowd's usual time
)

// pace adds up how a player answers, beside the crowd on the same questions.
type pace struct {
	known       int     // answers whose question says how fast is usual
	fast, right int     // of them
	crowdRight  float64 // right answers that the crowd would have
	logTime     float64 // of the time used to the usual time
}

func (p *pace) add(c *crowd, a *play.Answer) {
	q := c.questions[a.QuestionID]
	limit := q.tooFast()
	if limit == 0 || a.Choice == "" {
		return
	}
	p.known++
	if a.Correct {
		p.right++
	}
	p.crowdRight += q.rightShare()
	if a.UsedMS < limit {
		p.fast++
	}
	p.logTime += math.Log(float64(max(a.UsedMS, 1)) / float64(max(q.quantile(0.5), 1)))
}

type paceEvidence struct {
	Answers    int `json:"answers"`
	Fast       int `json:"fast"`                  // faster than anybody reads
	Right      int `json:"right"`                 // percent
	CrowdRight int `json:"crowd_right,omitempty"` // percent, on the same questions
	Time       int `json:"time,omitempty"`        // percent of the usual time
}

func percent(part, of float64) int { return int(math.Round(100 * part / max(of, 1))) }

// judgePace signals a pace that is worth a look.
func (l *scan) judgePace(player sqldb.ID, p *pace) error {
	if p.known < paceLeast {
		return nil
	}
	time := math.Exp(p.logTime / float64(p.known))
	evidence := paceEvidence{Answers: p.known, Fast: p.fast, Right: percent(float64(p.right), float64(p.known)),
		CrowdRight: percent(p.crowdRight, float64(p.known)), Time: int(math.Round(100 * time))}
	if share := float64(p.fast) / float64(p.known); share >= fastShare {
		if err := l.signal(player, conduct.SignalSpeed, int(100*share), evidence); err != nil {
			return err
		}
	}
	if float64(p.right) >= sureRight*float64(p.known) && p.crowdRight <= sureEasy*float64(p.known) &&
		time <= surePace {
		return l.signal(player, conduct.SignalSure, int(100*(1-time)), evidence)
	}
	return nil
}
