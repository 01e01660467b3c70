// Package payouts is the console's screen of what is paid to winners.
package payouts

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/prize/payout"
	"anquanda/internal/sqldb"
)

// API serves who pays winners.
type API struct {
	Catalog *catalog.Catalog
	Payouts *payout.Payouts
	Players *identity.Players
}

// Of the list of bills: how many a page has, and how far one can go.
const (
	billsAPage = 50
	farthest   = 1_000_000
)

type payoutReply struct {
	Number    string       `json:"number"`
	Award     string       `json:"award"`
	Nickname  string       `json:"nickname"`
	Name      string       `json:"name"`  // masked
	Phone     string       `json:"phone"` // masked; empty where none was told
	Way       string       `json:"way"`
	Cents     int          `json:"cents"`
	Remark    string       `json:"remark"`
	State     payout.State `json:"state"`
	Detail    string       `json:"detail"`
	Turn      int          `json:"turn"`
	Replaced  bool         `json:"replaced"` // failed, and another bill was made since
	MadeAt    int64        `json:"made_at"`
	ChangedAt int64        `json:"changed_at"`
}

// List lists the bills of a contest, the newest first, and how much stands where.
func (a *API) List(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	after, err := web.Number(c, "after", 0, 0, farthest)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	bills, err := a.Payouts.List(ctx, in.ContestID, int(after), billsAPage)
	if err != nil {
		return err
	}
	sums, err := a.Payouts.Sums(ctx, in.ContestID)
	if err != nil {
		return err
	}
	due, err := a.Payouts.Due(ctx, in)
	if err != nil {
		return err
	}
	players := make([]sqldb.ID, len(bills))
	for i := range bills {
		players[i] = bills[i].PlayerID
	}
	people, err := a.Players.Who(ctx, in.ContestID, players)
	if err != nil {
		return err
	}
	reply := []payoutReply{}
	for i := range bills {
		b := &bills[i]
		person := people[b.PlayerID]
		reply = append(reply, payoutReply{
			Number: b.Number, Award: b.AwardID.String(), Nickname: person.Nickname, Name: person.Name, Phone: person.Phone,
			Way: b.Way, Cents: b.Cents, Remark: b.Remark, State: b.State, Detail: b.Detail, Turn: b.Turn, Replaced: b.Replaced,
			MadeAt: b.MadeAt, ChangedAt: b.ChangedAt,
		})
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": contestview.HeadingOf(in), "ways": a.Payouts.Ways(), "due": due,
		"sums": sums, "payouts": reply})
}

type wayRequest struct {
	Way string `json:"way"`
}

// Plan makes a bill for every award that is due.
func (a *API) Plan(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body wayRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	planned, err := a.Payouts.Plan(c.Request.Context(), console.Actor(c), in, body.Way)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"planned": planned})
}

// File sends the file for an operator of phone credit. It is whole before the
// first byte goes out.
func (a *API) File(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if _, err := a.Payouts.WriteFile(c.Request.Context(), console.Actor(c), in, a.Players, &file); err != nil {
		return err
	}
	web.SendFile(c, in.Slug+"-credit.csv", file.Bytes())
	return nil
}

type markRequest struct {
	Paid   bool   `json:"paid"`
	Detail string `json:"detail"`
}

// Mark says of a bill that is paid by hand whether it was paid.
func (a *API) Mark(c *gin.Context) error {
	var body markRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("detail", body.Detail, 300); err != nil {
		return err
	}
	if err := a.Payouts.Mark(c.Request.Context(), console.Actor(c), c.Param("bill"), body.Paid, body.Detail); err != nil {
		return err
	}
	return web.NoContent(c)
}

// PayAgain makes another bill for an award whose bill has surely failed.
func (a *API) PayAgain(c *gin.Context) error {
	var body wayRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := a.Payouts.Again(c.Request.Context(), console.Actor(c), c.Param("bill"), body.Way); err != nil {
		return err
	}
	return web.NoContent(c)
}
