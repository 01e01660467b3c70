package names

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/team"
)

type teamReply struct {
	Team    string           `json:"team"`
	Name    string           `json:"name"`
	State   publicname.State `json:"state"`
	ShownAs string           `json:"shown_as"`
	Members int64            `json:"members"`
	Former  []string         `json:"former"` // names before it, the oldest first
}

// ListTeams lists the names of teams that players formed, the newest first.
func (a *API) ListTeams(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	text, err := web.Query(c, "name")
	if err != nil {
		return err
	}
	if err := web.Text("name", text, 100); err != nil {
		return err
	}
	rows, err := a.Teams.List(c.Request.Context(), in.ContestID, strings.TrimSpace(text))
	if err != nil {
		return err
	}
	reply := make([]teamReply, len(rows))
	for i, r := range rows {
		reply[i] = teamReply{r.ID.String(), r.Name, r.State, publicname.OnPhones.ShowTeam(r.Name, r.State, r.ID), r.Members,
			append([]string{}, r.Former...)}
	}
	return web.JSON(c, http.StatusOK, gin.H{"teams": reply})
}

type decideTeamRequest struct {
	Team   string `json:"team"`
	Name   string `json:"name"` // that staff saw; empty: whatever it is
	Hidden bool   `json:"hidden"`
	Reason string `json:"reason"`
}

// DecideTeam hides the name of a team everywhere, or shows it.
func (a *API) DecideTeam(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body decideTeamRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	reason := strings.TrimSpace(body.Reason)
	if err := web.Text("reason", reason, 200); err != nil {
		return err
	}
	if err := web.Text("name", body.Name, 100); err != nil {
		return err
	}
	if body.Hidden && reason == "" {
		return errs.InvalidField("reason", "请写明原因")
	}
	id, ok := sqldb.ParseID(body.Team)
	if !ok {
		return team.ErrUnknown
	}
	if err := a.Teams.Decide(c.Request.Context(), console.Actor(c), in, id, body.Name, body.Hidden, reason); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}
