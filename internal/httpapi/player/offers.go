package player

import (
	"context"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize/drawing"
)

type offersReply struct {
	ServerTime int64               `json:"server_time"`
	Prizes     []offerReply        `json:"prizes"`
	Drawings   []drawingOfferReply `json:"drawings"`
}

// offerReply is a prize that can be won. Left is what draws, the shop and live rooms can
// still give of Stock; what is kept for public drawings is not of it.
type offerReply struct {
	Key   string            `json:"key"`
	Title string            `json:"title"`
	Kind  contest.PrizeKind `json:"kind"`
	Value int               `json:"value"`
	Photo string            `json:"photo"`
	Stock int               `json:"stock"`
	Left  int               `json:"left"`
	Price int               `json:"price"`           // in points, or of Purse; 0: not in the shop
	Purse *purseReply       `json:"purse,omitempty"` // that pays; nil: the points
	Pools bool              `json:"pools"`
	Live  bool              `json:"live"`
	Drawn int               `json:"drawn"` // units that public drawings give
	Pots  bool              `json:"pots"`  // all of a list share it
}

// drawingOfferReply is a public drawing that is still to come.
type drawingOfferReply struct {
	Key    string            `json:"key"`
	Title  string            `json:"title"`
	At     int64             `json:"at"`   // 0: not said
	Late   bool              `json:"late"` // that has passed, and no result is public
	Every  string            `json:"every"`
	Prizes []drawnPrizeReply `json:"prizes"`
	Shares string            `json:"shares"` // what all of the list share; empty: it draws prizes
}

// Offers tells everybody what there is to win, before anybody has a name here.
func (a *API) Offers(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	reply := offersReply{ServerTime: a.millis(), Prizes: []offerReply{}}
	if len(in.Prizes) > 0 {
		left, err := a.Instant.Left(c.Request.Context(), in)
		if err != nil {
			return err
		}
		reply.Prizes = offersOf(in.Definition, left)
	}
	if reply.Drawings, err = a.drawingsToCome(c.Request.Context(), in); err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, reply)
}

// offersOf lists what some way gives; thanks is no prize.
func offersOf(d *contest.Definition, left map[string]int) []offerReply {
	offers := []offerReply{}
	for i := range d.Prizes {
		p := &d.Prizes[i]
		offer := offerReply{Key: p.Key, Title: p.Title, Kind: p.Kind, Value: p.Value, Photo: p.Photo, Stock: p.Stock,
			Left: left[p.Key], Price: p.Price, Purse: purseOf(d, p.Purse), Drawn: d.Promised(p.Key),
			Pools: slices.ContainsFunc(d.Pools, func(pool contest.PrizePool) bool {
				return slices.ContainsFunc(pool.Prizes, func(in contest.PoolPrize) bool { return in.Prize == p.Key })
			}),
			Pots: slices.ContainsFunc(d.Drawings, func(w contest.Drawing) bool { return w.Shares(p.Key) }),
			Live: slices.ContainsFunc(d.Live, func(l contest.Live) bool { return l.Pot != nil && l.Pot.Prize == p.Key }),
		}
		had := offer.Pools || offer.Pots || offer.Live || offer.Price > 0 || offer.Drawn > 0
		if had && p.Kind != contest.PrizeThanks {
			offers = append(offers, offer)
		}
	}
	return offers
}

// drawingsToCome lists the drawings of the definition whose result is not public yet; a
// series goes on.
func (a *API) drawingsToCome(ctx context.Context, in *catalog.Contest) ([]drawingOfferReply, error) {
	coming := []drawingOfferReply{}
	announced := drawing.AnnouncedBy(in.Definition)
	if len(announced) == 0 {
		return coming, nil
	}
	rows, err := a.Drawings.Drawings(ctx, in.ContestID)
	if err != nil {
		return nil, err
	}
	over, upTo := map[string]bool{}, map[string]int64{}
	for i := range rows {
		if key := rows[i].Key; rows[i].State == drawing.Published {
			over[key], upTo[key] = true, max(upTo[key], rows[i].CountsTo)
		}
	}
	for i := range announced {
		w := &announced[i]
		if w.Every == string(contest.PerContest) {
			w.Every = ""
		}
		if over[w.Key] && w.Every == "" {
			continue
		}
		next := in.HoldingAfter(in.Drawing(w.Key), upTo[w.Key])
		if next == nil {
			continue
		}
		coming = append(coming, drawingOfferReply{Key: w.Key, Title: w.Title, At: next.At, Every: w.Every,
			Late: next.At > 0 && next.At < a.millis(), Prizes: drawingOf(&w.Drawing).Prizes,
			Shares: w.Shares()})
	}
	return coming, nil
}
