package console

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
)

// drawingReply is a drawing as staff see it.
type drawingReply struct {
	ID          string              `json:"id"`
	Key         string              `json:"key"`
	Title       string              `json:"title"`
	State       prize.State         `json:"state"`
	Round       int                 `json:"round"`
	CountsFrom  int64               `json:"counts_from"`
	CountsTo    int64               `json:"counts_to"`
	Algorithm   selection.Algorithm `json:"algorithm"`
	Sources     []sourceReply       `json:"sources"`
	SourceAt    int64               `json:"source_at"`
	Prizes      []prize.DrawnPrize  `json:"prizes"`
	Reserves    int                 `json:"reserves"`
	Done        int64               `json:"done"`
	Total       int64               `json:"total"`
	Problem     string              `json:"problem"`
	Entries     int                 `json:"entries"`
	People      int                 `json:"people"`
	Short       int                 `json:"short"`
	Fingerprint string              `json:"fingerprint"`
	Seal        string              `json:"seal"`
	FrozenAt    int64               `json:"frozen_at"`
	DrawnAt     int64               `json:"drawn_at"`
	PublishedAt int64               `json:"published_at"`
	CancelledAt int64               `json:"cancelled_at"`
	Reason      string              `json:"reason"`
}

type sourceReply struct {
	Name   string `json:"name"`
	Form   string `json:"form"`
	Values string `json:"values"` // empty before it is known
	Hex    int    `json:"hex"`
	Count  int    `json:"count"`
}

func drawingOf(row *prize.Drawing) drawingReply {
	reply := drawingReply{
		ID: row.ID.String(), Key: row.Key, Title: row.Title, State: row.State, Round: row.Round, CountsFrom: row.CountsFrom, CountsTo: row.CountsTo,
		Algorithm: row.Algorithm, Sources: []sourceReply{}, SourceAt: row.SourceAt, Prizes: web.NotNil(row.Prizes), Reserves: row.Reserves,
		Done: row.Done, Total: row.Total, Problem: row.Problem, Entries: row.Entries, People: row.People, Fingerprint: row.Fingerprint, Seal: row.Seal,
		FrozenAt: row.FrozenAt, DrawnAt: row.DrawnAt, PublishedAt: row.PublishedAt, CancelledAt: row.CancelledAt, Reason: row.Reason,
	}
	if row.FrozenAt > 0 {
		reply.Short = row.Short()
	}
	values := row.Values()
	for i := range row.Sources {
		s := sourceReply{Name: row.Sources[i].Name, Form: row.Sources[i].Form(), Hex: row.Sources[i].Hex, Count: row.Sources[i].Values}
		if i < len(values) {
			s.Values = values[i]
		}
		reply.Sources = append(reply.Sources, s)
	}
	return reply
}

type announcedReply struct {
	Key      string             `json:"key"`
	Title    string             `json:"title"`
	At       int64              `json:"at"`
	Every    string             `json:"every"`
	Source   string             `json:"source"`
	Prizes   []prize.DrawnPrize `json:"prizes"`
	Reserves int                `json:"reserves"`
}

type exclusionReply struct {
	Player   string                `json:"player"`
	Nickname string                `json:"nickname"`
	Reason   prize.ExclusionReason `json:"reason"`
	Note     string                `json:"note"`
	By       string                `json:"by"`
	At       int64                 `json:"at"`
}

// Drawings lists what a contest draws, and who may not be drawn.
func (a *API) Drawings(c *gin.Context) error {
	in, err := a.Catalog.Current(c.Param("contest"))
	if err != nil {
		return err
	}
	rows, err := a.Drawn.Drawings(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	drawings, announced := []drawingReply{}, []announcedReply{}
	for i := range rows {
		drawings = append(drawings, drawingOf(&rows[i]))
	}
	for _, w := range prize.AnnouncedBy(in.Definition) {
		announced = append(announced, announcedReply{w.Key, w.Title, w.At, w.Every, w.Source, web.NotNil(w.Prizes), w.Reserves})
	}
	excluded, err := a.exclusionsOf(c, in)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": gin.H{"slug": in.Slug, "title": in.Title}, "now": a.Now().UnixMilli(),
		"drawings": drawings, "announced": announced, "excluded": excluded})
}

func (a *API) exclusionsOf(c *gin.Context, in *catalog.Contest) ([]exclusionReply, error) {
	excluded, err := a.Drawn.Exclusions(c.Request.Context(), in.ContestID)
	if err != nil {
		return nil, err
	}
	players := make([]sqldb.ID, len(excluded))
	for i := range excluded {
		players[i] = excluded[i].PlayerID
	}
	names, err := a.Players.Enrolments(c.Request.Context(), in.ContestID, players)
	if err != nil {
		return nil, err
	}
	reply := []exclusionReply{}
	for _, e := range excluded {
		reply = append(reply, exclusionReply{e.PlayerID.String(), names[e.PlayerID].Nickname, e.Reason, e.Note, e.By, e.At})
	}
	return reply, nil
}

type planRequest struct {
	Key       string              `json:"key"`
	At        int64               `json:"at"`
	Algorithm selection.Algorithm `json:"algorithm"`
	Sources   []prize.Source      `json:"sources"`
	SourceAt  int64               `json:"source_at"`
}

// PlanDrawing settles source and time of a drawing, publicly.
func (a *API) PlanDrawing(c *gin.Context) error {
	in, err := a.Catalog.Current(c.Param("contest"))
	if err != nil {
		return err
	}
	var body planRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	row, err := a.Drawn.Plan(c.Request.Context(), actor(c), in, prize.Plan(body))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"drawing": drawingOf(row)})
}

func drawingID(c *gin.Context) (sqldb.ID, error) {
	id, ok := sqldb.ParseID(c.Param("drawing"))
	if !ok {
		return 0, prize.ErrDrawingUnknown
	}
	return id, nil
}

// showDrawing answers with a drawing, who entered its source, and the winners.
func (a *API) showDrawing(c *gin.Context, id sqldb.ID) error {
	ctx := c.Request.Context()
	row, err := a.Drawn.Drawing(ctx, id)
	if err != nil {
		return err
	}
	in, err := a.Drawn.ContestOf(row.ContestID)
	if err != nil {
		return err
	}
	entered, err := a.Drawn.Entered(ctx, id)
	if err != nil {
		return err
	}
	excluded := []selection.Excluded{}
	if row.FrozenAt > 0 {
		freeze, err := a.Drawn.Frozen(ctx, id)
		if err != nil {
			return err
		}
		excluded = web.NotNil(freeze.Excluded)
	}
	winners := []winnerReply{}
	show := ""
	if row.DrawnAt > 0 {
		show = a.Drawn.ShowKey(id)
		drawn, err := a.Drawn.Winners(ctx, in, row)
		if err != nil {
			return err
		}
		for _, w := range drawn {
			winners = append(winners, winnerOf(&w))
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": gin.H{"slug": in.Slug, "title": in.Title}, "now": a.Now().UnixMilli(),
		"drawing": drawingOf(row), "excluded": excluded, "entered": web.NotNil(entered), "show": show, "winners": winners})
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

func winnerOf(w *prize.Winner) winnerReply {
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
	id, err := drawingID(c)
	if err != nil {
		return err
	}
	return a.showDrawing(c, id)
}
