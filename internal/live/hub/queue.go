package hub

import "sync"

// queue is work for a shard's goroutine. Putting never waits: who broadcasts may hold a
// lock that the goroutine needs for a snapshot. It stays short, since connections are
// bounded and rooms send few frames a second.
type queue struct {
	wake chan struct{} // filled when there is work, or the end

	mu     sync.Mutex
	work   []func()
	spare  []func() // memory of the work that was taken before
	closed bool
}

func newQueue() *queue { return &queue{wake: make(chan struct{}, 1)} }

// put adds work at the end; false when the queue is closed.
func (q *queue) put(work func()) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.work = append(q.work, work)
	q.signal()
	return true
}

// take empties the queue. The work is valid until the next call. open is false when no
// more will come.
func (q *queue) take() (work []func(), open bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	work = q.work
	clear(q.spare)
	q.work, q.spare = q.spare[:0], work
	return work, !q.closed
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.signal()
}

func (q *queue) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}
