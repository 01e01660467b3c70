package sqldb

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
)

// ErrClosed is returned for work handed to a Group after Close.
var ErrClosed = ErrAway.Because(errors.New("the group is closed"))

// Group lets items of many requests share one commit (group commit). A batch
// forms by itself from what arrives while the previous commits are under way;
// there is no fixed wait, so one lone item commits at once.
//
// It is safe for concurrent use.
type Group[T any] struct {
	db      *DB
	commit  func(context.Context, *Tx, []T) error
	queue   chan waiting[T]
	maximum int
	repeats bool
	workers sync.WaitGroup

	closing sync.RWMutex
	closed  bool
}

type waiting[T any] struct {
	item T
	done chan error
}

// NewGroup starts a group that hands up to maximum items at once to commit, in
// a transaction of theirs. commit must leave each item alone if it fails as a
// whole: the batch is then rolled back and each item tried by itself, so that
// one bad item cannot take the others down.
//
// writers is how many batches may be under way at once; SQLite always has one.
func NewGroup[T any](db *DB, maximum, writers int, commit func(context.Context, *Tx, []T) error) *Group[T] {
	return newGroup(db, maximum, writers, false, commit)
}

// NewRepeatingGroup is NewGroup for items of which the schema refuses to store one twice:
// commit takes an item that is stored as it is for a success. So a batch is handed to it
// again also when the store went away during its commit and nobody can tell what it did.
func NewRepeatingGroup[T any](db *DB, maximum, writers int, commit func(context.Context, *Tx, []T) error) *Group[T] {
	return newGroup(db, maximum, writers, true, commit)
}

func newGroup[T any](db *DB, maximum, writers int, repeats bool,
	commit func(context.Context, *Tx, []T) error) *Group[T] {
	if !db.MySQL {
		writers = 1
	}
	g := &Group[T]{db: db, commit: commit, maximum: maximum, repeats: repeats, queue: make(chan waiting[T], 4*maximum)}
	for range writers {
		g.workers.Go(g.run)
	}
	return g
}

// Do adds item and waits until the batch it is in is durable. The error is the
// item's own. If ctx ends first, Do returns its error while the item may still
// be committed: ask again with the same key.
func (g *Group[T]) Do(ctx context.Context, item T) error {
	w := waiting[T]{item: item, done: make(chan error, 1)}
	if err := g.enqueue(ctx, w); err != nil {
		return err
	}
	select {
	case err := <-w.done:
		return err
	case <-ctx.Done():
		return ErrAway.Because(ctx.Err())
	}
}

func (g *Group[T]) enqueue(ctx context.Context, w waiting[T]) error {
	g.closing.RLock()
	defer g.closing.RUnlock()
	if g.closed {
		return ErrClosed
	}
	select {
	case g.queue <- w:
		return nil
	case <-ctx.Done():
		return ErrAway.Because(ctx.Err())
	}
}

// Close refuses new items, commits all that was accepted and returns.
func (g *Group[T]) Close() {
	g.closing.Lock()
	if !g.closed {
		g.closed = true
		close(g.queue)
	}
	g.closing.Unlock()
	g.workers.Wait()
}

func (g *Group[T]) run() {
	batch := make([]waiting[T], 0, g.maximum)
	for first := range g.queue {
		batch = g.gather(append(batch[:0], first))
		g.flush(batch)
	}
}

// gather takes what is already waiting, without waiting itself.
func (g *Group[T]) gather(batch []waiting[T]) []waiting[T] {
	for len(batch) < g.maximum {
		select {
		case w, open := <-g.queue:
			if !open {
				return batch
			}
			batch = append(batch, w)
		default:
			return batch
		}
	}
	return batch
}

func (g *Group[T]) flush(batch []waiting[T]) {
	err := g.commitItems(batch)
	if err == nil || len(batch) == 1 || Unreachable(err) || errors.Is(err, ErrFull) {
		for _, w := range batch {
			w.done <- err
		}
		return
	}
	for i := range batch {
		batch[i].done <- g.commitItems(batch[i : i+1])
	}
}

func (g *Group[T]) commitItems(batch []waiting[T]) (err error) {
	// Nobody above this worker could recover, and the other items must go on.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	items := make([]T, len(batch))
	for i, w := range batch {
		items[i] = w.item
	}
	ctx := context.Background() // a request that went away must not undo its neighbours
	return g.db.inTx(ctx, func(tx *Tx) error { return g.commit(ctx, tx, items) }, g.repeats)
}
