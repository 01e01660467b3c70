package web

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// hostPrefix begins the names of cookies where phones reach us over TLS. A browser takes such
// a cookie from this very host over TLS alone (RFC 6265bis, 4.1.3.2), so that no other host of
// the domain, and nobody on the way, can put one in its place.
const hostPrefix = "__Host-"

// SetCookie sets a cookie of ours: closed to scripts, bound to TLS where there is some. An
// earlier one of the plain name is taken away with it.
func SetCookie(c *gin.Context, cookie http.Cookie) {
	cookie.HttpOnly = true
	if !OverTLS(c) {
		http.SetCookie(c.Writer, &cookie)
		return
	}
	if _, err := c.Request.Cookie(cookie.Name); err == nil {
		http.SetCookie(c.Writer, &http.Cookie{Name: cookie.Name, Path: cookie.Path, MaxAge: -1, HttpOnly: true,
			Secure: true, SameSite: cookie.SameSite})
	}
	cookie.Name, cookie.Path, cookie.Secure = hostPrefix+cookie.Name, "/", true
	http.SetCookie(c.Writer, &cookie)
}

// Cookies are the values of a cookie of ours, the surest first; browsers keep those of the
// plain name from before.
func Cookies(c *gin.Context, name string) (values []string) {
	for _, name := range []string{hostPrefix + name, name} {
		for _, cookie := range c.Request.CookiesNamed(name) {
			values = append(values, cookie.Value)
		}
	}
	return values
}

// Cookie is the first of Cookies; ok is false for none.
func Cookie(c *gin.Context, name string) (value string, ok bool) {
	values := Cookies(c, name)
	if len(values) == 0 {
		return "", false
	}
	return values[0], true
}
