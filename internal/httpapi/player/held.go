package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
)

type heldReply struct {
	Nickname string     `json:"nickname"`
	Unit     *unitReply `json:"unit"`
	JoinedAt int64      `json:"joined_at"`
	Attempts int        `json:"attempts"`
	SignedAs string     `json:"signed_as,omitempty"` // under the pledge
}

// Held tells a player what is kept about the player in the contest.
func (a *API) Held(c *gin.Context) error {
	player, err := web.NeedPlayer(c)
	if err != nil {
		return err
	}
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	held, err := a.Players.Held(c.Request.Context(), in.ContestID, player)
	if err != nil {
		return err
	}
	history, err := a.Play.History(c.Request.Context(), in.ContestID, player)
	if err != nil {
		return err
	}
	reply := heldReply{Nickname: held.Nickname, Unit: unitOf(in, held.UnitID), JoinedAt: held.JoinedAt, Attempts: len(history)}
	signature, err := a.Pledges.Of(c.Request.Context(), in.ContestID, player)
	if err != nil {
		return err
	}
	if signature != nil {
		reply.SignedAs = signature.Name
	}
	return web.JSON(c, http.StatusOK, reply)
}

// Leave deletes a player's name, unit and notes, and the session of the
// phone when nothing else hangs on it. Results stay on the boards without a name.
func (a *API) Leave(c *gin.Context) error {
	player, err := web.NeedPlayer(c)
	if err != nil {
		return err
	}
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	if err := a.Banks.ForgetNotes(ctx, in.ContestID, player); err != nil {
		return err
	}
	if err := a.Pledges.Forget(ctx, in.ContestID, player); err != nil {
		return err
	}
	if err := a.Referrals.ForgetPlayer(ctx, in.ContestID, player); err != nil {
		return err
	}
	gone, elsewhere, err := a.Players.Forget(ctx, in.ContestID, player)
	if err != nil {
		return err
	}
	a.Boards.Rename(ctx, in.ContestID, gone)
	if !elsewhere { // else the cookie is the only way to the other names
		web.SignOut(c)
	}
	c.Status(http.StatusNoContent)
	return nil
}
