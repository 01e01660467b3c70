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
	var next, done atomic.Int64
	chunks := (c.Players + together - 1) / together
	parts := make([]*part, chunks)
	var working sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		working.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= chunks {
					return
				}
				parts[i] = newPart(d, c, i*together)
				for player := i * together; player < min(c.Players, (i+1)*together); player++ {
					newPerson(d, c, player).live(parts[i])
				}
				if n := done.Add(together); c.Progress != nil {
					c.Progress(min(int(n), c.Players))
				}
			}
		})
	}
	working.Wait()
	total := newResult(d)
	total.Contest, total.Days, total.Seed = d.Slug, c.Days, c.Seed
	for _, part := range parts { // in order, so that the result is the same
		total.add(&part.Result)
	}
	total.team(d, parts, c.Seed)
	total.spend(d, parts)
	total.draw(d, parts, c.Seed)
	total.worth(d)
	total.inPoints(d)
	return total
}
