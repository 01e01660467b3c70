package play

import (
	"slices"
	"strconv"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
)

// Asked is a question as a player sees it: shuffled, under opaque ids, without
// its answer.
type Asked struct {
	ID       string // opaque
	Position int    // from 1
	Kind     question.Kind
	Material *question.Material // what is read before it; nil for none
	Stem     string
	Image    string // name of the picture; empty for none
	ImageAlt string // what the picture shows
	Options  []Option
	Matches  []Option // the right side of a matching question
	Blanks   int
	Topic    string
	LimitMS  int64 // time to think
	Deadline int64 // the last moment that an answer is taken, UTC ms
	LoadMS   int64 // by how much Response.ShownMS may put that off
}

// Option is one option under its opaque id.
type Option struct {
	ID    string
	Text  string
	Image string // name of its picture; empty for none
}

// Response is what a player sends for one question, by opaque ids. Wait asks that
// the next question waits until it is asked for (HandOut): the player reads the
// verdict first. ShownMS is how long the question took to come before the player, as
// the phone says.
type Response struct {
	Question string
	Options  []string
	Blanks   []string
	Wait     bool
	ShownMS  int64
}

// stage is a ticket together with what it points to.
type stage struct {
	ticket   *ticket
	sheet    *sheet
	clock    contest.Clock
	question *question.Question
	order    []int // of the options, by the bank's index
	matches  []int // of the right side of a matching question
}

// stageOf finds the question that the ticket may answer.
func stageOf(c *catalog.Contest, t *ticket) (*stage, error) {
	s, err := sheetOf(c, int(t.Level), t.Seed, t.Sample, t.Carried)
	if err != nil {
		return nil, ErrTicket
	}
	s.large = t.Large
	return s.stage(t)
}

// stage finds the question that a ticket of the sheet's attempt may answer.
func (s *sheet) stage(t *ticket) (*stage, error) {
	if t.Position < 1 || int(t.Position) > len(s.asked) {
		return nil, ErrTicket
	}
	q := s.question(int(t.Position))
	return &stage{ticket: t, sheet: s, clock: s.contest.Clock(s.level, t.Large), question: q,
		order: contest.OptionOrder(q, t.Seed, int(t.Position)), matches: contest.MatchOrder(q, t.Seed, int(t.Position))}, nil
}

// ask makes the question ready for the player, once the ticket is sealed that goes with it.
func (st *stage) ask() *Asked {
	asked := &Asked{
		ID:       st.ticket.opaque(questionMark),
		Position: int(st.ticket.Position),
		Kind:     st.question.Kind,
		Material: st.question.Material,
		Stem:     st.question.Stem,
		Image:    st.question.Image,
		ImageAlt: st.question.ImageAlt,
		Options:  make([]Option, len(st.order)),
		Blanks:   len(st.question.Blanks),
		LimitMS:  st.clock.Question,
		Deadline: st.questionDeadline(0),
	}
	asked.LoadMS = st.questionDeadline(st.clock.Load) - asked.Deadline
	if len(st.question.Topics) > 0 {
		asked.Topic = st.question.Topics[0]
	}
	for i, index := range st.order {
		asked.Options[i] = Option{ID: st.ticket.opaque(uint8(index)),
			Text: st.question.Options[index], Image: st.question.OptionImage(index)}
	}
	for _, index := range st.matches {
		asked.Matches = append(asked.Matches, Option{ID: st.ticket.opaque(matchMark | uint8(index)),
			Text: st.question.Matches[index]})
	}
	return asked
}

// choose turns a response's opaque ids into a choice by the bank's indexes.
// Errors: ErrOutOfOrder, option_unknown, invalid_field.
func (st *stage) choose(r Response) (question.Choice, error) {
	if r.Question != st.ticket.opaque(questionMark) {
		return question.Choice{}, ErrOutOfOrder
	}
	indexes, mark := st.order, uint8(0)
	if st.question.Kind.Takes() == question.TakesMatch {
		indexes, mark = st.matches, matchMark
	}
	var choice question.Choice
	for i, id := range r.Options {
		at := slices.IndexFunc(indexes, func(index int) bool {
			return st.ticket.opaque(mark|uint8(index)) == id
		})
		if at < 0 {
			unknown := *errOption
			unknown.Field = "options[" + strconv.Itoa(i) + "]"
			return question.Choice{}, &unknown
		}
		choice.Options = append(choice.Options, indexes[at])
	}
	choice.Blanks = r.Blanks
	if wrong := st.question.Shape(&choice); wrong != nil {
		return question.Choice{}, errs.InvalidField(wrong.Field, wrong.Message)
	}
	return choice, nil
}

var errOption = errs.New(errs.Invalid, "option_unknown", "没有这个选项")
