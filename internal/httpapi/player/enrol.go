package player

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/sqldb"
)

type enrolRequest struct {
	Nickname string            `json:"nickname"`
	Unit     *string           `json:"unit"`      // nil: as it is
	UnitName string            `json:"unit_name"` // typed, where the unit is not found
	Division string            `json:"division"`  // empty: as it is
	Fields   map[string]string `json:"fields"`    // by key; blank: as they are
	Consent  string            `json:"consent"`   // version of the text agreed to
	Guardian *guardianRequest  `json:"guardian"`  // who agrees for a child under 14
}

type guardianRequest struct {
	Name    string `json:"name"`
	Consent string `json:"consent"` // version of the text agreed to
}

func (g *guardianRequest) guardian() *personal.Guardian {
	if g == nil {
		return nil
	}
	return &personal.Guardian{Name: g.Name, Consent: g.Consent}
}

type unitReply struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Path     string `json:"path"`
	Children bool   `json:"children,omitempty"`
}

// Enrol signs a player in to the contest as a guest, or changes the part of one
// who plays: the nickname, and what the contest lets change.
func (a *API) Enrol(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	var body enrolRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	summary, present, err := a.playerOf(c, in)
	if err != nil {
		return err
	}
	application := identity.Application{
		Nickname: body.Nickname, Division: body.Division, Fields: body.Fields, Consent: body.Consent,
		Guardian: body.Guardian.guardian(), Started: summary.Started(), From: a.Limits.Origin(c, in), At: a.millis(),
	}
	if body.Unit != nil {
		unit, err := unitID(in, "unit", *body.Unit)
		if err != nil {
			return err
		}
		stays := present != nil && unitText(present.Unit) == *body.Unit
		if u, ok := in.Units.Get(unit); ok && u.GoneAt != 0 && !stays {
			return errUnitGone
		}
		application.UnitID = &unit
	}
	ctx := c.Request.Context()
	typed, err := a.applyTyped(ctx, in, web.Player(c), body.UnitName, &application)
	if err != nil {
		return err
	}
	enrolment, err := a.Players.Join(ctx, in.Definition, in.ContestID, web.Player(c), application)
	if err != nil {
		return err
	}
	chosen := enrolment.UnitID != 0 && (present == nil || unitText(present.Unit) != enrolment.UnitID.String())
	if err := a.keepTyped(ctx, in, typed, chosen, &enrolment); err != nil {
		return err
	}
	if present != nil {
		a.Boards.Rename(ctx, in.ContestID, enrolment)
	}
	if err := a.Desk.SignIn(c, in.ContestID, enrolment.PlayerID); err != nil {
		return err
	}
	me, err := a.meOf(ctx, in, enrolment, summary)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"me": me})
}

// errUnitGone is of an old page, or an old poster's link. Who is in the unit stays in it.
var errUnitGone = errs.InvalidField("unit", "这个单位已经调整，请重新选择")

func unitText(u *unitReply) string {
	if u == nil {
		return ""
	}
	return u.ID
}

// ListUnits lists part of the tree of units: the children of one, or those found.
func (a *API) ListUnits(c *gin.Context) error {
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
		reply = append(reply, unitReply{ID: u.ID.String(), Name: u.Name, Path: in.Units.Path(u.ID),
			Children: len(in.Units.Children(u.ID)) > 0})
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
