package cases

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/conduct"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
)

type suspectReply struct {
	personReply
	Signals []conduct.Signal `json:"signals"`
	Open    string           `json:"open"`  // id of the newest case; empty for none
	State   conduct.State    `json:"state"` // of that case
}

type lookReply struct {
	UnderWay bool   `json:"under_way"`
	BegunAt  int64  `json:"begun_at"` // 0: never
	Looked   int64  `json:"looked"`   // attempts seen so far
	EndedAt  int64  `json:"ended_at"`
	Problem  string `json:"problem"`
}

func (a *API) lookOf(c *gin.Context, contestID sqldb.ID) (lookReply, error) {
	l, err := a.Conduct.ScanOf(c.Request.Context(), contestID)
	return lookReply{UnderWay: l.UnderWay == 1, BegunAt: l.BegunAt, Looked: l.Looked, EndedAt: l.EndedAt,
		Problem: l.Problem}, err
}

// Signals lists the players with signals, the heaviest first.
func (a *API) Signals(c *gin.Context) error {
	in, after, err := a.pageOf(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	suspects, total, err := a.Conduct.Suspects(ctx, in.ContestID, after, suspectsAPage)
	if err != nil {
		return err
	}
	players := make([]sqldb.ID, len(suspects))
	for i := range suspects {
		players[i] = suspects[i].PlayerID
	}
	signals, err := a.Conduct.SignalsOfAll(ctx, in.ContestID, players)
	if err != nil {
		return err
	}
	cases, err := a.Conduct.NewestOf(ctx, in.ContestID, players)
	if err != nil {
		return err
	}
	who, err := a.peopleOf(c, in, players)
	if err != nil {
		return err
	}
	look, err := a.lookOf(c, in.ContestID)
	if err != nil {
		return err
	}
	reply := []suspectReply{}
	for _, player := range players {
		s := suspectReply{personReply: who(player), Signals: web.NotNil(signals[player])}
		if of, ok := cases[player]; ok {
			s.Open, s.State = of.ID.String(), of.State()
		}
		reply = append(reply, s)
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": contestview.HeadingOf(in),
		"look": look, "total": total, "players": reply})
}

// StartScan begins to look for signals anew.
func (a *API) StartScan(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	if err := a.Scan(c.Request.Context(), in); err != nil {
		return err
	}
	look, err := a.lookOf(c, in.ContestID)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusAccepted, gin.H{"look": look})
}
