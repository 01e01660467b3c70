package roomview

import (
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/live"
	"anquanda/internal/live/room"
	"anquanda/internal/question"
)

// RoomOf tells of a room without what only some may have: its question and its key.
func RoomOf(in *catalog.Contest, seen *live.Seen, now int64) Room {
	s, plan := &seen.State, &seen.Plan.Live
	connected, _ := seen.Connected()
	reply := Room{
		Room: seen.RoomID.String(), Contest: in.Slug, Seq: seen.Version(), ServerTime: now, Title: plan.Title,
		Mode: plan.Mode, Code: seen.Code, Locked: s.Locked, Rehearsal: seen.Rehearsal, Phase: s.Phase, Round: s.Round(),
		Questions: len(seen.Plan.Questions), Members: len(seen.Table.Order), Connected: connected, Alive: seen.Table.Alive,
		Answered: seen.Answered, LimitMS: plan.Time.Question.MS(), Change: plan.Change, StartsAt: plan.Starts.MS,
		Runs: plan.Runs, Confirmed: s.Confirmed > 0, Host: s.Host.Name,
		HostHere: seen.HostHere, Message: s.Message, Voided: []int{},
	}
	if r := s.Current(); r != nil {
		reply.Kind, reply.Number, reply.OpensAt, reply.ClosesAt = r.Kind, r.Number, r.OpensAt, r.ClosesAt
		if r.Number > 0 {
			reply.Number = r.Number
		}
	}
	for round := s.From + 1; round <= s.Round(); round++ {
		if r := s.At(round); r.Voided && r.Number > 0 {
			reply.Voided = append(reply.Voided, r.Number)
		}
	}
	if s.Phase == room.Lobby {
		reply.Round, reply.Number = 0, 0
	}
	reply.Reveal = revealOf(seen)
	if s.Help != nil && s.Help.Round == s.Round() && s.Taking() {
		reply.Help = &Help{Bars: BarsOf(s.Help.Bars)}
	}
	return reply
}

// Told reports whether what was right in the round asked last is out.
func Told(seen *live.Seen) bool {
	switch seen.State.Phase {
	case room.Revealed, room.Standings, room.Podium, room.Over:
		r := seen.State.Current()
		return r != nil && r.Shut && !r.Skipped && seen.State.Round() > seen.State.From
	}
	return false
}

func revealOf(seen *live.Seen) *Reveal {
	if !Told(seen) {
		return nil
	}
	round := seen.State.Round()
	reply := RightOf(seen, round)
	reply.Bars = BarsOf(seen.Counts[round-1])
	reply.Correct, reply.Answered = seen.Right(round)
	return &reply
}

// RightOf tells what is right in a round, for who may know it.
func RightOf(seen *live.Seen, round int) Reveal {
	q := seen.Plan.Question(seen.State.At(round))
	reply := Reveal{Right: []string{}, Blanks: []string{}, Explanation: q.Explanation, Bars: []Bar{}}
	if q.Source.Title != "" {
		reply.Source = q.Source.String()
	}
	order := seen.Plan.Order(round, q)
	places := make([]int, len(order))
	for place, index := range order {
		places[index] = place
	}
	for _, index := range q.Right {
		reply.Right = append(reply.Right, live.Letter(places[index]))
	}
	if q.Kind != question.Ordering {
		slices.Sort(reply.Right)
	}
	for _, accepted := range q.Blanks {
		reply.Blanks = append(reply.Blanks, accepted[0])
	}
	return reply
}

// BarsOf counts options by their letters; counts are by place.
func BarsOf(counts []int32) []Bar {
	bars := make([]Bar, len(counts))
	for place, count := range counts {
		bars[place] = Bar{live.Letter(place), count}
	}
	return bars
}

// QuestionOf is the question of a round as it is shown.
func QuestionOf(seen *live.Seen, round int) *Question {
	r := seen.State.At(round)
	if r == nil {
		return nil
	}
	q := seen.Plan.Question(r)
	reply := &Question{Round: round, Kind: q.Kind, Stem: q.Stem, Image: q.Image, ImageAlt: q.ImageAlt,
		Options: []Option{}, Blanks: len(q.Blanks)}
	if len(q.Topics) > 0 {
		reply.Topic = q.Topics[0]
	}
	for place, index := range seen.Plan.Order(round, q) {
		reply.Options = append(reply.Options, Option{live.Letter(place), q.Options[index]})
	}
	return reply
}
