package limit

import (
	"fmt"
	"net/netip"
	"testing"
	"time"
)

func TestALocalCountLetsABurstThroughAndThenSoManyInATime(t *testing.T) {
	l, now := NewLocal(10), time.UnixMilli(1_780_000_000_000)
	bucket := Bucket{5, 60, time.Minute}
	let := func(name string, tries int) (through int) {
		for range tries {
			if ok, _ := l.Take(name, bucket, now); ok {
				through++
			}
		}
		return through
	}
	if n := let("a", 20); n != 5 {
		t.Errorf("of 20 at once %d go through", n)
	}
	if ok, wait := l.Take("a", bucket, now); ok || wait <= 0 || wait > time.Second {
		t.Errorf("who waits is told %v, %v", ok, wait)
	}
	if n := let("b", 3); n != 3 {
		t.Errorf("of another 3, %d go through", n)
	}
	now = now.Add(3 * time.Second)
	if n := let("a", 20); n != 3 {
		t.Errorf("3 s later %d go through", n)
	}
	now = now.Add(-time.Hour)
	if n := let("a", 20); n != 0 {
		t.Errorf("with the clock set back %d go through", n)
	}
}

func TestWhatANodeRemembersIsBoundedAndTheBusyStay(t *testing.T) {
	l, now := NewLocal(100), time.UnixMilli(1_780_000_000_000)
	bucket := Bucket{2, 1, time.Hour}
	for i := range 10_000 {
		l.Take(fmt.Sprint(i), bucket, now)
		if ok, _ := l.Take("busy", bucket, now); ok && i > 1 {
			t.Fatalf("after %d others the busy one is forgotten", i)
		}
	}
	if len(l.by) != 100 {
		t.Errorf("%d are remembered", len(l.by))
	}
}

func TestANetworkIsANeighbourhoodAPlaceOrAHallsOwn(t *testing.T) {
	places := []netip.Prefix{netip.MustParsePrefix("203.0.113.7/32"), netip.MustParsePrefix("2001:db8:5::/48")}
	for address, want := range map[string]Network{
		"203.0.113.8":          {Name: "203.0.113.0/24"},
		"203.0.113.7":          {Name: "203.0.113.7/32", Roomy: true},
		"::ffff:203.0.113.7":   {Name: "203.0.113.7/32", Roomy: true},
		"2001:db8:1:2::3":      {Name: "2001:db8:1:2::/64"},
		"2001:db8:1:2:a:b:c:d": {Name: "2001:db8:1:2::/64"},
		"2001:db8:5:9::1":      {Name: "2001:db8:5::/48", Roomy: true},
		"127.0.0.1":            {Name: "127.0.0.0/24", Roomy: true},
		"192.168.3.9":          {Name: "192.168.3.0/24", Roomy: true},
		"100.100.1.2":          {Name: "100.100.1.0/24", Roomy: true},
		"fe80::1%eth0":         {Name: "fe80::/64", Roomy: true},
		"":                     {}, "here": {}, "203.0.113.7:80": {},
	} {
		if got := NetworkOf(address, places); got != want {
			t.Errorf("%q is of %+v, not %+v", address, got, want)
		}
	}
}
