package contest

import (
	"fmt"
	"hash/fnv"
	"io"
	"math/bits"
	"math/rand/v2"
	"slices"

	"anquanda/internal/question"
)

// Pool lists, by index in the bank, the questions that one Draw may take.
type Pool []int32

// Fits reports whether a question may be drawn.
func (d *Draw) Fits(q *question.Question) bool {
	return (len(d.List) == 0 || slices.Contains(d.List, q.ID)) &&
		(len(d.Kinds) == 0 || slices.Contains(d.Kinds, string(q.Kind))) &&
		(len(d.Difficulty) == 0 || slices.Contains(d.Difficulty, q.Difficulty)) &&
		sharesOne(d.Topics, q.Topics) && sharesOne(d.Audience, q.Audience)
}

// Meets reports whether some question may fit both, as far as that shows without the bank.
func (d *Draw) Meets(other *Draw) bool {
	return sharesOne(d.List, orAll(other.List, d.List)) && sharesOne(d.Kinds, orAll(other.Kinds, d.Kinds)) &&
		(len(d.Difficulty) == 0 || len(other.Difficulty) == 0 ||
			slices.ContainsFunc(d.Difficulty, func(n int) bool { return slices.Contains(other.Difficulty, n) }))
}

// orAll is a list, or all of another where it wants nothing.
func orAll(list, all []string) []string {
	if len(list) == 0 {
		return all
	}
	return list
}

func sharesOne(wanted, has []string) bool {
	if len(wanted) == 0 {
		return true
	}
	return slices.ContainsFunc(has, func(s string) bool { return slices.Contains(wanted, s) })
}

// Pools lists what each draw of the level may take from the bank, and refuses a
// bank that is too small with TooFew: whatever the draws before took, enough must be left.
func (l *Level) Pools(questions []question.Question) ([]Pool, error) {
	return poolsOf("questions", l.Questions, questions, (*Draw).Fits)
}

// poolsOf makes the pools of draws that stand under a key of the definition.
func poolsOf(
	key string, draws []Draw, questions []question.Question, fits func(*Draw, *question.Question) bool,
) ([]Pool, error) {
	pools := make([]Pool, len(draws))
	for i := range draws {
		draw := &draws[i]
		for index := range questions {
			if fits(draw, &questions[index]) {
				pools[i] = append(pools[i], int32(index))
			}
		}
		left := len(pools[i])
		for earlier := range i {
			left -= min(draws[earlier].Count, overlap(pools[earlier], pools[i]))
		}
		if left < draw.Count {
			return nil, &TooFew{Key: key, Draw: i, Wanted: draw.Count, Fit: max(left, 0)}
		}
	}
	return pools, nil
}

// TooFew says that a bank holds too few questions for a draw of a level or live room.
type TooFew struct {
	Key    string // where the draws stand: questions of a level, draw of a live room
	Draw   int    // index of the draw
	Wanted int
	Fit    int // questions that fit and that draws before leave
}

// Error tells the place and the two numbers.
func (e *TooFew) Error() string {
	return fmt.Sprintf("%s[%d]: %d questions are wanted, the bank has only %d that fit", e.Key, e.Draw, e.Wanted, e.Fit)
}

// overlap counts the questions in both; pools are ascending.
func overlap(a, b Pool) int {
	n, j := 0, 0
	for _, index := range a {
		for j < len(b) && b[j] < index {
			j++
		}
		if j < len(b) && b[j] == index {
			n++
		}
	}
	return n
}

// Asked is one question of a paper: its index in the bank, and of which draw.
type Asked struct {
	Question int32
	Draw     uint8
}

// Paper draws the questions of an attempt in the order in which they are asked.
// The same seed gives the same paper on every machine and in every version of
// this program: tickets and re-scoring rely on it. Questions that bonds keep from each
// other are not drawn together while the pools hold others, and those of one material
// come together (see cases); a bank without bonds has the papers that it had before
// there were any.
func (l *Level) Paper(pools []Pool, bonds *Bonds, seed uint64) []Asked {
	if l.Drawn == DrawnSame {
		seed = sameSeed(l.Key)
	}
	source := rand.NewPCG(seed, 0)
	paper := make([]Asked, 0, l.Count())
	for i, pool := range pools {
		if cases := bonds.casesIn(pool); cases != nil {
			paper = cases.draw(source, paper, pool, bonds, l.Questions[i].Count, uint8(i))
			continue
		}
		for range l.Questions[i].Count {
			pick := pool[below(source, len(pool))]
			for tries := 0; drawn(paper, pick) || tries < apartTries && bonds.clashes(pick, paper); tries++ {
				pick = pool[below(source, len(pool))]
			}
			paper = append(paper, Asked{pick, uint8(i)})
		}
	}
	if l.Whole() {
		l.shuffleSections(source, paper, bonds)
	} else {
		shuffle(source, paper)
		bonds.gather(paper)
	}
	return paper
}

// shuffleSections shuffles each section of a whole paper by itself.
func (l *Level) shuffleSections(source *rand.PCG, paper []Asked, bonds *Bonds) {
	for i := range l.Questions {
		count := l.Questions[i].Count
		shuffle(source, paper[:count])
		bonds.gather(paper[:count])
		paper = paper[count:]
	}
}

func drawn(paper []Asked, pick int32) bool {
	return slices.ContainsFunc(paper, func(a Asked) bool { return a.Question == pick })
}

// sameSeed is the seed of the one paper of a level: FNV-1a of its key.
func sameSeed(key string) uint64 {
	hash := fnv.New64a()
	io.WriteString(hash, key) //nolint:errcheck // a hash takes all
	return hash.Sum64()
}

// MatchOrder is the order in which the right side of a matching question is
// shown, as OptionOrder is for options.
func MatchOrder(q *question.Question, seed uint64, position int) []int {
	if len(q.Matches) == 0 {
		return nil
	}
	order := make([]int, len(q.Matches))
	for i := range order {
		order[i] = i
	}
	shuffle(rand.NewPCG(seed, uint64(position)<<32), order)
	return order
}

// OptionOrder is the order in which the options of the question at position
// (from 1) are shown: its entry i is the bank's index of the i-th shown.
func OptionOrder(q *question.Question, seed uint64, position int) []int {
	order := make([]int, len(q.Options))
	for i := range order {
		order[i] = i
	}
	if q.Kind.Shuffles() {
		shuffle(rand.NewPCG(seed, uint64(position)), order)
	}
	return order
}

func shuffle[T any](source *rand.PCG, items []T) {
	for i := len(items) - 1; i > 0; i-- {
		j := below(source, i+1)
		items[i], items[j] = items[j], items[i]
	}
}

// below draws from 0 to n-1. The bias of the plain multiply-shift is under
// n / 2^64 (Lemire 2019, "Fast Random Integer Generation in an Interval").
func below(source *rand.PCG, n int) int {
	high, _ := bits.Mul64(source.Uint64(), uint64(n))
	return int(high)
}
