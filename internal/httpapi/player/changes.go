package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
)

// toldChanges are the changes of one version of a contest. They are made from up to fifty
// definitions, so they are kept: anybody may ask for them.
type toldChanges struct {
	version int
	changes []contestview.Change
}

// Changes is the public change log of a contest.
func (a *API) Changes(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	kept, ok := a.changes.Load(in.ContestID)
	if !ok || kept.(toldChanges).version != in.Version {
		changes, err := a.Catalog.Changes(c.Request.Context(), in.ContestID)
		if err != nil {
			return err
		}
		kept = toldChanges{in.Version, contestview.ChangesOf(changes)}
		a.changes.Store(in.ContestID, kept)
	}
	return web.JSON(c, http.StatusOK, gin.H{"title": in.Title, "changes": kept.(toldChanges).changes})
}
