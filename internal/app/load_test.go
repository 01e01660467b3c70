package app_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/testkit"
)

// short is a contest whose attempts end by themselves soon, so that a test can
// see that none is stuck.
const short = `contest: faults
title: 故障演练
organizer: 测试
bank: safety
window: {opens: 2026-01-01, closes: 2096-01-01}
players: {unit: {ask: optional}}
levels:
  - {key: first, title: 第一关, questions: [{count: 5, kinds: [single, truefalse]}], pass: 1,
     time: {level: 5s, review: 1s, least: 0s}, attempts: {max: 1000}}
boards:
  - {key: total, title: 个人榜, subject: player, measure: best, daily: true}
  - {key: units, title: 单位榜, subject: unit, measure: best, daily: true}
  - {key: crowd, title: 参与榜, subject: unit, measure: players, depth: 1}
units:
  - {code: a, name: 甲镇, children: [{code: a1, name: 甲一村}, {code: a2, name: 甲二村}]}
  - {code: b, name: 乙镇}
`

// apply stores the contest "faults" by the command line.
func apply(t *testing.T, arguments ...string) {
	t.Helper()
	applyBy(t, testkit.Binary(t), arguments...)
}

// applyBy is apply by another build.
func applyBy(t *testing.T, build string, arguments ...string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "faults.yaml")
	writeFile(t, file, short)
	out, err := exec.Command(build, append([]string{"contest", "apply", file},
		arguments...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("contest apply: %v\n%s", err, out)
	}
}

// crowd is people who play over HTTP and keep on through every failure.
type crowd struct {
	after  int // the number of the next player, by which crowds that join are named
	t      *testing.T
	phones []*phone
	pause  time.Duration // before each answer
	stop   chan struct{}
	all    sync.WaitGroup
	acks   atomic.Int64 // answers acknowledged so far

	mu       sync.Mutex
	problems map[string]int // codes of problems met
	network  map[string]int // failures to get any reply
}

// phone is one of them and what was acknowledged to it.
type phone struct {
	*testkit.Player
	nickname string
	leaves   bool // goes away in the middle of an attempt at the end
	acked    []ack
	ticket   string        // of the last answer
	scores   map[int64]int // by start of the attempt
}

type ack struct {
	started  int64
	position int
	correct  bool
	at       time.Time
	waited   time.Duration // since the answer was first sent
}

// gather signs so many players in and has them play until disperse.
func gather(t *testing.T, base string, n int) *crowd {
	t.Helper()
	return gatherFrom(t, base, 0, n, 0)
}

// join is another crowd at another address, of players with other names than all
// crowds before it have.
func (c *crowd) join(base string, n int) *crowd {
	c.t.Helper()
	return gatherFrom(c.t, base, c.after, n, c.pause)
}

func gatherFrom(t *testing.T, base string, first, n int, pause time.Duration) *crowd {
	t.Helper()
	bank, err := app.ShippedQuestions()
	if err != nil {
		t.Fatal(err)
	}
	c := &crowd{t: t, after: first + n, pause: pause, stop: make(chan struct{}), problems: map[string]int{},
		network: map[string]int{}}
	var units struct {
		Units []struct {
			ID string `json:"id"`
		} `json:"units"`
	}
	for i := first; i < first+n; i++ {
		p := &phone{Player: testkit.NewPlayer(base, "faults", bank), nickname: fmt.Sprint("选手", i), leaves: i%8 == 7,
			scores: map[int64]int{}}
		if i == first {
			if err := p.Call("GET", p.InContest("/units"), nil, &units); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.Enrol(p.nickname, append(units.Units, units.Units[0])[i%3].ID); err != nil {
			t.Fatal(err)
		}
		c.phones = append(c.phones, p)
	}
	for i, p := range c.phones {
		random := rand.New(rand.NewPCG(uint64(i), 16))
		c.all.Go(func() { c.play(p, random) })
	}
	return c
}

// disperse lets everybody end the attempt at hand, but for those who leave.
func (c *crowd) disperse() {
	close(c.stop)
	c.all.Wait()
}

func (c *crowd) stopping() bool {
	select {
	case <-c.stop:
		return true
	default:
		return false
	}
}

// await waits until so many more answers are acknowledged.
func (c *crowd) await(more int64) {
	c.t.Helper()
	want := c.acks.Load() + more
	c.until(fmt.Sprint(more, " more answers are acknowledged"), func() bool { return c.acks.Load() >= want })
}

func (c *crowd) until(what string, so func() bool) {
	c.t.Helper()
	for deadline := time.Now().Add(testkit.Patience); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			c.t.Fatalf("waited in vain until %s; problems %v, no reply %v", what, c.problems, c.network)
		}
	}
}

func (c *crowd) met(code string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.problems[code]
}

// persist tries a call again while the program or its store is away, with the
// same words, as the phone page does. It returns nil when it gives up.
func (c *crowd) persist(call func() (*testkit.Step, error)) (*testkit.Step, *testkit.Problem) {
	for deadline := time.Now().Add(testkit.Patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		step, err := call()
		if err == nil {
			return step, nil
		}
		var problem *testkit.Problem
		c.mu.Lock()
		if errors.As(err, &problem) {
			c.problems[problem.Code]++
		} else {
			c.network[reason(err)]++
		}
		c.mu.Unlock()
		if problem != nil && problem.Status != 503 {
			return nil, problem
		}
	}
	c.t.Error("a player tried for a minute in vain")
	return nil, nil
}

// reason shortens a network error to what differs between kinds of it.
func reason(err error) string {
	text := err.Error()
	return text[strings.LastIndex(text, ": ")+1:]
}

func (c *crowd) play(p *phone, random *rand.Rand) {
	for !c.stopping() {
		step, problem := c.persist(func() (*testkit.Step, error) { return p.Start("first") })
		if step == nil {
			c.t.Errorf("%s cannot start: %v", p.nickname, problem)
			return
		}
		started := step.Attempt.StartedAt
		for step.Result == nil {
			if step = c.answer(p, step, started, random); step == nil {
				return
			}
		}
		p.scores[started] = int(step.Result.Score) // this contest has whole points
	}
	if p.leaves {
		c.persist(func() (*testkit.Step, error) { return p.Start("first") })
	}
}

// answer answers one question and returns what comes next.
func (c *crowd) answer(p *phone, at *testkit.Step, started int64, random *rand.Rand) *testkit.Step {
	time.Sleep(c.pause)
	answer := p.Answer(at.Question, random.IntN(3) > 0)
	sent := time.Now()
	p.ticket = at.Ticket
	step, problem := c.persist(func() (*testkit.Step, error) { return p.Send(at.Ticket, answer) })
	if problem != nil && problem.Code == "answer_late" {
		answer = testkit.Answer{Question: at.Question.ID, Options: []string{}}
		step, problem = c.persist(func() (*testkit.Step, error) { return p.Send(at.Ticket, answer) })
	}
	switch {
	case problem == nil && step != nil:
		c.acks.Add(1)
		p.acked = append(p.acked, ack{started, step.Verdict.Position, step.Verdict.Correct,
			time.Now(), time.Since(sent)})
	case problem != nil && slices.Contains([]string{"already_answered", "out_of_order", "attempt_expired",
		"attempt_finished"}, problem.Code):
		step, problem = c.persist(func() (*testkit.Step, error) { return p.Resume(at.Ticket) })
	}
	if step == nil {
		c.t.Errorf("%s cannot answer: %v", p.nickname, problem)
	}
	return step
}
