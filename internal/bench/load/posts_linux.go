package load

import (
	"bytes"
	"container/heap"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// doing is what a phone does beside reading its stream.
type doing uint8

const (
	answers doing = iota
	holds         // tells that it holds the question
	returns       // opens its stream again
)

// task is due at a moment, UTC microseconds.
type task struct {
	at    int64
	phone int32
	round int32
	does  doing
}

// postConnections is how many connections a process keeps for its posts: behind a proxy
// a server sees few of them, however many phones there are.
const postConnections = 256

// posts sends what phones post, when it is due, over kept connections.
type posts struct {
	crowd *crowd
	work  chan task

	mu    sync.Mutex
	tasks taskHeap
	open  atomic.Int64 // answers that are due or under way
}

func newPosts(c *crowd) *posts { return &posts{crowd: c, work: make(chan task, postConnections)} }

// localOf is the address that a phone comes from, with all that are posted over the same
// connection: each has a network (/24) of its own, as phones of a county have many.
func (s *posts) localOf(phone int) [4]byte {
	return [4]byte{127, byte(1 + s.crowd.Process), byte(phone % postConnections), 1}
}

func (s *posts) dial(n int) (*client, error) {
	return dialFrom(s.localOf(n), s.crowd.Addresses[n%len(s.crowd.Addresses)])
}

// each does work for every phone, over all connections at once.
func (s *posts) each(count int, work func(c *client, i int) error) error {
	var all sync.WaitGroup
	failed := make([]error, postConnections)
	for n := range postConnections {
		all.Go(func() {
			c, err := s.dial(n)
			if err != nil {
				failed[n] = err
				return
			}
			defer c.conn.Close()
			for i := n; i < count && err == nil; i += postConnections {
				err = work(c, i)
			}
			failed[n] = err
		})
	}
	all.Wait()
	return errors.Join(failed...)
}

// join enrols a phone's player, who then joins the room.
func (s *posts) join(c *client, i int) error {
	o := &s.crowd.LiveOrder
	body := fmt.Appendf(nil, `{"nickname":"试压%d"}`, i)
	status, err := c.do(appendPost(nil, "", body, []byte("/api/v1/contests/"+o.Contest+"/enrolment")))
	if err != nil || status != 201 || c.cookie == "" {
		return fmt.Errorf("enrol: %s, %w", refusal(status, c.body), err)
	}
	cookie := c.cookie
	path := []byte("/api/v1/live/rooms/" + o.Room + "/join")
	for {
		status, err := c.do(appendPost(nil, cookie, []byte(`{"code":"`+o.Code+`"}`), path))
		switch {
		case err != nil:
			return fmt.Errorf("join: %w", err)
		case status == 200:
			s.crowd.phones[i].cookie = cookie
			return nil
		case status != 429 && status != 503:
			return fmt.Errorf("join: %s", refusal(status, c.body))
		}
		time.Sleep(time.Second) // as the reply asks
	}
}

// later plans a task.
func (s *posts) later(t task) {
	if t.does == answers {
		s.open.Add(1)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	heap.Push(&s.tasks, t)
}

// waiting is how many answers are not replied to.
func (s *posts) waiting() int { return int(s.open.Load()) }

// run hands out tasks when they are due.
func (s *posts) run() {
	for n := range postConnections {
		go s.send(n)
	}
	for s.crowd.ending.Err() == nil {
		for _, t := range s.due(microsNow()) {
			s.work <- t
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// due takes the tasks whose moment has come.
func (s *posts) due(now int64) (tasks []task) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.tasks) > 0 && s.tasks[0].at <= now {
		tasks = append(tasks, heap.Pop(&s.tasks).(task))
	}
	return tasks
}

// send does tasks over one connection, which is opened again when it breaks.
func (s *posts) send(n int) {
	var c *client
	var request []byte
	for t := range s.work {
		if t.does == returns {
			if s.crowd.open(int(t.phone)) != nil {
				t.at += returnWithin
				s.later(t)
			}
			continue
		}
		request = s.request(request[:0], t)
		for { // what is sent again counts once
			var err error
			if c == nil {
				c, err = s.dial(n)
			}
			status := 0
			if err == nil {
				status, err = c.do(request)
			}
			if err == nil {
				s.replied(t, status, c.body)
				break
			}
			c = nil
			if s.crowd.ending.Err() != nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
}

func (s *posts) request(to []byte, t task) []byte {
	cookie := s.crowd.phones[t.phone].cookie
	path := []byte("/api/v1/live/rooms/" + s.crowd.Room)
	if t.does == holds {
		return appendPost(to, cookie, fmt.Appendf(nil, `{"round":%d}`, t.round), path, []byte("/held"))
	}
	body := fmt.Appendf(nil, `{"round":%d,"revision":1,"options":["%c"],"blanks":[]}`, t.round, 'A'+rand.IntN(2))
	return appendPost(to, cookie, body, path, []byte("/answers"))
}

// replied counts the reply to an answer.
func (s *posts) replied(t task, status int, body []byte) {
	now := microsNow()
	s.crowd.mu.Lock()
	defer s.crowd.mu.Unlock()
	count := s.crowd.counts[int(t.round)]
	if count == nil {
		count = &LiveCount{Refused: map[string]int{}}
		s.crowd.counts[int(t.round)] = count
	}
	if t.does == holds {
		if status != 204 {
			count.Refused["held: "+refusal(status, body)]++
		}
		return
	}
	defer s.open.Add(-1)
	switch {
	case status != 200:
		count.Refused[refusal(status, body)]++
	case bytes.Contains(body, []byte(`"counted":true`)):
		count.Acknowledged++
		count.Micros = append(count.Micros, now-t.at)
		count.Last = max(count.Last, now)
	default:
		count.Late++
	}
}

// taskHeap has the task that is due first in front (container/heap).
type taskHeap []task

func (h taskHeap) Len() int           { return len(h) }
func (h taskHeap) Less(i, j int) bool { return h[i].at < h[j].at }
func (h taskHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push adds at the end.
func (h *taskHeap) Push(t any) { *h = append(*h, t.(task)) }

// Pop takes from the end.
func (h *taskHeap) Pop() any {
	last := len(*h) - 1
	t := (*h)[last]
	*h = (*h)[:last]
	return t
}
