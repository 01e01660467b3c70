package limit

import (
	"iter"
	"net/netip"
)

// Network is whom calls are counted with.
type Network struct {
	Name  string // empty: not known
	Roomy bool   // many people are behind it, and that is well
}

// shared are addresses that carriers share among customers and clouds give to their load
// balancers (RFC 6598).
var shared = netip.MustParsePrefix("100.64.0.0/10")

// NetworkOf is the network of an address: the place that holds it, else its /24, or /64
// in IPv6. An address that is not of the public internet is a hall's own, or a proxy's
// that nobody named: many may be behind it.
func NetworkOf(address string, places []netip.Prefix) Network {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return Network{}
	}
	ip = ip.Unmap().WithZone("")
	for _, place := range places {
		if place.Contains(ip) {
			return Network{Name: place.String(), Roomy: true}
		}
	}
	bits := 24
	if ip.Is6() {
		bits = 64
	}
	prefix, _ := ip.Prefix(bits) // it has so many
	return Network{Name: prefix.String(), Roomy: Near(ip)}
}

// networksAtMost is how many networks of a place are gone through: all of a /8, or of a
// /48 in IPv6.
const networksAtMost = 1 << 16

// NetworksIn are the names that the networks of a place have where it is not named. Of a
// larger place than anybody has it is the first networksAtMost.
func NetworksIn(place netip.Prefix) iter.Seq[string] {
	return func(yield func(string) bool) {
		at := place.Masked().Addr()
		for range networksAtMost {
			if !place.Contains(at) || !yield(NetworkOf(at.String(), nil).Name) {
				return
			}
			if at = afterNetwork(at); !at.IsValid() {
				return
			}
		}
	}
}

// afterNetwork is the first address after the network of an address; the zero Addr at the
// end of all.
func afterNetwork(at netip.Addr) netip.Addr {
	bytes := at.AsSlice()
	last := 2 // of the bytes that name the network
	if at.Is6() {
		last = 7
	}
	clear(bytes[last+1:])
	for i := last; i >= 0; i-- {
		if bytes[i]++; bytes[i] != 0 {
			next, _ := netip.AddrFromSlice(bytes)
			return next
		}
	}
	return netip.Addr{}
}

// Near reports whether an address is not of the public internet.
func Near(ip netip.Addr) bool {
	return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || shared.Contains(ip)
}
