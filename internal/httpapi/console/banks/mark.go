package banks

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/question"
)

type markRequest struct {
	Base int      `json:"base"` // the version that was looked at
	IDs  []string `json:"ids"`  // empty: all that the filter of the address lets through
	Set  markBody `json:"set"`
}

type markBody struct {
	Audience   []string `json:"audience"`   // empty: stays
	Topics     []string `json:"topics"`     // empty: stays
	Difficulty int      `json:"difficulty"` // 0: stays
	Add        bool     `json:"add"`
}

func (b *markBody) mark() bank.Mark {
	m := bank.Mark{Difficulty: b.Difficulty, Add: b.Add}
	if len(b.Audience) > 0 {
		m.Audience = b.Audience
	}
	if len(b.Topics) > 0 {
		m.Topics = b.Topics
	}
	return m
}

// maxMarkBody bounds a call, in bytes: the ids of a bank of 50,000 questions.
const maxMarkBody = 4 << 20

// PreviewMark tells how many questions a mark would change.
func (a *API) PreviewMark(c *gin.Context) error { return a.mark(c, true) }

// Mark sets audience, topics or difficulty of many questions at once, as one version.
func (a *API) Mark(c *gin.Context) error { return a.mark(c, false) }

func (a *API) mark(c *gin.Context, try bool) error {
	var body markRequest
	if err := web.DecodeUpTo(c, &body, maxMarkBody); err != nil {
		return err
	}
	for field, list := range map[string][]string{"ids": body.IDs, "set.topics": body.Set.Topics} {
		for _, text := range list {
			if err := web.Text(field, text, 4*question.MaxIDBytes); err != nil {
				return err
			}
		}
	}
	f, err := readFilter(c)
	if err != nil {
		return err
	}
	present, err := a.present(c)
	if err != nil {
		return err
	}
	ids := body.IDs
	if len(ids) == 0 {
		for i := range present.Questions {
			if q := &present.Questions[i]; f.lets(q) {
				ids = append(ids, q.ID)
			}
		}
	}
	done, err := a.Banks.Mark(c.Request.Context(), console.Actor(c), present.Name, body.Base, ids, body.Set.mark(), try)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"version": done.Version, "questions": done.Found, "changed": done.Changed})
}

// Rename calls a bank by another title.
func (a *API) Rename(c *gin.Context) error {
	var body struct {
		Title string `json:"title"`
	}
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("title", body.Title, 400); err != nil {
		return err
	}
	if err := a.Banks.SetTitle(c.Request.Context(), console.Actor(c), c.Param("bank"), body.Title); err != nil {
		return err
	}
	return web.NoContent(c)
}
