package closings

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/honour"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/staff"
)

// honourReply is an honour of the definition, or one that was decided by an earlier version.
type honourReply struct {
	Key         string `json:"key"`
	Title       string `json:"title"`
	Board       string `json:"board"`        // its title; empty where the definition has it no more
	People      int    `json:"people"`       // who must count for a unit at least
	DecidedAt   int64  `json:"decided_at"`   // UTC ms; 0: not yet
	PublishedAt int64  `json:"published_at"` // UTC ms; 0: not yet
	// Units of an honour that is not decided are those that would be awarded now, after the close.
	Units []awardedReply `json:"units"`
}

type awardedReply struct {
	Unit   string `json:"unit"`
	Place  int    `json:"place"` // from 1
	Class  string `json:"class"`
	Title  string `json:"title"` // what stands large on the certificate
	Text   string `json:"text"`
	Number string `json:"number"` // empty as long as nothing is decided, as is Code
	Code   string `json:"code"`
}

// Honoured tells what units can be awarded in a contest, and were.
func (a *API) Honoured(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	return a.tellHonours(c, in)
}

// Honour decides what is not decided yet.
func (a *API) Honour(c *gin.Context) error { return a.changeHonours(c, a.Honours.Decide) }

// PublishHonours shows everybody what is decided.
func (a *API) PublishHonours(c *gin.Context) error { return a.changeHonours(c, a.Honours.Publish) }

func (a *API) changeHonours(
	c *gin.Context, change func(context.Context, staff.Actor, *catalog.Contest) error,
) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	if err := change(c.Request.Context(), console.Actor(c), in); err != nil {
		return err
	}
	return a.tellHonours(c, in)
}

func (a *API) tellHonours(c *gin.Context, in *catalog.Contest) error {
	decided, err := a.Honours.Of(c.Request.Context(), in)
	if err != nil {
		return err
	}
	reply, over := []honourReply{}, in.Phase(a.Now().UnixMilli()) == contest.Closed
	for i := range in.Honours {
		h := &in.Honours[i]
		board, _ := in.Board(h.Board)
		one := honourReply{Key: h.Key, Title: h.Title, Board: board.Title, People: h.People, Units: []awardedReply{}}
		switch {
		case len(decided) > 0 && decided[0].Key == h.Key: // in the same order
			a.tellDecided(&one, &decided[0])
			decided = decided[1:]
		case over:
			units, err := a.Honours.Would(c.Request.Context(), in, h)
			if err != nil {
				return err
			}
			a.tellUnits(&one, units)
		}
		reply = append(reply, one)
	}
	for i := range decided {
		one := honourReply{Key: decided[i].Key, Title: decided[i].Key, Units: []awardedReply{}}
		if units := decided[i].Units; len(units) > 0 {
			one.Title = units[0].Title
		}
		a.tellDecided(&one, &decided[i])
		reply = append(reply, one)
	}
	return web.JSON(c, http.StatusOK, gin.H{"title": in.Title, "organizer": in.Organizer,
		"over": over, "honours": reply})
}

func (a *API) tellDecided(into *honourReply, d *honour.Decided) {
	into.DecidedAt, into.PublishedAt = d.DecidedAt, d.PublishedAt
	a.tellUnits(into, d.Units)
}

func (a *API) tellUnits(into *honourReply, units []honour.Awarded) {
	for i := range units {
		u := &units[i]
		one := awardedReply{Unit: u.Unit, Place: u.Place, Class: u.Class, Title: u.Titled(), Text: u.Text}
		if u.Number != 0 {
			one.Number, one.Code = u.Number.String(), a.Honours.Code(u.Number)
		}
		into.Units = append(into.Units, one)
	}
}
