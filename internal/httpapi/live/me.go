package live

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/httpapi/roomview"
	rooms "anquanda/internal/live"
	"anquanda/internal/live/room"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// meReply is how a player stands. What a push leaves out (name, unit, answer, revival)
// stays as the last snapshot said.
type meReply struct {
	Number    int32         `json:"number"`
	Name      string        `json:"name,omitempty"`
	Unit      *string       `json:"unit,omitempty"`
	Since     int           `json:"since_round"`
	MayAnswer bool          `json:"may_answer"`
	Watching  bool          `json:"watching"`
	Alive     bool          `json:"alive"`
	OutRound  int32         `json:"out_round"`
	Answer    *answerReply  `json:"answer,omitempty"`
	Result    *resultReply  `json:"result"`
	Points    int32         `json:"points"`
	Right     int32         `json:"right"`
	Rank      int32         `json:"rank"`
	Of        int           `json:"of"`
	Team      *teamReply    `json:"team"`
	Revival   *revivalReply `json:"revival,omitempty"`
	Removed   bool          `json:"removed"`
	// Of the pot: the one or the other, 0 without a part of it.
	ShareCents  int `json:"share_cents"`
	SharePoints int `json:"share_points"`
}

// answerReply is what a player has answered; Round 0 is nothing yet.
type answerReply struct {
	Round    int      `json:"round"`
	Revision int      `json:"revision"`
	Options  []string `json:"options"`
	Blanks   []string `json:"blanks"`
}

type resultReply struct {
	Round    int   `json:"round"`
	Answered bool  `json:"answered"`
	Correct  bool  `json:"correct"`
	Points   int   `json:"points"`
	UsedMS   int32 `json:"used_ms"`
}

type teamReply struct {
	Name   string `json:"name"`
	Rank   int32  `json:"rank"`
	Points int32  `json:"points"`
}

type revivalReply struct {
	May  bool `json:"may"`
	Left int  `json:"left"`
}

// standing is a member's own part of a room, from memory.
func (a *API) standing(seen *rooms.Seen, m *rooms.Member) meReply {
	s := &seen.State
	st := seen.Table.Of(m.Member)
	me := meReply{Number: m.Member, Since: m.Since, Alive: true, Removed: m.Removed, Of: len(seen.Table.Order)}
	if st != nil {
		me.Alive, me.OutRound, me.Points, me.Right, me.Rank = st.Out == 0 && st.In, st.Out, st.Points, st.Right, st.Rank
	}
	may, audience := seen.Plan.Plays(s, m.Member, st)
	me.MayAnswer, me.Watching = may && !m.Removed, audience || !may && s.Round() > 0
	if roomview.Told(seen) {
		me.Result = resultOf(seen, m.Member)
	}
	if t := seen.TeamOf(m.Team); t != nil {
		me.Team = &teamReply{t.Name, t.Rank, t.Points}
	}
	if s.Phase == room.Podium || s.Confirmed > 0 {
		me.ShareCents, me.SharePoints = a.shareOf(seen, m.Member)
	}
	return me
}

// shareOf is a member's part of the pot.
func (a *API) shareOf(seen *rooms.Seen, member int32) (cents, points int) {
	share := seen.Share(member)
	in, err := a.Catalog.Of(seen.ContestID)
	if err != nil || share == 0 {
		return 0, 0 // nothing; or the contest is gone, and its prizes with it
	}
	if prize := in.Prize(seen.Plan.Live.Pot.Prize); prize != nil && prize.Kind == contest.PrizePoints {
		return 0, share
	}
	return share, 0
}

// resultOf is what a member's answer to the round asked last came to.
func resultOf(seen *rooms.Seen, member int32) *resultReply {
	round := seen.State.Round()
	result := &resultReply{Round: round}
	answer := seen.AnswerOf(round, member)
	if answer == nil {
		return result
	}
	result.Answered, result.Correct, result.UsedMS = true, answer.Right, answer.Used
	if st := seen.Table.Of(member); st != nil {
		result.Points = int(st.Gained)
	}
	return result
}

// me is standing with what the store holds beside it, for a snapshot.
func (a *API) me(ctx context.Context, seen *rooms.Seen, player sqldb.ID) (*meReply, error) {
	m, err := a.Rooms.MemberOf(ctx, seen, player)
	if err != nil || m == nil {
		return nil, err
	}
	me := a.standing(seen, m)
	in, err := a.Catalog.Of(seen.ContestID)
	if err != nil {
		return nil, err
	}
	e, err := a.Players.Enrolment(ctx, seen.ContestID, player)
	if err != nil {
		return nil, err
	}
	unit := ""
	if in.Units != nil && e.UnitID != 0 {
		if u, ok := in.Units.Get(e.UnitID); ok {
			unit = u.Name
		}
	}
	me.Name, me.Unit = e.Nickname, &unit
	if in.EarnsOnlyRegistered() && !in.Registered(e.HasField) {
		me.ShareCents, me.SharePoints = 0, 0
	}
	if me.Answer, err = a.answerOf(ctx, seen, m); err != nil {
		return nil, err
	}
	if me.Revival, err = a.revivalOf(ctx, seen, m, player); err != nil {
		return nil, err
	}
	return &me, nil
}

// answerOf is what a member has answered in the round asked last.
func (a *API) answerOf(ctx context.Context, seen *rooms.Seen, m *rooms.Member) (*answerReply, error) {
	reply := &answerReply{Options: []string{}, Blanks: []string{}}
	round := seen.State.Round()
	if round == 0 || round == seen.State.From {
		return reply, nil
	}
	revision, text, err := a.Rooms.Answered(ctx, seen.RoomID, round, m.Member)
	if err != nil || revision == 0 {
		return reply, err
	}
	q := seen.Plan.Question(seen.State.At(round))
	choice := question.ReadChoice(q.Kind, text)
	reply.Round, reply.Revision = round, revision
	if choice.Blanks != nil {
		reply.Blanks = choice.Blanks
	}
	order := seen.Plan.Order(round, q)
	for _, index := range choice.Options {
		for place, at := range order {
			if at == index {
				reply.Options = append(reply.Options, rooms.Letter(place))
			}
		}
	}
	return reply, nil
}

func (a *API) revivalOf(ctx context.Context, seen *rooms.Seen, m *rooms.Member, player sqldb.ID) (
	*revivalReply, error) {
	if seen.Plan.Live.Revival.Card == "" {
		return nil, nil
	}
	may, err := seen.MayReturn(m.Member, func() (bool, error) { return a.Rooms.HoldsCard(ctx, seen, player) })
	left := max(seen.Plan.Live.Revival.Most, 1)
	if st := seen.Table.Of(m.Member); st != nil {
		left -= int(st.Cards)
	}
	return &revivalReply{May: may, Left: max(left, 0)}, err
}
