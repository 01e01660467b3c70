package live

import (
	"context"
	"time"

	"anquanda/internal/live/room"
	"anquanda/internal/sqldb"
)

const (
	// lookWithin bounds one look at the store.
	lookWithin = 30 * time.Second
	// openingMayWait is how much later an opening may be told because a store hangs.
	openingMayWait = 250 * time.Millisecond
)

// look is one reading of the store for all who asked before it began.
type look struct {
	done chan struct{} // closed when seen and err stand
	seen *Seen
	err  error
}

// refresh reads what is new of the room and returns how it stands: with all that was
// committed before the call. Who asks while another look is under way shares the next
// one, so that thousands of late answers cost no more than one.
func (k *keeper) refresh(ctx context.Context) (*Seen, error) {
	k.looking.Lock()
	l := k.next
	if l == nil {
		l = &look{done: make(chan struct{})}
		k.next = l
		go k.look(context.WithoutCancel(ctx), l)
	}
	k.looking.Unlock()
	select {
	case <-l.done:
		return l.seen, l.err
	case <-ctx.Done():
		return nil, sqldb.ErrAway.Because(ctx.Err())
	}
}

func (k *keeper) look(ctx context.Context, l *look) {
	defer close(l.done)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.looking.Lock()
	k.next = nil // from here on something may be committed that is not read
	k.looking.Unlock()
	ctx, cancel := context.WithTimeout(ctx, k.lookFor())
	defer cancel()
	l.err = recovered(func() error {
		row, err := readRoom(ctx, k.service.db, k.id)
		if err == nil {
			l.seen, err = k.adopt(ctx, row)
		}
		return err
	})
}

// lookFor is how long a look may take: not past an opening, which is told without it.
func (k *keeper) lookFor() time.Duration {
	seen := k.see()
	if seen == nil || seen.Opened || seen.State.Phase != room.Open {
		return lookWithin
	}
	left := time.Duration(seen.State.Current().OpensAt-k.service.millis()) * time.Millisecond
	return min(max(left, 0)+openingMayWait, lookWithin)
}
