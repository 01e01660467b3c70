// Package httpapi is the only place that knows HTTP: the routes in one list,
// handlers by audience below (player, console), and what they share (web).
package httpapi

import (
	_ "embed"
	"net/http"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/player"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

//go:embed openapi.yaml
var openAPI []byte

// Server is what the routes need.
type Server struct {
	Player  *player.API
	Console *console.API
	Pages   http.Handler // the phone page, big screen and console
	DB      *sqldb.DB
	Redis   *redisdb.DB
	// Proxies are the addresses whose X-Forwarded-For is believed.
	Proxies []string
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
	engine.Use(web.Observe())

	engine.GET("/healthz", s.healthz)
	engine.GET("/readyz", s.readyz)
	engine.GET("/metrics", s.metrics)
	engine.GET("/qr.svg", web.Handle(qrCode))
	engine.GET("/verify.html", verifier)
	engine.GET("/api/openapi.yaml", s.openAPI)
	engine.GET("/api/contest.schema.json", s.contestSchema)

	p := s.Player
	v1 := engine.Group("/api/v1", web.SameOrigin(), web.Players(p.Sessions))
	v1.GET("/contests/:contest", web.Handle(p.Home))
	v1.POST("/contests/:contest/enrolment", web.Handle(p.Enrol))
	v1.GET("/contests/:contest/enrolment", web.Handle(p.Held))
	v1.DELETE("/contests/:contest/enrolment", web.Handle(p.Leave))
	v1.GET("/contests/:contest/personal", web.Handle(p.Told))
	v1.DELETE("/contests/:contest/personal/:field", web.Handle(p.Untell))
	v1.GET("/contests/:contest/rules", web.Handle(p.Rules))
	v1.GET("/contests/:contest/changes", web.Handle(p.Changes))
	v1.GET("/contests/:contest/units", web.Handle(p.Units))
	v1.POST("/contests/:contest/levels/:level/attempts", web.Handle(p.Start))
	v1.GET("/contests/:contest/boards/:board", web.Handle(p.Board))
	v1.GET("/contests/:contest/mistakes", web.Handle(p.Mistakes))
	v1.GET("/contests/:contest/stats", web.Handle(p.Stats))
	v1.GET("/contests/:contest/pledge", web.Handle(p.Pledge))
	v1.POST("/contests/:contest/pledge", web.Handle(p.Sign))
	v1.GET("/contests/:contest/pledge/wall", web.Handle(p.PledgeWall))
	v1.POST("/contests/:contest/visits", web.Handle(p.Visit))
	v1.POST("/contests/:contest/shares", web.Handle(p.Share))
	v1.POST("/contests/:contest/checkins", web.Handle(p.CheckIn))
	v1.GET("/contests/:contest/invitations", web.Handle(p.Invitations))
	v1.GET("/contests/:contest/invitations/tree", web.Handle(p.Tree))
	v1.GET("/contests/:contest/invitations/board", web.Handle(p.ShareBoard))
	v1.GET("/contests/:contest/wechat", web.Handle(p.ShareCard))
	v1.GET("/contests/:contest/draws", web.Handle(p.Draws))
	v1.POST("/contests/:contest/pools/:pool/draws", web.Handle(p.Draw))
	v1.POST("/contests/:contest/shop/:prize", web.Handle(p.Exchange))
	v1.GET("/contests/:contest/prizes", web.Handle(p.MyPrizes))
	v1.POST("/contests/:contest/prizes/:award/claim", web.Handle(p.Claim))
	v1.GET("/contests/:contest/decision", web.Handle(p.Decision))
	v1.POST("/contests/:contest/appeal", web.Handle(p.Appeal))
	v1.GET("/contests/:contest/winners", web.Handle(p.Winners))
	v1.GET("/contests/:contest/drawings", web.Handle(p.Drawings))
	v1.GET("/drawings/:drawing", web.Handle(p.Drawing))
	v1.GET("/drawings/:drawing/transcript.json", web.Handle(p.Transcript))
	v1.GET("/attempts/:ticket", web.Handle(p.Stand))
	v1.POST("/attempts/:ticket/responses", web.Handle(p.Respond))
	v1.POST("/attempts/:ticket/finish", web.Handle(p.Finish))
	v1.POST("/attempts/:ticket/reports", web.Handle(p.Report))
	v1.GET("/images/:image", web.Handle(p.Image))

	s.Console.Routes(engine.Group("/api/v1/console", web.SameOrigin()))

	engine.NoMethod(func(c *gin.Context) { web.Fail(c, errNoMethod) })
	engine.NoRoute(func(c *gin.Context) {
		if strings.HasPrefix(c.Request.URL.Path, "/api/") {
			web.Fail(c, errNoRoute)
			return
		}
		c.Status(http.StatusOK) // gin has set 404; the pages decide
		s.Pages.ServeHTTP(c.Writer, c.Request)
	})
	return engine
}

func (s *Server) contestSchema(c *gin.Context) {
	c.Data(http.StatusOK, "application/schema+json", contest.Schema())
}

func (s *Server) openAPI(c *gin.Context) {
	c.Data(http.StatusOK, "application/yaml; charset=utf-8", openAPI)
}
