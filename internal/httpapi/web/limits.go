package web

import (
	"log/slog"
	"net/netip"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/identity"
	"anquanda/internal/limit"
)

// workHeader is how a page sends a call again with the work that it was asked for:
// challenge, a blank, answer.
const workHeader = "Aq-Work"

// Limits bounds how often the calls that cost are made. It is safe for concurrent use.
type Limits struct {
	Limiter *limit.Limiter
	Devices *Devices
	Catalog *catalog.Catalog

	unnamed sync.Once
}

// Of bounds the calls of a route that names its contest.
func (l *Limits) Of(use limit.Use) gin.HandlerFunc {
	return func(c *gin.Context) {
		in, err := Contest(c, l.Catalog)
		if err != nil {
			return // the handler says so
		}
		if err := l.Take(c, in, use); err != nil {
			Fail(c, err)
		}
	}
}

// OfNew bounds by use the calls of who is no player yet, and by limit.Write those of players.
func (l *Limits) OfNew(use limit.Use) gin.HandlerFunc {
	fresh, known := l.Of(use), l.Of(limit.Write)
	return func(c *gin.Context) {
		if Player(c) == 0 {
			fresh(c)
		} else {
			known(c)
		}
	}
}

// Take counts a call in a contest; nil is none. Errors: too_many, work_needed.
func (l *Limits) Take(c *gin.Context, in *catalog.Contest, use limit.Use) error {
	who := limit.Who{Player: Player(c), Device: l.Devices.Known(c)}
	var places []netip.Prefix
	if in != nil {
		who.Contest, places = in.ContestID, in.Definition.VenueRanges()
	}
	who.Network = limit.NetworkOf(c.ClientIP(), places)
	l.lookForProxy(c)
	challenge, answer, _ := strings.Cut(c.GetHeader(workHeader), " ")
	return l.Limiter.Take(c.Request.Context(), use, who, limit.Work{Challenge: challenge, Answer: answer})
}

// Origin is from where a call of a contest comes. A browser without a name gets one. What
// many share says nothing: places that the organizer named, and networks that are not of
// the public internet.
func (l *Limits) Origin(c *gin.Context, in *catalog.Contest) identity.Origin {
	from := identity.Origin{Device: l.Devices.Of(c)}
	network := limit.NetworkOf(c.ClientIP(), in.VenueRanges())
	if !network.Roomy {
		from.Network = network.Name
	}
	return from
}

// lookForProxy warns once of a proxy that was not named: all who come through it count
// as one network.
func (l *Limits) lookForProxy(c *gin.Context) {
	if c.GetHeader("X-Forwarded-For") == "" || c.ClientIP() != c.RemoteIP() {
		return
	}
	if ip, err := netip.ParseAddr(c.RemoteIP()); err == nil && limit.Near(ip.Unmap()) {
		l.unnamed.Do(func() {
			slog.WarnContext(c.Request.Context(),
				"a proxy in front is not named by --proxies: all who come through it count as one network")
		})
	}
}
