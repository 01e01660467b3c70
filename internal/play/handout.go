package play

import (
	"context"
	"time"

	"anquanda/internal/sqldb"
)

// HandOut hands out the question that a waiting ticket stands for, and begins its
// clock; asked again, it tells the same question with the clock of the first time. A
// ticket that does not wait gets its own question again. An attempt whose time is
// over is finished, and the step holds its result.
//
// While Redis is away nobody can tell whether another node has handed it out before:
// then the clock counts from the response before, and the question's deadline leaves
// the time to read.
//
// Errors: ErrTicket, ErrForeign; sqldb.ErrAway.
func (s *Service) HandOut(ctx context.Context, player sqldb.ID, ticketText string) (*Step, error) {
	st, err := s.openStage(ctx, player, ticketText)
	if err != nil {
		return nil, err
	}
	now := s.millis()
	if st.ticket.Waiting && now <= st.lasts()+Grace {
		s.handOut(ctx, st, now)
	}
	step := s.stepOf(st)
	step.Resumed = true
	if now > st.lasts()+Grace {
		step.Ticket, step.Question = "", nil
		step.Result, err = s.finish(ctx, st.ticket.Player, st.ticket.Attempt)
	}
	return step, err
}

// handOut turns the ticket of a stage that waits into one that may be answered.
func (s *Service) handOut(ctx context.Context, st *stage, now int64) {
	while := time.Duration(st.ticket.Deadline-now+sweepAfter) * time.Millisecond
	question := recentKey{st.ticket.Attempt, st.ticket.Position}
	first := s.handOuts.first(ctx, st.ticket.Edition.ContestID, question, now, while)
	st.ticket.Waiting, st.ticket.Unsure = false, !first.sure
	st.ticket.Read += st.clock.Read(first.at - st.ticket.Shown)
	if first.sure {
		st.ticket.Shown = max(st.ticket.Shown, first.at)
	}
}

// ends is the last moment for any answer of the attempt: the level's time, and what
// reading has put it off by.
func (st *stage) ends() int64 {
	return min(st.ticket.Started+st.clock.Level+st.ticket.Read, st.ticket.Deadline)
}

// lasts is ends, and where a question waits what reading may still put it off by.
func (st *stage) lasts() int64 {
	if st.ticket.Waiting {
		return min(st.ends()+st.clock.Review, st.ticket.Deadline)
	}
	return st.ends()
}

// questionDeadline is the last moment for this question, which took loading milliseconds to
// come before the player, as the phone says: that moves it by at most the bound of
// the definition.
func (st *stage) questionDeadline(loading int64) int64 {
	limit := st.ticket.Shown + st.clock.Question + min(max(loading, 0), st.clock.Load)
	if st.ticket.Unsure {
		limit += st.clock.Review
	}
	return min(limit, st.ends())
}
