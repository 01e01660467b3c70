package load

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// run is one job under way.
type run struct {
	job     Job
	tell    func(Event) // called by one goroutine at a time
	clients []*client
	base    time.Time // what from, until and latencies count from
	// The window that is measured, as nanoseconds since base.
	from, until atomic.Int64
}

// longestRamp is how long the load runs before it is measured, or as long as it
// is measured if that is less.
const longestRamp = time.Second

func (r *run) ramp() time.Duration { return min(longestRamp, r.job.Measure) }

// do runs a job. It ends early when ctx does.
func do(ctx context.Context, job Job, tell func(Event)) (*Result, error) {
	r := &run{job: job, tell: tell, base: time.Now()}
	defer r.hangUp()
	for n := range job.Connections {
		// Each from a network (/24) of its own: one network may not make so many players.
		c, err := dialFrom([4]byte{127, 1, byte(n), 1}, job.Address)
		if err != nil {
			return nil, err
		}
		r.clients = append(r.clients, c)
	}
	defer context.AfterFunc(ctx, r.hangUp)() // ends every request that waits
	result, err := r.work(ctx)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return result, err
}

func (r *run) hangUp() {
	for _, c := range r.clients {
		c.conn.Close()
	}
}

func (r *run) work(ctx context.Context) (*Result, error) {
	if r.job.Kind == Bare {
		users := make([]user, len(r.clients))
		for i := range users {
			users[i] = newBystander()
		}
		return r.measure(ctx, users, r.ramp(), r.closedLoop)
	}
	rate := r.job.Rate
	result := &Result{}
	if r.job.Kind == Closed {
		warm, err := r.warmUp(ctx, result)
		if err != nil {
			return nil, err
		}
		result.Add(&warm.Count)
		rate = max(leastRate, warm.PerSecond*roomForFaster)
	}
	attempts, err := r.prepare(int(rate*(r.ramp()+r.job.Measure).Seconds())/r.job.Questions+len(r.clients), result)
	if err != nil {
		return nil, err
	}
	send := r.closedLoop
	if r.job.Kind == Open {
		send = r.openLoop
	}
	measured, err := r.measure(ctx, r.players(attempts), r.ramp(), send)
	if err != nil {
		return nil, err
	}
	measured.Add(&result.Count)
	measured.EnrolPerSecond, measured.StartPerSecond = result.EnrolPerSecond, result.StartPerSecond
	return measured, nil
}

const (
	// The warm-up takes as long as what is measured, and at most this long, with
	// so many attempts a second beside one for each connection.
	warmUpTime     = 2 * time.Second
	warmUpAttempts = 750
	// roomForFaster is how much faster than in the warm-up the measured load may
	// run before its stock of attempts ends.
	roomForFaster = 1.35
	// leastRate is what is prepared for, in answers a second, when the warm-up
	// stood still: a busy disk can hold a commit for two seconds.
	leastRate = 2500
)

// warmUp plays for a moment, which also tells how many attempts to prepare.
func (r *run) warmUp(ctx context.Context, result *Result) (*Result, error) {
	lasts := min(warmUpTime, r.job.Measure)
	attempts, err := r.prepare(len(r.clients)+int(warmUpAttempts*lasts.Seconds()), result)
	if err != nil {
		return nil, err
	}
	whole := r.job
	r.job.Measure = lasts
	tell := r.tell
	r.tell = func(e Event) {
		if e.Window == "" {
			tell(e)
		}
	}
	defer func() { r.job, r.tell = whole, tell }()
	return r.measure(ctx, r.players(attempts), 0, r.closedLoop)
}

func (r *run) players(attempts []*attempt) []user {
	s := &stock{attempts: attempts}
	users := make([]user, len(r.clients))
	for i := range users {
		users[i] = newPlayer(s, i, r.job.Questions)
	}
	return users
}

// since is the time since base.
func (r *run) since() int64 { return int64(time.Since(r.base)) }

// loop sends the users' requests until the window closes.
type loop func(users []user, record *recorder) (done *sync.WaitGroup)

// measure runs loop for each user until the window closes, and adds up.
func (r *run) measure(ctx context.Context, users []user, ramp time.Duration, loop loop) (*Result, error) {
	from := r.since() + int64(ramp)
	r.from.Store(from)
	r.until.Store(from + int64(r.job.Measure))
	record := newRecorder(len(users))
	done := loop(users, record)
	ended := make(chan struct{})
	go func() { done.Wait(); close(ended) }()

	r.waitUntil(&r.from, ended, "warming up")
	r.tell(Event{Window: WindowOpen})
	before := CPUTime()
	r.waitUntil(&r.until, ended, "measuring")
	cpu := CPUTime() - before
	r.tell(Event{Window: WindowClosed})
	select {
	case <-ended:
	case <-time.After(drainTime + time.Second):
		r.hangUp()
		<-ended
		return nil, fmt.Errorf("requests stayed without a reply for %v", drainTime)
	}
	window := time.Duration(r.until.Load() - r.from.Load())
	if window <= 0 {
		return nil, errors.New("the load ended before it could be measured")
	}
	result := record.result(window)
	result.CPUSeconds = cpu.Seconds()
	for _, u := range users {
		result.Add(u.count())
	}
	return result, ctx.Err()
}

// drainTime bounds how long requests may take after the window.
const drainTime = 15 * time.Second

// waitUntil waits for a moment that may come nearer meanwhile, or until ended.
func (r *run) waitUntil(moment *atomic.Int64, ended <-chan struct{}, stage string) {
	began := r.since()
	for {
		left := time.Duration(moment.Load() - r.since())
		if left <= 0 {
			return
		}
		r.tell(Event{Stage: stage, Done: int((r.since() - began) / 1e9), Of: int((moment.Load() - began) / 1e9)})
		select {
		case <-ended:
			return
		case <-time.After(min(left, time.Second/4)):
		}
	}
}

// closedLoop sends each user's next request when the last one is answered.
func (r *run) closedLoop(users []user, record *recorder) *sync.WaitGroup {
	var all sync.WaitGroup
	for i, u := range users {
		all.Go(func() {
			for {
				began := r.since()
				if began >= r.until.Load() {
					return
				}
				request := u.request()
				if request == nil {
					r.closeWindow()
					return
				}
				finished := u.count().Finished
				if !r.ask(i, u, request) {
					return
				}
				if ended := r.since(); ended >= r.from.Load() && ended < r.until.Load() {
					record.add(i, ended-began, u.count().Finished > finished)
				}
			}
		})
	}
	return &all
}

// closeWindow ends the window now: the load has nothing left to send.
func (r *run) closeWindow() {
	for now := r.since(); ; {
		until := r.until.Load()
		if until <= now || r.until.CompareAndSwap(until, now) {
			return
		}
	}
}

// ask sends one request and hands its reply to the user; false when the
// connection is gone.
func (r *run) ask(i int, u user, request []byte) bool {
	status, err := r.clients[i].do(request)
	if err != nil {
		u.lose()
		return false
	}
	u.reply(status, r.clients[i].body)
	return true
}

// openLoop sends requests on a schedule that does not wait for replies, at
// random moments (a Poisson process) at the job's rate. A latency counts from
// the scheduled moment, so one slow reply is seen by all that should have been
// sent meanwhile (no coordinated omission).
func (r *run) openLoop(users []user, record *recorder) *sync.WaitGroup {
	var all sync.WaitGroup
	arrivals := make(chan int64, 1<<16)
	all.Go(func() {
		defer close(arrivals)
		random := rand.New(rand.NewPCG(1, 2))
		for at := float64(r.since()); at < float64(r.until.Load()); at += random.ExpFloat64() / r.job.Rate * 1e9 {
			if early := time.Duration(int64(at) - r.since()); early > 0 {
				time.Sleep(early)
			}
			arrivals <- int64(at)
		}
	})
	for i, u := range users {
		all.Go(func() {
			gone := false
			for scheduled := range arrivals {
				measured := scheduled >= r.from.Load() && scheduled < r.until.Load()
				var request []byte
				if !gone && r.since() < r.until.Load()+int64(drainTime) {
					request = u.request()
				}
				finished := u.count().Finished
				if gone = request == nil || !r.ask(i, u, request); gone {
					if measured {
						record.missed.Add(1)
					}
					continue
				}
				if measured {
					record.add(i, r.since()-scheduled, u.count().Finished > finished)
				}
			}
		})
	}
	return &all
}
