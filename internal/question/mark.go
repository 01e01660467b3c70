package question

import "slices"

// Mark is how an answer is judged. Of a set of options that lacks right ones and holds no
// wrong one, Hit is how many of the Of right ones it holds; else Hit is 0.
type Mark struct {
	Right   bool
	Void    bool // the question counts as right for everybody, whatever was chosen
	Hit, Of int
}

// Voided is how every answer to a question is judged that was voided.
func Voided() Mark { return Mark{Right: true, Void: true} }

// Judge tells how far a choice is right.
func Judge(q *Question, choice Choice) Mark {
	m := Mark{Right: Grade(q, choice)}
	if m.Right || !q.Kind.Parts() {
		return m
	}
	for _, index := range choice.Options {
		if !slices.Contains(q.Right, index) {
			return Mark{}
		}
	}
	m.Hit, m.Of = len(choice.Options), len(q.Right)
	return m
}

// Parts reports whether a choice of this kind may be right in part.
func (k Kind) Parts() bool { return k.Takes() == TakesSet }
