package sqldb_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// gatedGroup is a group whose first commit waits for open, so that what comes
// meanwhile has to wait too. sizes tells the batches that were tried.
type gatedGroup struct {
	*sqldb.Group[thing]
	begun chan struct{}
	gate  chan struct{}

	mu    sync.Mutex
	sizes []int
}

func newGatedGroup(t *testing.T, db *sqldb.DB, maximum int) *gatedGroup {
	g := &gatedGroup{begun: make(chan struct{}), gate: make(chan struct{})}
	var first sync.Once
	g.Group = sqldb.NewGroup(db, maximum, 1, func(ctx context.Context, tx *sqldb.Tx, items []thing) error {
		g.mu.Lock()
		g.sizes = append(g.sizes, len(items))
		g.mu.Unlock()
		first.Do(func() {
			close(g.begun)
			<-g.gate
		})
		for _, item := range items {
			if item.Name == "panics" {
				panic("a bug that this item meets")
			}
		}
		return insertThings(ctx, tx, items)
	})
	t.Cleanup(g.Close)
	return g
}

// doWhileBusy hands items to the group while its first commit is under way,
// then opens the gate and returns each item's error.
func (g *gatedGroup) doWhileBusy(t *testing.T, items []thing) []error {
	var all sync.WaitGroup
	all.Go(func() { g.Do(background, thing{ID: 1, Name: "first"}) })
	<-g.begun
	errs := make([]error, len(items))
	for i, item := range items {
		all.Go(func() { errs[i] = g.Do(background, item) })
	}
	testkit.AwaitQueued(t, 1+len(items))
	close(g.gate)
	all.Wait()
	return errs
}

// numbered makes count things with the ids from first on.
func numbered(first, count int64) (items []thing) {
	for id := first; id < first+count; id++ {
		items = append(items, thing{ID: id, Name: fmt.Sprint("thing ", id)})
	}
	return items
}

func TestItemsThatComeDuringACommitShareTheNext(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		g := newGatedGroup(t, withThings(s), 20)
		for i, err := range g.doWhileBusy(t, numbered(2, 50)) {
			if err != nil {
				t.Errorf("item %d: %v", i, err)
			}
		}
		if n := len(stored(t, s.DB)); n != 51 {
			t.Errorf("%d rows, want 51", n)
		}
		if want := []int{1, 20, 20, 10}; !slices.Equal(g.sizes, want) {
			t.Errorf("batches of %v, want %v", g.sizes, want)
		}
	})
}

func TestALoneItemIsCommittedAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		g := sqldb.NewGroup(withThings(s), 100, 2, insertThings)
		defer g.Close()
		if err := g.Do(background, thing{ID: 1, Name: "alone"}); err != nil {
			t.Fatal(err)
		}
		if ids := stored(t, s.DB); !slices.Equal(ids, []int64{1}) {
			t.Errorf("stored %v when Do returned, want [1]", ids)
		}
	})
}

func TestABadItemFailsAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		g := newGatedGroup(t, withThings(s), 20)
		items := append(numbered(2, 9), thing{ID: 11, Name: "first"}) // that name is taken
		errs := g.doWhileBusy(t, items)
		for i, err := range errs[:9] {
			if err != nil {
				t.Errorf("item %d: %v", i, err)
			}
		}
		if !sqldb.IsDuplicate(errs[9]) {
			t.Errorf("the bad item's error is %v, want a duplicate", errs[9])
		}
		if n := len(stored(t, s.DB)); n != 10 {
			t.Errorf("%d rows, want 10", n)
		}
	})
}

func TestAnItemThatPanicsFailsAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		g := newGatedGroup(t, withThings(s), 20)
		errs := g.doWhileBusy(t, append(numbered(2, 9), thing{ID: 11, Name: "panics"}))
		for i, err := range errs[:9] {
			if err != nil {
				t.Errorf("item %d: %v", i, err)
			}
		}
		if err := errs[9]; err == nil || !strings.Contains(err.Error(), "a bug that this item meets") ||
			!strings.Contains(err.Error(), "group_test.go") {
			t.Errorf("the error is %v, want the panic and where it was", err)
		}
		if err := g.Do(background, thing{ID: 12, Name: "after"}); err != nil {
			t.Errorf("the group is broken afterwards: %v", err)
		}
	})
}

func TestCloseCommitsWhatWasAccepted(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		g := sqldb.NewGroup(withThings(s), 8, 2, insertThings)
		var callers sync.WaitGroup
		var mu sync.Mutex
		var accepted []int64
		for caller := range int64(16) {
			callers.Go(func() {
				for i := int64(0); ; i++ {
					item := numbered(caller*100_000+i, 1)[0]
					err := g.Do(background, item)
					if errors.Is(err, sqldb.ErrClosed) {
						return
					}
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					accepted = append(accepted, item.ID)
					mu.Unlock()
				}
			})
		}
		time.Sleep(50 * time.Millisecond)
		g.Close()
		g.Close() // closing twice is no harm
		callers.Wait()
		slices.Sort(accepted)
		if ids := stored(t, s.DB); !slices.Equal(ids, accepted) {
			t.Errorf("%d rows stored, %d acknowledged; want the same", len(ids), len(accepted))
		}
	})
}

func TestAnItemOutlivesItsRequest(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		g := newGatedGroup(t, withThings(s), 20)
		ctx, leave := context.WithCancel(background)
		left := make(chan error)
		go func() { left <- g.Do(ctx, thing{ID: 1, Name: "first"}) }()
		<-g.begun
		leave()
		if err := <-left; !errors.Is(err, sqldb.ErrAway) || !errors.Is(err, context.Canceled) {
			t.Errorf("a request that leaves gets %v, want ErrAway and why", err)
		}
		close(g.gate)
		g.Close()
		if ids := stored(t, s.DB); !slices.Equal(ids, []int64{1}) {
			t.Errorf("stored %v, want [1]", ids)
		}
	})
}

func TestManyCallersShareFewCommits(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		const callers, each = 64, 20
		var mu sync.Mutex
		commits := 0
		g := sqldb.NewGroup(withThings(s), 100, 2, func(ctx context.Context, tx *sqldb.Tx, items []thing) error {
			mu.Lock()
			commits++
			mu.Unlock()
			time.Sleep(5 * time.Millisecond) // as long as a disk takes: this store may be in memory
			return insertThings(ctx, tx, items)
		})
		var all sync.WaitGroup
		for caller := range int64(callers) {
			all.Go(func() {
				for _, item := range numbered(caller*each, each) {
					if err := g.Do(background, item); err != nil {
						t.Errorf("item %d: %v", item.ID, err)
					}
				}
			})
		}
		all.Wait()
		g.Close()
		if n := len(stored(t, s.DB)); n != callers*each {
			t.Errorf("%d rows, want %d", n, callers*each)
		}
		if commits > callers*each/4 {
			t.Errorf("%d commits for %d rows: they hardly shared any", commits, callers*each)
		}
	})
}
