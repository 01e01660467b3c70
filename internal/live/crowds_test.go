package live

import (
	"fmt"
	"testing"
	"time"
)

func TestANetworkLetsInABurstAndThenAFewASecondAndLeavesTheOthersAlone(t *testing.T) {
	c, now := newCrowds(), time.UnixMilli(1_780_000_000_000)
	admitted := func(network string, tries int) (in int) {
		for range tries {
			if c.admit(network, now) {
				in++
			}
		}
		return in
	}
	if in := admitted("203.0.113.0/24", 10_000); in != crowdBurst {
		t.Errorf("of 10,000 at once %d come in, not %d", in, crowdBurst)
	}
	if in := admitted("198.51.100.0/24", 100); in != 100 {
		t.Errorf("another network lets in %d of 100", in)
	}
	now = now.Add(3 * time.Second)
	if in := admitted("203.0.113.0/24", 10_000); in != 3*crowdSecond {
		t.Errorf("3 s later %d come in, not %d", in, 3*crowdSecond)
	}
	now = now.Add(-time.Hour) // a clock that was set back gives nothing
	if in := admitted("203.0.113.0/24", 10); in != 0 {
		t.Errorf("with the clock set back %d come in", in)
	}
}

func TestWhatIsRememberedOfNetworksIsBounded(t *testing.T) {
	c, now := newCrowds(), time.UnixMilli(1_780_000_000_000)
	for i := range 3 * crowdsKept {
		c.admit(fmt.Sprint(i), now)
	}
	if len(c.left) > crowdsKept+1 {
		t.Errorf("%d networks are remembered", len(c.left))
	}
}

func TestANetworkIsTheNeighbourhoodOfAnAddress(t *testing.T) {
	for address, want := range map[string]string{"203.0.113.7": "203.0.113.0/24", "::ffff:203.0.113.7": "203.0.113.0/24",
		"2001:db8:1:2::3": "2001:db8:1::/48", "": "", "here": "", "203.0.113.7:80": ""} {
		if got := Network(address); got != want {
			t.Errorf("%q is of %q, not %q", address, got, want)
		}
	}
}
