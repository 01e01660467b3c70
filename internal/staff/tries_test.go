package staff

import (
	"fmt"
	"testing"
	"time"
)

func TestTriesOfOneSubscriberCountTogether(t *testing.T) {
	l, now := newTryLimiter(), time.UnixMilli(1_780_000_000_000)
	for i := range triesPerWindow {
		if !l.allow(fmt.Sprintf("2001:db8:1:2::%x", i+1), now) {
			t.Fatalf("try %d is refused", i+1)
		}
	}
	l.forgive("2001:db8:1:2::ffff")
	if !l.allow("2001:db8:1:2::5", now) {
		t.Error("a right password gives no try back")
	}
	if l.allow("2001:db8:1:2:a:b:c:d", now) {
		t.Error("another address of the same /64 may try on")
	}
	for _, other := range []string{"2001:db8:1:3::1", "203.0.113.7", "here"} {
		if !l.allow(other, now) {
			t.Errorf("%s may not try", other)
		}
	}
}

func TestWhoTriesFromManyAddressesFillsNoMemoryAndFreesNobody(t *testing.T) {
	l, now := newTryLimiter(), time.UnixMilli(1_780_000_000_000)
	for range triesPerWindow + 1 {
		l.allow("203.0.113.7", now)
	}
	for i := range 2 * triersKept {
		l.allow(fmt.Sprint("address ", i), now)
	}
	if len(l.count) > triersKept {
		t.Errorf("%d addresses are remembered", len(l.count))
	}
	if l.allow("203.0.113.7", now) {
		t.Error("who used up all tries may try on")
	}
}
