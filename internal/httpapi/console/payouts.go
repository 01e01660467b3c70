package console

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize/payout"
	"anquanda/internal/sqldb"
)

const payoutsAPage = 50

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

// Payouts lists the bills of a contest, the newest first, and how much stands where.
func (a *API) Payouts(c *gin.Context) error {
	in, after, err := a.pageOf(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	bills, err := a.Paid.List(ctx, in.ContestID, after, payoutsAPage)
	if err != nil {
		return err
	}
	sums, err := a.Paid.Sums(ctx, in.ContestID)
	if err != nil {
		return err
	}
	due, err := a.Paid.Due(ctx, in)
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
		reply = append(reply, payoutReply{b.Number, b.AwardID.String(), person.Nickname, person.Name, person.Phone, b.Way, b.Cents, b.Remark,
			b.State, b.Detail, b.Turn, b.Replaced, b.MadeAt, b.ChangedAt})
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": gin.H{"slug": in.Slug, "title": in.Title}, "ways": a.Paid.Ways(), "due": due, "sums": sums, "payouts": reply})
}

type wayRequest struct {
	Way string `json:"way"`
}

// PlanPayouts makes a bill for every award that is due.
func (a *API) PlanPayouts(c *gin.Context) error {
	in, err := a.Catalog.Current(c.Param("contest"))
	if err != nil {
		return err
	}
	var body wayRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	planned, err := a.Paid.Plan(c.Request.Context(), actor(c), in, body.Way)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"planned": planned})
}

// PayoutFile sends the file for an operator of phone credit. It is whole before the
// first byte goes out.
func (a *API) PayoutFile(c *gin.Context) error {
	in, err := a.Catalog.Current(c.Param("contest"))
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if _, err := a.Paid.WriteFile(c.Request.Context(), actor(c), in, a.Players, &file); err != nil {
		return err
	}
	sendFile(c, in.Slug+"-credit.csv", file.Bytes())
	return nil
}

type markRequest struct {
	Paid   bool   `json:"paid"`
	Detail string `json:"detail"`
}

// MarkPayout says of a bill that is paid by hand whether it was paid.
func (a *API) MarkPayout(c *gin.Context) error {
	var body markRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("detail", body.Detail, 300); err != nil {
		return err
	}
	if err := a.Paid.Mark(c.Request.Context(), actor(c), c.Param("bill"), body.Paid, body.Detail); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}

// PayAgain makes another bill for an award whose bill has surely failed.
func (a *API) PayAgain(c *gin.Context) error {
	var body wayRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := a.Paid.Again(c.Request.Context(), actor(c), c.Param("bill"), body.Way); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}
