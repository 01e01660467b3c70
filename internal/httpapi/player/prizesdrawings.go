package player

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/limit"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
)

// drawingReply is a public drawing in a list. One that nobody has planned yet has
// no id.
type drawingReply struct {
	ID          string            `json:"id"`
	Key         string            `json:"key"`
	Title       string            `json:"title"`
	State       drawing.State     `json:"state"`
	Prizes      []drawnPrizeReply `json:"prizes"`
	Shares      string            `json:"shares"` // what all of the list share; empty: it draws prizes
	Reserves    int               `json:"reserves"`
	At          int64             `json:"at"` // when it is held by the definition; 0: not said
	SourceAt    int64             `json:"source_at"`
	Entries     int               `json:"entries"`
	Fingerprint string            `json:"fingerprint"`
	Reason      string            `json:"reason"` // why it was cancelled
	PublishedAt int64             `json:"published_at"`
}

type drawnPrizeReply struct {
	Title string `json:"title"`
	Count int    `json:"count"`
}

func drawingOf(row *drawing.Drawing) drawingReply {
	reply := drawingReply{
		ID: row.ID.String(), Key: row.Key, Title: row.Title, State: row.State, Prizes: []drawnPrizeReply{},
		Shares: row.Shares(), Reserves: row.Reserves, SourceAt: row.SourceAt, Entries: row.Entries,
		Fingerprint: row.Fingerprint,
		Reason:      row.Reason, PublishedAt: row.PublishedAt,
	}
	for _, p := range row.Prizes {
		reply.Prizes = append(reply.Prizes, drawnPrizeReply{p.Title, p.Count})
	}
	return reply
}

// ListDrawings lists the public drawings of a contest: those that are on their way or
// over, newest first, then those that the definition announces.
func (a *API) ListDrawings(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	rows, err := a.Drawings.Drawings(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"server_time": a.millis(), "drawings": drawingsOf(in.Definition, rows)})
}

// drawingsOf adds to what is planned what the definition announces beyond it: each
// drawing that is not planned yet, of a series the next one, and the dates of all.
func drawingsOf(d *contest.Definition, rows []drawing.Drawing) []drawingReply {
	reply, begun := []drawingReply{}, map[string]bool{}
	last := map[string]int64{} // of a series: up to when something is planned
	for i := range rows {
		row := &rows[i]
		one := drawingOf(row)
		if w := d.Drawing(row.Key); w != nil {
			one.At = d.HeldFor(w, row.CountsFrom)
		}
		begun[row.Key], last[row.Key] = true, max(last[row.Key], row.CountsTo)
		reply = append(reply, one)
	}
	for _, announced := range drawing.AnnouncedBy(d) {
		next := d.HoldingAfter(d.Drawing(announced.Key), last[announced.Key])
		if next == nil || begun[announced.Key] && next.At == 0 {
			continue
		}
		one := drawingOf(&announced.Drawing)
		one.ID, one.At = "", next.At
		reply = append(reply, one)
	}
	return reply
}

type drawingDetail struct {
	Drawing    drawingReply         `json:"drawing"`
	ServerTime int64                `json:"server_time"`
	Contest    titledReply          `json:"contest"`
	Algorithm  selection.Algorithm  `json:"algorithm"`
	FrozenAt   int64                `json:"frozen_at"`
	People     int                  `json:"people"`
	Short      int                  `json:"short"` // prizes that nobody is left for
	Sources    []sourceReply        `json:"sources"`
	Excluded   []selection.Excluded `json:"excluded"`
	Root       string               `json:"root"`
	RulesHash  string               `json:"rules_hash"`
	Commitment string               `json:"commitment"`
	Seal       string               `json:"seal"`
	Winners    []winnerReply        `json:"winners"` // empty before they may be seen
	Mine       *myTicketsReply      `json:"mine"`    // null for who is not on the list
}

type titledReply struct {
	Slug  string `json:"slug"`
	Title string `json:"title"`
}

type sourceReply struct {
	Name   string `json:"name"`
	Form   string `json:"form"`
	Values string `json:"values"` // empty before it is known
	Thrown string `json:"thrown"` // the same in the order in which they came
}

type winnerReply struct {
	Place  int    `json:"place"`
	Prize  string `json:"prize"` // empty for a reserve
	Name   string `json:"name"`  // masked
	Unit   string `json:"unit"`
	Entry  int    `json:"entry"`
	Gone   bool   `json:"gone"`
	Reason string `json:"reason"` // why the place was given up
	By     int    `json:"by"`     // the place that moved up; 0 for none
}

type myTicketsReply struct {
	Tickets int      `json:"tickets"`
	Slips   []string `json:"slips"` // the first ones, by which they are found in the list
}

func (a *API) drawing(c *gin.Context) (*drawing.Drawing, *catalog.Contest, error) {
	id, ok := sqldb.ParseID(c.Param("drawing"))
	if !ok {
		return nil, nil, drawing.ErrDrawingUnknown
	}
	row, err := a.Drawings.Drawing(c.Request.Context(), id)
	if err != nil {
		return nil, nil, err
	}
	in, err := a.Catalog.Of(row.ContestID)
	if err == nil && !web.Admitted(c, in) {
		err = drawing.ErrDrawingUnknown
	}
	return row, in, err
}

// Drawing shows all that is public of a drawing.
func (a *API) Drawing(c *gin.Context) error {
	row, in, err := a.drawing(c)
	if err != nil {
		return err
	}
	reply := drawingDetail{
		Drawing: drawingOf(row), ServerTime: a.millis(), Contest: titledReply{in.Slug, in.Title}, Algorithm: row.Algorithm,
		FrozenAt: row.FrozenAt, People: row.People, Sources: sourcesOf(row), Excluded: []selection.Excluded{},
		Winners: []winnerReply{},
	}
	ctx := c.Request.Context()
	if row.FrozenAt > 0 {
		freeze, err := a.Drawings.Frozen(ctx, row.ID)
		if err != nil {
			return err
		}
		reply.Short, reply.Excluded = row.Short(), freeze.Excluded
		reply.Root, reply.RulesHash, reply.Commitment = freeze.Root, freeze.RulesHash, freeze.Commitment
	}
	if row.State == drawing.Published {
		winners, err := a.Drawings.Winners(ctx, in, row)
		if err != nil {
			return err
		}
		reply.Winners, reply.Seal = winnersOf(winners), row.Seal
	}
	if player := web.PlayerIn(c, row.ContestID); player != 0 {
		tickets, slips, err := a.Drawings.Slips(ctx, row.ID, player)
		if err != nil {
			return err
		}
		if tickets > 0 && row.FrozenAt > 0 {
			reply.Mine = &myTicketsReply{tickets, slips}
		}
	}
	return web.JSON(c, http.StatusOK, reply)
}

func sourcesOf(row *drawing.Drawing) []sourceReply {
	values, thrown := row.Values(), row.Thrown()
	sources := make([]sourceReply, len(row.Sources))
	for i := range row.Sources {
		sources[i] = sourceReply{Name: row.Sources[i].Name, Form: row.Sources[i].Form()}
		if i < len(values) {
			sources[i].Values, sources[i].Thrown = values[i], thrown[i]
		}
	}
	return sources
}

func winnersOf(winners []drawing.Winner) []winnerReply {
	reply := make([]winnerReply, len(winners))
	for i, w := range winners {
		reply[i] = winnerReply{Place: w.Place.Place, Prize: w.Prize, Name: w.Name, Unit: w.Unit, Entry: w.Entry, Gone: w.Gone}
		if w.Reason != nil {
			reply[i].Reason = *w.Reason
		}
		if w.By != nil {
			reply[i].By = *w.By
		}
	}
	return reply
}

// Transcript sends what is published of a drawing as the file that `draw verify`
// and verify.html read. It is written part by part: a large list is not held in
// memory.
func (a *API) Transcript(c *gin.Context) error {
	row, in, err := a.drawing(c)
	if err != nil {
		return err
	}
	if err := a.Limits.Take(c, in, limit.Transcript); err != nil {
		return err
	}
	if row.FrozenAt == 0 {
		return drawing.ErrDrawingState
	}
	tag, err := a.Drawings.TranscriptTag(c.Request.Context(), row.ID)
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "no-cache")
	c.Header("ETag", `"`+tag+`"`)
	if strings.Contains(c.GetHeader("If-None-Match"), tag) {
		c.Status(http.StatusNotModified)
		return nil
	}
	c.Header("Content-Type", "application/json; charset=utf-8")
	c.Header("Content-Disposition", `attachment; filename="drawing-`+row.ID.String()+`.json"`)
	c.Status(http.StatusOK)
	return a.Drawings.WriteTranscript(c.Request.Context(), row.ID, c.Writer)
}
