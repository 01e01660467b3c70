// Package contests is the console's screens of contests: the list, the editor with its
// check, publishing and rehearsing.
package contests

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/report"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// API serves who sets contests up.
type API struct {
	Catalog *catalog.Catalog
	Banks   *bank.Store
	Players *identity.Players
	Play    *play.Service
	Report  *report.Service
	Now     func() time.Time
	Public  string // where phones reach the pages; empty: where who asks has opened them
	Passes  *web.Passes
	// Examples are definitions to begin from; DeleteRehearsal deletes the rehearsal of
	// a contest from every package.
	Examples        []Example
	DeleteRehearsal func(ctx context.Context, by staff.Actor, contest string) error
	// DeleteDraftRehearsal does the same with the rehearsal of a draft.
	DeleteDraftRehearsal func(ctx context.Context, by staff.Actor, draft sqldb.ID) error
	// Doors are the ways to prove a person that this server offers; nil: none.
	Doors func() []contestview.Door
}

type contestReply struct {
	Slug      string          `json:"slug"`
	Title     string          `json:"title"`
	Organizer string          `json:"organizer"`
	Phase     contest.Phase   `json:"phase"`
	OpensAt   int64           `json:"opens_at"`
	ClosesAt  int64           `json:"closes_at"`
	Version   int             `json:"version"`
	Players   int64           `json:"players"`
	Rehearsal *rehearsalReply `json:"rehearsal"`
}

// List lists the contests as they are scheduled; rehearsals stand with what they
// rehearse.
func (a *API) List(c *gin.Context) error {
	all := a.Catalog.Scheduled(a.Now().UnixMilli())
	reply := make([]contestReply, len(all))
	for i, in := range all {
		var err error
		if reply[i], err = a.contestOf(c, in); err != nil {
			return err
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"contests": reply})
}

func (a *API) contestOf(c *gin.Context, in *catalog.Contest) (contestReply, error) {
	players, err := a.Players.Count(c.Request.Context(), in.ContestID)
	if err != nil {
		return contestReply{}, err
	}
	reply := contestReply{
		Slug: in.Slug, Title: in.Title, Organizer: in.Organizer, Phase: in.Phase(a.Now().UnixMilli()),
		OpensAt: in.Window.Opens.MS, ClosesAt: in.Window.Closes.MS, Version: in.Version, Players: players,
	}
	rehearsal, err := a.Catalog.RehearsalOf(in.Slug)
	if errors.Is(err, catalog.ErrNoRehearsal) {
		return reply, nil
	}
	if err == nil {
		reply.Rehearsal, err = a.rehearsalOf(c, rehearsal)
	}
	return reply, err
}

// Contest is a contest to look at or to edit: its text, and how it came to be so.
func (a *API) Contest(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	shown, err := a.contestOf(c, in)
	if err != nil {
		return err
	}
	text, err := a.Catalog.Text(ctx, in.Slug)
	if err != nil {
		return err
	}
	changes, err := a.Catalog.Changes(ctx, in.ContestID)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": shown, "text": text, "changes": contestview.ChangesOf(changes)})
}
