package player

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
)

type deviceReply struct {
	ID      string `json:"id"`
	Device  string `json:"device"`
	BegunAt int64  `json:"begun_at"`
	SeenAt  int64  `json:"seen_at"`
	Here    bool   `json:"here"`
}

// Devices lists where the player is signed in.
func (a *API) Devices(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	devices, err := a.Desk.Sessions.Devices(c.Request.Context(), player)
	if err != nil {
		return err
	}
	here, _ := web.SessionIn(c, in.ContestID)
	reply := []deviceReply{}
	for _, d := range devices {
		if d.ContestID == 0 || d.ContestID == in.ContestID {
			reply = append(reply, deviceReply{d.ID.String(), d.Device, d.BegunAt, d.SeenAt, d.ID == here.ID})
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"devices": reply})
}

// EndDevice signs the player out: on this device ("here"), on all others ("others"),
// or on one by its id. Nothing that was played is lost; a guest has no way back to it.
func (a *API) EndDevice(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	here, _ := web.SessionIn(c, in.ContestID)
	switch which := c.Param("device"); which {
	case "here":
		err = a.endHere(c, here)
	case "others":
		if err = a.Desk.SignIn(c, in.ContestID, player); err == nil { // one of the earlier form gets a session
			here, _ = web.SessionIn(c, in.ContestID)
			err = a.Desk.Sessions.EndAll(ctx, player, here.ID)
		}
	default:
		id, failed := web.ID(c, "device", identity.ErrSessionUnknown)
		if failed != nil {
			return failed
		}
		if id == here.ID {
			err = a.endHere(c, here)
		} else {
			err = a.Desk.Sessions.End(ctx, player, id)
		}
	}
	if err != nil {
		return err
	}
	return web.NoContent(c)
}

// endHere signs the phone out of one session; a token of the earlier form has none and
// is taken from the phone alone.
func (a *API) endHere(c *gin.Context, here identity.Session) error {
	if here.ID != 0 {
		err := a.Desk.Sessions.End(c.Request.Context(), here.Player, here.ID)
		if err != nil && !errors.Is(err, identity.ErrSessionUnknown) {
			return err
		}
	}
	a.Desk.SignOut(c, here.ID)
	return nil
}
