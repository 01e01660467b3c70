// Package player holds the calls of the phone page, one file a screen.
package player

import (
	"context"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/certificate"
	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/hall"
	"anquanda/internal/honour"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/identity/signin/booth"
	"anquanda/internal/identity/signin/phone"
	"anquanda/internal/live"
	"anquanda/internal/play"
	"anquanda/internal/pledge"
	"anquanda/internal/poll"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/prize/handout"
	"anquanda/internal/prize/instant"
	"anquanda/internal/prize/payout"
	"anquanda/internal/referral"
	"anquanda/internal/spot"
	"anquanda/internal/sqldb"
	"anquanda/internal/team"
	"anquanda/internal/unit"
	"anquanda/internal/wechat"
)

// API serves players.
type API struct {
	Catalog      *catalog.Catalog
	Players      *identity.Players
	Desk         *web.Desk
	Play         *play.Service
	Boards       *board.Service
	Banks        *bank.Store
	Limits       *web.Limits
	Halls        *hall.Service
	Rooms        *live.Service
	Pledges      *pledge.Service
	Certificates *certificate.Service
	Honours      *honour.Service
	Pairs        contestview.Pairings
	Lists        *contestview.Lists
	Prizes       *prize.Ledger
	Instant      *instant.Service
	Drawings     *drawing.Drawings
	Claims       *handout.Claims
	Payouts      *payout.Payouts
	IDs          *sqldb.IDs
	Now          func() time.Time
	Public       string // where phones reach the pages; empty: where who asks has opened them
	Passes       *web.Passes

	Conduct   *conduct.Service
	Referrals *referral.Service
	Finds     *spot.Service
	Polls     *poll.Store
	Teams     *team.Service
	Units     *unit.Service
	WeChat    *wechat.Client
	// AskWeChat learns who came with a code; Trips signs the way there and back.
	AskWeChat Exchanging
	Trips     web.Trips
	Phones    *phone.Service

	// Doors are the ways to prove a person that this server offers; nil: none.
	Doors func() []contestview.Door

	// Accounts are those of other systems; Booth confirms persons by staff.
	Accounts Elsewhere
	Booth    *booth.Service

	// Leaving takes a player out of a contest; elsewhere tells that there is another
	// one in which the player has a name.
	Leaving func(ctx context.Context, contestID, player sqldb.ID) (elsewhere bool, err error)

	changes sync.Map // by contest, toldChanges
}

func (a *API) millis() int64 { return a.Now().UnixMilli() }

// contest is the contest that the address names.
func (a *API) contest(c *gin.Context) (*catalog.Contest, error) {
	return web.Contest(c, a.Catalog)
}

// playerIn is who asks, and the contest that the address names. Errors:
// unauthenticated, contest_unknown.
func (a *API) playerIn(c *gin.Context) (sqldb.ID, *catalog.Contest, error) {
	player, err := web.NeedPlayer(c)
	if err != nil {
		return 0, nil, err
	}
	in, err := a.contest(c)
	return player, in, err
}

// answerer is who sent a ticket: where the phone is several players, the one of the
// ticket's contest. Errors: unauthenticated, and ticket_invalid for one of a rehearsal whose
// pass is not held.
func (a *API) answerer(c *gin.Context) (sqldb.ID, error) {
	contestID := a.Play.ContestOf(c.Param("ticket"))
	if in, err := a.Catalog.Of(contestID); err == nil && !web.Admitted(c, in) {
		return 0, play.ErrTicket
	}
	return web.NeedPlayerIn(c, contestID)
}

// unitID reads the id of a unit of the contest; empty is none.
func unitID(c *catalog.Contest, field, text string) (sqldb.ID, error) {
	if text == "" {
		return 0, nil
	}
	id, ok := sqldb.ParseID(text)
	if ok {
		_, ok = c.Units.Get(id)
	}
	if !ok {
		return 0, errs.InvalidField(field, "没有这个单位，请重新选择")
	}
	return id, nil
}
