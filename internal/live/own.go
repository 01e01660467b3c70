package live

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/live/room"
	"anquanda/internal/sqldb"
)

const (
	// lease is how long, in ms, a node owns a room without renewing; renewFrom is from
	// how little of it on it renews.
	lease     = 3_000
	renewFrom = 2_000
)

// leased is a lease as this node saw it last, and since when. Whether it has run out is
// counted from there by this node's own clock, since those of nodes may differ.
type leased struct {
	epoch, until int64
	since        time.Time
}

// leaseOver reports whether the owner has not renewed its lease for as long as it lasts.
func (k *keeper) leaseOver(seen *Seen) bool {
	k.leasing.Lock()
	if k.leased.since.IsZero() || k.leased.epoch != seen.epoch || k.leased.until != seen.lease {
		k.leased = leased{seen.epoch, seen.lease, k.service.now()}
	}
	k.leasing.Unlock()
	return seen.owner == 0 || k.leaseLeft() <= 0
}

func (k *keeper) leaseLeft() time.Duration {
	k.leasing.Lock()
	defer k.leasing.Unlock()
	return lease*time.Millisecond - k.service.now().Sub(k.leased.since)
}

// own reports whether this node owns the room, renewing the lease or taking one over
// that has run out.
func (k *keeper) own(ctx context.Context, seen *Seen, now int64) (bool, error) {
	mine := seen.owner == k.service.node
	switch {
	case mine && seen.lease-now > renewFrom:
		return true, nil
	case !mine && !k.leaseOver(seen):
		k.tookOver.Store(false)
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
		k.tookOver.Store(seen.owner != 0)
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

// happened is what the log of the room says beside a step of time that did not come as
// it should, so that the host learns why; empty otherwise.
func (k *keeper) happened(late int64) string {
	var said []string
	if k.tookOver.Load() {
		said = append(said, "服务器中断过，已自动接着进行")
	}
	if seconds := late / 1_000; seconds > 0 {
		said = append(said, fmt.Sprintf("晚了 %d 秒", seconds))
	}
	return strings.Join(said, "，")
}

// letGo gives up the rooms that this node owns, so that another one need not wait.
func (s *Service) letGo(ctx context.Context) {
	const within = time.Second
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), within)
	defer cancel()
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE live_rooms SET owner = 0 WHERE running = 1 AND owner = ?", s.node)
		return err
	})
	if err != nil {
		slog.WarnContext(ctx, "live rooms wait until the lease of this node is over", "error", err)
	}
}

// wait is how long the keeper may sleep.
func (k *keeper) wait(now int64) time.Duration {
	const (
		longest  = time.Second
		overLong = 10 * time.Second // nothing comes any more but corrections
	)
	seen := k.see()
	if seen == nil {
		return longest
	}
	if seen.State.Phase == room.Over {
		return overLong
	}
	wait := longest
	if r := seen.State.Current(); r != nil && !seen.Opened && r.OpensAt > now {
		wait = min(wait, time.Duration(r.OpensAt-now)*time.Millisecond)
	}
	switch {
	case seen.State.Due == 0:
	case seen.owner != k.service.node:
		wait = min(wait, max(k.leaseLeft(), 0)+time.Millisecond)
	case seen.State.Due > now:
		wait = min(wait, time.Duration(seen.State.Due-now)*time.Millisecond)
	}
	return max(wait, time.Millisecond)
}
