package load

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// prepare enrols count players and starts an attempt for each. The attempts are
// in the order in which they were started.
func (r *run) prepare(count int, result *Result) ([]*attempt, error) {
	attempts := make([]*attempt, count)
	began := time.Now()
	err := r.each("enrolling players", count, func(c *client, random *rand.Rand, i int) (err error) {
		attempts[i], err = r.enrol(c, random)
		return err
	})
	if err != nil {
		return nil, err
	}
	result.EnrolPerSecond = float64(count) / time.Since(began).Seconds()
	began = time.Now()
	err = r.each("starting attempts", count, func(c *client, random *rand.Rand, i int) error {
		return r.start(c, random, attempts[i])
	})
	result.StartPerSecond = float64(count) / time.Since(began).Seconds()
	return attempts, err
}

// each does work for 0 to count-1 over all connections at once and stops at the
// first error.
func (r *run) each(stage string, count int, work func(c *client, random *rand.Rand, i int) error) error {
	var next atomic.Int64
	var all sync.WaitGroup
	failed := make(chan error, len(r.clients))
	for n, c := range r.clients {
		all.Go(func() {
			random := rand.New(rand.NewPCG(uint64(n), uint64(count)))
			for {
				i := int(next.Add(1)) - 1
				if i >= count {
					return
				}
				if err := work(c, random, i); err != nil {
					next.Store(int64(count))
					failed <- fmt.Errorf("%s: %w", stage, err)
					return
				}
			}
		})
	}
	ended := make(chan struct{})
	go func() { all.Wait(); close(ended) }()
	tick := time.NewTicker(time.Second / 4)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			r.tell(Event{Stage: stage, Done: min(int(next.Load()), count), Of: count})
		case <-ended:
			select {
			case err := <-failed:
				return err
			default:
				return nil
			}
		}
	}
}

func (r *run) enrol(c *client, random *rand.Rand) (*attempt, error) {
	unit := ""
	if len(r.job.Units) > 0 {
		unit = r.job.Units[random.IntN(len(r.job.Units))]
	}
	body := []byte(`{"nickname":"试压` + strconv.Itoa(random.IntN(1_000_000)) + `","unit":"` + unit + `"}`)
	status, err := c.do(appendPost(nil, "", body, []byte("/api/v1/contests/"+r.job.Contest+"/enrolment")))
	if err != nil {
		return nil, err
	}
	if status != 201 || c.cookie == "" {
		return nil, errors.New(refusal(status, c.body))
	}
	return &attempt{cookie: c.cookie}, nil
}

func (r *run) start(c *client, random *rand.Rand, a *attempt) error {
	path := []byte("/api/v1/contests/" + r.job.Contest + "/levels/" + r.job.Level + "/attempts")
	status, err := c.do(appendPost(nil, a.cookie, []byte("{}"), path))
	if err != nil {
		return err
	}
	if status != 201 {
		return errors.New(refusal(status, c.body))
	}
	a.position = 1
	return a.read(bytes.Clone(c.body), random)
}
