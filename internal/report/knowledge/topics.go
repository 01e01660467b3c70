package knowledge

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"anquanda/internal/report/tally"
)

// Cell is a topic and whom it is told of.
type Cell struct {
	Topic string
	By    string // "" all people, unit, division, audience, week
	Ref   string // which of them
}

// Kinds of cells.
const (
	ByAll      = ""
	ByUnits    = "unit"
	ByDivision = "division"
	ByAudience = "audience"
	ByWeek     = "week"
)

// Topic is what is known of a topic.
type Topic struct {
	Cell
	People, Answers, Right int64
	Low, High              float64 // the interval of 95 % of the share right
	// Again is the questions met more than once, by the same people: right at first and last.
	Again, AgainFirst, AgainLast int64
}

// Share is which part of the first answers is right.
func (t *Topic) Share() float64 { return float64(t.Right) / float64(t.Answers) }

// addTopics adds what a person knows, counting the person once in each cell.
func (s *Study) addTopics(p tally.Person) {
	own := map[Cell]*Topic{}
	belongs := append(s.group(p), Cell{})
	add := func(cell Cell, m *tally.Meeting) {
		t := own[cell]
		if t == nil {
			t = &Topic{Cell: cell, People: 1}
			own[cell] = t
		}
		t.Answers++
		t.Right += one(m.Right)
		if m.Again {
			t.Again++
			t.AgainFirst += one(m.Right)
			t.AgainLast += one(m.Last)
		}
	}
	for i := range p.Meetings {
		m := &p.Meetings[i]
		asked, known := s.asked[m.Question]
		if !known || len(asked.Topics) == 0 {
			continue
		}
		topic := asked.Topics[0]
		for _, cell := range belongs {
			add(Cell{topic, cell.By, cell.Ref}, m)
		}
		add(Cell{topic, ByWeek, s.week(m.Hour)}, m)
		for _, audience := range asked.Audience {
			add(Cell{topic, ByAudience, audience}, m)
		}
	}
	for cell, t := range own {
		sum := s.topics[cell]
		if sum == nil {
			sum = &Topic{Cell: cell}
			s.topics[cell] = sum
		}
		sum.People += t.People
		sum.Answers += t.Answers
		sum.Right += t.Right
		sum.Again += t.Again
		sum.AgainFirst += t.AgainFirst
		sum.AgainLast += t.AgainLast
	}
}

// toldTopics are the cells that may be told: those of enough people. Where what is hidden
// of a topic is few people, the least of those told is hidden too, for it would be found by
// taking all told ones away from the topic.
func (s *Study) toldTopics() []Topic {
	cells := slices.SortedFunc(maps.Keys(s.topics), func(a, b Cell) int {
		return cmp.Or(strings.Compare(a.Topic, b.Topic), strings.Compare(a.By, b.By), strings.Compare(a.Ref, b.Ref))
	})
	var told []Topic
	for len(cells) > 0 {
		n := 1
		for n < len(cells) && cells[n].Topic == cells[0].Topic && cells[n].By == cells[0].By {
			n++
		}
		told = append(told, s.toldOf(cells[:n])...)
		cells = cells[n:]
	}
	return told
}

// toldOf are those of the cells of one topic and kind that may be told.
func (s *Study) toldOf(cells []Cell) []Topic {
	var told []Topic
	hidden := int64(0)
	for _, cell := range cells {
		t := *s.topics[cell]
		if t.People < LeastPeople {
			hidden += t.People
			continue
		}
		t.Low, t.High = wilson(t.Right, t.Answers)
		told = append(told, t)
	}
	// People of two weeks, or questions for two audiences, do not part the topic; hiding one
	// more does no harm there.
	for hidden > 0 && hidden < LeastPeople && len(told) > 0 {
		least := 0
		for i := range told {
			if told[i].People < told[least].People {
				least = i
			}
		}
		hidden += told[least].People
		told = slices.Delete(told, least, least+1)
	}
	return told
}
