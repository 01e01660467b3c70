package httpapi

import (
	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/live"
	"anquanda/internal/httpapi/web"
)

// liveRoutes lists every call of phones and big screens in a live room.
func liveRoutes(v1 *gin.RouterGroup, l *live.API) {
	v1.GET("/contests/:contest/live", web.Handle(l.List))
	v1.GET("/live/codes/:code", web.Handle(l.ByCode))
	v1.POST("/live/rooms/:room/join", web.Handle(l.Join))
	v1.GET("/live/rooms/:room/state", web.Handle(l.State))
	v1.GET("/live/rooms/:room/stream", web.Handle(l.Stream))
	v1.POST("/live/rooms/:room/held", web.Handle(l.Held))
	v1.POST("/live/rooms/:room/answers", web.Handle(l.Answer))
	v1.POST("/live/rooms/:room/revive", web.Handle(l.Revive))
}
