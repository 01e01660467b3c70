package main

import (
	"slices"
	"testing"
)

func TestProxiesAreAddressesOrNetworks(t *testing.T) {
	if got, err := parseProxies("127.0.0.1,10.0.0.0/8,::1"); err != nil ||
		!slices.Equal(got, []string{"127.0.0.1", "10.0.0.0/8", "::1"}) {
		t.Errorf("three proxies: %q, %v", got, err)
	}
	if got, err := parseProxies(""); err != nil || got != nil {
		t.Errorf("no proxy: %q, %v", got, err)
	}
	for _, text := range []string{"proxy", "127.0.0.1,", "10.0.0.0/99", "127.0.0.1:80"} {
		if _, err := parseProxies(text); err == nil {
			t.Errorf("%q is taken for a proxy", text)
		}
	}
}
