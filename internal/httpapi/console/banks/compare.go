package banks

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/question"
)

type differenceReply struct {
	Added   []string `json:"added"`
	Changed []string `json:"changed"`
	Removed []string `json:"removed"`
}

func differenceOf(d bank.Difference) differenceReply {
	return differenceReply{Added: web.NotNil(d.Added), Changed: web.NotNil(d.Changed), Removed: web.NotNil(d.Removed)}
}

// Compare tells what one version of a bank changed against another, with the
// questions on both sides.
func (a *API) Compare(c *gin.Context) error {
	name := c.Param("bank")
	from, err := web.Number(c, "from", 0, 1, 1_000_000)
	if err != nil {
		return err
	}
	to, err := web.Number(c, "to", 0, 1, 1_000_000)
	if err != nil {
		return err
	}
	if from == 0 || to == 0 {
		return errs.InvalidField("from", "请写明比较哪两个版本")
	}
	present, err := a.Banks.Current(c.Request.Context(), name)
	if err != nil {
		return err
	}
	if max(from, to) > int64(present) {
		return bank.ErrUnknown
	}
	difference, err := a.Banks.Compare(c.Request.Context(), name, int(from), int(to))
	if err != nil {
		return err
	}
	before, err := a.Banks.Stored(c.Request.Context(), name, int(from))
	if err != nil {
		return err
	}
	after, err := a.Banks.Stored(c.Request.Context(), name, int(to))
	if err != nil {
		return err
	}
	hidden := a.hides(c, name)
	return web.JSON(c, http.StatusOK, gin.H{"difference": differenceOf(difference),
		"before": shownBy(pick(before, difference.Changed, difference.Removed), hidden),
		"after":  shownBy(pick(after, difference.Changed, difference.Added), hidden)})
}

// maxShownDifference bounds the questions that a comparison carries.
const maxShownDifference = 500

// pick returns the questions of those ids, by id.
func pick(questions []question.Question, ids ...[]string) map[string]*question.Question {
	wanted := map[string]bool{}
	for _, list := range ids {
		for _, id := range list[:min(len(list), maxShownDifference)] {
			wanted[id] = true
		}
	}
	picked := map[string]*question.Question{}
	for i := range questions {
		if wanted[questions[i].ID] {
			picked[questions[i].ID] = &questions[i]
		}
	}
	return picked
}

// Undo makes the version before the present one the newest again.
func (a *API) Undo(c *gin.Context) error {
	version, difference, err := a.Banks.Undo(c.Request.Context(), console.Actor(c), c.Param("bank"))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"version": version, "difference": differenceOf(difference)})
}
