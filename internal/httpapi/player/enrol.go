package player

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
)

type enrolRequest struct {
	Nickname string `json:"nickname"`
	Unit     string `json:"unit"`
}

type unitReply struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Path     string `json:"path"`
	Children bool   `json:"children,omitempty"`
}

// Enrol signs a player in to the contest as a guest, or changes the nickname,
// and the unit until the first attempt.
func (a *API) Enrol(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	var body enrolRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	unit, err := unitID(in, "unit", body.Unit)
	if err != nil {
		return err
	}
	ask := in.Players.Unit.Ask
	if ask == contest.AskNo {
		unit = 0
	}
	if ask == contest.AskRequired && unit == 0 {
		return errs.InvalidField("unit", "请选择"+in.Players.Unit.Label)
	}
	ctx := c.Request.Context()
	player := web.Player(c)
	record, present, err := a.playerOf(c, in)
	if err != nil {
		return err
	}
	if present != nil && len(record.History) > 0 && unitText(present.Unit) != body.Unit {
		return errs.InvalidField("unit", "开始答题后不能更换"+in.Players.Unit.Label)
	}
	enrolment, err := a.Players.Enrol(ctx, in.ContestID, player, body.Nickname, unit)
	if err != nil {
		return err
	}
	if present != nil {
		a.Boards.Rename(ctx, in.ContestID, enrolment)
	}
	web.SignIn(c, a.Sessions, enrolment.PlayerID, a.Now())
	return web.JSON(c, http.StatusCreated, gin.H{"me": meOf(in, enrolment, record)})
}

func unitText(u *unitReply) string {
	if u == nil {
		return ""
	}
	return u.ID
}

// Units lists part of the tree of units: the children of one, or those found.
func (a *API) Units(c *gin.Context) error {
	const most = 50
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	parent, text, err := unitsQuery(c, in)
	if err != nil {
		return err
	}
	found := in.Units.Children(parent)
	if text != "" {
		found = in.Units.Search(text, most)
	}
	reply := make([]unitReply, 0, len(found))
	for _, u := range found {
		reply = append(reply, unitReply{ID: u.ID.String(), Name: u.Name, Path: in.Units.Path(u.ID), Children: len(in.Units.Children(u.ID)) > 0})
	}
	return web.JSON(c, http.StatusOK, gin.H{"units": reply})
}

// unitsQuery reads which units are asked for. A blank text is none.
func unitsQuery(c *gin.Context, in *catalog.Contest) (parent sqldb.ID, text string, err error) {
	id, err := web.Query(c, "parent")
	if err != nil {
		return 0, "", err
	}
	if parent, err = unitID(in, "parent", id); err != nil {
		return 0, "", err
	}
	if text, err = web.Query(c, "q"); err != nil {
		return 0, "", err
	}
	return parent, strings.TrimSpace(text), web.Text("q", text, 120)
}
