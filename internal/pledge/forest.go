package pledge

import (
	"context"
	"slices"
	"sync"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Chain is what came of one signature.
type Chain struct {
	After   int64 // signatures after it, all generations
	Direct  int64 // those that came by its own link
	Further int64 // generations below it
}

// link is a signature in the forest; its number is its index plus one.
type link struct {
	parent, after, direct, further uint32
}

// count sets what came of each link. Parents are older, so that one pass from
// the newest to the oldest is enough.
func countLinks(links []link) {
	for i := range links {
		links[i] = link{parent: links[i].parent}
	}
	for i := len(links) - 1; i >= 0; i-- {
		child := &links[i]
		if child.parent == 0 || int(child.parent) > i {
			continue
		}
		parent := &links[child.parent-1]
		parent.after += child.after + 1
		parent.direct++
		parent.further = max(parent.further, child.further+1)
	}
}

// forest is all relays of a contest in memory, followed by number.
type forest struct {
	mu     sync.Mutex
	links  []link
	readAt time.Time // of the server's clock
}

// forestAge is how old what a forest tells may be.
const forestAge = time.Second

func (s *Service) forestOf(contestID sqldb.ID) *forest {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.chains[contestID] == nil {
		s.chains[contestID] = &forest{}
	}
	return s.chains[contestID]
}

// Chain tells what came of a signature; it may be a second old.
func (s *Service) Chain(ctx context.Context, contestID sqldb.ID, number int64) (Chain, error) {
	f := s.forestOf(contestID)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := s.follow(ctx, f, contestID); err != nil {
		return Chain{}, err
	}
	if number < 1 || number > int64(len(f.links)) {
		return Chain{}, nil // signed just now: nothing came of it yet
	}
	l := f.links[number-1]
	return Chain{After: int64(l.after), Direct: int64(l.direct), Further: int64(l.further)}, nil
}

// follow reads the signatures that are new. f is locked: of many who ask at
// once, one reads.
func (s *Service) follow(ctx context.Context, f *forest, contestID sqldb.ID) error {
	now := s.now()
	if !f.readAt.IsZero() && now.Sub(f.readAt) < forestAge && !now.Before(f.readAt) {
		return nil
	}
	before := len(f.links)
	var row struct {
		Number int64 `db:"number"`
		Parent int64 `db:"parent"`
	}
	err := s.db.Each(ctx, &row, func() error {
		f.links = slices.Grow(f.links, 1)
		for int64(len(f.links)) < row.Number { // more than one only where rows were taken out by hand
			f.links = append(f.links, link{})
		}
		f.links[row.Number-1].parent = uint32(row.Parent)
		return nil
	}, "SELECT number, parent FROM signatures WHERE contest_id = ? AND number > ? ORDER BY number", contestID, before)
	if len(f.links) > before {
		countLinks(f.links)
	}
	if err != nil {
		return errs.Wrap(err, "follow the pledge")
	}
	f.readAt = now
	return nil
}

// widest are the numbers of the signatures without a parent that most signed
// after, at most so many.
func (f *forest) widest(most int) []int64 {
	var found []int64
	for i := range f.links {
		if f.links[i].parent != 0 || f.links[i].after == 0 {
			continue
		}
		at := len(found)
		for at > 0 && f.links[found[at-1]-1].after < f.links[i].after {
			at--
		}
		if at < most {
			found = slices.Insert(found, at, int64(i+1))
			found = found[:min(len(found), most)]
		}
	}
	return found
}

// root is the signature that a relay begins with.
func (f *forest) root(number int64) int64 {
	for number >= 1 && number <= int64(len(f.links)) && f.links[number-1].parent != 0 {
		number = int64(f.links[number-1].parent)
	}
	return number
}
