package web

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
)

var errCrossOrigin = errs.New(errs.Forbidden, "cross_origin", "请在本站页面里操作")

// SameOrigin refuses a write that a page of another site sent, by what the browser says of it:
// Sec-Fetch-Site, or in old ones (iOS before 16.4) Origin against --public and Host. The cookie's
// SameSite and the JSON body keep such writes out already; this holds where a web view knows
// neither.
func SameOrigin() gin.HandlerFunc {
	protection := http.NewCrossOriginProtection()
	var told sync.Once
	return func(c *gin.Context) {
		err := protection.Check(c.Request)
		if err == nil {
			return
		}
		origin := c.GetHeader("Origin")
		if c.GetHeader("Sec-Fetch-Site") == "" {
			if ownOrigin(c, origin) {
				return
			}
			told.Do(func() { tellMismatch(c, origin) })
		}
		Fail(c, errCrossOrigin.Because(err))
	}
}

// ownOrigin reports whether an origin is what phones call us: as --public says, or as the request
// was sent to. A proxy may write the port that the scheme implies.
func ownOrigin(c *gin.Context, origin string) bool {
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" {
		return false
	}
	if public, err := url.Parse(c.GetString(publicKey)); err == nil && public.Host != "" {
		return u.Scheme == public.Scheme && hostOf(u.Scheme, u.Host) == hostOf(u.Scheme, public.Host)
	}
	return hostOf(u.Scheme, u.Host) == hostOf(u.Scheme, c.Request.Host)
}

// hostOf is a host in small letters, without the port that its scheme implies.
func hostOf(scheme, host string) string {
	return strings.TrimSuffix(strings.ToLower(host), map[string]string{"http": ":80", "https": ":443"}[scheme])
}

// tellMismatch tells the operator, once, of a proxy that does not pass Host on: phones with newer
// browsers work, so nobody else would notice.
func tellMismatch(c *gin.Context, origin string) {
	const most = 200
	slog.WarnContext(c.Request.Context(),
		"a write was refused: the browser's Origin is neither --public nor the Host that came; told once",
		"origin", origin[:min(most, len(origin))], "host", c.Request.Host[:min(most, len(c.Request.Host))],
		"public", c.GetString(publicKey), "look_at", "--public, proxy_set_header Host; scripts/deploy/README.md")
}

// firstOf is the first of the values that proxies add to, one behind the other: what the phone did.
func firstOf(header string) string {
	first, _, _ := strings.Cut(header, ",")
	return strings.ToLower(strings.TrimSpace(first))
}
