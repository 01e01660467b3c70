package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity/personal"
)

type heldReply struct {
	Nickname    string            `json:"nickname"`
	Unit        *unitReply        `json:"unit"`
	UnitName    string            `json:"unit_name,omitempty"` // as typed
	Division    string            `json:"division"`            // title
	JoinedAt    int64             `json:"joined_at"`
	Attempts    int               `json:"attempts"`
	SignedAs    string            `json:"signed_as,omitempty"` // under the pledge
	Told        []toldReply       `json:"told"`                // masked
	KeptUntil   int64             `json:"kept_until"`          // when what was told is deleted
	UnitChanges []unitChangeReply `json:"unit_changes"`
}

// Held tells a player what is kept about the player in the contest.
func (a *API) Held(c *gin.Context) error {
	player, in, err := a.playerIn(c)
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
	told, err := a.Players.Personal.ToldBy(c.Request.Context(), in.ContestID, player)
	if err != nil {
		return err
	}
	changes, err := a.Players.UnitChanges(c.Request.Context(), in.ContestID, player)
	if err != nil {
		return err
	}
	reply := heldReply{
		Nickname: held.Nickname, Unit: unitOf(in, held.UnitID), Division: divisionTitle(in, held.Division),
		JoinedAt: held.JoinedAt, Attempts: len(history), Told: toldOf(in, told, personal.Told.Masked),
		KeptUntil: personal.KeptUntil(in.Definition), UnitChanges: unitChangesOf(in, changes),
	}
	if reply.UnitName, err = a.Units.TypedBy(c.Request.Context(), in.ContestID, player); err != nil {
		return err
	}
	signature, err := a.Pledges.Of(c.Request.Context(), in.ContestID, player)
	if err != nil {
		return err
	}
	if signature != nil {
		reply.SignedAs = signature.Name
	}
	return web.JSON(c, http.StatusOK, reply)
}

// Leave deletes a player's name, unit, notes and all that was told, and the session
// of the phone when nothing else hangs on it. Results stay on the boards without a name.
func (a *API) Leave(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	elsewhere, err := a.Leaving(c.Request.Context(), in.ContestID, player)
	if err != nil {
		return err
	}
	if !elsewhere { // else the cookie is the only way to the other names
		a.Desk.SignOut(c, 0)
	}
	c.Status(http.StatusNoContent)
	return nil
}
