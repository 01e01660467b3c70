// Package simulation lets a made-up crowd live through a contest by its rules
// alone: no store, no bank, no clock. It shows an organizer what a definition comes
// to before anybody plays it. The same definition, numbers and seed give the same
// result on every machine, however many cores it has.
package simulation

import (
	"runtime"
	"sync"
	"sync/atomic"

	"anquanda/internal/contest"
)

// Config is how large the crowd is.
type Config struct {
	Players int
	Days    int // of the contest, from its first; at most all of it
	Seed    uint64
	// Progress is called now and then with the players done so far; may be nil.
	Progress func(done int)
}

// Run simulates. It uses all cores.
func Run(d *contest.Definition, c Config) *Result {
	const chunk = 256
	var next, done atomic.Int64
	chunks := (c.Players + chunk - 1) / chunk
	parts := make([]*Result, chunks)
	var working sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		working.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= chunks {
					return
				}
				parts[i] = newResult(d)
				for player := i * chunk; player < min(c.Players, (i+1)*chunk); player++ {
					newPerson(d, c, player).live(parts[i])
				}
				if n := done.Add(chunk); c.Progress != nil {
					c.Progress(min(int(n), c.Players))
				}
			}
		})
	}
	working.Wait()
	total := newResult(d)
	total.Contest, total.Days, total.Seed = d.Slug, c.Days, c.Seed
	for _, part := range parts { // in order, so that the result is the same
		total.add(part)
	}
	for i := range d.Drawings { // of a board's first, no more than they are
		if top := d.Drawings[i].Who.Top; top != nil {
			total.Drawings[i].Players = min(total.Drawings[i].Players, int64(top.Count))
			total.Drawings[i].Tickets = min(total.Drawings[i].Tickets, int64(top.Count))
		}
	}
	return total
}
