package contests

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
)

// Choices lists the contests that the console can be of as they are scheduled, each
// rehearsal behind what it rehearses, those of drafts last. Every page begins with it, so it counts
// nothing and reads no store.
func (a *API) Choices(c *gin.Context) error {
	now := a.Now().UnixMilli()
	rehearsals := map[string]*catalog.Contest{} // by what they rehearse
	var ofDrafts []*catalog.Contest
	for _, in := range a.Catalog.All() {
		if real, err := a.Catalog.Of(in.RehearsalOf); err == nil {
			rehearsals[real.Slug] = in
		} else if in.RehearsalOf != 0 {
			ofDrafts = append(ofDrafts, in)
		}
	}
	choices, only := []contestview.Line{}, console.ScopeOf(c)
	for _, in := range a.Catalog.Scheduled(now) {
		if only != 0 && in.ContestID != only {
			continue
		}
		choices = append(choices, contestview.LineOf(in, now))
		if rehearsal := rehearsals[in.Slug]; rehearsal != nil {
			choices = append(choices, contestview.LineOf(rehearsal, now))
		}
	}
	for _, in := range ofDrafts {
		if only == 0 {
			choices = append(choices, contestview.LineOf(in, now))
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"choices": choices, "public": a.Public, "scoped": only != 0})
}
