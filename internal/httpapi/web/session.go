package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// The cookie holds the tokens of a phone, parted by dots: one for all contests, and one
// for each contest in which it is somebody else.
const (
	playerCookie = "aq_player"
	playersKey   = "players"
	contestKey   = "players_contest"
	// maxTokens bounds the cookie to about 600 bytes; the oldest goes first.
	maxTokens = 9
)

// Players reads who plays out of the cookie into the request, and of which contest the
// address is.
func Players(desk *Desk, contests *catalog.Catalog) gin.HandlerFunc {
	return func(c *gin.Context) {
		tokens, ok := Cookie(c, playerCookie)
		if !ok {
			return
		}
		var known []identity.Session
		for token := range strings.SplitSeq(tokens, ".") {
			if of, ok := desk.Sessions.Read(token); ok && len(known) < maxTokens {
				known = append(known, of)
			}
		}
		if len(known) == 0 {
			return
		}
		c.Set(playersKey, known)
		if slug := c.Param("contest"); slug != "" && len(known) > 1 {
			if in, err := contests.Current(slug); err == nil {
				c.Set(contestKey, in.ContestID)
			}
		}
	}
}

func sessionsOf(c *gin.Context) []identity.Session {
	known, _ := c.Get(playersKey)
	of, _ := known.([]identity.Session)
	return of
}

// SessionIn is how the phone is signed in to a contest; ok is false for not at all.
func SessionIn(c *gin.Context, contestID sqldb.ID) (of identity.Session, ok bool) {
	for _, each := range sessionsOf(c) {
		if each.Contest == contestID && contestID != 0 {
			return each, true
		}
		if each.Contest == 0 && !ok {
			of, ok = each, true
		}
	}
	return of, ok
}

// Player is who sent the request, in the contest that its address names; 0 for nobody.
func Player(c *gin.Context) sqldb.ID {
	in, _ := c.Get(contestKey)
	contestID, _ := in.(sqldb.ID)
	return PlayerIn(c, contestID)
}

// PlayerIn is who sent the request, in a contest that its address does not name; 0 for
// nobody.
func PlayerIn(c *gin.Context, contestID sqldb.ID) sqldb.ID {
	of, _ := SessionIn(c, contestID)
	return of.Player
}

// SeveralPlayers reports whether who sent the request hangs on the contest.
func SeveralPlayers(c *gin.Context) bool { return len(sessionsOf(c)) > 1 }

// NeedPlayer is Player, and identity.ErrNobody for nobody.
func NeedPlayer(c *gin.Context) (sqldb.ID, error) { return orNobody(Player(c)) }

// NeedPlayerIn is PlayerIn, and identity.ErrNobody for nobody.
func NeedPlayerIn(c *gin.Context, contestID sqldb.ID) (sqldb.ID, error) {
	return orNobody(PlayerIn(c, contestID))
}

func orNobody(player sqldb.ID) (sqldb.ID, error) {
	if player == 0 {
		return 0, identity.ErrNobody
	}
	return player, nil
}

// Desk signs phones in and out.
type Desk struct {
	Sessions *identity.Sessions
	Players  *identity.Players
}

// SignIn makes the phone go on as a player of a contest. Nothing but the token's age
// changes where it does so already. A phone that is somebody else is the player from now
// on: in this contest alone, where it has a name in another one that it would lose.
func (d *Desk) SignIn(c *gin.Context, contestID, player sqldb.ID) error {
	ctx, device := c.Request.Context(), identity.DeviceName(c.Request.UserAgent())
	known := sessionsOf(c)
	now, ok := SessionIn(c, contestID)
	if ok && now.Player == player {
		if now.Stale(d.Sessions.Now()) {
			renewed, err := d.Sessions.Renew(ctx, now, device)
			if err != nil {
				return err
			}
			known[slices.Index(known, now)] = renewed
		}
		d.write(c, known)
		return nil
	}
	scope := sqldb.ID(0)
	if all := slices.IndexFunc(known, func(s identity.Session) bool { return s.Contest == 0 }); all >= 0 {
		elsewhere, err := d.Players.NamedElsewhere(ctx, known[all].Player, contestID)
		if err != nil {
			return err
		}
		if elsewhere {
			scope = contestID
		}
	}
	begun, err := d.Sessions.Begin(ctx, player, scope, device)
	if err != nil {
		return err
	}
	known = slices.DeleteFunc(known, func(s identity.Session) bool { return s.Contest == scope || s.Contest == contestID })
	if known = append(known, begun); len(known) > maxTokens {
		known = known[len(known)-maxTokens:]
	}
	d.write(c, known)
	return nil
}

// SignOut takes a session from the phone, or (0) all of them.
func (d *Desk) SignOut(c *gin.Context, session sqldb.ID) {
	d.write(c, slices.DeleteFunc(slices.Clone(sessionsOf(c)), func(s identity.Session) bool {
		return session == 0 || s.ID == session
	}))
}

// write sets the cookie: closed to scripts and to other sites' posts, and bound to TLS
// where the request came over TLS. Without a session it is deleted.
func (d *Desk) write(c *gin.Context, known []identity.Session) {
	tokens := make([]string, len(known))
	for i, of := range known {
		tokens[i] = d.Sessions.Token(of)
	}
	age := int(identity.TokenLife.Seconds())
	if len(known) == 0 {
		age = -1
	}
	SetCookie(c, http.Cookie{
		Name: playerCookie, Value: strings.Join(tokens, "."), Path: "/", MaxAge: age, SameSite: http.SameSiteLaxMode,
	})
	c.Set(playersKey, known)
}
