package contests

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/question"
)

type fitRequest struct {
	Text string `json:"text"`
	Bank string `json:"bank"` // taken for the contest's; empty: the one that it names
}

type fittedReply struct {
	Path    string `json:"path"`
	Place   string `json:"place"`
	Message string `json:"message"`
}

// Fit lets the levels of a text take what its bank holds, and tells what that changes;
// nothing is stored.
func (a *API) Fit(c *gin.Context) error {
	var body fitRequest
	if err := web.DecodeUpTo(c, &body, maxTextBody); err != nil {
		return err
	}
	text, err := []byte(body.Text), error(nil)
	if body.Bank != "" {
		if text, err = contest.WithBank(text, body.Bank); err != nil {
			return wrong(err)
		}
	}
	fitted, done, err := contest.Fit(text, func(name string) ([]question.Question, error) {
		version, err := a.Banks.Current(c.Request.Context(), name)
		if errors.Is(err, bank.ErrUnknown) {
			return nil, errs.InvalidField("bank", "没有题库“"+name+"”，请先导入，或换一个题库")
		}
		if err != nil {
			return nil, err
		}
		loaded, err := a.Banks.Load(c.Request.Context(), name, version)
		if err != nil {
			return nil, err
		}
		return loaded.Questions, nil
	})
	if err != nil {
		return wrong(err)
	}
	changes := make([]fittedReply, len(done))
	for i, d := range done {
		changes[i] = fittedReply{Path: d.Path, Place: contest.PlaceOf(d.Path), Message: d.Words}
	}
	return web.JSON(c, http.StatusOK, gin.H{"text": string(fitted), "changes": changes})
}
