package app

import (
	"encoding/hex"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

func TestNodesThatStartAtOnceOnAnEmptyStoreAgree(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		folder, redis := s.DataFolder, s.RedisAddr()
		if folder == "" {
			folder = t.TempDir()
		}
		nodes := make([]*App, 2)
		var all sync.WaitGroup
		for i := range nodes {
			all.Go(func() {
				var err error
				nodes[i], err = New(t.Context(), Config{Data: folder, MySQL: s.MySQLDSN, Redis: redis})
				if err != nil {
					t.Errorf("node %d: %v", i, err)
				}
			})
		}
		all.Wait()
		for i, a := range nodes {
			if a == nil {
				continue
			}
			defer a.Close()
			c, err := a.Catalog.Current("workmonth")
			if errors.Is(err, catalog.ErrUnknown) { // it comes with the next look
				err = a.Catalog.Refresh(t.Context())
				c, _ = a.Catalog.Current("workmonth")
			}
			if err != nil || c == nil || c.Version != 1 || c.BankVersion != 1 || len(a.Catalog.All()) != 1 {
				t.Errorf("node %d plays %+v, %v", i, c, err)
			}
		}
	})
}

func TestAFirstStartThatWasKilledHalfWayIsMadeGoodByTheNext(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		migrations, err := Migrations()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.DB.Migrate(t.Context(), migrations); err != nil {
			t.Fatal(err)
		}
		questions, err := ShippedQuestions()
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := bank.NewStore(s.DB, time.Now).Import(t.Context(), staff.CommandLine, shippedBank, questions,
			"随程序附带"); err != nil {
			t.Fatal(err)
		}
		// Here it was killed: there is a bank and no contest.
		a, err := New(t.Context(), Config{Data: s.DataFolder, MySQL: s.MySQLDSN, Redis: s.RedisAddr(),
			Key: make([]byte, 32), AtOnce: true})
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		if _, err := a.Catalog.Current(catalog.CurrentSlug); err != nil {
			t.Errorf("the shipped contest is not there: %v", err)
		}
	})
}

func TestTheDrawingsOfTheShippedBankComeWithTheFirstStart(t *testing.T) {
	t.Parallel()
	a, err := New(t.Context(), Config{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	shipped, err := a.Banks.Load(t.Context(), shippedBank, 1)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(a.Handler())
	defer server.Close()
	drawn := 0
	for _, q := range shipped.Questions {
		if q.Image == "" {
			continue
		}
		drawn++
		reply, err := http.Get(server.URL + "/api/v1/images/" + q.Image)
		if err != nil {
			t.Fatal(err)
		}
		reply.Body.Close()
		header := reply.Header
		if reply.StatusCode != http.StatusOK || header.Get("Content-Type") != "image/svg+xml" ||
			header.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.HasPrefix(header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %s with %v", q.ID, reply.Status, header)
		}
	}
	if drawn < 10 {
		t.Errorf("%d questions show a drawing", drawn)
	}
}

func TestAContestThatDoesNotLoadDoesNotKeepTheProgramFromStarting(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		cfg := Config{Data: s.DataFolder, MySQL: s.MySQLDSN, Redis: s.RedisAddr(), Key: make([]byte, 32)}
		a, err := New(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		few, err := ShippedQuestions()
		if err != nil {
			t.Fatal(err)
		}
		// The guard of a.Banks would refuse it; a store may hold it from before.
		if _, _, err := bank.NewStore(a.DB, time.Now).Import(t.Context(), staff.CommandLine, shippedBank, few[:3],
			"删减"); err != nil {
			t.Fatal(err)
		}
		a.Close()
		if a, err = New(t.Context(), cfg); err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		if c, err := a.Catalog.Current("workmonth"); err != nil || c.BankVersion != 1 {
			t.Errorf("it plays %+v, %v; want the last bank that fits", c, err)
		}
	})
}

func TestProcessesThatMakeTheKeyAtOnceGetTheSameOne(t *testing.T) {
	t.Parallel()
	for range 50 {
		path := filepath.Join(t.TempDir(), "data", "key")
		keys := make([]string, 8)
		var all sync.WaitGroup
		for i := range keys {
			all.Go(func() {
				source := keySource(Config{Data: filepath.Dir(path)})
				if err := source.Make(); err != nil {
					t.Error(err)
				}
				read, err := source.Read()
				if err != nil || len(read) != 1 {
					t.Error(len(read), err)
					return
				}
				keys[i] = hex.EncodeToString(read[0])
			})
		}
		all.Wait()
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if key != strings.TrimSpace(string(text)) {
				t.Fatalf("one process goes on with %.8s…, the file holds %.8s…", key, text)
			}
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) != 1 {
			t.Fatalf("beside the key lie %v", left)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("the key file has mode %v, %v; want 0600", info.Mode(), err)
		}
	}
}

func TestAKeyThatIsNoneIsRefusedByTheNameOfItsPlace(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "key"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := keySource(Config{Data: folder}).Read(); err == nil ||
		!strings.Contains(err.Error(), filepath.Join(folder, "key")) || strings.Contains(err.Error(), "secret") {
		t.Errorf("a key file with something else in it: %v", err)
	}
	t.Setenv("ANQUANDA_KEY", "secret")
	if _, err := keySource(Config{Data: folder}).Read(); err == nil || !strings.Contains(err.Error(), "ANQUANDA_KEY") ||
		strings.Contains(err.Error(), "secret") {
		t.Errorf("a key in the environment that is none: %v", err)
	}
}
