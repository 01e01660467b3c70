package drawings

import (
	"context"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// waitingReply is what one has proposed and another must agree to.
type waitingReply struct {
	ID       string    `json:"id"`
	Kind     staff.Act `json:"kind"`
	Text     string    `json:"text"`
	Nickname string    `json:"nickname"` // of the player that it is about; empty for none
	By       string    `json:"by"`
	At       int64     `json:"at"`
	Mine     bool      `json:"mine"` // who looks has proposed it
}

// waitingOf lists what waits in a contest: for one drawing, or with 0 about players.
func (a *API) waitingOf(c *gin.Context, in *catalog.Contest, drawing sqldb.ID) ([]waitingReply, error) {
	waiting, err := a.Drawings.Waiting(c.Request.Context(), in.ContestID)
	if err != nil {
		return nil, err
	}
	players := make([]sqldb.ID, len(waiting))
	for i := range waiting {
		players[i] = waiting[i].Player
	}
	names, err := a.Players.Enrolments(c.Request.Context(), in.ContestID, players)
	reply := []waitingReply{}
	for _, w := range waiting {
		if w.Drawing == drawing {
			reply = append(reply, waitingReply{ID: w.ID.String(), Kind: w.Kind, Text: w.Text,
				Nickname: names[w.Player].Nickname, By: w.FirstName, At: w.ProposedAt, Mine: w.FirstBy == console.Member(c).ID})
		}
	}
	return reply, err
}

// Agree does what another has proposed.
func (a *API) Agree(c *gin.Context) error { return a.end(c, a.Drawings.Agree) }

// Withdraw ends a proposal.
func (a *API) Withdraw(c *gin.Context) error { return a.end(c, a.Drawings.WithdrawProposal) }

func (a *API) end(c *gin.Context, end func(context.Context, staff.Actor, sqldb.ID, sqldb.ID) error) error {
	return console.EndProposal(c, a.Catalog,
		func(ctx context.Context, by staff.Actor, in *catalog.Contest, proposal sqldb.ID) error {
			return end(ctx, by, in.ContestID, proposal)
		})
}
