package contest

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"io"
	"slices"

	"anquanda/internal/question"
)

// Guests says how much of the banks players see who are not proven.
type Guests struct {
	// Questions is how many different ones of a bank are asked on a day, of all guests
	// together; 0: all. Without it guestQuestions where something is kept for proven
	// persons, and all elsewhere.
	Questions *int `yaml:"questions"`
}

// guestQuestions is under a twentieth of the bank that ships: made-up guests, however
// many, see no more of it on a day. Papers that are stored are drawn again by it, so
// another number would have to be told apart from this one.
const guestQuestions = 30

// GuestQuestions is how many different questions of a bank guests are asked on a day;
// 0: all of it.
func (d *Definition) GuestQuestions() int {
	if d.Players.Guests.Questions == nil {
		return 0
	}
	return *d.Players.Guests.Questions
}

// GuestDay is the day of the sample that an attempt is drawn from, begun at a moment
// (UTC ms) by a player who is proven in those ways; 0: it is drawn from the whole bank.
func (d *Definition) GuestDay(ways string, at int64) int {
	if d.GuestQuestions() == 0 || d.IsProven(ways) {
		return 0
	}
	return d.Day(at)
}

func (d *Definition) fillGuestDefaults() {
	if d.Players.Guests.Questions != nil {
		return
	}
	most := 0
	if d.keepsForProven() {
		most = guestQuestions
	}
	d.Players.Guests.Questions = &most
}

// keepsForProven reports whether the contest has anything that is for proven persons
// only.
func (d *Definition) keepsForProven() bool {
	invites := func(e Earning) bool { return e.For == DeedInvite }
	return slices.ContainsFunc(d.ProvenFor(), func(need Need) bool {
		return need != ForInvitations || slices.ContainsFunc(d.Earnings, invites)
	})
}

// maxGuestQuestions is more than any day needs.
const maxGuestQuestions = 10_000

func (c *checker) guests(p *Players) {
	const path = "players.guests.questions"
	if n := *p.Guests.Questions; n < 0 || n > maxGuestQuestions {
		c.add(path, "guests are asked from 1 to %d questions a day, or 0 for all of the bank", maxGuestQuestions)
	} else if n > 0 && len(p.Proof) == 0 {
		c.add(path, "say in players.proof what proves a person")
	}
}

// Sample narrows the pools of levels, all of one bank, to a day's sample for guests:
// about as many questions as the definition says, with for each draw at least as many
// as it takes, so that every paper can be filled. It is the same for all guests of a
// day, on every machine and in every version of this program. A level whose paper is
// the same for everybody keeps its pools; nil pools, of another bank, stay nil.
func (d *Definition) Sample(questions []question.Question, pools [][]Pool, day int) [][]Pool {
	s := newSampler(d, questions, pools, day)
	for _, level := range s.levels {
		for _, draw := range level {
			s.fill(level, draw)
		}
	}
	for grown := true; grown; {
		grown = s.widen()
	}
	return s.narrowed(pools)
}

// sampler gathers the sample of a day.
type sampler struct {
	cases  *cases
	most   int
	size   int
	in     []bool // by question: it is in the sample
	levels [][]*sampledDraw
}

// sampledDraw is a draw of a level that is sampled.
type sampledDraw struct {
	count int
	pool  Pool // in the order of the day
	next  int  // in pool: those before were looked at by widen
	takes Pool // at least; what one draw of a level takes no other of it does
}

func newSampler(d *Definition, questions []question.Question, pools [][]Pool, day int) *sampler {
	s := &sampler{cases: casesOf(questions), most: d.GuestQuestions(), in: make([]bool, len(questions)),
		levels: make([][]*sampledDraw, len(pools))}
	order := orderOfDay(d.Slug, day, questions, pools)
	s.cases.align(order)
	for i, draws := range pools {
		if d.Levels[i].Drawn == DrawnSame {
			continue
		}
		for j, pool := range draws {
			sorted := slices.Clone(pool)
			slices.SortFunc(sorted, func(a, b int32) int {
				return cmp.Or(cmp.Compare(order[a], order[b]), cmp.Compare(a, b))
			})
			s.levels[i] = append(s.levels[i], &sampledDraw{count: d.Levels[i].Questions[j].Count, pool: sorted})
		}
	}
	return s
}

// orderOfDay is the order in which the questions of a bank come on a day. What several
// levels can ask comes sooner, so that fewer questions fill the papers of all: by a
// third for each level, with which the shipped contest of six levels and 65 questions
// needs 30, on one day in a year 32. By half it was 33. From eight levels on chance alone
// decides, or too little of it would be left.
func orderOfDay(slug string, day int, questions []question.Question, pools [][]Pool) []uint64 {
	order, levels := make([]uint64, len(questions)), make([]int, len(questions))
	for i := range questions {
		order[i] = orderOn(slug, day, questions[i].ID)
	}
	for _, draws := range pools {
		fits := slices.Concat(draws...)
		slices.Sort(fits)
		for _, q := range slices.Compact(fits) {
			if levels[q]++; levels[q] <= 8 {
				order[q] /= 3
			}
		}
	}
	return order
}

// orderOn is where a question alone would stand in the order of a day: FNV-1a of contest, day and
// question, mixed by the finalizer of SplitMix64, since its high bits hang little on
// the last letters. It goes by the question's id, so that a correction of the bank on
// the same day shows nobody another sample.
func orderOn(slug string, day int, id string) uint64 {
	hash := fnv.New64a()
	io.WriteString(hash, slug)                                  //nolint:errcheck // a hash takes all
	hash.Write(binary.BigEndian.AppendUint32(nil, uint32(day))) //nolint:errcheck // a hash takes all
	io.WriteString(hash, id)                                    //nolint:errcheck // a hash takes all
	h := hash.Sum64()
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// fill lets a draw take as many questions as it asks: those first that other levels ask
// anyway. Pools has made sure that the draws before leave enough.
func (s *sampler) fill(level []*sampledDraw, draw *sampledDraw) {
	if s.cases.any(draw.pool) {
		s.fillCases(level, draw)
		return
	}
	for _, shared := range []bool{true, false} {
		for _, q := range draw.pool {
			if len(draw.takes) == draw.count {
				return
			}
			if s.in[q] == shared && !taken(level, q) {
				draw.takes = append(draw.takes, q)
				s.add(q)
			}
		}
	}
}

func taken(level []*sampledDraw, q int32) bool {
	return slices.ContainsFunc(level, func(d *sampledDraw) bool { return slices.Contains(d.takes, q) })
}

func (s *sampler) add(q int32) {
	if !s.in[q] {
		s.in[q] = true
		s.size++
	}
}

// widen adds a question for each draw in turn, as far as the sample may grow; false
// when it can grow no more.
func (s *sampler) widen() bool {
	grown := false
	for _, level := range s.levels {
		for _, draw := range level {
			for draw.next < len(draw.pool) && s.in[draw.pool[draw.next]] {
				draw.next++
			}
			if draw.next < len(draw.pool) && s.size < s.most {
				for _, q := range s.cases.with(draw.pool[draw.next], draw.pool) {
					s.add(q)
				}
				grown = true
			}
		}
	}
	return grown
}

// narrowed are the pools of the sample, ascending. What the draws of a level take stays
// apart, so that none of them can be left with too few.
func (s *sampler) narrowed(pools [][]Pool) [][]Pool {
	narrowed := slices.Clone(pools)
	for i, level := range s.levels {
		if level == nil {
			continue
		}
		narrowed[i] = make([]Pool, len(level))
		for j, draw := range level {
			draw.takes = append(draw.takes, s.spare(level, draw)...)
			slices.Sort(draw.takes)
			narrowed[i][j] = draw.takes
		}
	}
	return narrowed
}
