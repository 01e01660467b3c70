package player

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
)

// A cookie without personal data, beside web.Devices: aq_seen holds the links by which
// the browser opened the page today, so that no list of visitors is needed to count each
// once. Who leaves it out is bounded by limit.Visit.
const (
	seenCookie = "aq_seen"
	seenLife   = 24 * 60 * 60 // seconds
	seenAtMost = 20           // links of a day; the oldest goes
)

func setVisitCookie(c *gin.Context, name, value string, seconds int) {
	web.SetCookie(c, http.Cookie{
		Name: name, Value: value, Path: "/api/v1/contests/", MaxAge: seconds, SameSite: http.SameSiteLaxMode,
	})
}

// seenLinks are the links that a browser opened on a day.
type seenLinks struct {
	day   string
	links []string
}

// seenOf reads the cookie; one of another day is empty.
func seenOf(c *gin.Context, day int) *seenLinks {
	seen := &seenLinks{day: strconv.Itoa(day)}
	value, ok := web.Cookie(c, seenCookie)
	if !ok {
		return seen
	}
	if links := strings.Split(value, "."); links[0] == seen.day {
		seen.links = links[1:]
	}
	return seen
}

// first reports whether a link is new to the browser today, and adds it.
func (s *seenLinks) first(link string) bool {
	strange := func(r rune) bool { return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') }
	if strings.ContainsFunc(link, strange) || len(link) > 40 {
		return false // no link of ours
	}
	if slices.Contains(s.links, link) {
		return false
	}
	s.links = append(s.links, link)
	s.links = s.links[max(0, len(s.links)-seenAtMost):]
	return true
}

func (s *seenLinks) keep(c *gin.Context) {
	setVisitCookie(c, seenCookie, s.day+"."+strings.Join(s.links, "."), seenLife)
}
