// Package prizes is the console's screens of pools, of voucher codes, and of how far
// winners were given what they won.
package prizes

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/chance"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize"
	"anquanda/internal/prize/handout"
	"anquanda/internal/prize/instant"
)

// API serves who looks after prizes.
type API struct {
	Catalog *catalog.Catalog
	Prizes  *prize.Ledger
	Instant *instant.Service
	Claims  *handout.Claims
}

type poolReply struct {
	Key      string         `json:"key"`
	Title    string         `json:"title"`
	Open     bool           `json:"open"`
	OpensAt  int64          `json:"opens_at"`
	ClosesAt int64          `json:"closes_at"` // 0: no end
	Draws    int            `json:"draws"`
	Prizes   []pooledReply  `json:"prizes"`
	Nothing  pooledNothing  `json:"nothing"`
	Limits   []limitedReply `json:"limits"`
}

// pooledReply is a prize of a pool. Declared and Measured are millionths of a
// draw, Measured of what chance alone gave; Missed tells why some of that was not
// given.
type pooledReply struct {
	Key        string                `json:"key"`
	Title      string                `json:"title"`
	Kind       contest.PrizeKind     `json:"kind"`
	Declared   int                   `json:"declared"`
	Measured   int                   `json:"measured"`
	Rolled     int                   `json:"rolled"`
	Won        int                   `json:"won"`
	Missed     map[chance.Reason]int `json:"missed"`
	Guaranteed int                   `json:"guaranteed"`
	Stock      int                   `json:"stock"` // 0: thanks
	Out        int                   `json:"out"`
	Left       int                   `json:"left"`
	Waiting    int                   `json:"waiting"`
	Codes      int                   `json:"codes"`
}

type pooledNothing struct {
	Declared int `json:"declared"`
	Measured int `json:"measured"`
	Rolled   int `json:"rolled"`
}

type limitedReply struct {
	By   contest.WinBy `json:"by"`
	Max  int           `json:"max"`
	Per  contest.Per   `json:"per"`
	Tier string        `json:"tier"`
}

// Pools shows how the pools of a contest stand: stock, wins, and odds as measured
// beside those declared.
func (a *API) Pools(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	figures, err := a.Instant.Figures(c.Request.Context(), in)
	if err != nil {
		return err
	}
	pools := []poolReply{}
	for i := range figures {
		pools = append(pools, poolOf(&figures[i]))
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": contestview.HeadingOf(in), "pools": pools})
}

func poolOf(f *instant.PoolFigures) poolReply {
	reply := poolReply{Key: f.Pool.Key, Title: f.Pool.Title, Open: f.Open, OpensAt: f.Opens, ClosesAt: f.Pool.Closes.MS,
		Draws: f.Draws, Nothing: pooledNothing{Declared: 1_000_000, Rolled: f.Draws}, Limits: []limitedReply{}}
	for i := range f.Prizes {
		p := &f.Prizes[i]
		reply.Nothing.Declared -= p.Declared
		reply.Nothing.Rolled -= p.Rolled
		reply.Prizes = append(reply.Prizes, pooledReply{
			Key: p.Prize.Key, Title: p.Prize.Title, Kind: p.Prize.Kind, Declared: p.Declared, Measured: p.Measured,
			Rolled: p.Rolled, Won: p.Won, Missed: p.Missed, Guaranteed: f.Pool.Prizes[i].Guaranteed, Stock: p.Prize.Stock,
			Out: p.Out, Left: p.Left, Waiting: p.Waiting, Codes: p.Codes,
		})
	}
	if f.Draws > 0 {
		reply.Nothing.Measured = int(int64(reply.Nothing.Rolled) * 1_000_000 / int64(f.Draws))
	}
	for _, l := range f.Pool.Limits {
		reply.Limits = append(reply.Limits, limitedReply{By: l.By, Max: l.Max, Per: l.Per, Tier: l.Tier})
	}
	return reply
}
