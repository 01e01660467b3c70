package testkit

import (
	"regexp"
	"runtime"
	"testing"
	"time"
)

// inGroup is how the runtime shows a goroutine whose item a sqldb.Group has taken
// and that waits for its commit.
var inGroup = regexp.MustCompile(`(?m)^goroutine \d+ \[select.*\]:\n.*/sqldb\.\(\*Group\[.*\]\)\.Do\(`)

// AwaitQueued returns once n items of this process are with a sqldb.Group, in a
// commit under way or queued for the next one.
func AwaitQueued(t testing.TB, n int) {
	t.Helper()
	stacks := make([]byte, 4<<20)
	for end := time.Now().Add(Patience); ; time.Sleep(time.Millisecond) {
		queued := len(inGroup.FindAll(stacks[:runtime.Stack(stacks, true)], -1))
		switch {
		case queued >= n:
			return
		case time.Now().After(end):
			t.Fatalf("%d items are with a group, want %d", queued, n)
		}
	}
}
