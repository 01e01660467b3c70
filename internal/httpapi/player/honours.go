package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/contest"
	"anquanda/internal/honour"
	"anquanda/internal/httpapi/web"
)

type honourReply struct {
	Title   string         `json:"title"`
	Classes []honoursClass `json:"classes"`
}

type honoursClass struct {
	Title string   `json:"title"`
	Units []string `json:"units"`
}

// HonouredUnits tells which units were awarded, once that is published: their names and no figure.
func (a *API) HonouredUnits(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	reply := []honourReply{}
	if in.Phase(a.millis()) == contest.Closed {
		decided, err := a.Honours.Of(c.Request.Context(), in)
		if err != nil {
			return err
		}
		for i := range decided {
			if h := &decided[i]; h.PublishedAt > 0 && len(h.Units) > 0 {
				reply = append(reply, honourReply{h.Units[0].Title, classesOf(h.Units)})
			}
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"honours": reply})
}

// classesOf lists the units of an honour by class, the best class first.
func classesOf(units []honour.Awarded) (classes []honoursClass) {
	for i := range units {
		if last := len(classes) - 1; last < 0 || classes[last].Title != units[i].Class {
			classes = append(classes, honoursClass{Title: units[i].Class})
		}
		classes[len(classes)-1].Units = append(classes[len(classes)-1].Units, units[i].Unit)
	}
	return classes
}
