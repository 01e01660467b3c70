// Package livecrowd is the people of a live room for tests of faults: a host and players
// who go on through everything that happens to the servers. They follow the room by its
// stream or by asking again, turn to the next server when theirs does not answer, keep an
// answer and send it again until they hear what became of it, and remember what was
// acknowledged. Check holds that against what the room says in the end.
package livecrowd

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/testkit"
)

// Right is what a right answer is worth in the contest that Apply stores.
const Right = 100

const definition = `contest: livefaults
title: 直播演练
organizer: 测试
bank: safety
window: {opens: 2026-01-01, closes: 2096-01-01}
levels: [{key: only, title: 一题, questions: [{count: 1}], pass: 1}]
live:
  - key: long
    title: 我问你答
    draw: [{count: 8, kinds: [single]}]
    change: true
    time: {question: 10m, countdown: 1s}
    score: {right: 100}
  - key: short
    title: 快问快答
    draw: [{count: 8, kinds: [single]}]
    change: true
    time: {question: 6s, countdown: 1s}
    score: {right: 100}
`

// Apply stores the contest of the tests by the command line: with the plans "long", of
// questions that a host closes, and "short", of questions that time closes.
func Apply(t testing.TB, stores ...string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "livefaults.yaml")
	if err := os.WriteFile(file, []byte(definition), 0o600); err != nil {
		t.Fatal(err)
	}
	arguments := append(append([]string{"contest", "apply"}, stores...), file)
	if out, err := exec.Command(testkit.Binary(t), arguments...).CombinedOutput(); err != nil {
		t.Fatalf("contest apply: %v\n%s", err, out)
	}
}

// Crowd is the players of one room.
type Crowd struct {
	Phones []*Phone

	t    testing.TB
	stop chan struct{}
	all  sync.WaitGroup
}

// Gather lets n players join the room of a host, every second of them by asking again
// instead of by a stream. They are spread over the servers at bases, and play until the
// test ends.
func Gather(t testing.TB, h *Host, n int, bases ...string) *Crowd {
	t.Helper()
	c := &Crowd{t: t, stop: make(chan struct{})}
	for i := range n {
		p := newPhone(h, bases, i)
		if err := p.join(h.Code, fmt.Sprint("选手", i)); err != nil {
			t.Fatal(err)
		}
		c.Phones = append(c.Phones, p)
	}
	for _, p := range c.Phones {
		c.all.Go(func() { p.play(c.stop) })
		if p.streams {
			c.all.Go(func() { p.listen(c.stop) })
		}
	}
	t.Cleanup(func() { close(c.stop); c.all.Wait() })
	return c
}

// Await waits until something holds for the players.
func (c *Crowd) Await(what string, so func() bool) {
	c.t.Helper()
	for end := time.Now().Add(testkit.Patience); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			c.t.Fatalf("%s has not come", what)
		}
	}
}

// counts adds up what was acknowledged, and what was told to be sent again.
func (c *Crowd) counts() (acks, again int) {
	for _, p := range c.Phones {
		a, b := p.counts()
		acks, again = acks+a, again+b
	}
	return acks, again
}

// AwaitMore waits until two more answers a player are acknowledged. The question must be
// open.
func (c *Crowd) AwaitMore() {
	c.t.Helper()
	before, _ := c.counts()
	c.Await("more answers", func() bool { acks, _ := c.counts(); return acks >= before+2*len(c.Phones) })
}

// AwaitToldAgain waits until one more answer is told to be sent again.
func (c *Crowd) AwaitToldAgain() {
	c.t.Helper()
	_, before := c.counts()
	c.Await("an answer that is told to be sent again", func() bool { _, again := c.counts(); return again > before })
}

// AwaitSettled waits until everybody knows what became of each answer to a round.
func (c *Crowd) AwaitSettled(round int) {
	c.t.Helper()
	c.Await(fmt.Sprintf("the fate of all answers to round %d", round), func() bool {
		for _, p := range c.Phones {
			if !p.settled(round) {
				return false
			}
		}
		return true
	})
}

// AwaitPhase waits until all players see a round in a phase.
func (c *Crowd) AwaitPhase(round int, phase string) {
	c.t.Helper()
	c.Await(fmt.Sprintf("round %d in phase %s on all phones", round, phase), func() bool {
		for _, p := range c.Phones {
			if room := p.room(); room.Round != round || room.Phase != phase {
				return false
			}
		}
		return true
	})
}

// AwaitReady waits until /readyz of a server answers 200 with a text.
func (c *Crowd) AwaitReady(base, text string) {
	c.t.Helper()
	client := http.Client{Timeout: answersWithin}
	c.Await("/readyz with "+text, func() bool {
		reply, err := client.Get(base + "/readyz")
		if err != nil {
			return false
		}
		defer reply.Body.Close()
		body, err := io.ReadAll(reply.Body)
		return err == nil && reply.StatusCode == http.StatusOK && strings.Contains(string(body), text)
	})
}

// Check holds what was acknowledged to the players against what the room says on each
// server, and reports each difference: an answer that was lost, or counted twice, or that
// counts although it was told to be too late.
func (c *Crowd) Check(h *Host, bases ...string) {
	c.t.Helper()
	rounds := h.Look().Rounds
	counted := make([]int, len(rounds))
	for _, p := range c.Phones {
		points := 0
		for i, round := range rounds {
			f := p.fate(round.Round)
			if !f.counted {
				continue
			}
			counted[i]++
			if len(round.Right) == 1 && f.option == round.Right[0] {
				points += Right
			}
		}
		for _, base := range bases {
			c.checkOne(p, base, points)
		}
		for _, wrong := range p.failures() {
			c.t.Errorf("player %d: %s", p.number, wrong)
		}
	}
	for i, round := range rounds {
		if round.Answered != counted[i] {
			c.t.Errorf("round %d counts %d answers, %d were acknowledged", round.Round, round.Answered, counted[i])
		}
	}
}

func (c *Crowd) checkOne(p *Phone, base string, points int) {
	c.t.Helper()
	var last Snapshot
	c.Await("the end of the room on "+base, func() bool {
		return p.ask(base, &last) == nil && last.Me != nil && last.Room.Phase == "over"
	})
	if last.Me.Points != points {
		c.t.Errorf("player %d has %d points on %s, want %d by what was acknowledged", p.number, last.Me.Points, base,
			points)
	}
}
