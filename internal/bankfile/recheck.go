package bankfile

import "anquanda/internal/question"

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
