package live

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/live/room"
	"anquanda/internal/pace"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// MaxRobots bounds the made-up players of a rehearsal.
const MaxRobots = 2_000

// Errors of made-up players.
var (
	ErrNoRehearsal = errs.New(errs.Conflict, "live_no_rehearsal", "只有演练的房间才能加入模拟参赛者")
	ErrRobots      = errs.InvalidField("players", fmt.Sprintf("模拟参赛者最多 %d 名", MaxRobots))
)

func robotName(member int32) string { return fmt.Sprintf("演练%04d", member) }

// AddRobots lets made-up players into a rehearsal. They answer each question at random,
// most of them within its time, as long as this node runs. Errors: ErrUnknown,
// ErrNoRehearsal, ErrRobots.
func (s *Service) AddRobots(ctx context.Context, by staff.Actor, id sqldb.ID, players int) (*Seen, error) {
	seen, err := s.See(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case !seen.Rehearsal:
		return nil, ErrNoRehearsal
	case players < 1 || players > MaxRobots:
		return nil, ErrRobots
	}
	var joining sync.WaitGroup
	failed := make(chan error, players)
	for range players {
		joining.Go(func() {
			m := Member{RoomID: id, PlayerID: s.ids.Next(), Robot: true, JoinedAt: s.millis(), Since: seen.State.Round()}
			if _, err := s.join(ctx, m); err != nil {
				failed <- err
			}
		})
	}
	joining.Wait()
	close(failed)
	if err := <-failed; err != nil {
		return nil, err
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "live.robots", Subject: id.String(),
			Detail: map[string]any{"players": players}})
	})
	if err != nil {
		return nil, err
	}
	return s.lookAgain(ctx, id)
}

// playRobots has this node's made-up players of a room answer the question that just opened.
// The owner alone plays them.
func (k *keeper) playRobots(ctx context.Context, seen *Seen) {
	round := seen.State.Round()
	if !seen.Rehearsal || !seen.Opened || seen.State.Phase != room.Open || k.robotsPlayed == round ||
		seen.owner != k.service.node {
		return
	}
	k.robotsPlayed = round
	q := seen.Plan.Question(seen.State.Current())
	limit := seen.State.Current().ClosesAt - seen.State.Current().OpensAt
	for i := range seen.Members {
		m := &seen.Members[i]
		if !m.Robot || rand.IntN(10) == 0 { // one in ten lets the time pass
			continue
		}
		after := rand.Int64N(max(limit, 1))
		k.service.keeping.Go(func() { k.service.robotAnswers(ctx, k.id, m.PlayerID, q, round, after) })
	}
}

// robotAnswers lets a made-up player answer after so many ms. What is refused (late,
// out, paused) is what happens to people too.
func (s *Service) robotAnswers(ctx context.Context, id, player sqldb.ID, q *question.Question, round int, after int64) {
	if !pace.Wait(ctx, time.Duration(after)*time.Millisecond) {
		return
	}
	response := Response{Round: round, Revision: 1}
	order := rand.Perm(len(q.Options))
	switch q.Kind.Takes() {
	case question.TakesNone:
		for range q.Blanks {
			response.Blanks = append(response.Blanks, "不知道")
		}
	case question.TakesSet:
		order = order[:1+rand.IntN(len(order))]
	case question.TakesOne:
		order = order[:1]
	}
	for _, place := range order {
		response.Options = append(response.Options, Letter(place))
	}
	if _, err := s.Answer(ctx, id, player, response); err != nil {
		slog.DebugContext(ctx, "a made-up player was refused", "room", id.String(), "error", err)
	}
}
