// Package units is the console's screens of the units of a contest: the tree, its
// table, the names that players typed, and what each unit did.
package units

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/report"
	"anquanda/internal/sheet"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

// API serves who looks after units.
type API struct {
	Catalog *catalog.Catalog
	Units   *unit.Service
	Report  *report.Service
}

type unitReply struct {
	ID        string   `json:"id"`
	Parent    string   `json:"parent"` // "" at the top
	Code      string   `json:"code"`
	Name      string   `json:"name"`
	Aliases   []string `json:"aliases"`
	Typed     []string `json:"typed"` // names of players that were merged into it
	Headcount int      `json:"headcount"`
}

// Tree lists a contest's units as they are stored, each in front of those
// below it.
func (a *API) Tree(c *gin.Context) error {
	in, tree, err := a.units(c)
	if err != nil {
		return err
	}
	_, waiting, err := a.Units.Queue(c.Request.Context(), in.ContestID, false, 1, 1)
	if err != nil {
		return err
	}
	units := tree.Units()
	reply := make([]unitReply, len(units))
	for i, u := range units {
		reply[i] = unitReply{
			ID: u.ID.String(), Parent: idText(u.ParentID), Code: u.Code, Name: u.Name, Aliases: web.NotNil([]string(u.Aliases)),
			Typed: web.NotNil(u.Typed), Headcount: u.Headcount,
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{
		"contest": contestview.HeadingOf(in), "version": tree.Version, "units": reply,
		"gone": len(tree.Gone()), "typed": in.Players.Unit.Typed, "waiting": waiting,
	})
}

// units are the contest that the address names and its tree.
func (a *API) units(c *gin.Context) (*catalog.Contest, *unit.Tree, error) {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return nil, nil, err
	}
	tree, err := a.Units.Tree(c.Request.Context(), in.ContestID)
	return in, tree, err
}

func idText(id sqldb.ID) string {
	if id == 0 {
		return ""
	}
	return id.String()
}

// Table sends a contest's tree as the table that can be uploaded again.
func (a *API) Table(c *gin.Context) error {
	in, tree, err := a.units(c)
	if err != nil {
		return err
	}
	return sendSheet(c, in.Slug+"-单位", unit.TreeSheet(tree))
}

// Template sends an example of the table, with instructions.
func (a *API) Template(c *gin.Context) error {
	return sendSheet(c, "单位表模板", unit.TreeSheet(nil))
}

// sendSheet sends a table as the query's format: xlsx, which it is without one, or
// csv.
func sendSheet(c *gin.Context, name string, table *sheet.Table) error {
	format, err := web.Query(c, "format")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	switch format {
	case "", "xlsx":
		name += ".xlsx"
		err = table.WriteXLSX(&out)
	case "csv":
		name += ".csv"
		err = table.WriteCSV(&out)
	default:
		err = web.Wrong("format", "应为 xlsx 或 csv")
	}
	if err != nil {
		return err
	}
	web.SendFile(c, name, out.Bytes())
	return nil
}
