package contests

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
)

// wrong tells findings as one problem of the field text.
func wrong(err error) error {
	var found contest.Findings
	if !errors.As(err, &found) {
		return err
	}
	first := found[0]
	place := contest.PlaceOf(first.Path)
	if place != "" {
		place += "："
	}
	text := fmt.Sprintf("第 %d 行 %s%s", first.Line, place, first.Words)
	if len(found) > 1 {
		text += fmt.Sprintf("。另有 %d 处", len(found)-1)
	}
	e := errs.New(errs.Invalid, "contest_wrong", text)
	e.Field = "text"
	return e.Because(err)
}

type applyRequest struct {
	Text   string `json:"text"`
	Base   int    `json:"base"`
	Reason string `json:"reason"`
	// Draft is the draft that the text was written in, at its Revision; empty: none.
	Draft    string `json:"draft"`
	Revision int    `json:"revision"`
}

// Apply stores a text as the next version of its contest. Base is the
// version that was edited, 0 for a new contest.
func (a *API) Apply(c *gin.Context) error {
	var body applyRequest
	if err := web.DecodeUpTo(c, &body, maxTextBody); err != nil {
		return err
	}
	if err := web.Text("reason", body.Reason, 600); err != nil {
		return err
	}
	if body.Base < 0 {
		return errs.InvalidField("base", "版本不对")
	}
	application := catalog.Application{File: "活动", Text: []byte(body.Text), Reason: strings.TrimSpace(body.Reason),
		Base: body.Base, Revision: body.Revision}
	if body.Draft != "" {
		id, ok := sqldb.ParseID(body.Draft)
		if !ok {
			return catalog.ErrNoDraft
		}
		application.Draft = id
	}
	applied, err := a.Catalog.ApplyBy(c.Request.Context(), console.Actor(c), application)
	if err != nil {
		return wrong(err)
	}
	shown, err := a.contestOf(c, applied)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": shown})
}
