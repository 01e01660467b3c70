package live

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/staff"
)

const (
	// makeEvery is how often rooms are made whose time is near; makeBefore how long
	// before it, in ms, and makeAfter until when: a program that was down meanwhile
	// still opens the room of a quiz that should have begun just now.
	makeEvery  = 20 * time.Second
	makeBefore = 60 * 60_000
	makeAfter  = 10 * 60_000
)

// errMade tells that the room of a plan was made for its time.
var errMade = errors.New("the room was made before")

// byTheClock is who makes rooms whose time has come.
var byTheClock = staff.Actor{Name: "到时自动"}

// makeScheduled makes the rooms that definitions plan for a time which is near, each once.
// One that cannot be made does not hold up the others.
func (s *Service) makeScheduled(ctx context.Context) (failed error) {
	now := s.millis()
	for _, c := range s.catalog.All() {
		for i := range c.Live {
			starts := c.Live[i].Starts.MS
			if starts == 0 || c.RehearsalOf != 0 || now < starts-makeBefore || now > starts+makeAfter {
				continue
			}
			err := s.makeFor(ctx, c, c.Live[i].Key, starts)
			failed = errors.Join(failed, errs.Wrap(err, "contest %s, live room %s", c.Slug, c.Live[i].Key))
		}
	}
	return failed
}

// makeFor makes the room of a plan for its time, unless it was made for it, or a host has
// made one that is still running.
func (s *Service) makeFor(ctx context.Context, c *catalog.Contest, key string, starts int64) error {
	var rooms int
	err := s.db.Get(ctx, &rooms, `SELECT COUNT(*) FROM live_rooms WHERE contest_id = ? AND plan_key = ?
		AND (starts_at = ? OR running = 1 AND rehearsal = 0)`, c.ContestID, key, starts)
	if err != nil || rooms > 0 {
		return errs.Wrap(err, "look for the room")
	}
	plan, err := s.plan(ctx, c, key)
	if err != nil {
		return err
	}
	row, err := s.rowOf(c, key, plan)
	if err != nil {
		return err
	}
	row.StartsAt = &starts
	if err := s.insertRoom(ctx, byTheClock, c, row); err != nil && !errors.Is(err, errMade) {
		return err
	}
	slog.InfoContext(ctx, "a live room was made for its time", "contest", c.Slug, "room", row.RoomID.String())
	return nil
}

// madeBefore reports whether the room of a plan was made for its time, by another node.
func (s *Service) madeBefore(ctx context.Context, row *planned) (bool, error) {
	if row.StartsAt == nil {
		return false, nil
	}
	var rooms int
	err := s.db.Get(ctx, &rooms, "SELECT COUNT(*) FROM live_rooms WHERE contest_id = ? AND plan_key = ? AND starts_at = ?",
		row.ContestID, row.PlanKey, *row.StartsAt)
	return rooms > 0, errs.Wrap(err, "look for the room")
}
