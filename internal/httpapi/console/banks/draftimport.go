package banks

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

type importRequest struct {
	Bank      string    `json:"bank"` // empty: a new one, called Title
	Title     string    `json:"title"`
	Mode      bank.Mode `json:"mode"`
	OnlyValid bool      `json:"only_valid"`
	Note      string    `json:"note"`
}

func (r *importRequest) check() error {
	switch {
	case r.Mode != bank.Replace && r.Mode != bank.Merge:
		return web.Wrong("mode", "应为 replace 或 merge")
	case r.Bank == "" && r.Title == "":
		return web.Wrong("bank", "请选择题库，或写一个新题库的名称")
	}
	if err := web.Text("title", r.Title, 400); err != nil {
		return err
	}
	return web.Text("note", r.Note, 200)
}

func (a *API) importRequest(c *gin.Context) (id sqldb.ID, body importRequest, err error) {
	if id, err = web.ID(c, "draft", bank.ErrNoDraft); err != nil {
		return id, body, err
	}
	if err = web.Decode(c, &body); err != nil {
		return id, body, err
	}
	return id, body, body.check()
}

// PlanImport tells what importing a draft would change, with the questions on
// both sides.
func (a *API) PlanImport(c *gin.Context) error {
	id, body, err := a.importRequest(c)
	if err != nil {
		return err
	}
	planned, err := a.Banks.PlanImport(c.Request.Context(), id, bank.DraftImport(body))
	if err != nil {
		return err
	}
	d := planned.Difference
	var before []question.Question
	if len(d.Changed)+len(d.Removed) > 0 {
		present, err := a.Banks.Current(c.Request.Context(), body.Bank)
		if err != nil {
			return err
		}
		if before, err = a.Banks.Stored(c.Request.Context(), body.Bank, present); err != nil {
			return err
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"questions": len(planned.Questions), "difference": differenceOf(d),
		"before": pick(before, d.Changed, d.Removed), "after": pick(planned.Questions, d.Changed, d.Added)})
}

// ImportDraft imports a draft as a new version of a bank.
func (a *API) ImportDraft(c *gin.Context) error {
	id, body, err := a.importRequest(c)
	if err != nil {
		return err
	}
	name, version, difference, err := a.Banks.ImportDraft(c.Request.Context(), console.Actor(c), id,
		bank.DraftImport(body))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"bank": name, "version": version,
		"difference": differenceOf(difference)})
}
