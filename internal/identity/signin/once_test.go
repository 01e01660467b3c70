package signin_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/identity/signin"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// nodes are two nodes that redeem codes on the stores of a test.
func nodes(t *testing.T, s *testkit.Store, clock *arena.Clock) [2]*signin.Once {
	t.Helper()
	s.Migrate(sqldb.Migrations(), signin.Migrations())
	var made [2]*signin.Once
	for i, db := range []*sqldb.DB{s.DB, s.Open()} {
		made[i] = signin.NewOnce(db, keyring.Only(bytes.Repeat([]byte{1}, 32)), clock.Now)
	}
	return made
}

func TestACodeThatComesOftenIsRedeemedOnceAndTellsAllTheSame(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		clock := &arena.Clock{}
		clock.Set("2026-06-16 10:00:00")
		two := nodes(t, s, clock)
		var redeemed atomic.Int64
		arrived := make(chan struct{})
		work := func(context.Context) ([]byte, error) {
			<-arrived
			redeemed.Add(1)
			return []byte("who it is"), nil
		}
		var running, waiting sync.WaitGroup
		for i := range 8 {
			waiting.Add(1)
			running.Go(func() {
				waiting.Done()
				value, _, err := two[i%2].Do(t.Context(), door, "state", "code", work)
				if err != nil || string(value) != "who it is" {
					t.Errorf("told %q, %v", value, err)
				}
			})
		}
		waiting.Wait()
		close(arrived)
		running.Wait()
		if n := redeemed.Load(); n != 1 {
			t.Errorf("the code was redeemed %d times", n)
		}
		clock.Pass(4 * time.Minute)
		if _, again, err := two[1].Do(t.Context(), door, "state", "code", work); err != nil || !again {
			t.Errorf("four minutes later: again %v, %v", again, err)
		}
		for name, call := range map[string][3]string{
			"another door": {"wechat", "state", "code"}, "another state": {door, "other", "code"},
			"another code": {door, "state", "another"},
		} {
			if _, again, err := two[0].Do(t.Context(), call[0], call[1], call[2], work); err != nil || again {
				t.Errorf("%s: again %v, %v", name, again, err)
			}
		}
		clock.Pass(2 * time.Minute)
		if _, again, err := two[0].Do(t.Context(), door, "state", "code", work); err != nil || again {
			t.Errorf("after its time: again %v, %v", again, err)
		}
	})
}

func TestARefusalIsToldAgainAndAnAbsenceIsTriedAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		clock := &arena.Clock{}
		clock.Set("2026-06-16 10:00:00")
		two := nodes(t, s, clock)
		refused := errs.New(errs.Forbidden, "refused", "不行")
		away := errs.New(errs.Unavailable, "away", "不在")
		calls := 0
		say := func(err error) func(context.Context) ([]byte, error) {
			return func(context.Context) ([]byte, error) { calls++; return nil, err }
		}
		for i := range 2 {
			_, _, err := two[i].Do(t.Context(), door, "state", "refused", say(refused))
			if e := errs.From(err); !errors.Is(err, refused) || e.Message != "不行" || e.Kind != errs.Forbidden {
				t.Errorf("told %+v", err)
			}
		}
		for _, failed := range []error{away, errors.New("a bug"), nil} {
			_, again, err := two[0].Do(t.Context(), door, "state", "away", say(failed))
			if again || (err == nil) != (failed == nil) {
				t.Errorf("after %v: again %v, %v", failed, again, err)
			}
		}
		if calls != 4 {
			t.Errorf("asked %d times, want once for the refusal and thrice for the absence", calls)
		}
	})
}

func TestANodeThatDiesWhileItRedeemsIsFollowedByAnother(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		clock := &arena.Clock{}
		clock.Set("2026-06-16 10:00:00")
		two := nodes(t, s, clock)
		under := make(chan struct{})
		dead := make(chan struct{})
		var running sync.WaitGroup
		running.Go(func() {
			work := func(context.Context) ([]byte, error) {
				close(under)
				<-dead
				return []byte("too late"), nil
			}
			two[0].Do(t.Context(), door, "state", "code", work) //nolint:errcheck // nobody hears of it
		})
		<-under
		clock.Pass(time.Minute)
		value, again, err := two[1].Do(t.Context(), door, "state", "code",
			func(context.Context) ([]byte, error) { return []byte("redeemed"), nil })
		if err != nil || again || string(value) != "redeemed" {
			t.Errorf("the other node: %q, again %v, %v", value, again, err)
		}
		close(dead)
		running.Wait()
		value, _, err = two[0].Do(t.Context(), door, "state", "code", nil)
		if err != nil || string(value) != "redeemed" {
			t.Errorf("afterwards it tells %q, %v", value, err)
		}
	})
}

func TestAPhoneThatHangsUpLosesNoCode(t *testing.T) {
	s := testkit.Embedded(t)
	clock := &arena.Clock{}
	clock.Set("2026-06-16 10:00:00")
	two := nodes(t, s, clock)
	ctx, hangUp := context.WithCancel(t.Context())
	work := func(ctx context.Context) ([]byte, error) {
		hangUp()
		return []byte("redeemed"), ctx.Err()
	}
	if _, _, err := two[0].Do(ctx, door, "state", "code", work); err != nil {
		t.Error(err)
	}
	value, again, err := two[1].Do(t.Context(), door, "state", "code", nil)
	if err != nil || !again || string(value) != "redeemed" {
		t.Errorf("told %q, again %v, %v", value, again, err)
	}
}

func TestWhatIsKeptOfACodeTellsNobodyAndIsDeletedInTime(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		clock := &arena.Clock{}
		clock.Set("2026-06-16 10:00:00")
		two := nodes(t, s, clock)
		redeem := func(code string) {
			work := func(context.Context) ([]byte, error) { return []byte("o-of-somebody"), nil }
			if _, _, err := two[0].Do(t.Context(), door, "state", code, work); err != nil {
				t.Fatal(err)
			}
		}
		redeem("an-early-code")
		clock.Pass(3 * time.Minute)
		redeem("a-later-code")
		var rows []struct{ Code, Outcome string }
		if err := s.DB.Select(t.Context(), &rows, "SELECT code, outcome FROM signin_codes"); err != nil || len(rows) != 2 {
			t.Fatal(rows, err)
		}
		for _, row := range rows {
			if strings.Contains(row.Code, "code") || strings.Contains(row.Outcome, "somebody") || len(row.Outcome) < 40 {
				t.Errorf("the row is %+v", row)
			}
		}
		clock.Pass(3 * time.Minute)
		if err := two[1].Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := s.DB.Select(t.Context(), &rows, "SELECT code, outcome FROM signin_codes"); err != nil || len(rows) != 1 {
			t.Errorf("left are %+v, %v", rows, err)
		}
	})
}
