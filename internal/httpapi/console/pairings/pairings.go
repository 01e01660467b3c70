// Package pairings is the console's page of units that meet.
package pairings

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/pairing"
	"anquanda/internal/sqldb"
)

// API serves who looks at pairings and corrects who won.
type API struct {
	Catalog *catalog.Catalog
	Pairs   contestview.Pairings
	Now     func() time.Time
}

// waitingReply is a correction that one has proposed and another must agree to.
type waitingReply struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Text     string `json:"text"`
	Nickname string `json:"nickname"` // empty: it is about no player
	By       string `json:"by"`
	At       int64  `json:"at"`   // UTC ms
	Mine     bool   `json:"mine"` // who looks has proposed it
}

// List lists the pairings of a contest, and the corrections that wait for another.
func (a *API) List(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	states, err := a.Pairs.Pairings.Of(ctx, in)
	if err != nil {
		return err
	}
	pairings, err := a.Pairs.Of(ctx, in, states, a.Now().UnixMilli(), func(contest.Board) sqldb.ID { return 0 })
	if err != nil {
		return err
	}
	waiting, err := a.Pairs.Pairings.Waiting(ctx, in)
	if err != nil {
		return err
	}
	reply := []waitingReply{}
	for i := range waiting {
		w := &waiting[i]
		title, name := w.Pairing, "都不晋级"
		if p := in.Pairing(w.Pairing); p != nil {
			title = p.Title
		}
		if w.Name != "" {
			name = "“" + w.Name + "”胜"
		}
		reply = append(reply, waitingReply{ID: w.ID.String(), Kind: string(w.Kind), By: w.FirstName, At: w.ProposedAt,
			Text: fmt.Sprintf("%s第 %d 对改为%s。原因：%s", title, w.Place, name, w.Reason), Mine: w.FirstBy == console.Actor(c).ID})
	}
	return web.JSON(c, http.StatusOK, gin.H{"pairings": pairings, "waiting": reply})
}

type correctRequest struct {
	Place  int          `json:"place"`
	Winner pairing.Side `json:"winner"`
	Reason string       `json:"reason"`
}

// Correct proposes that another unit has won.
func (a *API) Correct(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body correctRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("reason", body.Reason, 100); err != nil {
		return err
	}
	err = a.Pairs.Pairings.Propose(c.Request.Context(), console.Actor(c), in, c.Param("pairing"), body.Place, body.Winner,
		strings.TrimSpace(body.Reason))
	if err != nil {
		return err
	}
	return web.NoContent(c)
}

// Agree does what another has proposed.
func (a *API) Agree(c *gin.Context) error {
	return console.EndProposal(c, a.Catalog, a.Pairs.Pairings.Agree)
}

// Withdraw ends what somebody has proposed.
func (a *API) Withdraw(c *gin.Context) error {
	return console.EndProposal(c, a.Catalog, a.Pairs.Pairings.Withdraw)
}
