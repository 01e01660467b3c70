package staff

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

const goodPassword = "青山绿水 2026 平安"

// clock is a server clock that a test moves.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

func newService(t *testing.T, s *testkit.Store) (*Service, *clock) {
	t.Helper()
	s.Migrate(sqldb.Migrations(), Migrations())
	ids, err := sqldb.NewIDs(t.Context(), s.DB)
	if err != nil {
		t.Fatal(err)
	}
	c := &clock{t: time.Date(2026, 6, 16, 9, 0, 0, 0, time.UTC)}
	return New(s.DB, ids, keyring.Only([]byte("a key of tests")), c.now), c
}

func add(t *testing.T, s *Service, login string, role Role) *Member {
	t.Helper()
	member, err := s.Add(t.Context(), CommandLine, login, "小"+login, role, goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	return member
}

func TestAnAccountThatIsNotWellFormedIsRefusedByField(t *testing.T) {
	s, _ := newService(t, testkit.Embedded(t))
	for _, c := range []struct {
		login, name string
		role        Role
		password    string
		field       string
	}{
		{"王", "王", Owner, goodPassword, "login"},
		{"w", "王", Owner, goodPassword, "login"},
		{"wang", "", Owner, goodPassword, "name"},
		{"wang", strings.Repeat("王", 17), Owner, goodPassword, "name"},
		{"wang", "王", "king", goodPassword, "role"},
		{"wang", "王", Owner, "short", "password"},
		{"wang", "王", Owner, "1234wang5678", "password"},
		{"wang", "王", Owner, "password2026", "password"},
		{"wang", "王", Owner, strings.Repeat("ab", 65), "password"},
	} {
		_, err := s.Add(t.Context(), CommandLine, c.login, c.name, c.role, c.password)
		if e := errs.From(err); e.Kind != errs.Invalid || e.Field != c.field {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestALoginBelongsToOneAccount(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, _ := newService(t, store)
		add(t, s, "wang", Owner)
		if _, err := s.Add(t.Context(), CommandLine, "Wang", "另一位", Viewer, goodPassword); !errors.Is(err, ErrLoginTaken) {
			t.Errorf("the same login again: %v", err)
		}
	})
}

func TestTheLastOwnerStays(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, _ := newService(t, store)
		owner := add(t, s, "owner", Owner)
		if err := s.Change(t.Context(), ActorOf(owner), owner.ID, Viewer, false); !errors.Is(err, ErrLastOwner) {
			t.Errorf("the only owner gives up the role: %v", err)
		}
		if err := s.Change(t.Context(), ActorOf(owner), owner.ID, Owner, true); !errors.Is(err, ErrLastOwner) {
			t.Errorf("the only owner is dismissed: %v", err)
		}
		members, err := s.List(t.Context())
		if err != nil || len(members) != 1 || members[0].Role != Owner || members[0].Disabled {
			t.Errorf("after the refusals: %v, %+v", err, members)
		}
	})
}

func TestTwoOwnersWhoTakeTheRoleFromEachOtherAtOnceLeaveOne(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, _ := newService(t, store)
		wang, li := add(t, s, "wang", Owner), add(t, s, "li", Owner)
		for round := range 20 {
			var both sync.WaitGroup
			var refused [2]error
			for i, pair := range [][2]*Member{{wang, li}, {li, wang}} {
				both.Go(func() { refused[i] = s.Change(t.Context(), ActorOf(pair[0]), pair[1].ID, Viewer, false) })
			}
			both.Wait()
			last := 0
			for _, err := range refused {
				if errors.Is(err, ErrLastOwner) {
					last++
				} else if err != nil {
					t.Fatal(err)
				}
			}
			if last != 1 {
				t.Fatalf("round %d: %v", round, refused)
			}
			for _, m := range []*Member{wang, li} {
				if err := s.Change(t.Context(), CommandLine, m.ID, Owner, false); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func TestTheAuditLogShowsARemovedAndAnAlteredEntry(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, _ := newService(t, store)
		for i := range 5 {
			add(t, s, fmt.Sprint("member", i), Viewer)
		}
		if check, err := s.CheckLog(t.Context(), 0); err != nil || check.Broken != 0 {
			t.Fatalf("an untouched log: %d, %v", check.Broken, err)
		}
		tamper := func(statement string) {
			err := store.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
				_, err := tx.Exec(t.Context(), statement)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		tamper("UPDATE audit_log SET subject = 'member9' WHERE seq = 3")
		if check, err := s.CheckLog(t.Context(), 0); err != nil || check.Broken != 3 {
			t.Errorf("an altered entry 3: %d, %v", check.Broken, err)
		}
		tamper("UPDATE audit_log SET subject = 'member2' WHERE seq = 3")
		tamper("DELETE FROM audit_log WHERE seq = 4")
		if check, err := s.CheckLog(t.Context(), 0); err != nil || check.Broken != 4 {
			t.Errorf("a removed entry 4: %d, %v", check.Broken, err)
		}
		if check, err := s.CheckLog(t.Context(), 3); err != nil || check.Broken != 4 {
			t.Errorf("a removed entry among the newest 3: %d, %v", check.Broken, err)
		}
		if check, err := s.CheckLog(t.Context(), 1); err != nil || check.Broken != 0 || check.Entries != 1 ||
			check.Last.Seq != 5 {
			t.Errorf("the newest entry, taken as it is: %+v, %v", check, err)
		}
	})
}

func TestEntriesWrittenAtOnceAllStandInTheAuditLog(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, _ := newService(t, store)
		const writers, each = 4, 5
		var running sync.WaitGroup
		var kept sync.Map
		for w := range writers {
			running.Go(func() {
				for i := range each {
					err := store.DB.InTx(context.Background(), func(tx *sqldb.Tx) error {
						return Record(context.Background(), tx, Entry{Actor: CommandLine, Action: "test", Subject: fmt.Sprint(w, i)})
					})
					if err == nil {
						kept.Store(fmt.Sprint(w, i), true)
					}
				}
			})
		}
		running.Wait()
		entries, err := s.Log(t.Context(), 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		kept.Range(func(any, any) bool { told++; return true })
		if len(entries) != told || told == 0 {
			t.Errorf("%d entries stand in the log, %d writers were told so", len(entries), told)
		}
		if check, err := s.CheckLog(t.Context(), 0); err != nil || check.Broken != 0 {
			t.Errorf("the log: %d, %v", check.Broken, err)
		}
	})
}
