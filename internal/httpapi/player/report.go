package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/httpapi/web"
)

type reportRequest struct {
	Question string `json:"question"`
	Reason   string `json:"reason"`
	Note     string `json:"note"`
}

// Report takes what a player says about a question of an attempt. The ticket is
// the one with which the question was answered.
func (a *API) Report(c *gin.Context) error {
	player, err := a.answerer(c)
	if err != nil {
		return err
	}
	var body reportRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if body.Question == "" {
		return web.Wrong("question", "缺少题目编号")
	}
	if err := web.Text("note", body.Note, 300); err != nil {
		return err
	}
	asked, err := a.Play.Identify(c.Request.Context(), player, c.Param("ticket"), body.Question)
	if err != nil {
		return err
	}
	err = a.Banks.Report(c.Request.Context(), a.IDs, bank.Report{ContestID: asked.ContestID, PlayerID: player,
		Bank: asked.Bank, QuestionID: asked.QuestionID, Reason: body.Reason, Note: body.Note})
	if err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}
