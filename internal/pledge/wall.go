package pledge

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

// Wall is what the big screen shows of the pledge.
type Wall struct {
	Signed  int64
	Today   int64
	Deepest int // signatures of the longest relay
	// First and Last are who began the longest relay and who signed in it last;
	// a name may be empty.
	First, Last string
	Widest      []Widest
	Newest      []Signature // with a name to show, newest first
}

// Widest is a signature that many signed after.
type Widest struct {
	Number int64
	Name   string // as others see it; may be empty
	After  int64
}

const (
	wallNames  = 30
	wallWidest = 3
	wallLooks  = 1000        // among so many of the newest it looks for names: all may be gone
	wallAge    = time.Second // each node makes a wall once in this time, however many look
)

// Wall tells of the pledge of a contest; it may be a second old. The caller must
// not change it. Errors: ErrNone.
func (s *Service) Wall(ctx context.Context, c *catalog.Contest) (*Wall, error) {
	if c.Pledge == nil {
		return nil, ErrNone
	}
	wall, err := s.walls.Get(c.ContestID, func() (*Wall, error) { return s.makeWall(ctx, c) })
	return wall, errs.Wrap(err, "make the wall of contest %s", c.Slug)
}

func (s *Service) makeWall(ctx context.Context, c *catalog.Contest) (*Wall, error) {
	count, err := s.readCount(ctx, c.ContestID)
	if err != nil {
		return nil, err
	}
	wall := &Wall{Signed: count.Signed, Today: count.today(c, s.millis()), Deepest: count.Deepest}
	err = s.db.Select(ctx, &wall.Newest, "SELECT "+columns+` FROM signatures
		WHERE contest_id = ? AND number > ? AND name <> '' ORDER BY number DESC LIMIT ?`, c.ContestID, count.Signed-wallLooks, wallNames)
	if err != nil {
		return nil, err
	}
	first, widest, err := s.relays(ctx, c.ContestID, count.DeepestNumber)
	if err != nil {
		return nil, err
	}
	names, err := s.namesOf(ctx, publicname.OnScreens(c.Definition), c.ContestID, first, count.DeepestNumber, widest)
	if err != nil {
		return nil, err
	}
	wall.First, wall.Last, wall.Widest = names[first], names[count.DeepestNumber], widest
	for i := range widest {
		widest[i].Name = names[widest[i].Number]
	}
	return wall, nil
}

// Count is how many signed in a contest.
func (s *Service) Count(ctx context.Context, contestID sqldb.ID) (int64, error) {
	count, err := s.readCount(ctx, contestID)
	return count.Signed, err
}

func (s *Service) readCount(ctx context.Context, contestID sqldb.ID) (count, error) {
	var c count
	err := s.db.Get(ctx, &c, "SELECT "+countColumns+" FROM pledge_counts WHERE contest_id = ?", contestID)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return c, errs.Wrap(err, "count signatures")
}

// relays finds where the relay of a signature began, and the widest relays.
func (s *Service) relays(
	ctx context.Context, contestID sqldb.ID, deepest int64,
) (first int64, widest []Widest, err error) {
	f := s.forestOf(contestID)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := s.follow(ctx, f, contestID); err != nil {
		return 0, nil, err
	}
	for _, number := range f.widest(wallWidest) {
		widest = append(widest, Widest{Number: number, After: int64(f.links[number-1].after)})
	}
	return f.root(deepest), widest, nil
}

// namesOf reads how an audience sees the names of signatures.
func (s *Service) namesOf(
	ctx context.Context, v publicname.View, contestID sqldb.ID, first, last int64, widest []Widest,
) (map[int64]string, error) {
	numbers := []int64{first, last}
	for _, w := range widest {
		numbers = append(numbers, w.Number)
	}
	var rows []Signature
	err := s.db.SelectIn(ctx, &rows, "SELECT "+columns+" FROM signatures WHERE contest_id = ? AND number IN (?)",
		contestID, numbers)
	names := make(map[int64]string, len(rows))
	for i := range rows {
		names[rows[i].Number] = rows[i].Shown(v)
	}
	return names, err
}
