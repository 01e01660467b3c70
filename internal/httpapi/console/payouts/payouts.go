// Package payouts is the console's screen of what is paid to winners, and of what takes
// two persons about it.
package payouts

import (
	"bytes"
	"context"
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

type listReply struct {
	Contest  contestview.Heading `json:"contest"`
	Ways     []string            `json:"ways"`
	Due      int                 `json:"due"`
	Sums     []payout.Sum        `json:"sums"`
	Open     []actReply          `json:"open"`    // acts that wait for a second person
	Decided  []actReply          `json:"decided"` // lately
	Unfiled  sumReply            `json:"unfiled"` // phone credit that is in no file yet
	Files    []fileReply         `json:"files"`
	Repeated []payoutReply       `json:"repeated"` // awards with more than one bill
	Payouts  []payoutReply       `json:"payouts"`
}

type sumReply struct {
	Bills int   `json:"bills"`
	Cents int64 `json:"cents"`
}

type payoutReply struct {
	Number    string       `json:"number"`
	Award     string       `json:"award"`
	Nickname  string       `json:"nickname"`
	Name      string       `json:"name"` // masked
	Tail      string       `json:"tail"` // of the phone number that it goes to
	Way       string       `json:"way"`
	Cents     int          `json:"cents"`
	Remark    string       `json:"remark"`
	State     payout.State `json:"state"`
	Detail    string       `json:"detail"`
	Turn      int          `json:"turn"`
	File      int          `json:"file"`     // number of the file that it is in; 0: none
	Replaced  bool         `json:"replaced"` // failed, and another bill was made since
	MadeAt    int64        `json:"made_at"`
	ChangedAt int64        `json:"changed_at"`
}

// List lists the bills of a contest, the newest first, how much stands where, and what
// waits for a second person.
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
	reply := listReply{Contest: contestview.HeadingOf(in), Ways: a.Payouts.WayNames()}
	if reply.Sums, err = a.Payouts.Sums(ctx, in.ContestID); err != nil {
		return err
	}
	if reply.Due, err = a.Payouts.Due(ctx, in); err != nil {
		return err
	}
	if err := a.listActs(ctx, in, console.Actor(c).ID, &reply); err != nil {
		return err
	}
	if err := a.listFiles(ctx, in, &reply); err != nil {
		return err
	}
	bills, err := a.Payouts.List(ctx, in.ContestID, int(after), billsAPage)
	if err != nil {
		return err
	}
	if reply.Payouts, err = a.tellBills(ctx, in, bills); err != nil {
		return err
	}
	repeated, err := a.Payouts.Repeated(ctx, in.ContestID)
	if err != nil {
		return err
	}
	several := make([]payout.Billed, len(repeated))
	for i := range repeated {
		several[i].Payout = repeated[i]
	}
	if reply.Repeated, err = a.tellBills(ctx, in, several); err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, reply)
}

func (a *API) tellBills(ctx context.Context, in *catalog.Contest, bills []payout.Billed) ([]payoutReply, error) {
	players := make([]sqldb.ID, len(bills))
	for i := range bills {
		players[i] = bills[i].PlayerID
	}
	people, err := a.Players.Who(ctx, in.ContestID, players)
	if err != nil {
		return nil, err
	}
	reply := []payoutReply{}
	for i := range bills {
		b := &bills[i]
		person := people[b.PlayerID]
		reply = append(reply, payoutReply{
			Number: b.Number, Award: b.AwardID.String(), Nickname: person.Nickname, Name: person.Name, Tail: b.Tail,
			Way: b.Way, Cents: b.Cents, Remark: b.Remark, State: b.State, Detail: b.Detail, Turn: b.Turn, File: b.FileNo,
			Replaced: b.Replaced, MadeAt: b.MadeAt, ChangedAt: b.ChangedAt,
		})
	}
	return reply, nil
}

type wayRequest struct {
	Way string `json:"way"`
}

// Plan makes a batch of bills for what is due; another person approves it.
func (a *API) Plan(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body wayRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	act, err := a.Payouts.Plan(c.Request.Context(), console.Actor(c), in, body.Way)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"act": act.ID.String(), "bills": act.Bills, "cents": act.Cents})
}

type markRequest struct {
	Paid   bool   `json:"paid"`
	Detail string `json:"detail"`
}

// Mark says of a bill that is paid by hand that it was paid; that it failed another
// person has to agree to.
func (a *API) Mark(c *gin.Context) error {
	var body markRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	mark := a.Payouts.ProposeFailed
	if body.Paid {
		mark = a.Payouts.Mark
	}
	if err := mark(c.Request.Context(), console.Actor(c), c.Param("bill"), body.Detail); err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"proposed": !body.Paid})
}

type againRequest struct {
	Way    string `json:"way"`
	Reason string `json:"reason"`
}

// PayAgain proposes another bill for an award whose bill has surely failed.
func (a *API) PayAgain(c *gin.Context) error {
	var body againRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	err := a.Payouts.ProposeAgain(c.Request.Context(), console.Actor(c), c.Param("bill"), body.Way, body.Reason)
	if err != nil {
		return err
	}
	return web.NoContent(c)
}

type payeeRequest struct {
	Replace bool   `json:"replace"`
	Reason  string `json:"reason"`
}

// JudgePayee proposes whom a bill goes to that is held.
func (a *API) JudgePayee(c *gin.Context) error {
	var body payeeRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	err := a.Payouts.JudgePayee(c.Request.Context(), console.Actor(c), c.Param("bill"), body.Replace, body.Reason)
	if err != nil {
		return err
	}
	return web.NoContent(c)
}

// Export sends every bill as a workbook.
func (a *API) Export(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := a.Payouts.WriteSheet(c.Request.Context(), console.Actor(c), in, a.Players, &file); err != nil {
		return err
	}
	web.SendFile(c, in.Slug+"-payouts.xlsx", file.Bytes())
	return nil
}
