package sqldb_test

import (
	"encoding/json"
	"math"
	"sync"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

func TestIDsAreUniqueOverGoroutinesNodesAndRestarts(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		s.Migrate(sqldb.Migrations())
		const starts, goroutines, each = 4, 4, 5000
		var mu sync.Mutex
		seen := map[sqldb.ID]bool{}
		var all sync.WaitGroup
		for range starts { // nodes side by side; a restart is one more
			ids, err := sqldb.NewIDs(background, s.Open())
			if err != nil {
				t.Fatal(err)
			}
			for range goroutines {
				all.Go(func() {
					mine := make([]sqldb.ID, each)
					for i := range mine {
						mine[i] = ids.Next()
						if mine[i] <= 0 || i > 0 && mine[i] <= mine[i-1] {
							t.Errorf("%d after %d: want positive and growing", mine[i], mine[max(0, i-1)])
							return
						}
					}
					mu.Lock()
					defer mu.Unlock()
					for _, id := range mine {
						seen[id] = true
					}
				})
			}
		}
		all.Wait()
		if want := starts * goroutines * each; len(seen) != want {
			t.Errorf("%d different ids of %d", len(seen), want)
		}
	})
}

func TestNodesThatStartTogetherGetTheirOwnNumbers(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		s.Migrate(sqldb.Migrations())
		const nodes = 8
		made := make([]*sqldb.IDs, nodes)
		var all sync.WaitGroup
		for i := range nodes {
			db := s.Open()
			all.Go(func() {
				var err error
				if made[i], err = sqldb.NewIDs(background, db); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		numbers := map[int64]bool{}
		for _, ids := range made {
			if ids != nil {
				numbers[int64(ids.Next())>>12&1023] = true
			}
		}
		if len(numbers) != nodes {
			t.Errorf("%d node numbers for %d nodes", len(numbers), nodes)
		}
	})
}

func TestIDsFollowTheClock(t *testing.T) {
	s := testkit.Embedded(t)
	s.Migrate(sqldb.Migrations())
	ids, err := sqldb.NewIDs(background, s.DB)
	if err != nil {
		t.Fatal(err)
	}
	before := time.Now().Add(-time.Millisecond)
	made := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(ids.Next()>>22) * time.Millisecond)
	if made.Before(before) || made.After(time.Now()) {
		t.Errorf("an id says it was made at %v", made)
	}
}

func TestAnIDTravelsAsText(t *testing.T) {
	text, err := json.Marshal(map[string]sqldb.ID{"id": 9007199254740993})
	if err != nil || string(text) != `{"id":"9007199254740993"}` {
		t.Errorf("JSON is %s, %v", text, err)
	}
	for text, want := range map[string]sqldb.ID{
		"1": 1, "9007199254740993": 9007199254740993, "9223372036854775807": math.MaxInt64,
		"": 0, "0": 0, "-1": 0, "+1": 0, "01": 0, "1.0": 0, "1e3": 0, " 1": 0, "0x10": 0, "9223372036854775808": 0, "１": 0,
	} {
		id, ok := sqldb.ParseID(text)
		if ok != (want != 0) || ok && id != want {
			t.Errorf("ParseID(%q) = %d, %v; want %d", text, id, ok, want)
		}
		if ok && id.String() != text {
			t.Errorf("%q becomes %q", text, id)
		}
	}
}

func TestWhatIsRememberedOnceStays(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		s.Migrate(sqldb.Migrations())
		const nodes = 6
		got := make([]string, nodes)
		var all sync.WaitGroup
		for i := range nodes {
			db := s.Open()
			all.Go(func() {
				var err error
				if got[i], err = db.RememberOnce(background, "secret", string(rune('a'+i))); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, text := range got {
			if text == "" || text != got[0] {
				t.Errorf("the nodes remember %q, want one text", got)
				break
			}
		}
	})
}
