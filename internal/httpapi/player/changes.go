package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/httpapi/web"
)

// ChangeReply is one change of a contest in words; the console shows the same.
type ChangeReply struct {
	Version     int               `json:"version"`
	At          int64             `json:"at"`
	Reason      string            `json:"reason"`
	Differences []DifferenceReply `json:"differences"`
}

// DifferenceReply is what a change does to one section of the rules.
type DifferenceReply struct {
	Section string   `json:"section"`
	Gone    []string `json:"gone"`
	Come    []string `json:"come"`
}

// ChangesOf tells changes as pages read them.
func ChangesOf(changes []catalog.Change) []ChangeReply {
	reply := make([]ChangeReply, len(changes))
	for i, c := range changes {
		reply[i] = ChangeReply{c.Version, c.At, c.Reason, DifferencesOf(c.Differences)}
	}
	return reply
}

// DifferencesOf tells differences as pages read them.
func DifferencesOf(differences []rulespage.Difference) []DifferenceReply {
	reply := make([]DifferenceReply, len(differences))
	for i, d := range differences {
		reply[i] = DifferenceReply{d.Section, web.NotNil(d.Gone), web.NotNil(d.Come)}
	}
	return reply
}

// toldChanges are the changes of one version of a contest. They are made from up to fifty
// definitions, so they are kept: anybody may ask for them.
type toldChanges struct {
	version int
	changes []ChangeReply
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
		kept = toldChanges{in.Version, ChangesOf(changes)}
		a.changes.Store(in.ContestID, kept)
	}
	return web.JSON(c, http.StatusOK, gin.H{"title": in.Title, "changes": kept.(toldChanges).changes})
}
