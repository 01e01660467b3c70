// Package room is the rules of a live room, pure: which step may follow which, who may
// answer, what an answer is worth, who is left and who stands where. Nothing here
// reads a clock, a store or chance, so every node comes to the same result from the
// same rows. All times are UTC milliseconds.
package room

import (
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/question"
)

// Phase is where a room stands.
type Phase string

// The phases, in the order in which a question goes through them.
const (
	Lobby     Phase = "lobby"
	Ready     Phase = "ready"  // the question is with the phones, sealed
	Open      Phase = "open"   // from the press on: it opens at Round.OpensAt
	Paused    Phase = "paused" // while it was open
	Closed    Phase = "closed" // answers are counted
	Revealed  Phase = "revealed"
	Standings Phase = "standings"
	Podium    Phase = "podium"
	Over      Phase = "over"
)

// Grace is how long after the close an answer that was under way is still taken, in
// ms, by the server's clock at its receipt. It is the same for everybody, and what a
// phone says of its network does not move it.
const Grace = 600

// CommitGrace is how long after the close the round is shut, in ms: what was received
// in the grace has this time to be stored.
const CommitGrace = 900

// Bounds of a room.
const (
	MaxRounds = 100
	MaxDelay  = 30_000 // ms
	MaxExtend = 300    // seconds at a time
	MaxBarred = 100    // networks
)

// Plan is what a room was made with. It is never changed: a promise is a copy.
type Plan struct {
	Live      contest.Live        `json:"live"`
	Questions []question.Question `json:"questions"` // in the order in which they are asked
	Warmup    *question.Question  `json:"warmup"`    // beside them; nil: the bank had no more
	Seed      uint64              `json:"seed"`      // orders the options, for everybody alike
}

// Kind is what a round is for.
type Kind string

// The kinds of round.
const (
	Normal  Kind = "normal"
	Warmup  Kind = "warmup"  // counts for nothing
	Revival Kind = "revival" // for those who are out
)

// Round is one question that was asked.
type Round struct {
	Kind     Kind  `json:"kind"`
	Number   int   `json:"number"` // of the question in the plan, from 1; 0 for a warm-up
	OpensAt  int64 `json:"opens_at"`
	ClosesAt int64 `json:"closes_at"`
	// Members is how many had joined when the host pressed: those with a higher number
	// came later.
	Members int   `json:"members"`
	Shut    bool  `json:"shut"` // no answer is taken any more
	Voided  bool  `json:"voided"`
	Skipped bool  `json:"skipped"` // never scored
	Right   []int `json:"right"`   // by the bank's index; nil: as the question says
	// Fixed is how many rounds had been opened when the round was voided, brought back or
	// corrected last; 0: never.
	Fixed int `json:"fixed"`
}

// Host is who leads the room.
type Host struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

// Help is what those who are out chose, shown to those who are left.
type Help struct {
	Round int     `json:"round"`
	Bars  []int32 `json:"bars"` // by the option's place as shown
}

// State is where a room stands, with all that happened. It changes by Step alone, and
// each change has the next Seq.
type State struct {
	Seq       int64   `json:"seq"`
	Phase     Phase   `json:"phase"`
	Rounds    []Round `json:"rounds"`
	From      int     `json:"from"`      // rounds before it were wiped by a reset
	Due       int64   `json:"due"`       // when time brings the next step; 0: never
	PausedAt  int64   `json:"paused_at"` // when the pause began; 0: none
	Delay     int64   `json:"delay"`     // ms between press and opening, beside the countdown
	Locked    bool    `json:"locked"`
	Host      Host    `json:"host"`
	Help      *Help   `json:"help"`
	Confirmed int     `json:"confirmed"` // how often the result was confirmed
	Changed   bool    `json:"changed"`   // since: the result may be confirmed once more
	// Barred are networks from which nobody new comes in, as Service.Join is told of them.
	Barred []string `json:"barred"`
	// Touched counts what staff did to members: nodes read those anew when it grows.
	Touched int    `json:"touched"`
	Message string `json:"message"`
	EndedAt int64  `json:"ended_at"` // when it was over
}

// New is the state of a room that was just made.
func New(p *Plan) State {
	s := State{Seq: 1, Phase: Lobby, Delay: p.Live.Time.Delay.MS()}
	if p.Live.Runs == contest.RunByClock {
		s.Due = p.Live.Starts.MS
	}
	return s
}

// Round is the number of the round that was asked last, from 1; 0 before the first.
func (s *State) Round() int { return len(s.Rounds) }

// Current is the round that was asked last; nil before the first.
func (s *State) Current() *Round { return s.At(len(s.Rounds)) }

// At is the round of that number, from 1; nil for none.
func (s *State) At(round int) *Round {
	if round < 1 || round > len(s.Rounds) {
		return nil
	}
	return &s.Rounds[round-1]
}

// Asked is how many questions of the plan have been asked, skipped ones too.
func (s *State) Asked() int {
	asked := 0
	for i := range s.Rounds {
		asked = max(asked, s.Rounds[i].Number)
	}
	return asked
}

// Taking reports whether answers to the round asked last may still be stored: its
// gate is open.
func (s *State) Taking() bool { return s.Phase == Open || s.Phase == Paused }

// Opened reports whether the opening of the round asked last has come: until then nobody
// may read its question. A pause holds an opening up.
func (s *State) Opened(now int64) bool {
	r := s.Current()
	switch {
	case r == nil || r.OpensAt == 0:
		return false
	case s.Phase == Open:
		return now >= r.OpensAt
	case s.Phase == Paused:
		return s.PausedAt >= r.OpensAt
	}
	return true
}

// opened is how many rounds have been opened, or may be answered no more.
func (s *State) opened() int {
	if s.Phase == Ready {
		return s.Round() - 1
	}
	return s.Round()
}

// Counts reports whether a round's answers are points.
func (s *State) Counts(round int) bool {
	r := s.At(round)
	return r != nil && round > s.From && r.Shut && !r.Voided && !r.Skipped && r.Kind != Warmup
}

// Question is what a round asks, with the right answer as staff corrected it.
func (p *Plan) Question(r *Round) *question.Question {
	q := p.Warmup
	if r.Number > 0 {
		q = &p.Questions[r.Number-1]
	}
	if r.Right == nil || q == nil {
		return q
	}
	corrected := *q
	corrected.Right = r.Right
	return &corrected
}

// FirstRight is Right, before staff corrected what is right.
func (p *Plan) FirstRight(r *Round, choice question.Choice) bool {
	first := *r
	first.Right = nil
	return p.Right(&first, choice)
}

// Right reports whether a choice is right in a round. A corrected question that asks
// for one option takes any of the right ones.
func (p *Plan) Right(r *Round, choice question.Choice) bool {
	q := p.Question(r)
	if r.Right != nil && q.Kind.Takes() == question.TakesOne {
		return len(choice.Options) == 1 && slices.Contains(r.Right, choice.Options[0])
	}
	return question.Grade(q, choice)
}

// Order is how the options of a round are shown, to everybody alike: its entry i is the
// bank's index of the i-th.
func (p *Plan) Order(round int, q *question.Question) []int {
	return contest.OptionOrder(q, p.Seed, round)
}
