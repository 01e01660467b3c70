package sqldb

import (
	"context"
	"embed"
	"io/fs"
	"strconv"
	"sync"
	"time"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return MigrationsOf(migrations) }

const (
	idEpochMS      = 1_767_225_600_000 // 2026-01-01T00:00:00Z
	idNodeBits     = 10
	idSequenceBits = 12
)

// ID identifies a row. It is positive, about time-ordered, unique over all
// nodes, and travels as a decimal string (JavaScript holds 53 bits).
type ID int64

// String is the decimal form.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText makes an ID a string in JSON.
func (id ID) MarshalText() ([]byte, error) { return strconv.AppendInt(nil, int64(id), 10), nil }

// ParseID reads what String writes; ok is false for anything but a positive id
// in that one form.
func ParseID(text string) (id ID, ok bool) {
	if text == "" || text[0] < '1' || text[0] > '9' {
		return 0, false // ParseInt would take "+1" and "01"
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return ID(n), err == nil && n > 0
}

// IDs makes ids: 41 bits of milliseconds since 2026, 10 bits of node, 12 bits of
// sequence, so 4,096 a millisecond a node. It is safe for concurrent use.
type IDs struct {
	node     int64
	mu       sync.Mutex
	lastMS   int64
	sequence int64
}

// NewIDs claims the next node number from the store. Numbers go round after
// 1,024 starts; no cluster keeps a node alive that long beside so many others.
func NewIDs(ctx context.Context, db *DB) (*IDs, error) {
	var number int64
	err := db.InTx(ctx, func(tx *Tx) error {
		if _, err := tx.Exec(ctx,
			"UPDATE settings SET number_value = number_value + 1 WHERE name = 'node_starts'"); err != nil {
			return err
		}
		return tx.Get(ctx, &number, "SELECT number_value FROM settings WHERE name = 'node_starts'")
	})
	if err != nil {
		return nil, err
	}
	return &IDs{node: number % (1 << idNodeBits)}, nil
}

// Next returns a new id. A clock that steps back does not make it repeat.
func (ids *IDs) Next() ID {
	ids.mu.Lock()
	defer ids.mu.Unlock()
	now := time.Now().UnixMilli() - idEpochMS
	if now > ids.lastMS {
		ids.lastMS, ids.sequence = now, 0
	} else if ids.sequence++; ids.sequence == 1<<idSequenceBits {
		ids.lastMS, ids.sequence = ids.lastMS+1, 0
	}
	return ID(ids.lastMS<<(idNodeBits+idSequenceBits) | ids.node<<idSequenceBits | ids.sequence)
}
