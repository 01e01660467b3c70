// Package robot is the console's view of the group robot that tells staff what waits.
package robot

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/webhook"
)

// API serves the owner.
type API struct{ Webhook *webhook.Service }

type stateReply struct {
	Robot    string         `json:"robot"` // of which service; empty: none is set up
	Host     string         `json:"host"`
	Signed   bool           `json:"signed"`
	Messages []messageReply `json:"messages"` // the newest first
}

type messageReply struct {
	Text    string `json:"text"`
	MadeAt  int64  `json:"made_at"`
	SentAt  int64  `json:"sent_at"` // 0: not yet
	Tries   int    `json:"tries"`
	NextAt  int64  `json:"next_at"` // 0: no further try
	Trouble string `json:"trouble"`
}

// State tells how the robot is set up and how the newest messages went.
func (a *API) State(c *gin.Context) error {
	state, err := a.Webhook.State(c.Request.Context())
	if err != nil {
		return err
	}
	reply := stateReply{Robot: state.Robot, Host: state.Host, Signed: state.Signed, Messages: []messageReply{}}
	for _, m := range state.Messages {
		told := messageReply{Text: m.Body, MadeAt: m.MadeAt, SentAt: m.SentAt, Tries: m.Tries, Trouble: m.Trouble}
		if m.SentAt == 0 && !m.GivenUp {
			told.NextAt = m.NextAt
		}
		reply.Messages = append(reply.Messages, told)
	}
	return web.JSON(c, http.StatusOK, reply)
}

// trial is what the owner sends to see whether the robot works.
const trial = "安全答 · 这是一条试发的消息。以后有事等人处理，会发到这个群里。"

// Try sends a message at once.
func (a *API) Try(c *gin.Context) error {
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	if err := a.Webhook.Try(c.Request.Context(), console.Actor(c), trial); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}
