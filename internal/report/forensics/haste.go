package forensics

import (
	"anquanda/internal/conduct"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

// hasteEvidence is what nobody can have read: it rests on what reading takes at least
// (contest.LeastFor), not on what others do, so one attempt is enough.
type hasteEvidence struct {
	Attempts int    `json:"attempts"` // with so many hasty answers that they are held back
	Hasty    int    `json:"hasty"`    // answers in them that came faster than anybody reads
	Answers  int    `json:"answers"`  // in them
	Fastest  int64  `json:"fastest"`  // ms
	Least    int64  `json:"least"`    // ms, that reading this one takes at least
	Level    string `json:"level"`    // key, of the last such attempt
	At       int64  `json:"at"`       // when that ended, UTC ms
}

func (e *hasteEvidence) add(r *play.Recount) {
	if !r.IsHasty() {
		return
	}
	for i := range r.Answers {
		a := &r.Answers[i]
		if a.UsedMS < a.LeastMS && (e.Hasty == 0 || a.UsedMS < e.Fastest) {
			e.Fastest, e.Least = a.UsedMS, a.LeastMS
		}
		if a.UsedMS < a.LeastMS {
			e.Hasty++
		}
	}
	e.Attempts++
	e.Answers += len(r.Answers)
	e.Level, e.At = r.Stored.Level, r.Stored.FinishedAt
}

// Weights of haste: one attempt weighs as much as what is severe, each more a little.
const (
	hasteWeight = 70
	hasteMore   = 5
)

func (l *scan) judgeHaste(player sqldb.ID, e *hasteEvidence) error {
	if e.Attempts == 0 {
		return nil
	}
	return l.signal(player, conduct.SignalHaste, hasteWeight+hasteMore*(e.Attempts-1), e)
}
