package contests

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/compliance"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
)

var (
	errTaken     = errs.New(errs.Conflict, "contest_taken", "已经有一个活动用这个标识，请换一个标识")
	errRenamed   = errs.New(errs.Conflict, "contest_renamed", "标识在链接和二维码里，发布以后不能改。要办新的活动，请从副本开始")
	errReserved  = errs.New(errs.Conflict, "contest_rehearsal", "以 -rehearsal 结尾的标识留给演练，请换一个标识")
	errRehearsal = errs.New(errs.Conflict, "contest_rehearsal", "这是演练，不能单独修改；请修改活动本身，再重新演练")
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
	d, err := contest.Parse("活动", []byte(body.Text))
	if err != nil {
		return wrong(err)
	}
	if err := a.mayApply(d, body.Base); err != nil {
		return err
	}
	applied, err := a.Catalog.ApplyBy(c.Request.Context(), console.Actor(c),
		catalog.Application{File: "活动", Text: []byte(body.Text), Reason: strings.TrimSpace(body.Reason), Base: body.Base})
	if err != nil {
		return wrong(err)
	}
	shown, err := a.contestOf(c.Request.Context(), applied)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": shown})
}

// mayApply refuses what nobody answers for, and a text that would become another
// contest than the one that was edited.
func (a *API) mayApply(d *contest.Definition, base int) error {
	stored, err := a.Catalog.Current(d.Slug)
	switch {
	case err == nil && stored.RehearsalOf != 0:
		return errRehearsal
	case err != nil && contest.OfRehearsal(d.Slug):
		return errReserved
	case err == nil && base == 0:
		return errTaken
	case errors.Is(err, catalog.ErrUnknown) && base > 0:
		return errRenamed
	case err != nil && !errors.Is(err, catalog.ErrUnknown):
		return err
	}
	open := compliance.Open(compliance.Check(d))
	if len(open) == 0 {
		return nil
	}
	messages := make([]string, len(open))
	for i, concern := range open {
		messages[i] = fmt.Sprintf("%s（%s）", concern.Message, concern.Code)
	}
	return errs.New(errs.Conflict, "concerns_open", fmt.Sprintf("有 %d 处严重的合规提示，要先改好，或有人确认负责：%s", len(open), strings.Join(messages, "；")))
}
