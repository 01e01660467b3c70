package web

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

const (
	playerCookie = "aq_player"
	// A guest has nothing but the cookie, so it lasts as long as a season of
	// contests; deleting it is leaving.
	playerCookieLife = 400 * 24 * time.Hour
	playerKey        = "player"
)

// Players reads who plays out of the cookie into the request.
func Players(sessions *identity.Sessions) gin.HandlerFunc {
	return func(c *gin.Context) {
		if cookie, err := c.Request.Cookie(playerCookie); err == nil {
			if player, ok := sessions.Player(cookie.Value); ok {
				c.Set(playerKey, player)
			}
		}
	}
}

// Player is who sent the request; 0 for nobody.
func Player(c *gin.Context) sqldb.ID {
	player, _ := c.Get(playerKey)
	id, _ := player.(sqldb.ID)
	return id
}

// NeedPlayer is Player, and identity.ErrNobody for nobody.
func NeedPlayer(c *gin.Context) (sqldb.ID, error) {
	if player := Player(c); player != 0 {
		return player, nil
	}
	return 0, identity.ErrNobody
}

var errCrossOrigin = errs.New(errs.Forbidden, "cross_origin", "请在本站页面里操作")

// SameOrigin refuses a write that a page of another site sent, by what the
// browser says of it: Sec-Fetch-Site, or in old ones Origin against Host, so a
// proxy in front must pass Host on. The cookie's SameSite and the JSON body keep
// such writes out already; this holds where a web view knows neither.
func SameOrigin() gin.HandlerFunc {
	protection := http.NewCrossOriginProtection()
	return func(c *gin.Context) {
		if err := protection.Check(c.Request); err != nil {
			Fail(c, errCrossOrigin.Because(err))
		}
	}
}

// SignIn gives the phone a session. The cookie is closed to scripts and to other
// sites' posts, and bound to TLS where the request came over TLS.
func SignIn(c *gin.Context, sessions *identity.Sessions, player sqldb.ID, now time.Time) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: playerCookie, Value: sessions.Token(player, now.UnixMilli()), Path: "/",
		MaxAge: int(playerCookieLife.Seconds()), HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: OverTLS(c),
	})
}

// SignOut takes the session from the phone.
func SignOut(c *gin.Context) {
	http.SetCookie(c.Writer, &http.Cookie{Name: playerCookie, Path: "/", MaxAge: -1, HttpOnly: true,
		SameSite: http.SameSiteLaxMode})
}
