package bankfile

import (
	"crypto/sha256"
	"encoding/hex"

	"anquanda/internal/question"
)

// MakeID makes an id from the kind and the stem, so that the same question keeps
// its id when a corrected file is read again.
func MakeID(q *question.Question) string {
	sum := sha256.Sum256([]byte(string(q.Kind) + "\n" + bare(q.Stem)))
	return "q-" + hex.EncodeToString(sum[:6])
}

// Title says in a few words what the code stands for.
func (c Code) Title() string { return codes[c].why }

// Numbered is a question with its place among all found, from 1.
type Numbered struct {
	Number   int
	Question question.Question
}

// Recheck finds what is wrong with one question that a person mended, as Read
// would have: the rules of its kind, and how it stands to others of the same
// stem. The cell of a problem is the JSON key of the field.
func Recheck(mended Numbered, others []Numbered) []Problem {
	d := &draft{number: mended.Number, q: mended.Question}
	seen := map[Code]bool{}
	for _, problem := range d.q.Check() {
		code, detail := codeOf(&d.q, problem), ""
		if code == Invalid || code == KindConflict || code == OptionRepeated {
			detail = problem.Message // the others say all by themselves
		}
		if !seen[code] || code == Invalid {
			d.note(code, problem.Field, detail, "")
		}
		seen[code] = true
	}
	for _, other := range others {
		if !d.rejected && bare(other.Question.Stem) == bare(d.q.Stem) {
			compareTwo(&draft{number: other.Number, q: other.Question}, d)
		}
	}
	return d.problems
}
