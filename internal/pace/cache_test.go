package pace_test

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"anquanda/internal/pace"
)

// costly counts how often it was made; each time takes cost.
type costly struct {
	made int
	cost time.Duration
	err  error
}

func (c *costly) make() (int, error) {
	c.made++
	time.Sleep(c.cost)
	return c.made, c.err
}

func TestAValueIsKeptForAWhileAndLongerTheMoreItCost(t *testing.T) {
	for _, of := range []struct{ cost, kept time.Duration }{
		{0, 3 * time.Second}, {100 * time.Millisecond, 3 * time.Second}, {time.Second, 20 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			cache, work := pace.NewCache[string, int](time.Now, 3*time.Second), &costly{cost: of.cost}
			get := func() (value int) {
				value, _ = cache.Get("a", work.make)
				return value
			}
			first := get()
			time.Sleep(of.kept - time.Nanosecond)
			if again := get(); first != 1 || again != 1 {
				t.Errorf("cost %v: %d, then %d within %v, want the first kept", of.cost, first, again, of.kept)
			}
			time.Sleep(time.Nanosecond)
			if after := get(); after != 2 {
				t.Errorf("cost %v: after %v it is %d, want it made anew", of.cost, of.kept, after)
			}
		})
	}
}

func TestOneMakesAValueAndTheOthersWait(t *testing.T) {
	cache, made := pace.NewCache[string, int](time.Now, time.Hour), 0
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			value, err := cache.Get("a", func() (int, error) {
				made++ // the race detector sees two at once
				time.Sleep(time.Millisecond)
				return made, nil
			})
			if value != 1 || err != nil {
				t.Errorf("got %d, %v", value, err)
			}
		})
	}
	all.Wait()
}

func TestFailuresAndWhatWasDroppedAreMadeAnewAndKeysAreApart(t *testing.T) {
	now := time.Now()
	cache, work := pace.NewCache[string, int](func() time.Time { return now }, time.Hour), &costly{err: errors.New("no")}
	if _, err := cache.Get("a", work.make); err == nil {
		t.Error("the failure is not told")
	}
	work.err = nil
	get := func(key string, want int) {
		t.Helper()
		if value, err := cache.Get(key, work.make); value != want || err != nil {
			t.Errorf("%s is %d, %v; want %d", key, value, err, want)
		}
	}
	get("a", 2)
	get("b", 3)
	cache.Drop("a")
	get("a", 4)
	get("b", 3)
	now = now.Add(-time.Minute) // a clock that was put back
	get("b", 5)
}
