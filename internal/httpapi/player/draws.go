package player

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/chance"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize"
	"anquanda/internal/prize/instant"
	"anquanda/internal/sqldb"
)

// How much of a player's chances and draws the page shows.
const (
	chancesShown = 50
	drawsShown   = 30
)

type drawsReply struct {
	ServerTime int64       `json:"server_time"`
	Pools      []poolReply `json:"pools"`
	Shop       []goodReply `json:"shop"`
	Me         *drawerMe   `json:"me"` // null for who has no name here
}

type poolReply struct {
	Key      string       `json:"key"`
	Title    string       `json:"title"`
	Face     contest.Face `json:"face"`
	State    string       `json:"state"` // soon, open or closed
	OpensAt  int64        `json:"opens_at"`
	ClosesAt int64        `json:"closes_at"` // 0: no end
	Prizes   []toWinReply `json:"prizes"`
	Nothing  bool         `json:"nothing"` // some draws win nothing
}

// toWinReply is a prize of a pool. Stock is all, some, later (units come free
// later) or out.
type toWinReply struct {
	prizeReply
	Odds       string `json:"odds"`       // in words; empty: by guarantee alone
	Guaranteed int    `json:"guaranteed"` // sure with that draw when none before has won; 0: never
	Stock      string `json:"stock"`
}

type prizeReply struct {
	Key     string            `json:"key"`
	Title   string            `json:"title"`
	Kind    contest.PrizeKind `json:"kind"`
	Value   int               `json:"value"`
	Collect string            `json:"collect"`
}

type goodReply struct {
	prizeReply
	Price   int         `json:"price"`
	Purse   *purseReply `json:"purse,omitempty"` // that pays; nil: the points
	SoldOut bool        `json:"sold_out"`
}

type drawerMe struct {
	Chances []string     `json:"chances"` // ids, the oldest first
	Left    int          `json:"left"`    // chances in all
	Points  int          `json:"points"`  // to spend
	Purses  []leftReply  `json:"purses,omitempty"`
	Draws   []drawnReply `json:"draws"` // newest first
}

// drawnReply is what a draw came to; Prize is null for nothing.
type drawnReply struct {
	Chance    string      `json:"chance"`
	Pool      string      `json:"pool"`
	PoolTitle string      `json:"pool_title"`
	Prize     *prizeReply `json:"prize"`
	Award     string      `json:"award"` // id; empty when there is nothing to collect
	claimNeed
	Note    string `json:"note"`
	DrawnAt int64  `json:"drawn_at"`
}

// claimNeed is what a winner still has to do about an award.
type claimNeed struct {
	Asks  bool  `json:"asks"`  // something has to be told first
	Until int64 `json:"until"` // until when it can be claimed; 0: no end
}

func (a *API) claimNeedOf(in *catalog.Contest, won *prize.Award) claimNeed {
	return claimNeed{won.Asks(in.Definition, a.millis()), won.Until()}
}

// Draws shows what can be won and how likely, the shop, and the player's chances
// and draws.
func (a *API) Draws(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	figures, err := a.Instant.Figures(ctx, in)
	if err != nil {
		return err
	}
	reply := drawsReply{ServerTime: a.millis(), Pools: []poolReply{}, Shop: []goodReply{}}
	for i := range figures {
		reply.Pools = append(reply.Pools, a.poolOf(&figures[i]))
	}
	goods, err := a.Instant.Goods(ctx, in)
	if err != nil {
		return err
	}
	for _, g := range goods {
		reply.Shop = append(reply.Shop, goodReply{prizeFor(g.Prize), g.Prize.Price, purseOf(in.Definition, g.Prize.Purse),
			g.Left == 0})
	}
	if player := web.Player(c); player != 0 {
		if reply.Me, err = a.drawer(ctx, in, player); err != nil {
			return err
		}
	}
	return web.JSON(c, http.StatusOK, reply)
}

func (a *API) poolOf(f *instant.PoolFigures) poolReply {
	reply := poolReply{Key: f.Pool.Key, Title: f.Pool.Title, Face: f.Pool.Face, State: "closed", OpensAt: f.Opens,
		ClosesAt: f.Pool.Closes.MS, Prizes: []toWinReply{}}
	switch {
	case f.Open:
		reply.State = "open"
	case a.millis() < f.Opens:
		reply.State = "soon"
	}
	odds := 0
	for i := range f.Prizes {
		p := &f.Prizes[i]
		odds += p.Declared
		if p.Prize.Kind == contest.PrizeThanks {
			reply.Nothing = reply.Nothing || p.Declared > 0
			continue
		}
		reply.Prizes = append(reply.Prizes, toWinReply{prizeFor(p.Prize), instant.OddsText(p.Declared),
			f.Pool.Prizes[i].Guaranteed, stockOf(p)})
	}
	reply.Nothing = reply.Nothing || odds < 1_000_000
	return reply
}

func stockOf(p *instant.PrizeFigures) string {
	switch {
	case p.Left == 0:
		return "out"
	case p.Left == p.Waiting:
		return "later"
	case p.Out > 0:
		return "some"
	}
	return "all"
}

func prizeFor(p *contest.Prize) prizeReply {
	return prizeReply{Key: p.Key, Title: p.Title, Kind: p.Kind, Value: p.Value, Collect: p.Collect}
}

func (a *API) drawer(ctx context.Context, in *catalog.Contest, player sqldb.ID) (*drawerMe, error) {
	me := &drawerMe{Chances: []string{}, Draws: []drawnReply{}}
	chances, left, err := a.Instant.Chances(ctx, in.ContestID, player, chancesShown)
	if err != nil {
		return nil, err
	}
	for _, chance := range chances {
		me.Chances = append(me.Chances, chance.ID.String())
	}
	balance, err := a.Instant.Balance(ctx, in.ContestID, player, "")
	if err != nil {
		return nil, err
	}
	me.Left, me.Points = left, balance.Left()
	for _, p := range in.Purses {
		held, err := a.Instant.Balance(ctx, in.ContestID, player, p.Key)
		if err != nil {
			return nil, err
		}
		me.Purses = append(me.Purses, leftReply{purseReply{p.Key, p.Title}, held.Left()})
	}
	draws, err := a.Instant.Draws(ctx, in.ContestID, player, drawsShown)
	if err != nil {
		return nil, err
	}
	me.Draws, err = a.drawnOf(ctx, in, draws)
	return me, err
}

// drawnOf tells draws to their player: what was won as it was promised then.
func (a *API) drawnOf(ctx context.Context, in *catalog.Contest, draws []instant.Draw) ([]drawnReply, error) {
	var ids []sqldb.ID
	for i := range draws {
		if draws[i].AwardID != nil {
			ids = append(ids, *draws[i].AwardID)
		}
	}
	awards, err := a.Prizes.Awards(ctx, ids)
	if err != nil {
		return nil, err
	}
	told := make([]drawnReply, len(draws))
	for i := range draws {
		told[i] = toldOfDraw(in, &draws[i])
		if draws[i].AwardID != nil && awards[*draws[i].AwardID] != nil {
			won := awards[*draws[i].AwardID]
			told[i].Prize, told[i].claimNeed = prizeOf(won), a.claimNeedOf(in, won)
		}
	}
	return told, nil
}

// toldOfDraw tells a draw by the definition. What chance alone would have given is for
// staff: to be told of a prize that was gone helps nobody.
func toldOfDraw(in *catalog.Contest, d *instant.Draw) drawnReply {
	reply := drawnReply{Chance: d.ChanceID.String(), Pool: d.PoolKey, PoolTitle: d.PoolKey, DrawnAt: d.DrawnAt}
	for i := range in.Definition.Pools {
		if in.Definition.Pools[i].Key == d.PoolKey {
			reply.PoolTitle = in.Definition.Pools[i].Title
		}
	}
	reply.Prize = prizeNamed(in, d.PrizeKey)
	if d.AwardID != nil {
		reply.Award = d.AwardID.String()
	}
	switch d.Reason {
	case chance.OverLimit:
		reply.Note = "按活动规则，您的中奖次数已到上限，这次没有派奖。"
	case chance.Guaranteed:
		reply.Note = "前面几次没有中奖，这次是保底奖品。"
	}
	return reply
}

// prizeOf is what was promised with an award.
func prizeOf(won *prize.Award) *prizeReply {
	return &prizeReply{Key: won.PrizeKey, Title: won.Title, Kind: won.Kind, Value: won.Worth(), Collect: won.Terms}
}

// prizeNamed is the prize of that key; nil for none.
func prizeNamed(in *catalog.Contest, key string) *prizeReply {
	for i := range in.Prizes {
		if in.Prizes[i].Key == key {
			found := prizeFor(&in.Prizes[i])
			return &found
		}
	}
	return nil
}

type drawRequest struct {
	Chance string `json:"chance"`
}

type drawReply struct {
	Draw drawnReply `json:"draw"`
	Code string     `json:"code"` // of a voucher
	Left int        `json:"left"` // chances in all
}

// Draw uses a chance. What comes of it is decided and stored before the reply;
// the same chance again gets the same reply.
func (a *API) Draw(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	var body drawRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	chance, ok := sqldb.ParseID(body.Chance)
	if !ok {
		return web.Wrong("chance", "缺少抽奖机会的编号，请刷新页面")
	}
	ctx := c.Request.Context()
	draw, err := a.Instant.Draw(ctx, in, player, c.Param("pool"), chance)
	if err != nil {
		return err
	}
	told, err := a.drawnOf(ctx, in, []instant.Draw{*draw})
	if err != nil {
		return err
	}
	reply := drawReply{Draw: told[0]}
	if reply.Draw.Prize != nil && reply.Draw.Prize.Kind == contest.PrizeVoucher && draw.AwardID != nil {
		if reply.Code, err = a.Prizes.VoucherCode(ctx, player, *draw.AwardID); err != nil {
			return err
		}
	}
	if _, reply.Left, err = a.Instant.Chances(ctx, in.ContestID, player, 1); err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, reply)
}
