package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/contest"
	"anquanda/internal/httpapi/web"
)

// pollReply is a question that a player may answer who has finished something.
type pollReply struct {
	Key     string           `json:"key"`
	Title   string           `json:"title"`
	Kind    contest.PollKind `json:"kind"`
	Options []string         `json:"options"`
}

// Poll lists what the player is asked now and has not answered.
func (a *API) Poll(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	summary, _, err := a.playerOf(c, in)
	if err != nil {
		return err
	}
	open, err := a.Polls.Open(c.Request.Context(), in, player, summary)
	if err != nil {
		return err
	}
	reply := []pollReply{}
	for _, p := range open {
		reply = append(reply, pollReply{p.Key, p.Title, p.Kind, p.Options})
	}
	return web.JSON(c, http.StatusOK, gin.H{"polls": reply})
}

type pollRequest struct {
	Options []string `json:"options"`
}

// AnswerPoll takes the player's answer, once.
func (a *API) AnswerPoll(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	var body pollRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	summary, _, err := a.playerOf(c, in)
	if err != nil {
		return err
	}
	if err := a.Polls.Answer(c.Request.Context(), in, player, summary, c.Param("poll"), body.Options); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}
