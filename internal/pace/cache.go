package pace

import (
	"sync"
	"time"
)

// costFactor is how many times as long as it took to make a value it is kept, so that
// making it never takes more than about a twentieth of the time.
const costFactor = 20

// Cache keeps values that many ask for and that are costly to make: each for at least
// a while, and the longer the longer it took to make. It is safe for concurrent use.
type Cache[K comparable, V any] struct {
	now   func() time.Time
	least time.Duration

	mu    sync.Mutex
	slots map[K]*slot[V]
}

type slot[V any] struct {
	mu          sync.Mutex // held while the value is made: one makes it, the others wait
	value       V
	made, until time.Time // zero until there is a value
}

// NewCache returns a cache that keeps a value for at least least, by the clock now.
func NewCache[K comparable, V any](now func() time.Time, least time.Duration) *Cache[K, V] {
	return &Cache[K, V]{now: now, least: least, slots: map[K]*slot[V]{}}
}

// Get returns the value of key, made by work if none is kept. All who ask share it,
// so nobody may change it. A failure is not kept.
func (c *Cache[K, V]) Get(key K, work func() (V, error)) (V, error) {
	s := c.slot(key)
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := c.now(); !now.Before(s.made) && now.Before(s.until) {
		return s.value, nil
	}
	begun := time.Now() // the cost is real, whatever the clock says
	value, err := work()
	if err != nil {
		return value, err
	}
	s.value, s.made = value, c.now()
	s.until = s.made.Add(max(c.least, costFactor*time.Since(begun)))
	return value, nil
}

// Drop has the next Get of key make the value anew.
func (c *Cache[K, V]) Drop(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.slots, key)
}

func (c *Cache[K, V]) slot(key K) *slot[V] {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.slots[key] == nil {
		c.slots[key] = &slot[V]{}
	}
	return c.slots[key]
}
