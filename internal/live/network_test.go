package live

import "testing"

func TestANetworkIsTheNeighbourhoodOfAnAddress(t *testing.T) {
	for address, want := range map[string]string{"203.0.113.7": "203.0.113.0/24", "::ffff:203.0.113.7": "203.0.113.0/24",
		"2001:db8:1:2::3": "2001:db8:1::/48", "": "", "here": "", "203.0.113.7:80": ""} {
		if got := Network(address); got != want {
			t.Errorf("%q is of %q, not %q", address, got, want)
		}
	}
}
