package forensics

import (
	"context"
	"hash/maphash"
	"math"
	"slices"

	"anquanda/internal/conduct"
	"anquanda/internal/sqldb"
)

// sameSpare is how many bits above the number of pairs that are compared an equal
// set of answers must surprise: at ten, chance alone makes one such pair in a
// thousand contests.
const sameSpare = 10

// sameWrong is how many of the equal answers must be wrong: right ones are equal
// by themselves.
const sameWrong = 3

// sheetSeen is the answers of one attempt, while others may finish close to it.
type sheetSeen struct {
	finishedRow
	wrong int
}

type sameEvidence struct {
	Attempts int      `json:"attempts"` // of the player, equal to somebody's
	Wrong    int      `json:"wrong"`    // equal wrong answers in the most telling one
	Bits     int      `json:"bits"`     // how surprising it is
	Seconds  int64    `json:"seconds"`  // between the two attempts
	Level    string   `json:"level"`
	At       int64    `json:"at"`
	Others   []string `json:"others"`
}

// sameAnswers looks for players who gave the same answers, wrong ones among them,
// to the same questions within minutes.
func (l *scan) sameAnswers(ctx context.Context) error {
	seed := maphash.MakeSeed()
	needed := math.Log2(l.crowd.pairs()) + sameSpare
	recent := map[uint64][]sheetSeen{}
	found := map[sqldb.ID]*sameEvidence{}
	cleared := int64(0)
	err := l.eachFinished(ctx, func(a *finishedRow, answers []answerRow) error {
		if now := a.FinishedAt / windowMS; now != cleared {
			forget(recent, a.FinishedAt-windowMS)
			cleared = now
		}
		key, wrong, bits := l.fingerprint(seed, a, answers)
		if wrong < sameWrong || bits < needed {
			return nil
		}
		for i := range recent[key] {
			if other := &recent[key][i]; other.PlayerID != a.PlayerID && a.FinishedAt-other.FinishedAt <= windowMS {
				noteSame(found, a, other, wrong, int(bits))
			}
		}
		recent[key] = append(recent[key], sheetSeen{*a, wrong})
		return nil
	})
	if err != nil {
		return err
	}
	for player, evidence := range found {
		if err := l.signal(player, conduct.SignalSame, 40+20*evidence.Attempts, evidence); err != nil {
			return err
		}
	}
	return nil
}

// fingerprint is the same for attempts of a level with equal answers, in whatever
// order the questions came.
func (l *scan) fingerprint(
	seed maphash.Seed, a *finishedRow, answers []answerRow,
) (key uint64, wrong int, bits float64) {
	var h maphash.Hash
	h.SetSeed(seed)
	h.WriteString(a.Level) //nolint:errcheck // it never fails
	for i := range answers {
		answer := &answers[i]
		h.WriteString("\x00" + answer.QuestionID + "\x01" + answer.Choice) //nolint:errcheck // it never fails
		if !answer.Correct {
			wrong++
		}
		if q := l.crowd.questions[answer.QuestionID]; q != nil {
			bits += q.bits(answer.Choice)
		}
	}
	return h.Sum64(), wrong, bits
}

func forget(recent map[uint64][]sheetSeen, before int64) {
	for key, seen := range recent {
		if seen[len(seen)-1].FinishedAt < before {
			delete(recent, key)
		}
	}
}

func noteSame(found map[sqldb.ID]*sameEvidence, a *finishedRow, other *sheetSeen, wrong, bits int) {
	for _, pair := range [][2]*finishedRow{{a, &other.finishedRow}, {&other.finishedRow, a}} {
		mine, theirs := pair[0], pair[1]
		e := found[mine.PlayerID]
		if e == nil {
			e = &sameEvidence{Others: []string{}}
			found[mine.PlayerID] = e
		}
		e.Attempts++
		if bits > e.Bits {
			e.Bits, e.Wrong, e.Level, e.At, e.Seconds = bits, wrong, mine.Level, mine.FinishedAt,
				(a.FinishedAt-other.FinishedAt)/1000
		}
		for _, name := range others(mine.PlayerID, []sqldb.ID{theirs.PlayerID}) {
			if len(e.Others) < 20 && !slices.Contains(e.Others, name) {
				e.Others = append(e.Others, name)
			}
		}
	}
}
