package web

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"
)

const publicKey = "public"

// bare is the policy of whatever is no page of ours: nothing in it is run, loaded or framed.
const bare = "default-src 'none'; frame-ancestors 'none'"

// strictFor is how long, in seconds, browsers come by TLS alone once they have (RFC 6797).
const strictFor = "31536000"

// Guard gives every reply the headers that keep browsers from taking it for something else,
// and tells the handlers where phones reach us (--public; empty: where who asks has opened
// the pages). Pages replace the policy by their own.
func Guard(public string) gin.HandlerFunc {
	byTLS := strings.HasPrefix(public, "https://")
	return func(c *gin.Context) {
		c.Set(publicKey, public)
		header := c.Writer.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Content-Security-Policy", bare)
		header.Set("Referrer-Policy", "same-origin")
		if OverTLS(c) { // browsers take no notice of it elsewhere, and complain
			header.Set("Cross-Origin-Opener-Policy", "same-origin")
		}
		if byTLS {
			header.Set("Strict-Transport-Security", "max-age="+strictFor)
		}
	}
}

// OverTLS reports whether phones reach us over TLS: as --public says, or without it as this
// request came, here or at the proxy in front.
func OverTLS(c *gin.Context) bool {
	if public := c.GetString(publicKey); public != "" {
		return strings.HasPrefix(public, "https://")
	}
	return c.Request.TLS != nil || firstOf(c.GetHeader("X-Forwarded-Proto")) == "https"
}

// OwnAddress reports whether an address is of this site: under --public; or, without it
// and on the machine or the network beside us, under the host that was asked.
func OwnAddress(c *gin.Context, address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return false
	}
	public := c.GetString(publicKey)
	if public != "" && (address == public || strings.HasPrefix(address, public+"/")) {
		return true
	}
	return hostOf(u.Scheme, u.Host) == hostOf(u.Scheme, c.Request.Host) && (public == "" || near(u.Hostname()))
}

// near reports whether a host is this machine or one beside it, as an address.
func near(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast())
}

// Typed refuses a write whose body is of a type that pages of other sites can send without
// being asked first (a form can send text/plain, and no JSON). Which of the two types a call
// takes, its handler says.
func Typed() gin.HandlerFunc {
	return func(c *gin.Context) {
		r := c.Request
		switch r.Method {
		case http.MethodGet, http.MethodHead, http.MethodOptions:
			return
		}
		media := r.Header.Get("Content-Type")
		if media == "" && r.ContentLength == 0 {
			return // nothing is told
		}
		if !isJSON(media) && media != fileType {
			Fail(c, errMediaType)
		}
	}
}

// fileType is how pages send a file.
const fileType = "application/octet-stream"

// SiteOf is where phones reach us: as --public says, or without it as a request came, here or at
// the proxy in front.
func SiteOf(r *http.Request, public string) string {
	switch {
	case public != "":
		return public
	case r.TLS != nil || firstOf(r.Header.Get("X-Forwarded-Proto")) == "https":
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
