package contest

import (
	"slices"
	"unicode/utf8"

	"anquanda/internal/question"
)

// Held says whether an attempt that ended counts. One in which somebody answered
// faster than anybody reads is held back until staff has looked: it has used a try
// and gives nothing, on no board, in no pool, drawing or invitation.
type Held int

// How an attempt is held.
const (
	HeldNot   Held = iota // it counts
	HeldWaits             // for staff to look
	HeldOut               // staff has looked: it does not count
)

// HastyAtMost is how many answers that are too fast hold an attempt back. One or two
// are a finger that slipped.
const HastyAtMost = 3

// How fast anybody can read, at the very most, in milliseconds: 10 ms a Chinese
// character, 3 ms a letter, at least leastFloor. Silent readers of Chinese take some
// 100 to 150 ms a character (400 to 600 a minute), so this is a tenth of it: who knows
// a question by heart still has to see it come, find the right option among shuffled
// ones (options count half: who finds it reads no further) and touch it, and the way to
// the server and back counts too. leastFloor is about a choice between two without any
// reading; leastMost is for texts of which nobody needs all.
const (
	leastAWide   = 10
	leastALetter = 3
	leastFloor   = 300
	leastMost    = 1500
)

// wide is where the scripts begin that write a syllable or a word a character.
const wide = 0x2e80

// LeastFor is the least time that an answer to a question takes who reads it, in
// milliseconds: by the length of stem and options, or more where the level says so.
// 0: the level sets none.
func (l *Level) LeastFor(q *question.Question) int64 {
	said := int64(0)
	if l.Time.Least != nil {
		if said = l.Time.Least.MS(); said == 0 {
			return 0
		}
	}
	options := int64(0)
	for _, option := range q.Options {
		options += readingMS(option)
	}
	for _, match := range q.Matches {
		options += readingMS(match)
	}
	least := readingMS(q.Stem) + options/2
	return max(said, min(max(least, leastFloor), leastMost))
}

func readingMS(text string) int64 {
	ms := int64(0)
	for _, r := range text {
		if r >= wide && r != utf8.RuneError {
			ms += leastAWide
		} else {
			ms += leastALetter
		}
	}
	return ms
}

// slowly is how many times longer than anybody at all a slow reader takes, who is old or
// reads little: 250 ms a Chinese character (four a second, about as fast as people read
// aloud) and 75 ms a letter. lookMS is for how long a picture is looked at, in ms. Both are
// assumptions; nobody was measured.
const (
	slowly = 25
	lookMS = 5_000
)

// SlowReading is what reading a question with all of its options takes a slow reader, in
// ms, and what its material takes before it: 0 for none.
func SlowReading(q *question.Question) (asked, material int64) {
	asked = slowly * readingMS(q.Stem)
	for _, text := range slices.Concat(q.Options, q.Matches) {
		asked += slowly * readingMS(text)
	}
	for _, picture := range append(slices.Clone(q.OptionImages), q.Image) {
		if picture != "" {
			asked += lookMS
		}
	}
	if m := q.Material; m != nil {
		material = slowly * (readingMS(m.Title) + readingMS(m.Text))
		if m.Image != "" {
			material += lookMS
		}
	}
	return asked, material
}

// HeldBy tells whether an attempt that asked so many questions is held back for so
// many answers that were too fast: for three, on a shorter paper for all but never
// for one. What counts for nothing is not held.
func HeldBy(hasty, asked int, training bool) Held {
	if training || hasty < max(2, min(HastyAtMost, asked)) {
		return HeldNot
	}
	return HeldWaits
}
