package accounts

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/staff"
)

// touchReply is an act on somebody's account.
type touchReply struct {
	Name  string        `json:"name"`
	Login string        `json:"login"`
	By    string        `json:"by"`
	What  staff.Touched `json:"what"`
	At    int64         `json:"at"`
}

// Notices tells all staff what they should know: that the audit log was altered, and,
// while a drawing is under way or a case is open, whose account was made or touched by
// whom within a day.
func (a *API) Notices(c *gin.Context) error {
	ctx := c.Request.Context()
	touches := []touchReply{}
	decided, err := a.Deciding(ctx)
	if err != nil {
		return err
	}
	if decided {
		recent, err := a.Staff.RecentTouches(ctx)
		if err != nil {
			return err
		}
		for _, t := range recent {
			touches = append(touches, touchReply{Name: t.Name, Login: t.Login, By: t.ByName, What: t.What, At: t.At})
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"log_broken": a.LogBroken(), "touches": touches})
}
