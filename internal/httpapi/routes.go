// Package httpapi is the only place that knows HTTP: the routes in one list (this
// file, with those of players and the console beside it), handlers by audience below
// (player, console), and what they share (web, contestview).
package httpapi

import (
	_ "embed"
	"net/http"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/fill"
	"anquanda/internal/httpapi/live"
	"anquanda/internal/httpapi/player"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/keyring/rotation"
	"anquanda/internal/limit"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
	"anquanda/internal/wechat"
	"anquanda/static"
)

//go:embed openapi.yaml
var openAPI []byte

// Server is what the routes need.
type Server struct {
	Player  *player.API
	Live    *live.API
	Fill    *fill.API
	Console Console
	Pages   http.Handler // the phone page, big screen and console
	DB      *sqldb.DB
	Redis   *redisdb.DB
	Disk    func() string // of the data folder: ok, low, full, unknown
	Keys    *rotation.Rotation
	// Verifications are served at the root, for WeChat.
	Verifications []wechat.Verification
	// Proxies are the addresses whose X-Forwarded-For is believed.
	Proxies []string
	// Public is where phones reach the pages; empty: where who asks has opened them.
	Public string
	// Metrics lets everybody who reaches the pages read the figures of the program.
	Metrics bool
	// Passes open rehearsals.
	Passes *web.Passes
}

var (
	errNoRoute  = errs.New(errs.NotFound, "not_found", "没有这个地址")
	errNoMethod = errs.New(errs.NotAllowed, "method_not_allowed", "这个地址不能这样访问")
)

// releaseMode quietens gin. Its mode is a global of theirs, so it is set once.
var releaseMode = sync.OnceFunc(func() { gin.SetMode(gin.ReleaseMode) })

// Handler lists every route.
func (s *Server) Handler() http.Handler {
	releaseMode()
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false // a call to a wrong address is a problem, not a page that moved
	engine.SetTrustedProxies(s.Proxies)  //nolint:errcheck // app has checked them
	engine.Use(web.Observe(), web.Guard(s.Public), web.Encoded())

	engine.GET("/healthz", s.healthz)
	engine.GET("/readyz", s.readyz)
	if s.Metrics {
		engine.GET("/metrics", gin.WrapF(writeMetrics))
	}
	engine.GET("/qr.svg", web.Handle(s.qrCode))
	engine.GET("/s/:code", web.Handle(s.short))
	engine.GET("/verify.html", verifier)
	for _, file := range s.Verifications {
		engine.GET("/"+file.Name, func(c *gin.Context) { c.Data(http.StatusOK, "text/plain; charset=utf-8", file.Text) })
	}
	engine.GET("/api/openapi.yaml", s.openAPI)
	engine.GET("/api/contest.schema.json", s.contestSchema)

	players := web.Players(s.Player.Desk, s.Player.Catalog)
	audience := engine.Group("/api/v1", web.SameOrigin(), web.Typed(), s.Passes.Ask(), players)
	liveRoutes(audience, s.Live)
	playerRoutes(audience, s.Player)
	audience.POST("/look", web.Handle(s.look))
	audience.POST("/fill", web.Handle(s.Fill.Form))
	audience.POST("/fill/report", web.Handle(s.Fill.Report))
	audience.POST("/fill/pictures", web.Handle(s.Fill.AddPicture))
	audience.POST("/fill/picture", web.Handle(s.Fill.Picture))
	s.Console.routes(engine.Group("/api/v1/console", web.SameOrigin(), web.Typed()))

	engine.NoMethod(func(c *gin.Context) { web.Fail(c, errNoMethod) })
	engine.NoRoute(func(c *gin.Context) {
		if strings.HasPrefix(c.Request.URL.Path, "/api/") {
			web.Fail(c, errNoRoute)
			return
		}
		if s.Passes.Enter(c) {
			return
		}
		c.Status(http.StatusOK) // gin has set 404; the pages decide
		s.Pages.ServeHTTP(c.Writer, c.Request)
	})
	return engine
}

// look shows a draft to who holds a link to it and no account.
func (s *Server) look(c *gin.Context) error {
	if err := s.Player.Limits.Take(c, nil, limit.Search); err != nil {
		return err
	}
	return s.Console.Contests.Look(c)
}

func (s *Server) contestSchema(c *gin.Context) {
	c.Data(http.StatusOK, "application/schema+json", contest.Schema())
}

// packedAPI is openAPI compressed, once: it is the largest thing that everybody may ask for.
var packedAPI = sync.OnceValue(func() []byte { return web.Compress(openAPI) })

func (s *Server) openAPI(c *gin.Context) {
	text := openAPI
	c.Header("Vary", "Accept-Encoding")
	if static.AcceptsGzip(c.GetHeader("Accept-Encoding")) {
		c.Header("Content-Encoding", "gzip")
		text = packedAPI()
	}
	c.Data(http.StatusOK, "application/yaml; charset=utf-8", text)
}
