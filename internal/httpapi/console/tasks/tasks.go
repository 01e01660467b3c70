// Package tasks tells staff what waits for them in a contest, so that nobody has to open
// every page to find it, or has to be told by a colleague.
package tasks

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/prize/handout"
	"anquanda/internal/prize/instant"
	"anquanda/internal/prize/payout"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// API tells what waits.
type API struct {
	Catalog  *catalog.Catalog
	Conduct  *conduct.Service
	Drawings *drawing.Drawings
	Payouts  *payout.Payouts
	Claims   *handout.Claims
	Instant  *instant.Service
	Now      func() time.Time
}

// soon is within what time prizes lapse that staff are reminded of.
const soon = 3 * 24 * time.Hour

// page is what waits on one page of the console, and the right that it needs.
type page struct {
	need  staff.Permission
	count func(ctx context.Context, in *catalog.Contest, me sqldb.ID) (int, error)
}

func (a *API) pages() map[string]page {
	return map[string]page{
		"cases":    {staff.JudgeConduct, a.cases},
		"drawings": {staff.ManagePrizes, a.drawings},
		"payouts":  {staff.ManagePayouts, a.payouts},
		"claims":   {staff.ManagePrizes, a.claims},
		"pools":    {staff.ManagePrizes, a.pools},
	}
}

// List counts what waits for who asks, by the page of the console where it is done.
// Pages that this person may not open are left out.
func (a *API) List(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	me := console.Member(c)
	waits, err := a.waits(c.Request.Context(), in, me.ID, me.Role.May)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"waits": waits})
}

// All counts what waits in a contest for anybody, by page.
func (a *API) All(ctx context.Context, in *catalog.Contest) (map[string]int, error) {
	return a.waits(ctx, in, 0, func(staff.Permission) bool { return true })
}

func (a *API) waits(ctx context.Context, in *catalog.Contest, me sqldb.ID, may func(staff.Permission) bool) (
	map[string]int, error) {
	waits := map[string]int{}
	for key, of := range a.pages() {
		if !may(of.need) {
			continue
		}
		n, err := of.count(ctx, in, me)
		if err != nil {
			return nil, err
		}
		waits[key] = n
	}
	return waits, nil
}

// casesLooked bounds the cases that are looked at: those that wait come first.
const casesLooked = 200

// cases counts appeals without an answer and what another has proposed about players.
func (a *API) cases(ctx context.Context, in *catalog.Contest, me sqldb.ID) (n int, err error) {
	listed, err := a.Conduct.Cases(ctx, in.ContestID, 0, casesLooked)
	if err != nil {
		return 0, err
	}
	for i := range listed {
		appealed := listed[i].AppealedAt != 0 && listed[i].AnsweredAt == 0
		if appealed || listed[i].State() == conduct.Proposed && listed[i].FirstBy != me {
			n++
		}
	}
	undos, err := a.Conduct.UndosWaiting(ctx, in.ContestID)
	if err != nil {
		return 0, err
	}
	for i := range undos {
		if undos[i].FirstBy != me {
			n++
		}
	}
	proposed, err := a.proposed(ctx, in, me, func(w drawing.Waits) bool { return w.Drawing == 0 })
	return n + proposed, err
}

// drawings counts what another has proposed about places.
func (a *API) drawings(ctx context.Context, in *catalog.Contest, me sqldb.ID) (int, error) {
	return a.proposed(ctx, in, me, func(w drawing.Waits) bool { return w.Drawing != 0 })
}

func (a *API) proposed(
	ctx context.Context, in *catalog.Contest, me sqldb.ID, counts func(drawing.Waits) bool,
) (n int, err error) {
	waiting, err := a.Drawings.Waiting(ctx, in.ContestID)
	for _, w := range waiting {
		if w.FirstBy != me && counts(w) {
			n++
		}
	}
	return n, err
}

// payouts counts what another wants to pay, to repeat or to mark as failed.
func (a *API) payouts(ctx context.Context, in *catalog.Contest, me sqldb.ID) (n int, err error) {
	open, _, err := a.Payouts.Acts(ctx, in.ContestID)
	for i := range open {
		if open[i].MadeBy != me {
			n++
		}
	}
	return n, err
}

// claims counts prizes that lapse soon because nobody has claimed them.
func (a *API) claims(ctx context.Context, in *catalog.Contest, _ sqldb.ID) (int, error) {
	now := a.Now()
	return a.Claims.Lapsing(ctx, in.ContestID, now.UnixMilli(), now.Add(soon).UnixMilli())
}

// pools counts prizes of which a tenth or less is left.
func (a *API) pools(ctx context.Context, in *catalog.Contest, _ sqldb.ID) (n int, err error) {
	figures, err := a.Instant.Figures(ctx, in)
	low := map[string]bool{}
	for _, pool := range figures {
		for _, p := range pool.Prizes {
			if p.Prize.Stock > 0 && p.Left*10 <= p.Prize.Stock {
				low[p.Prize.Key] = true
			}
		}
	}
	return len(low), err
}
