package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/contest/rulespage"
	"anquanda/internal/httpapi/web"
)

type rulesReply struct {
	Title    string         `json:"title"`
	Version  int            `json:"version"` // of the contest; one more with each change
	Sections []sectionReply `json:"sections"`
}

type sectionReply struct {
	Title string   `json:"title"`
	Lines []string `json:"lines"`
}

// Rules tells the rules of the contest as they hold now, made from its definition.
func (a *API) Rules(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	reply := rulesReply{Title: in.Title, Version: in.Version, Sections: []sectionReply{}}
	for _, section := range rulespage.Describe(in.Definition) {
		reply.Sections = append(reply.Sections, sectionReply(section))
	}
	return web.JSON(c, http.StatusOK, reply)
}
