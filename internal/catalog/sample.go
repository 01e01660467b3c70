package catalog

import (
	"context"
	"errors"
	"slices"
	"sync"

	"anquanda/internal/bank"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
)

// samples keeps the pools of the days that were asked for: drawing a sample sorts the
// pools, and every answer of a guest looks at it. A day's are some numbers a level, so
// those of a whole contest may stay.
type samples struct {
	mu    sync.Mutex
	byDay map[int][][]contest.Pool
}

// PoolsOn is Pools, narrowed to the sample for guests of a day (yyyymmdd); 0: not
// narrowed.
func (c *Contest) PoolsOn(day int) [][]contest.Pool {
	if day == 0 {
		return c.Pools
	}
	c.samples.mu.Lock()
	defer c.samples.mu.Unlock()
	pools, ok := c.samples.byDay[day]
	if !ok {
		if c.samples.byDay == nil {
			c.samples.byDay = map[int][][]contest.Pool{}
		}
		pools = c.Sample(c.Bank.Questions, c.Pools, day)
		c.samples.byDay[day] = pools
	}
	return pools
}

// Whole lists the levels of which guests see all questions on a day, though the
// definition gives them a sample: there it keeps nobody from anything. Banks that are
// not there, or hold too little, are passed over: see Lacks.
func (c *Catalog) Whole(ctx context.Context, d *contest.Definition) (levels []int, err error) {
	if d.GuestQuestions() == 0 {
		return nil, nil
	}
	for i, name := range d.Banks() {
		b, err := c.currentBank(ctx, name)
		if errors.Is(err, bank.ErrUnknown) {
			continue
		}
		if err != nil {
			return nil, errs.Wrap(err, "bank %s of contest %s", name, d.Slug)
		}
		if pools, err := poolsOf(d, i, b); err == nil {
			levels = append(levels, whole(d, b.Questions, pools)...)
		}
	}
	slices.Sort(levels)
	return levels, nil
}

func whole(d *contest.Definition, questions []question.Question, pools [][]contest.Pool) (levels []int) {
	for i, sampled := range d.Sample(questions, pools, d.Day(d.Window.Opens.MS)) {
		if pools[i] != nil && d.Levels[i].Drawn != contest.DrawnSame && distinct(sampled) == distinct(pools[i]) {
			levels = append(levels, i)
		}
	}
	return levels
}

func distinct(pools []contest.Pool) int {
	all := slices.Concat(pools...)
	slices.Sort(all)
	return len(slices.Compact(all))
}
