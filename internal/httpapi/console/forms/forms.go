// Package forms is the console's screen of tables that other offices sent to be filled.
package forms

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/report/closing"
	"anquanda/internal/report/form"
	"anquanda/internal/report/offline"
	"anquanda/internal/sqldb"
)

// API serves who fills tables.
type API struct {
	Catalog *catalog.Catalog
	Closing *closing.Service
	Forms   *form.Service
	Offline *offline.Service
}

// maxBody bounds the places of a form, in bytes.
const maxBody = 256 << 10

type formLine struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	UploadedAt int64  `json:"uploaded_at"`
}

type placeReply struct {
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	Name  string `json:"name"` // of the figure
}

type cellReply struct {
	Text    string `json:"text"`
	Formula bool   `json:"formula"`
	Across  int    `json:"across"`
	Down    int    `json:"down"`
	Within  string `json:"within"` // the cell that it is hidden behind; "" for none
}

type sheetReply struct {
	Name   string        `json:"name"`
	Hidden bool          `json:"hidden"`
	Rows   [][]cellReply `json:"rows"` // the first is row 1
}

type findingReply struct {
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"` // "": all of the sheet
	Wrong   bool   `json:"wrong"`
	Message string `json:"message"`
}

type figureReply struct {
	Name    string  `json:"name"`
	Measure string  `json:"measure"`
	Value   float64 `json:"value"`
}

// List tells the tables of a contest.
func (a *API) List(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	forms, err := a.Forms.Forms(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	lines := make([]formLine, len(forms))
	for i, f := range forms {
		lines[i] = formLine{f.ID.String(), f.Name, f.UploadedAt}
	}
	return web.JSON(c, http.StatusOK, gin.H{"forms": lines})
}

// Keep stores a table sent as the body.
func (a *API) Keep(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	name, err := web.FileName(c)
	if err != nil {
		return err
	}
	data, err := web.File(c, form.MaxUpload, form.ErrLarge, web.ErrBroken)
	if err != nil {
		return err
	}
	id, err := a.Forms.Keep(c.Request.Context(), console.Actor(c), in.Slug, in.ContestID, name, data)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"id": id})
}

// one is the form that the address names, with its contest. Errors: form.ErrNone.
func (a *API) one(c *gin.Context) (*catalog.Contest, *form.Form, error) {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return nil, nil, err
	}
	id, err := web.ID(c, "form", form.ErrNone)
	if err != nil {
		return nil, nil, err
	}
	f, err := a.Forms.Form(c.Request.Context(), in.ContestID, id)
	return in, f, err
}

// figures are those of now; at a moment, those of the snapshot of it.
func (a *API) figures(c *gin.Context, in *catalog.Contest, at int64) ([]offline.Counted, error) {
	if at > 0 {
		kept, err := a.Offline.SnapshotFor(c.Request.Context(), in.ContestID, at)
		return kept.Figures, err
	}
	figures, err := a.Closing.Figures(c.Request.Context(), in)
	if err != nil {
		return nil, err
	}
	return figures.Named(), nil
}

// See tells what a form holds, where figures go, and what is to be known of it.
func (a *API) See(c *gin.Context) error {
	in, f, err := a.one(c)
	if err != nil {
		return err
	}
	return a.reply(c, in, f)
}

func (a *API) reply(c *gin.Context, in *catalog.Contest, f *form.Form) error {
	figures, err := a.figures(c, in, 0)
	if err != nil {
		return err
	}
	sight, err := f.See(figures)
	if err != nil {
		return err
	}
	names := make([]figureReply, len(figures))
	for i, figure := range figures {
		names[i] = figureReply{figure.Name, figure.Measure, figure.Value}
	}
	findings := make([]findingReply, len(sight.Findings))
	for i, said := range sight.Findings {
		findings[i] = findingReply(said)
	}
	return web.JSON(c, http.StatusOK, gin.H{"id": f.ID, "name": f.Name, "uploaded_at": f.UploadedAt,
		"revision": f.Revision, "places": placesOf(f.Places), "suggested": placesOf(sight.Suggested), "filled": sight.Filled,
		"findings": findings, "sheets": sheetsOf(sight.Sheets), "figures": names})
}

func placesOf(places []form.Place) []placeReply {
	reply := make([]placeReply, len(places))
	for i, p := range places {
		reply[i] = placeReply(p)
	}
	return reply
}

func sheetsOf(sheets []form.Sheet) []sheetReply {
	reply := make([]sheetReply, len(sheets))
	for i, s := range sheets {
		reply[i] = sheetReply{s.Name, s.Hidden, make([][]cellReply, len(s.Rows))}
		for y, row := range s.Rows {
			cells := make([]cellReply, len(row))
			for x, cell := range row {
				cells[x] = cellReply{cell.Text, cell.Formula, cell.Across, cell.Down, cell.Within}
			}
			reply[i].Rows[y] = cells
		}
	}
	return reply
}

// Place stores which cells get which figures.
func (a *API) Place(c *gin.Context) error {
	in, f, err := a.one(c)
	if err != nil {
		return err
	}
	var body struct {
		Revision int64        `json:"revision"`
		Places   []placeReply `json:"places"`
	}
	if err := web.DecodeUpTo(c, &body, maxBody); err != nil {
		return err
	}
	var places []form.Place
	for _, p := range body.Places {
		places = append(places, form.Place(p))
	}
	err = a.Forms.Set(c.Request.Context(), console.Actor(c), in.Slug, in.ContestID, f.ID, body.Revision, places)
	if err != nil {
		return err
	}
	if f, err = a.Forms.Form(c.Request.Context(), in.ContestID, f.ID); err != nil {
		return err
	}
	return a.reply(c, in, f)
}

// Drop deletes a form.
func (a *API) Drop(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	id, ok := sqldb.ParseID(c.Param("form"))
	if !ok {
		return form.ErrNone
	}
	if err := a.Forms.Drop(c.Request.Context(), console.Actor(c), in.Slug, in.ContestID, id); err != nil {
		return err
	}
	return web.NoContent(c)
}

// Filled sends the table, filled with the figures of now or of a snapshot.
func (a *API) Filled(c *gin.Context) error {
	in, f, err := a.one(c)
	if err != nil {
		return err
	}
	at, err := web.Number(c, "at", 0, 1, 1<<53)
	if err != nil {
		return err
	}
	figures, err := a.figures(c, in, at)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := f.Write(&out, figures); err != nil {
		return errs.Wrap(err, "fill form %d", f.ID)
	}
	web.SendFile(c, f.Name, out.Bytes())
	return nil
}
