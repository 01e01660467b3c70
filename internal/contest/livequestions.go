package contest

import (
	"fmt"
	"slices"

	"anquanda/internal/question"
)

// liveKinds are the kinds of question that a live room can ask. A matching question
// takes longer than everybody waits, and so does a material that is to be read first.
var liveKinds = []question.Kind{
	question.Single, question.Multiple, question.Indefinite, question.TrueFalse, question.Fill, question.Ordering,
}

// LiveKind reports whether a live room can ask questions of a kind.
func LiveKind(kind question.Kind) bool { return slices.Contains(liveKinds, kind) }

// Count is how many questions the room asks, beside those of a revival.
func (l *Live) Count() int {
	count := len(l.List)
	for i := range l.Draw {
		count += l.Draw[i].Count
	}
	return count
}

// Pools lists what each draw of the room may take from the bank, in the order in which
// the draws are asked; none where the room has a list. Error: TooFew.
func (l *Live) Pools(questions []question.Question) ([]Pool, error) {
	return poolsOf("draw", l.Draw, questions, func(draw *Draw, q *question.Question) bool {
		return LiveKind(q.Kind) && len(q.OptionImages) == 0 && q.Material == nil && draw.Fits(q)
	})
}

// Listed finds the questions of the room's list in the bank, in its order; none where
// the room draws. Error: Unlisted.
func (l *Live) Listed(questions []question.Question) (Pool, error) {
	listed := make(Pool, 0, len(l.List))
	for i, id := range l.List {
		index := slices.IndexFunc(questions, func(q question.Question) bool { return q.ID == id })
		if index < 0 {
			return nil, &Unlisted{At: i, ID: id}
		}
		q := &questions[index]
		wrong := Unlisted{At: i, ID: id, Kind: q.Kind, Pictured: len(q.OptionImages) > 0, Material: q.Material != nil}
		if !LiveKind(q.Kind) || wrong.Pictured || wrong.Material {
			return nil, &wrong
		}
		listed = append(listed, int32(index))
	}
	return listed, nil
}

// Unlisted says that a bank does not hold a question of a live room's list, or holds
// one that no live room can ask.
type Unlisted struct {
	At   int // index in the list
	ID   string
	Kind question.Kind // of the question; empty where there is none
	// Pictured tells that its options are pictures, which the page of a room does not show.
	Pictured bool
	// Material tells that it is asked about a material, which takes longer to read than
	// a question of a room lasts.
	Material bool
}

// Error tells the place and the question.
func (e *Unlisted) Error() string {
	if e.Kind == "" {
		return fmt.Sprintf("list[%d]: the bank has no question %q", e.At, e.ID)
	}
	if e.Pictured {
		return fmt.Sprintf("list[%d]: a live room asks no questions whose options are pictures, as those of %q are",
			e.At, e.ID)
	}
	if e.Material {
		return fmt.Sprintf("list[%d]: a live room asks no questions with a material to read, as %q has", e.At, e.ID)
	}
	return fmt.Sprintf("list[%d]: a live room asks no questions of kind %q, as %q is", e.At, e.Kind, e.ID)
}
