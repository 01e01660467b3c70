package pace_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"anquanda/internal/pace"
)

// logged catches what is logged until the test ends.
func logged(t *testing.T) *bytes.Buffer {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	return &log
}

// begins runs work every ten seconds until it has begun so often, and tells when
// each run began, in seconds.
func begins(t *testing.T, runs int, work func(run int) error) (at []int) {
	ctx, stop := context.WithCancel(t.Context())
	begun := time.Now()
	pace.Every(ctx, 10*time.Second, "count sheep", func(context.Context) error {
		at = append(at, int(time.Since(begun).Seconds()))
		if len(at) == runs {
			stop()
		}
		return work(len(at))
	})
	return at
}

func TestWorkIsDoneAtOnceAndThenAtIntervals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at := begins(t, 3, func(int) error { return nil })
		if at[0] != 0 || at[1] != 10 || at[2] != 20 {
			t.Errorf("runs began at %v s, want 0, 10, 20", at)
		}
	})
}

func TestWorkThatTakesLongIsPausedAfterAndNeverOverlaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at := begins(t, 3, func(int) error {
			time.Sleep(25 * time.Second)
			return nil
		})
		if at[0] != 0 || at[1] != 35 || at[2] != 70 {
			t.Errorf("runs of 25 s began at %v s, want 0, 35, 70", at)
		}
	})
}

func TestAFailureAndAPanicAreLoggedAndTheNextRunComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := logged(t)
		at := begins(t, 3, func(run int) error {
			switch run {
			case 1:
				return errors.New("the fence is down")
			case 2:
				panic("a wolf")
			}
			return context.Canceled // the run that stopping broke off
		})
		if len(at) != 3 {
			t.Errorf("runs began at %v s, want three of them", at)
		}
		for _, want := range []string{"count sheep", "the fence is down", "panic: a wolf", "every_test.go"} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("%q is not in the log:\n%s", want, log)
			}
		}
		if n := strings.Count(log.String(), "level=WARN"); n != 2 {
			t.Errorf("%d failures are logged, want 2: not that ctx ended\n%s", n, log)
		}
	})
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		begun := time.Now()
		if !pace.Wait(ctx, time.Second) || pace.Wait(ctx, time.Minute) || time.Since(begun) != 3*time.Second {
			t.Errorf("waited for %v, want the second and then what is left of three", time.Since(begun))
		}
	})
}
