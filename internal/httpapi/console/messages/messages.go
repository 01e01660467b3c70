// Package messages is the console's view of the codes that are sent by SMS: how much of
// the day's budget is gone, and what staff have to look at.
package messages

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity/signin/phone"
)

// API serves who looks after messages.
type API struct{ Phones *phone.Service }

type troubleReply struct {
	At   int64  `json:"at"`
	Code string `json:"code"`
	Look string `json:"look"`
}

// Desk tells how sending stands.
func (a *API) Desk(c *gin.Context) error {
	desk, err := a.Phones.Desk(c.Request.Context())
	if err != nil {
		return err
	}
	var trouble *troubleReply
	if t := desk.Trouble; t != nil {
		trouble = &troubleReply{At: t.At, Code: t.Code, Look: t.Look()}
	}
	return web.JSON(c, http.StatusOK, gin.H{"configured": desk.Configured, "budget": desk.Budget, "used": desk.Used,
		"spent": desk.Spent(), "sent": desk.Sent, "unsure": desk.Unsure, "failed": desk.Failed, "trouble": trouble})
}
