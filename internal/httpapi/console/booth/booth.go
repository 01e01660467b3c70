// Package booth is the console's screen for handing prizes out.
package booth

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize"
	"anquanda/internal/prize/handout"
)

// API serves who hands prizes out.
type API struct {
	Catalog *catalog.Catalog
	Booth   *handout.Booth
	Now     func() time.Time
}

// voucherReply is an award as the booth shows it.
type voucherReply struct {
	Award      string            `json:"award"`
	Title      string            `json:"title"`
	Kind       contest.PrizeKind `json:"kind"`
	Collect    string            `json:"collect"`
	Status     prize.Status      `json:"status"`
	Winner     string            `json:"winner"`     // masked
	Name       string            `json:"name"`       // masked: 刘**
	PhoneTail  string            `json:"phone_tail"` // last four digits
	Unit       string            `json:"unit"`
	WonAt      int64             `json:"won_at"`
	Code       string            `json:"code"`    // why it cannot be handed out; empty when it can
	Problem    string            `json:"problem"` // the same in words
	RedeemedAt int64             `json:"redeemed_at"`
	RedeemedBy string            `json:"redeemed_by"`
	UndoUntil  int64             `json:"undo_until"`
}

func voucherOf(v *handout.Slip) voucherReply {
	reply := voucherReply{
		Award: v.ID.String(), Title: v.Title, Kind: v.Kind, Collect: v.Terms, Status: v.Status,
		Winner: v.Winner, Name: v.Name, PhoneTail: v.PhoneTail, Unit: v.Unit, WonAt: v.WonAt,
	}
	if v.Problem != nil {
		reply.Code, reply.Problem = v.Problem.Code, v.Problem.Message
	}
	if r := v.Redemption; r != nil {
		reply.RedeemedAt, reply.RedeemedBy, reply.UndoUntil = r.RedeemedAt, r.StaffName, r.UndoUntil()
	}
	return reply
}

// Voucher shows what a code stands for.
func (a *API) Voucher(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	code, err := web.Query(c, "code")
	if err != nil {
		return err
	}
	v, err := a.Booth.Scan(c.Request.Context(), in, code)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"now": a.Now().UnixMilli(), "voucher": voucherOf(v)})
}

type redeemRequest struct {
	Code string `json:"code"`
	Key  string `json:"key"` // of one press of the button; sent again with it, nothing more is handed out
}

// Redeem hands an award out.
func (a *API) Redeem(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body redeemRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	v, repeated, err := a.Booth.Redeem(c.Request.Context(), console.Actor(c), in, body.Code, body.Key)
	if err != nil {
		return err
	}
	v.Problem = nil // that it is handed out now is no problem
	return web.JSON(c, http.StatusOK, gin.H{"now": a.Now().UnixMilli(), "voucher": voucherOf(v), "repeated": repeated})
}

type undoRequest struct {
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

// Undo takes a hand-out back.
func (a *API) Undo(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body undoRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := a.Booth.Undo(c.Request.Context(), console.Actor(c), in, body.Code, body.Reason); err != nil {
		return err
	}
	return web.NoContent(c)
}

type countedReply struct {
	Title string `json:"title"`
	Count int    `json:"count"`
}

// Day counts what was handed out today.
func (a *API) Day(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	day, err := a.Booth.Today(c.Request.Context(), in, console.Member(c).ID)
	if err != nil {
		return err
	}
	prizes := []countedReply{}
	for _, p := range day.Prizes {
		prizes = append(prizes, countedReply{Title: contestview.PrizeTitle(in, p.PrizeKey), Count: p.Count})
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": contestview.HeadingOf(in), "now": a.Now().UnixMilli(),
		"count": day.Count, "mine": day.Mine, "prizes": prizes})
}
