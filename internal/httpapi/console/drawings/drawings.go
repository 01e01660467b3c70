// Package drawings is the console's screen of public drawings.
package drawings

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
)

// API serves who draws in public.
type API struct {
	Catalog  *catalog.Catalog
	Drawings *drawing.Drawings
	Players  *identity.Players
	Now      func() time.Time
}

// drawingReply is a drawing as staff see it.
type drawingReply struct {
	ID          string               `json:"id"`
	Key         string               `json:"key"`
	Title       string               `json:"title"`
	State       drawing.State        `json:"state"`
	Round       int                  `json:"round"`
	CountsFrom  int64                `json:"counts_from"`
	CountsTo    int64                `json:"counts_to"`
	Algorithm   selection.Algorithm  `json:"algorithm"`
	Sources     []sourceReply        `json:"sources"`
	SourceAt    int64                `json:"source_at"`
	Prizes      []drawing.DrawnPrize `json:"prizes"`
	Shares      string               `json:"shares"` // what all of the list share; empty: it draws prizes
	Reserves    int                  `json:"reserves"`
	Done        int64                `json:"done"`
	Total       int64                `json:"total"`
	Problem     string               `json:"problem"`
	Entries     int                  `json:"entries"`
	People      int                  `json:"people"`
	Short       int                  `json:"short"`
	Fingerprint string               `json:"fingerprint"`
	Seal        string               `json:"seal"`
	FrozenAt    int64                `json:"frozen_at"`
	DrawnAt     int64                `json:"drawn_at"`
	PublishedAt int64                `json:"published_at"`
	CancelledAt int64                `json:"cancelled_at"`
	Reason      string               `json:"reason"`
}

type sourceReply struct {
	Name   string `json:"name"`
	Form   string `json:"form"`
	Values string `json:"values"` // empty before it is known
	Thrown string `json:"thrown"` // the same in the order in which they came
	Hex    int    `json:"hex"`
	Count  int    `json:"count"`
}

func drawingOf(row *drawing.Drawing) drawingReply {
	reply := drawingReply{
		ID: row.ID.String(), Key: row.Key, Title: row.Title, State: row.State, Round: row.Round, CountsFrom: row.CountsFrom,
		CountsTo: row.CountsTo, Algorithm: row.Algorithm, Sources: []sourceReply{}, SourceAt: row.SourceAt,
		Prizes: web.NotNil(row.Prizes), Shares: row.Shares(), Reserves: row.Reserves, Done: row.Done,
		Total: row.Total, Problem: row.Problem, Entries: row.Entries, People: row.People, Fingerprint: row.Fingerprint,
		Seal: row.Seal, FrozenAt: row.FrozenAt,
		DrawnAt: row.DrawnAt, PublishedAt: row.PublishedAt, CancelledAt: row.CancelledAt, Reason: row.Reason,
	}
	if row.FrozenAt > 0 {
		reply.Short = row.Short()
	}
	values, thrown := row.Values(), row.Thrown()
	for i := range row.Sources {
		s := sourceReply{Name: row.Sources[i].Name, Form: row.Sources[i].Form(), Hex: row.Sources[i].Hex,
			Count: row.Sources[i].Values}
		if i < len(values) {
			s.Values, s.Thrown = values[i], thrown[i]
		}
		reply.Sources = append(reply.Sources, s)
	}
	return reply
}

type announcedReply struct {
	Key      string               `json:"key"`
	Title    string               `json:"title"`
	At       int64                `json:"at"`
	Every    string               `json:"every"`
	Source   string               `json:"source"`
	Prizes   []drawing.DrawnPrize `json:"prizes"`
	Shares   string               `json:"shares"`
	Reserves int                  `json:"reserves"`
}

// List lists what a contest draws, and who may not be drawn.
func (a *API) List(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	rows, err := a.Drawings.Drawings(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	drawings, announced := []drawingReply{}, []announcedReply{}
	for i := range rows {
		drawings = append(drawings, drawingOf(&rows[i]))
	}
	for _, w := range drawing.AnnouncedBy(in.Definition) {
		announced = append(announced, announcedReply{
			Key: w.Key, Title: w.Title, At: w.At, Every: w.Every, Source: w.Source, Prizes: web.NotNil(w.Prizes),
			Shares: w.Shares(), Reserves: w.Reserves,
		})
	}
	excluded, err := a.exclusionsOf(c, in)
	if err != nil {
		return err
	}
	waiting, err := a.waitingOf(c, in, 0)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": contestview.HeadingOf(in), "now": a.Now().UnixMilli(),
		"drawings": drawings, "announced": announced, "excluded": excluded, "waiting": waiting})
}

type planRequest struct {
	Key       string              `json:"key"`
	At        int64               `json:"at"`
	Algorithm selection.Algorithm `json:"algorithm"`
	Sources   []drawing.Source    `json:"sources"`
	SourceAt  int64               `json:"source_at"`
}

// Plan settles source and time of a drawing, publicly.
func (a *API) Plan(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body planRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	row, err := a.Drawings.Plan(c.Request.Context(), console.Actor(c), in, drawing.Plan(body))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"drawing": drawingOf(row)})
}

// showDrawing answers with a drawing, who entered its source, and the winners.
func (a *API) showDrawing(c *gin.Context, id sqldb.ID) error {
	ctx := c.Request.Context()
	row, err := a.Drawings.Drawing(ctx, id)
	if err != nil {
		return err
	}
	in, err := a.Catalog.Of(row.ContestID)
	if err != nil {
		return err
	}
	entered, err := a.Drawings.Entered(ctx, id)
	if err != nil {
		return err
	}
	excluded := []selection.Excluded{}
	if row.FrozenAt > 0 {
		freeze, err := a.Drawings.Frozen(ctx, id)
		if err != nil {
			return err
		}
		excluded = web.NotNil(freeze.Excluded)
	}
	waiting, err := a.waitingOf(c, in, id)
	if err != nil {
		return err
	}
	winners := []winnerReply{}
	if row.DrawnAt > 0 {
		drawn, err := a.Drawings.Winners(ctx, in, row)
		if err != nil {
			return err
		}
		for _, w := range drawn {
			winners = append(winners, winnerOf(&w))
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": contestview.HeadingOf(in), "now": a.Now().UnixMilli(),
		"drawing": drawingOf(row), "excluded": excluded, "entered": web.NotNil(entered), "winners": winners,
		"waiting": waiting})
}

type winnerReply struct {
	Place  int          `json:"place"`
	Prize  string       `json:"prize"`
	Name   string       `json:"name"` // masked
	Unit   string       `json:"unit"`
	Entry  int          `json:"entry"`
	Status prize.Status `json:"status"` // of the award; empty without one
	Gone   bool         `json:"gone"`
	Reason string       `json:"reason"`
	By     int          `json:"by"`
}

func winnerOf(w *drawing.Winner) winnerReply {
	reply := winnerReply{Place: w.Place.Place, Prize: w.Prize, Name: w.Name, Unit: w.Unit, Entry: w.Entry, Gone: w.Gone}
	if w.Status != nil {
		reply.Status = *w.Status
	}
	if w.Reason != nil {
		reply.Reason = *w.Reason
	}
	if w.By != nil {
		reply.By = *w.By
	}
	return reply
}

// Drawing shows one drawing to staff.
func (a *API) Drawing(c *gin.Context) error {
	id, err := web.ID(c, "drawing", drawing.ErrDrawingUnknown)
	if err != nil {
		return err
	}
	return a.showDrawing(c, id)
}
