package live

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/live/room"
	"anquanda/internal/pace"
	"anquanda/internal/sqldb"
)

const (
	// followEvery is how soon a step that another node took is seen without any hint.
	followEvery = time.Second
	// tryAgain is how soon a room is tended again that could not be.
	tryAgain = followEvery / 4
	// forgetAfter is how long a room that is over stays in memory after anybody asked
	// for it.
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
	s.keeping.Go(func() { pace.Every(ctx, creditEvery, "credit the results of live rooms", s.Credit) })
	pace.Every(ctx, followEvery, "follow live rooms", s.followRooms)
	s.keeping.Wait()
	s.letGo(ctx)
}

// keep starts the goroutine of a keeper, once, while the service runs; never one beside
// another of the same room.
func (s *Service) keep(k *keeper) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rooms[k.id] == nil {
		s.rooms[k.id] = k // it was discarded while it was read
	}
	if ctx := s.running; ctx != nil && ctx.Err() == nil && !k.kept && s.rooms[k.id] == k {
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
		if err := recovered(func() error { return k.tend(ctx) }); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "a live room cannot be kept; trying again", "room", k.id.String(), "error", err)
			if errors.Is(err, ErrUnknown) { // a rehearsal that was wiped
				k.service.drop(k)
				return
			}
			pace.Wait(ctx, min(tryAgain, k.wait(k.service.millis())))
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
	_, err = k.step(ctx, stepping{event: room.Event{Do: room.DoTime}, fenced: true,
		detail: k.happened(now - seen.State.Due)})
	if err == nil {
		k.tookOver.Store(false)
	}
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

// recovered makes a panic of work an error, with its stack: one room must not end the
// games of all others.
func recovered(work func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return work()
}

// idle reports whether the room is over, and nobody has asked for it for long.
func (k *keeper) idle() bool {
	seen := k.see()
	if seen == nil || seen.State.Phase != room.Over || k.told.Connected > 0 {
		return false
	}
	last := max(seen.State.EndedAt, seen.MadeAt, k.used.Load())
	return time.Duration(k.service.millis()-last)*time.Millisecond > forgetAfter
}

// drop forgets a room; who asks for it reads it anew.
func (s *Service) drop(k *keeper) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rooms[k.id] == k {
		delete(s.rooms, k.id)
		s.forgotten(k.id)
	}
}

// discard forgets a room that could not be read, unless somebody else could.
func (s *Service) discard(k *keeper) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rooms[k.id] == k && !k.kept && k.see() == nil {
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
