package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/contest"
	"anquanda/internal/httpapi/web"
)

type exchangeRequest struct {
	Request string `json:"request"`
	Price   int    `json:"price"` // points, as the page has shown it; 0: it does not say
}

type exchangeReply struct {
	Award string `json:"award"`
	claimNeed
	Prize  *prizeReply `json:"prize"`
	Code   string      `json:"code"`   // of a voucher
	Points int         `json:"points"` // left to spend, in the purse that paid
}

// Exchange spends points on a prize; the same request again gets the same reply.
func (a *API) Exchange(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	var body exchangeRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("request", body.Request, 40); err != nil {
		return err
	}
	if body.Request == "" {
		return web.Wrong("request", "缺少这次兑换的编号，请刷新页面")
	}
	ctx := c.Request.Context()
	award, err := a.Instant.Exchange(ctx, in, player, c.Param("prize"), body.Price, body.Request)
	if err != nil {
		return err
	}
	reply := exchangeReply{Award: award.ID.String(), claimNeed: a.claimNeedOf(in, award), Prize: prizeOf(award)}
	if award.Kind == contest.PrizeVoucher {
		if reply.Code, err = a.Prizes.VoucherCode(ctx, player, award.ID); err != nil {
			return err
		}
	}
	balance, err := a.Instant.Balance(ctx, in.ContestID, player, paysFor(in.Definition, award.PrizeKey))
	if err != nil {
		return err
	}
	reply.Points = balance.Left()
	return web.JSON(c, http.StatusOK, reply)
}
