package draft

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

// Numbered is a question with its place among all found, from 1.
type Numbered struct {
	Number   int
	Question question.Question
	Missing  []string // the pictures that it names and nobody has
}

// Recheck finds what is wrong with one question that a person mended, as Read
// would have: the rules of its kind, and how it stands to others of the same
// stem. The cell of a problem is the JSON key of the field.
func Recheck(mended Numbered, others []Numbered) []Problem {
	d := &Draft{number: mended.Number, Q: mended.Question}
	seen := map[Code]bool{}
	for _, problem := range d.Q.Check() {
		code, detail := codeOf(&d.Q, problem), ""
		if code == Invalid || code == KindConflict || code == OptionRepeated {
			detail = problem.Message // the others say all by themselves
		}
		if !seen[code] || code == Invalid {
			d.Note(code, problem.Field, detail, "")
		}
		seen[code] = true
	}
	for _, name := range mended.Missing {
		d.Note(ImageMissing, d.Q.PictureField(name), name, name)
	}
	for _, other := range others {
		if !d.Rejected && bare(other.Question.Stem) == bare(d.Q.Stem) {
			compareTwo(&Draft{number: other.Number, Q: other.Question}, d)
		}
	}
	return d.Problems
}
