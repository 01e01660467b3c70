// Package knowledge says what people know: how questions work, and what of each topic is
// known. It is pure: it takes the sheets of players one by one and returns values.
//
// Papers are drawn and tried again, so only a person's first meeting with a question
// counts; a later one tells of the memory of the paper. The rest of a person is the share
// right among all other questions that this person met first, for papers differ.
package knowledge

import (
	"cmp"
	"maps"
	"slices"

	"anquanda/internal/question"
	"anquanda/internal/report/tally"
	"anquanda/internal/sqldb"
)

const (
	// LeastAnswers is of how many first answers figures of a question are told.
	LeastAnswers = 30
	// LeastPeople is of how many people figures of a topic are told.
	LeastPeople = 10
	// leastRest is how many other questions a person must have met to be ranked by them.
	leastRest = 5
	// upper and lower are which part of the people is the good and the weak group: 27 %,
	// as Kelley (1939) found best, and as Chinese practice has it.
	groupPart = 0.27
)

// Groups of people by their share of right answers.
const (
	Weak = iota
	Middle
	Good
	groups
)

// Asked is a question with where it stands.
type Asked struct {
	Bank   string
	Voided bool
	*question.Question
}

// Item is how a question works.
type Item struct {
	Asked
	Answers, Right int64
	Facility       float64
	Error          float64 // standard error of the facility
	Low, High      float64 // the interval of 95 %
	// Discrimination is the correlation of being right with the rest of the person; Ranked
	// is of how many people it is. Discriminates is false where it cannot be said.
	Discrimination float64
	Discriminates  bool
	Ranked         int64
	Groups         [groups]Group
	MeanMS         int64
	Passed         int64 // nothing was chosen
	// Again is who met it more than once: how many were right at first and at last.
	Again, AgainFirst, AgainLast int64
	Today, TodayRight            int64
	Advice                       []Advice
}

// Group is how a group of people answered.
type Group struct {
	Answers, Right int64
	Chosen         []int64 // by option
}

// Cuts are the shares of right answers below and above which people are weak and good.
type Cuts struct{ Weak, Good float64 }

// Spread counts people by how many questions they met and had right.
type Spread struct {
	Met, Right int
	People     int64
}

// CutsOf finds the shares that part the weakest and the best 27 % of those who met enough.
func CutsOf(spread []Spread) Cuts {
	ranked := slices.DeleteFunc(slices.Clone(spread), func(s Spread) bool { return s.Met <= leastRest })
	share := func(s Spread) float64 { return float64(s.Right) / float64(s.Met) }
	slices.SortFunc(ranked, func(a, b Spread) int { return cmp.Compare(share(a), share(b)) })
	people := int64(0)
	for _, s := range ranked {
		people += s.People
	}
	cuts, before := Cuts{-1, 2}, int64(0)
	for _, s := range ranked {
		if float64(before) < groupPart*float64(people) {
			cuts.Weak = share(s)
		}
		if before += s.People; float64(before) <= (1-groupPart)*float64(people) {
			continue
		}
		if cuts.Good > 1 {
			cuts.Good = share(s)
		}
	}
	if cuts.Good <= cuts.Weak { // nearly all are alike: there are no groups
		return Cuts{-1, 2}
	}
	return cuts
}

func (c Cuts) of(share float64) int {
	switch {
	case share <= c.Weak:
		return Weak
	case share >= c.Good:
		return Good
	}
	return Middle
}

// Study takes sheets one by one and works out what people know.
type Study struct {
	asked  map[int]Asked
	cuts   Cuts
	today  int // the first hour of today
	group  func(tally.Person) []Cell
	week   func(hour int) string
	items  map[int]*counting
	papers map[string]*paper
	topics map[Cell]*Topic
	people int64
}

type counting struct {
	Item
	rest moments
	time int64
}

// Config is what a Study is made of.
type Config struct {
	Asked  map[int]Asked    // by the number that sheets use
	Papers map[string][]int // numbers of fixed papers, by the key of their level
	Cuts   Cuts
	Today  int                       // the hour at which today begins
	Group  func(tally.Person) []Cell // to whom a person belongs: cells without topic
	Week   func(hour int) string
}

// New begins a Study.
func New(c Config) *Study {
	s := &Study{asked: c.Asked, cuts: c.Cuts, today: c.Today, group: c.Group, week: c.Week, items: map[int]*counting{},
		papers: map[string]*paper{}, topics: map[Cell]*Topic{}}
	for key, items := range c.Papers {
		s.papers[key] = &paper{items: items, sums: make([]moments, len(items))}
	}
	return s
}

// Add takes the sheet of one more person.
func (s *Study) Add(p tally.Person) {
	if len(p.Meetings) == 0 {
		return
	}
	s.people++
	right := 0
	for i := range p.Meetings {
		if p.Meetings[i].Right {
			right++
		}
	}
	for i := range p.Meetings {
		s.meet(&p.Meetings[i], len(p.Meetings), right)
	}
	for _, paper := range s.papers {
		paper.take(p.Meetings)
	}
	s.addTopics(p)
}

func (s *Study) meet(m *tally.Meeting, met, right int) {
	asked, known := s.asked[m.Question]
	if !known {
		return // it is in no bank any more
	}
	c := s.items[m.Question]
	if c == nil {
		c = &counting{Item: Item{Asked: asked}}
		for g := range c.Groups {
			c.Groups[g].Chosen = make([]int64, len(asked.Options))
		}
		s.items[m.Question] = c
	}
	x := one(m.Right)
	c.Answers++
	c.Right += x
	c.time += m.UsedMS
	if m.Chosen == 0 && asked.Kind != question.Fill {
		c.Passed++
	}
	if m.Hour >= s.today {
		c.Today++
		c.TodayRight += x
	}
	if m.Again {
		c.Again++
		c.AgainFirst += x
		c.AgainLast += one(m.Last)
	}
	if others := met - 1; others >= leastRest {
		rest := float64(right-int(x)) / float64(others)
		c.rest.add(float64(x), rest)
		c.Groups[s.cuts.of(float64(right)/float64(met))].take(m)
	}
}

func (g *Group) take(m *tally.Meeting) {
	g.Answers++
	g.Right += one(m.Right)
	for i := range g.Chosen {
		if m.Chosen&(1<<i) != 0 {
			g.Chosen[i]++
		}
	}
}

func one(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// take counts a person who met all of the paper.
func (p *paper) take(meetings []tally.Meeting) {
	right := make([]bool, 0, len(p.items))
	for _, number := range p.items {
		at, found := slices.BinarySearchFunc(meetings, number, func(m tally.Meeting, n int) int {
			return cmp.Compare(m.Question, n)
		})
		if !found {
			return
		}
		right = append(right, meetings[at].Right)
	}
	p.add(right)
}

// Findings are what people know.
type Findings struct {
	People int64
	Cuts   Cuts
	Items  []Item           // those of LeastAnswers at least, the hardest first
	Few    int              // questions that were met, and less often
	Papers map[string]Alpha // by the key of a level with a fixed paper
	Topics []Topic          // those that are told, in order
}

// Findings ends the study.
func (s *Study) Findings() *Findings {
	f := &Findings{People: s.people, Cuts: s.cuts, Papers: map[string]Alpha{}, Topics: s.toldTopics()}
	for _, number := range slices.Sorted(maps.Keys(s.items)) {
		c := s.items[number]
		if c.Answers < LeastAnswers {
			f.Few++
			continue
		}
		f.Items = append(f.Items, c.finish())
	}
	slices.SortStableFunc(f.Items, func(a, b Item) int { return cmp.Compare(a.Facility, b.Facility) })
	for key, p := range s.papers {
		if alpha, ok := p.alpha(); ok && alpha.People >= LeastAnswers {
			f.Papers[key] = alpha
		}
	}
	return f
}

func (c *counting) finish() Item {
	item := c.Item
	item.Facility = float64(c.Right) / float64(c.Answers)
	item.Error = standardError(item.Facility, c.Answers)
	item.Low, item.High = wilson(c.Right, c.Answers)
	item.MeanMS = c.time / c.Answers
	item.Ranked = int64(c.rest.n)
	if item.Ranked >= LeastAnswers {
		item.Discrimination, item.Discriminates = c.rest.correlation()
	}
	item.Advice = adviceOn(&item)
	return item
}

// ByUnit names a person's unit for topics: of several, the one of the last visit.
func ByUnit(p tally.Person) sqldb.ID {
	if len(p.Visits) == 0 {
		return 0
	}
	return p.Visits[len(p.Visits)-1].Unit
}
