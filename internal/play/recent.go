package play

import (
	"sync"

	"anquanda/internal/sqldb"
)

// recentResponses remembers the responses of the last moments by (attempt,
// position), so that an answer sent again, because its reply was lost or a
// finger was quick, waits for or repeats the first one's verdict without
// touching the store. It is bounded and may forget: the store's unique key
// decides then. It is safe for concurrent use.
type recentResponses struct {
	shards [64]recentShard
}

// recentPerShard bounds the memory: 64 shards of 512 rows, about 8 MB: more
// would cost the garbage collector more than the store saves.
const recentPerShard = 512

type recentKey struct {
	attempt  sqldb.ID
	position uint8
}

type recentShard struct {
	mu    sync.Mutex
	rows  map[recentKey]*responseRow
	order []recentKey // ring: the oldest is overwritten
	next  int
}

func newRecentResponses() *recentResponses {
	r := &recentResponses{}
	for i := range r.shards {
		r.shards[i].rows = make(map[recentKey]*responseRow)
	}
	return r
}

func (r *recentResponses) shard(key recentKey) *recentShard {
	return &r.shards[(uint64(key.attempt)*0x9e3779b97f4a7c15>>58)&63]
}

// claim stores row under its key and returns it; when another row is there
// already it returns that one and first is false.
func (r *recentResponses) claim(row *responseRow) (stored *responseRow, first bool) {
	key := recentKey{row.AttemptID, row.Position}
	shard := r.shard(key)
	shard.mu.Lock()
	defer shard.mu.Unlock()
	if present, ok := shard.rows[key]; ok {
		return present, false
	}
	shard.rows[key] = row
	if len(shard.order) < recentPerShard {
		shard.order = append(shard.order, key)
	} else {
		delete(shard.rows, shard.order[shard.next])
		shard.order[shard.next] = key
		shard.next = (shard.next + 1) % recentPerShard
	}
	return row, true
}

// forget drops a row that was not committed, so that it can be sent again.
func (r *recentResponses) forget(row *responseRow) {
	key := recentKey{row.AttemptID, row.Position}
	shard := r.shard(key)
	shard.mu.Lock()
	defer shard.mu.Unlock()
	if shard.rows[key] == row {
		delete(shard.rows, key)
	}
}
