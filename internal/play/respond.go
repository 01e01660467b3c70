package play

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// Verdict is the judgement of one response. Right, Explanation and Source are
// empty when the contest shows them later or never.
type Verdict struct {
	Position    int
	Correct     bool
	Score       int
	Shown       bool // Right, Explanation and Source are given
	Hasty       bool // it came faster than anybody reads, so it is told at the end
	Right       []string
	Blanks      []string
	Explanation string
	Source      string
}

// Reply answers one response: the verdict and what comes next. Where the next
// question waits, Question is nil beside a Ticket: see HandOut.
type Reply struct {
	Contest  *contest.Definition // by which it is played
	Verdict  Verdict
	Repeated bool // this response had been given before
	Run      contest.Run
	RunTold  bool // Run may be told
	Ticket   string
	Question *Asked  // nil after the last, and while the next one waits
	Result   *Result // after the last
}

// Respond judges the response of player to the question of a ticket and makes it
// durable before it tells whether it was right. The same response again gets the
// same verdict; another one to the same question gets ErrAnswered. An empty
// response passes the question, also when its time has run out. Whether the next
// question waits is for the first response to say, and only where it shows what was
// right.
//
// Errors, none of which changes anything: ErrTicket, ErrForeign, ErrLate,
// ErrExpired, ErrAnswered, ErrOutOfOrder, option_unknown, invalid_field;
// sqldb.ErrFull and sqldb.ErrAway: send it again.
func (s *Service) Respond(ctx context.Context, player sqldb.ID, ticketText string, response Response) (*Reply, error) {
	st, err := s.openStage(ctx, player, ticketText)
	if err != nil {
		return nil, err
	}
	if st.ticket.Waiting {
		return nil, ErrOutOfOrder
	}
	choice, err := st.choose(response)
	if err != nil {
		return nil, err
	}
	now := s.millis()
	row := &responseRow{
		AttemptID: st.ticket.Attempt, Position: st.ticket.Position, QuestionID: st.question.ID,
		Choice: choice.Text(), Correct: st.sheet.contest.Bank.Grade(st.question, choice),
		UsedMS: max(0, now-st.ticket.Shown), AnsweredAt: now,
		Waits: response.Wait && st.sheet.contest.Feedback == contest.FeedbackEach,
	}
	sent := row.Choice
	stored, err := s.storeInTime(ctx, st, row, response.ShownMS)
	if err != nil {
		return nil, err
	}
	if stored.Choice != sent {
		return nil, ErrAnswered
	}
	return s.reply(ctx, st, stored, stored != row || stored.repeated)
}

// openStage opens a ticket of a level that goes question by question, and finds its
// question. On a whole paper nothing is judged before it is handed in.
func (s *Service) openStage(ctx context.Context, player sqldb.ID, ticketText string) (*stage, error) {
	st, err := s.openAny(ctx, player, ticketText)
	if err == nil && st.sheet.level.Whole() {
		return nil, ErrOutOfOrder
	}
	return st, err
}

// openAny opens a ticket and finds what it points to.
func (s *Service) openAny(ctx context.Context, player sqldb.ID, ticketText string) (*stage, error) {
	t, err := s.sealer.open(ticketText)
	if err != nil {
		return nil, err
	}
	if t.Player != player {
		return nil, ErrForeign
	}
	c, err := s.catalog.Edition(ctx, t.Edition)
	if err != nil {
		return nil, err
	}
	return stageOf(c, t)
}

// storeInTime stores the row if its time has not run out. One that was stored
// in time and is sent again late still gets its verdict.
func (s *Service) storeInTime(ctx context.Context, st *stage, row *responseRow, shownMS int64) (*responseRow, error) {
	var late error
	switch {
	case row.AnsweredAt > st.ends()+Grace:
		late = ErrExpired
	case row.AnsweredAt > st.questionDeadline(shownMS)+Grace && row.Choice != "":
		late = ErrLate
	default:
		return s.storeResponse(ctx, row)
	}
	stored, err := s.storedResponses(ctx, s.db, st.ticket.Attempt)
	if err != nil {
		return nil, err
	}
	for i := range stored {
		if stored[i].Position == row.Position && stored[i].UsedMS != neverShown {
			return &stored[i], nil
		}
	}
	return nil, late
}

// ContestOf is the contest that a ticket belongs to; 0 for none that we sealed.
func (s *Service) ContestOf(ticketText string) sqldb.ID {
	t, err := s.sealer.open(ticketText)
	if err != nil {
		return 0
	}
	return t.Edition.ContestID
}

func (s *Service) reply(ctx context.Context, st *stage, stored *responseRow, repeated bool) (*Reply, error) {
	next := *st.ticket
	next.Position++
	next.Shown, next.Waiting, next.Unsure = stored.AnsweredAt, stored.Waits, false
	next.Run = st.sheet.answer(st.ticket.Run, stored)
	hasty := s.hasty(st.sheet, stored)
	next.Hasty = st.ticket.Hasty || hasty
	if s.heard != nil && !repeated && !next.Hasty && stored.Choice != "" {
		of := st.sheet.contest
		s.heard(of.ContestID, st.ticket.Player, of.Bank.Name, st.question.ID, stored.Correct)
	}
	reply := &Reply{
		Contest:  st.sheet.contest.Definition,
		Verdict:  s.verdict(st, stored.Correct, hasty, next.Run.Score-st.ticket.Run.Score),
		Repeated: repeated,
		Run:      next.Run,
		RunTold:  st.sheet.contest.Feedback == contest.FeedbackEach && !next.Hasty,
	}
	if st.sheet.over(next.Run) {
		result, err := s.finish(ctx, st.ticket.Player, st.ticket.Attempt)
		if reply.Result = result; result != nil {
			reply.RunTold = result.Told
		}
		return reply, err
	}
	reply.Ticket = s.sealer.seal(&next)
	if next.Waiting {
		return reply, nil
	}
	following, err := st.sheet.stage(&next)
	if err != nil {
		return nil, err
	}
	reply.Question = following.ask()
	return reply, nil
}

// verdict is called only for a response that is stored: right answers never
// leave the server before.
func (s *Service) verdict(st *stage, correct, hasty bool, score int) Verdict {
	v := Verdict{Position: int(st.ticket.Position), Correct: correct, Score: score, Hasty: hasty}
	if st.sheet.contest.Feedback != contest.FeedbackEach || hasty {
		return v
	}
	shown := st.judged(correct)
	shown.Score = score
	return shown
}

// judged is a verdict with all that there is to say of the question.
func (st *stage) judged(correct bool) Verdict {
	v := Verdict{
		Position: int(st.ticket.Position), Correct: correct, Shown: true, Right: st.opaques(st.question.Right),
		Explanation: st.question.Explanation, Source: st.question.Source.String(),
	}
	for _, accepted := range st.question.Blanks {
		v.Blanks = append(v.Blanks, accepted[0])
	}
	return v
}

// opaques are the ids of what a choice of the question's options holds.
func (st *stage) opaques(indexes []int) []string {
	mark := uint8(0)
	if st.question.Kind.Takes() == question.TakesMatch {
		mark = matchMark
	}
	ids := make([]string, len(indexes))
	for i, index := range indexes {
		ids[i] = st.ticket.opaque(mark | uint8(index))
	}
	return ids
}
