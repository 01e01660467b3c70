package live

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/live/room"
	"anquanda/internal/pace"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

const (
	// followEvery is how soon a step that another node took is seen without any hint.
	followEvery = time.Second
	// lease is how long, in ms, a node owns a room without renewing; renewFrom is from
	// how little of it on it renews.
	lease     = 3_000
	renewFrom = 2_000
	// forgetAfter is how long a room that is over stays in memory.
	forgetAfter = 10 * time.Minute
)

// Run keeps the running rooms until ctx ends: it follows them, takes the steps that time
// brings to those that it owns, and hears what other nodes did.
func (s *Service) Run(ctx context.Context) {
	s.mu.Lock()
	s.running = ctx
	rooms := slices.Collect(maps.Values(s.rooms))
	s.mu.Unlock()
	for _, k := range rooms {
		s.keep(k)
	}
	s.keeping.Go(func() { s.bus.run(ctx) })
	s.keeping.Go(func() { pace.Every(ctx, makeEvery, "make live rooms whose time is near", s.makeScheduled) })
	pace.Every(ctx, followEvery, "follow live rooms", s.followRooms)
	s.keeping.Wait()
}

// keep starts the goroutine of a keeper, once, while the service runs.
func (s *Service) keep(k *keeper) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx := s.running; ctx != nil && ctx.Err() == nil && !k.kept {
		k.kept = true
		s.keeping.Go(func() { k.run(ctx) })
	}
}

// followRooms looks which running rooms moved, by one query.
func (s *Service) followRooms(ctx context.Context) error {
	var rows []struct {
		RoomID sqldb.ID `db:"room_id"`
		Seq    int64    `db:"seq"`
	}
	if err := s.db.Select(ctx, &rows, "SELECT room_id, seq FROM live_rooms WHERE running = 1"); err != nil {
		return errs.Wrap(err, "list running rooms")
	}
	for _, row := range rows {
		if seen, err := s.See(ctx, row.RoomID); err == nil && seen.State.Seq < row.Seq {
			s.keeper(row.RoomID).kick()
		}
	}
	return nil
}

// run keeps the room until ctx ends, or until the room is over and nobody asks for it
// any more.
func (k *keeper) run(ctx context.Context) {
	for ctx.Err() == nil {
		if err := k.tend(ctx); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "a live room cannot be kept; trying again", "room", k.id.String(), "error", err)
			if errors.Is(err, ErrUnknown) { // a rehearsal that was wiped
				k.service.drop(k)
				return
			}
			pace.Wait(ctx, followEvery/4)
			continue
		}
		if k.idle() {
			k.service.drop(k)
			return
		}
		timer := time.NewTimer(k.wait(k.service.millis()))
		select {
		case <-ctx.Done():
		case <-k.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// tend brings the room up to date and takes the step that is due, if it is this node's
// to take.
func (k *keeper) tend(ctx context.Context) error {
	k.open()
	seen, err := k.refresh(ctx)
	if err != nil {
		return err
	}
	if err := k.report(ctx, seen); err != nil {
		return err
	}
	k.playRobots(ctx, seen)
	now := k.service.millis()
	if seen.State.Due == 0 {
		return nil
	}
	if mine, err := k.own(ctx, seen, now); err != nil || !mine {
		return err
	}
	if now < seen.State.Due {
		return nil
	}
	_, err = k.step(ctx, stepping{event: room.Event{Do: room.DoTime}, fenced: true})
	if errors.Is(err, ErrMoved) || errors.Is(err, room.ErrStep) {
		return nil // somebody else stepped; the next look shows it
	}
	return err
}

// open tells at once, before anything is read, that the opening of the question has
// come.
func (k *keeper) open() {
	k.mu.Lock()
	defer k.mu.Unlock()
	before := k.see()
	if before == nil || before.Opened || !before.State.Opened(k.service.millis()) {
		return
	}
	opened := *before
	opened.Opened = true
	k.seen.Store(&opened)
	k.service.watch(&opened, before)
}

// own reports whether this node owns the room, renewing the lease or taking one over
// that has run out.
func (k *keeper) own(ctx context.Context, seen *Seen, now int64) (bool, error) {
	mine := seen.owner == k.service.node
	switch {
	case mine && seen.lease-now > renewFrom:
		return true, nil
	case !mine && seen.lease > now:
		return false, nil
	}
	epoch := seen.epoch
	if !mine {
		epoch++
	}
	var matched int64
	err := k.service.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		matched, err = tx.Exec(ctx, `UPDATE live_rooms SET owner = ?, epoch = ?, lease_until = ?
			WHERE room_id = ? AND epoch = ? AND owner = ?`, k.service.node, epoch, now+lease, k.id, seen.epoch, seen.owner)
		return err
	})
	if err != nil || matched == 0 {
		return false, errs.Wrap(err, "take over a live room")
	}
	if !mine {
		slog.InfoContext(ctx, "this node leads a live room", "room", k.id.String(), "epoch", epoch)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if current := k.see(); current.epoch <= epoch {
		owned := *current
		owned.epoch, owned.owner, owned.lease = epoch, k.service.node, now+lease
		k.seen.Store(&owned)
	}
	return true, nil
}

// idle reports whether the room is long over.
func (k *keeper) idle() bool {
	seen := k.see()
	return seen != nil && seen.State.Phase == room.Over && k.overFor(seen) > forgetAfter
}

// overFor is how long ago the room was over.
func (k *keeper) overFor(seen *Seen) time.Duration {
	return time.Duration(k.service.millis()-max(seen.State.EndedAt, seen.MadeAt)) * time.Millisecond
}

// drop forgets a room; who asks for it reads it anew.
func (s *Service) drop(k *keeper) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rooms[k.id] == k {
		delete(s.rooms, k.id)
	}
}

// hear is told by the bus that a room has moved.
func (s *Service) hear(id sqldb.ID, seq int64) {
	s.mu.Lock()
	k := s.rooms[id]
	s.mu.Unlock()
	if k == nil {
		return
	}
	if seen := k.see(); seen == nil || seen.State.Seq < seq {
		k.kick()
	}
}

// tell hints to the other nodes that a room has moved. They would see it without.
func (s *Service) tell(ctx context.Context, id sqldb.ID, seq int64) {
	redisdb.LogAway(ctx, "tell of a live room", s.bus.tell(ctx, id, seq))
}
