// Package entries is the console's screen of what units fill in of what happened off line:
// what is asked and until when, who is missing, their links, and the figures kept of each
// period.
package entries

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/report/closing"
	"anquanda/internal/report/offline"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

// API serves who collects the entries of units.
type API struct {
	Catalog *catalog.Catalog
	Offline *offline.Service
	Closing *closing.Service
}

type itemReply struct {
	Title   string `json:"title"`
	Measure string `json:"measure"`
}

type planReply struct {
	Depth    int         `json:"depth"`
	Items    []itemReply `json:"items"`
	Weekly   bool        `json:"weekly"`
	FirstDue int64       `json:"first_due"` // of a weekly one; else 0
	LastDue  int64       `json:"last_due"`
	Revision int64       `json:"revision"`
}

type totalReply struct {
	Title   string `json:"title"`
	Measure string `json:"measure"`
	Value   int64  `json:"value"`
}

type periodReply struct {
	BeginsAt int64 `json:"begins_at"` // 0 for the first
	DueAt    int64 `json:"due_at"`
	Reported int   `json:"reported"` // of the units that are asked
	Late     int   `json:"late"`     // of these
	Missing  int   `json:"missing"`
}

type snapshotLine struct {
	For     int64  `json:"for"`
	TakenAt int64  `json:"taken_at"`
	TakenBy string `json:"taken_by"` // "": by itself, at the end of a period
}

// State tells what is asked, and how far the units are; a plan of revision 0 where nothing
// is asked yet.
func (a *API) State(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	snapshots, err := a.Offline.Snapshots(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	kept := make([]snapshotLine, len(snapshots))
	for i, s := range snapshots {
		kept[i] = snapshotLine{s.For, s.TakenAt, s.TakenBy}
	}
	state, err := a.Offline.State(c.Request.Context(), in.ContestID, in.Units)
	if errors.Is(err, offline.ErrNoPlan) {
		state, err = &offline.State{Plan: &offline.Plan{Depth: 1, LastDue: in.Window.Closes.MS}}, nil
	}
	if err != nil {
		return err
	}
	periods := []periodReply{}
	for i := range state.Periods {
		periods = append(periods, periodOf(&state.Periods[i]))
	}
	return web.JSON(c, http.StatusOK, gin.H{"title": in.Title, "plan": planOf(state.Plan),
		"standard": itemsOf(offline.Standard), "asked": len(state.Asked), "units": len(in.Units.Units()),
		"periods": periods, "totals": totalsOf(state.Totals), "snapshots": kept})
}

func planOf(p *offline.Plan) planReply {
	return planReply{p.Depth, itemsOf(p.Items), p.Weekly, p.FirstDue, p.LastDue, p.Revision}
}

func itemsOf(items []offline.Item) []itemReply {
	reply := make([]itemReply, len(items))
	for i, item := range items {
		reply[i] = itemReply{item.Title, item.Measure}
	}
	return reply
}

func totalsOf(totals []offline.Total) []totalReply {
	reply := make([]totalReply, len(totals))
	for i, t := range totals {
		reply[i] = totalReply{t.Title, t.Measure, t.Value}
	}
	return reply
}

func periodOf(p *offline.Period) periodReply {
	return periodReply{p.BeginsAt, p.DueAt, p.Reported, p.Late, len(p.Missing)}
}

// SetPlan says what units are asked for, and until when.
func (a *API) SetPlan(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body planReply
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	plan := offline.Plan{Depth: body.Depth, Weekly: body.Weekly, LastDue: body.LastDue, Revision: body.Revision}
	if body.Weekly {
		plan.FirstDue = body.FirstDue
	}
	for _, item := range body.Items {
		plan.Items = append(plan.Items, offline.Item(item))
	}
	err = a.Offline.SetPlan(c.Request.Context(), console.Actor(c), in.Slug, in.ContestID, in.Zone(), plan)
	if err != nil {
		return err
	}
	return a.State(c)
}

// asked is the contest with its plan of entries and the units that are asked. Errors:
// offline.ErrNoPlan.
func (a *API) asked(c *gin.Context) (*catalog.Contest, *offline.Plan, []*unit.Unit, error) {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return nil, nil, nil, err
	}
	plan, asked, err := a.Offline.Asked(c.Request.Context(), in.ContestID, in.Units)
	return in, plan, asked, err
}

type linkReply struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Token string `json:"token"` // "": it works, and cannot be shown any more
}

// Links makes the links that units lack, and tells all. It is logged.
func (a *API) Links(c *gin.Context) error {
	in, _, asked, err := a.asked(c)
	if err != nil {
		return err
	}
	links, err := a.Offline.Links(c.Request.Context(), console.Actor(c), in.Slug, in.ContestID, asked)
	if err != nil {
		return err
	}
	reply := make([]linkReply, len(links))
	for i, link := range links {
		reply[i] = linkReply{link.UnitID.String(), asked[i].Name, link.Token}
	}
	return web.JSON(c, http.StatusOK, gin.H{"links": reply})
}

// Renew gives a unit another link and ends the one before.
func (a *API) Renew(c *gin.Context) error {
	in, _, asked, err := a.asked(c)
	if err != nil {
		return err
	}
	of, err := unitOf(c, asked)
	if err != nil {
		return err
	}
	link, err := a.Offline.Renew(c.Request.Context(), console.Actor(c), in.Slug, in.ContestID, of)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, linkReply{of.ID.String(), of.Name, link.Token})
}

func unitOf(c *gin.Context, asked []*unit.Unit) (*unit.Unit, error) {
	id, err := web.ID(c, "unit", offline.ErrNoUnit)
	if err != nil {
		return nil, err
	}
	for _, u := range asked {
		if u.ID == id {
			return u, nil
		}
	}
	return nil, offline.ErrNoUnit
}

// Picture sends a picture of a unit.
func (a *API) Picture(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	id, _ := sqldb.ParseID(c.Param("picture")) // 0 is none
	picture, err := a.Offline.Picture(c.Request.Context(), in.ContestID, id)
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "private, max-age=86400") // one of that id never changes
	c.Data(http.StatusOK, "image/jpeg", picture)
	return nil
}

// Choose puts a picture of a unit into the summary, or takes it out.
func (a *API) Choose(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body struct {
		Chosen bool `json:"chosen"`
	}
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	id, _ := sqldb.ParseID(c.Param("picture")) // 0 is none
	err = a.Offline.Choose(c.Request.Context(), console.Actor(c), in.Slug, in.ContestID, id, body.Chosen)
	if err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}
