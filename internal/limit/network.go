package limit

import "net/netip"

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

// Near reports whether an address is not of the public internet.
func Near(ip netip.Addr) bool {
	return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || shared.Contains(ip)
}

// Subscriber is whom an address belongs to alone: the address itself, in IPv6 its /64. What
// is no address stays as it is.
func Subscriber(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if ip = ip.Unmap().WithZone(""); ip.Is4() {
		return ip.String()
	}
	prefix, _ := ip.Prefix(64)
	return prefix.String()
}
