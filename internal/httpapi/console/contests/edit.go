package contests

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/contest"
	"anquanda/internal/httpapi/web"
)

type editRequest struct {
	Text  string `json:"text"`
	Path  string `json:"path"`
	Value string `json:"value"`
}

// Edit sets one value in a text; nothing is stored.
func (a *API) Edit(c *gin.Context) error {
	var body editRequest
	if err := web.DecodeUpTo(c, &body, maxTextBody); err != nil {
		return err
	}
	return changedText(c, func() ([]byte, error) { return contest.Edit([]byte(body.Text), body.Path, body.Value) })
}

type copyRequest struct {
	Text  string `json:"text"`
	Slug  string `json:"slug"`
	Title string `json:"title"`
	Opens string `json:"opens"`
}

// Copy makes another contest of a text; nothing is stored. Without a slug it has one made
// of its title.
func (a *API) Copy(c *gin.Context) error {
	var body copyRequest
	if err := web.DecodeUpTo(c, &body, maxTextBody); err != nil {
		return err
	}
	if body.Slug == "" {
		var err error
		if body.Slug, err = a.Catalog.SlugFor(c.Request.Context(), body.Title); err != nil {
			return err
		}
	}
	return changedText(c, func() ([]byte, error) {
		return contest.Anew([]byte(body.Text), body.Slug, body.Title, body.Opens)
	})
}

func changedText(c *gin.Context, change func() ([]byte, error)) error {
	text, err := change()
	if err != nil {
		return wrong(err)
	}
	return web.JSON(c, http.StatusOK, gin.H{"text": string(text)})
}
