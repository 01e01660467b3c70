package play

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
)

// Change is what happened to one player in one contest: an attempt finished, or
// another deed was done.
type Change struct {
	ContestID sqldb.ID
	Contest   *contest.Definition
	PlayerID  sqldb.ID
	UnitID    sqldb.ID
	Attempt   *contest.Attempt // nil for another deed
	Deed      *contest.Deed    // nil for an attempt
	// Summary is of the player in the contest, this change included, and perhaps
	// later ones of the same transaction.
	Summary *contest.Summary
	// Ended and Passes are how many attempts of the contest proper were ended and
	// passed, this one included.
	Ended, Passes int
	// First tells that the player had nothing on any board before.
	First bool
	// Version grows with each change of the player in the contest.
	Version int64
	Earned  []contest.Grant // by this change

	best     bool             // no attempt at the level before scored as much
	unlocked []*contest.Level // by this attempt
}

// At is when the change happened, UTC ms.
func (c *Change) At() int64 {
	if c.Attempt != nil {
		return c.Attempt.FinishedAt
	}
	return c.Deed.At
}

// Hook runs in the transaction that makes changes and may refuse it. app wires
// hooks in order. A hook may be called again for the same changes when the
// transaction is tried again.
type Hook func(ctx context.Context, w *Work, changes []*Change) error

// Follower is told of a change after its commit. It must not block, and must be
// able to catch up from the store: a crash loses the call.
type Follower func(*Change)

// Hearing is told of each answer after its commit, of those that came at a reader's pace.
// It must not block; a crash loses what it was told.
type Hearing func(contestID, player sqldb.ID, bank, question string, correct bool)

// Work is a transaction that makes changes.
type Work struct {
	*sqldb.Tx
	service *Service
	made    []*Change // all so far, those made by hooks included
	hooked  bool      // hooks are running
	next    []*Change // made by hooks that are running
}

// changed runs the hooks for changes. What hooks change themselves comes after all
// hooks have seen what came before: each sees the changes of a player in order.
func (w *Work) changed(ctx context.Context, changes []*Change) error {
	w.made = append(w.made, changes...)
	if w.hooked {
		w.next = append(w.next, changes...)
		return nil
	}
	w.hooked = true
	defer func() { w.hooked = false }()
	for len(changes) > 0 {
		w.next = nil
		for _, hook := range w.service.hooks {
			if err := hook(ctx, w, changes); err != nil {
				return err
			}
		}
		changes = w.next
	}
	return nil
}

// follow tells the followers of changes that are committed.
func (s *Service) follow(changes []*Change) {
	for _, change := range changes {
		for _, follow := range s.followers {
			follow(change)
		}
	}
}
