package staff

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// Tried on the running program: accounts named 系统 and 命令行, and like a colleague.
func TestNoNameReadsAsTheProgramOrAsAColleague(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, _ := newService(t, store)
		if _, err := s.Add(t.Context(), CommandLine, "wang", "Wang Li 3", Viewer, goodPassword); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"系统", " 系 统", "命令行", "ANQUANDA", "Ａｎｑｕａｎｄａ", "安全答", "System"} {
			_, err := s.Add(t.Context(), CommandLine, "li", name, Viewer, goodPassword)
			if e := errs.From(err); e.Field != "name" {
				t.Errorf("%q: %v", name, err)
			}
		}
		for _, name := range []string{"Wang Li 3", "wang li 3", "ＷＡＮＧ ＬＩ３", "wang·li·3"} {
			if _, err := s.Add(t.Context(), CommandLine, "li", name, Viewer, goodPassword); !errors.Is(err, ErrNameTaken) {
				t.Errorf("%q: %v", name, err)
			}
		}
		if _, err := s.Add(t.Context(), CommandLine, "li", "李 3", Viewer, goodPassword); err != nil {
			t.Error(err)
		}
	})
}

// entries writes n entries.
func entries(t *testing.T, store *testkit.Store, n int) {
	t.Helper()
	for i := range n {
		err := store.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			return Record(t.Context(), tx, Entry{Actor: CommandLine, Action: "test", Subject: fmt.Sprint(i)})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhoHasTheStoreWithoutTheKeyCannotRewriteTheAuditLog(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, _ := newService(t, store)
		entries(t, store, 2) // before there was a key
		store.DB.SignWith(keyring.Only([]byte("of the installation")))
		entries(t, store, 3)
		wants := func(when string, broken int64) {
			t.Helper()
			check, err := s.CheckLog(t.Context(), 0)
			if err != nil || check.Broken != broken {
				t.Errorf("%s: entry %d is broken, %v; want %d", when, check.Broken, err, broken)
			}
			if broken == 0 && check.KeyedFrom != 3 {
				t.Errorf("%s: keyed from %d", when, check.KeyedFrom)
			}
		}
		wants("untouched", 0)
		head, err := HeadOf(t.Context(), store.DB)
		if err != nil || head.Entries != 5 {
			t.Fatalf("%+v, %v", head, err)
		}

		forge := func(seq int64, keyed int) {
			t.Helper()
			var l, before Logged
			must(t, store.DB.Get(t.Context(), &before, "SELECT "+loggedColumns+" FROM audit_log WHERE seq = ?", seq-1))
			must(t, store.DB.Get(t.Context(), &l, "SELECT "+loggedColumns+" FROM audit_log WHERE seq = ?", seq))
			l.Name = "somebody else"
			must(t, store.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
				_, err := tx.Exec(t.Context(), "UPDATE audit_log SET staff_name = ?, hash = ?, keyed = ? WHERE seq = ?", l.Name,
					l.chain(before.Hash), keyed, seq)
				return err
			}))
		}
		forge(5, 1)
		wants("the last entry rewritten with a hash made without the key", 5)
		forge(5, 0)
		wants("the last entry rewritten as one of before the key", 5)

		must(t, store.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(), "DELETE FROM audit_log WHERE seq = 5")
			return err
		}))
		wants("the last entry cut off", 0)
		if missing, err := s.MissingHead(t.Context(), []Head{head}); err != nil || missing != 5 {
			t.Errorf("a head that was printed elsewhere: %d is missing, %v", missing, err)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Tried on the running program: a masked phone was completed by 930 searches in 1.6 s,
// without an entry in the log.
func TestSearchesByPhoneAreCountedLoggedAndLimited(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, _ := newService(t, store)
		wang, li := add(t, s, "wang", Prizes), add(t, s, "li", Prizes)
		for i := range searchesAnHour {
			if err := s.NoteSearch(t.Context(), ActorOf(wang), 7); err != nil {
				t.Fatalf("search %d: %v", i+1, err)
			}
		}
		if err := s.NoteSearch(t.Context(), ActorOf(wang), 7); !errors.Is(err, ErrTooManySearches) {
			t.Errorf("one more: %v", err)
		}
		must(t, s.NoteSearch(t.Context(), ActorOf(li), 7))
		var logged int
		must(t, store.DB.Get(t.Context(), &logged, "SELECT COUNT(*) FROM audit_log WHERE action_name = ?", searchByPhone))
		if logged != searchesAnHour+1 {
			t.Errorf("%d searches are in the log", logged)
		}
	})
}

func TestEntriesGoOutInOrderAfterTheirCommitAndOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, _ := newService(t, store)
		entries(t, store, 2)
		var sent []string
		away := errors.New("away")
		ship := func(failing bool) error {
			return s.Ship(context.Background(), "file x", func(lines []string) error {
				if failing {
					return away
				}
				sent = append(sent, lines...)
				return nil
			})
		}
		must(t, ship(false))
		if len(sent) != 0 {
			t.Errorf("what was there before goes out: %v", sent)
		}
		entries(t, store, 3)
		if err := ship(true); !errors.Is(err, away) {
			t.Errorf("the place is away: %v", err)
		}
		must(t, ship(false))
		must(t, ship(false))
		if len(sent) != 3 || !strings.HasPrefix(sent[0], "seq=3 ") || !strings.HasPrefix(sent[2], "seq=5 ") ||
			!strings.Contains(sent[2], `name="命令行" action="test" subject="2"`) {
			t.Errorf("sent are %q", sent)
		}
	})
}

func TestAnAccountForOneContestEndsWithItsDate(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, clock := newService(t, store)
		owner, booth := add(t, s, "owner", Owner), add(t, s, "booth", Booth)
		clock.pass(time.Minute)
		until := clock.now().UnixMilli() + day
		must(t, s.SetScope(t.Context(), ActorOf(owner), booth.ID, Scope{ContestID: 7, Until: until}))
		if scope, err := s.ScopeOf(t.Context(), booth.ID); err != nil || scope.ContestID != 7 {
			t.Errorf("%+v, %v", scope, err)
		}
		if err := s.SetScope(t.Context(), ActorOf(owner), owner.ID, Scope{ContestID: 7}); !errors.Is(err, ErrOwnerScoped) {
			t.Errorf("an owner for one contest: %v", err)
		}
		recent, err := s.RecentTouches(t.Context())
		if err != nil || len(recent) == 0 || recent[0].Login != "booth" || recent[0].ByName != owner.Name ||
			recent[0].What != RoleGiven {
			t.Errorf("what staff are shown: %+v, %v", recent, err)
		}
		clock.pass(settled)
		if _, err := s.ScopeOf(t.Context(), booth.ID); !errors.Is(err, ErrScopeOver) {
			t.Errorf("after its date: %v", err)
		}
	})
}
