package accounts

import (
	"encoding/base64"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/staff"
)

type placeReply struct {
	ID        string `json:"id"`
	Device    string `json:"device"`
	Network   string `json:"network"`
	CreatedAt int64  `json:"created_at"` // UTC ms
	UsedAt    int64  `json:"used_at"`    // UTC ms, to the minute
	Here      bool   `json:"here"`
}

// Own tells the holder of an account where it is signed in, and of its second factor.
func (a *API) Own(c *gin.Context) error {
	ctx, session := c.Request.Context(), console.Session(c)
	places, err := a.Staff.Places(ctx, session)
	if err != nil {
		return err
	}
	left, err := a.Staff.RecoveryLeft(ctx, session)
	if err != nil {
		return err
	}
	reply := make([]placeReply, len(places))
	for i, p := range places {
		reply[i] = placeReply{p.ID.String(), p.Device, p.Network, p.CreatedAt, p.UsedAt, p.ID == session.SessionID}
	}
	return web.JSON(c, http.StatusOK, gin.H{"me": console.MemberOf(&session.Member), "places": reply,
		"second_needed": session.Role.NeedsSecondFactor(), "second_due_at": session.SecondDue(), "recovery_left": left})
}

type ownPasswordRequest struct {
	Present  string `json:"present"`
	Password string `json:"password"`
}

// ChangeOwn replaces the holder's own password.
func (a *API) ChangeOwn(c *gin.Context) error {
	var body ownPasswordRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	err := a.Staff.ChangeOwn(c.Request.Context(), console.Session(c), body.Present, body.Password)
	if err != nil {
		return err
	}
	return web.NoContent(c)
}

// Prove takes the password once more; it is fresh for ten minutes then.
func (a *API) Prove(c *gin.Context) error {
	var body passwordRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := a.Staff.Prove(c.Request.Context(), console.Session(c), body.Password); err != nil {
		return err
	}
	return web.NoContent(c)
}

// Proven answers who has given the password within ten minutes. A page asks before it
// follows a link to a file, which cannot ask for the password.
func (a *API) Proven(c *gin.Context) error { return web.NoContent(c) }

// BeginSecond shows a new secret for an app that makes codes.
func (a *API) BeginSecond(c *gin.Context) error {
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	secret, err := a.Staff.BeginSecond(c.Request.Context(), console.Session(c))
	if err != nil {
		return err
	}
	drawn, err := web.DrawQR(secret.Address)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"secret": secret.Text, "address": secret.Address,
		"picture": "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(drawn))})
}

type codeRequest struct {
	Code string `json:"code"`
}

// ConfirmSecond makes the secret that was shown the second factor.
func (a *API) ConfirmSecond(c *gin.Context) error {
	var body codeRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	codes, err := a.Staff.ConfirmSecond(c.Request.Context(), console.Session(c), body.Code)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"recovery": codes})
}

// NewRecovery replaces the recovery codes.
func (a *API) NewRecovery(c *gin.Context) error {
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	codes, err := a.Staff.NewRecovery(c.Request.Context(), console.Session(c))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"recovery": codes})
}

// EndSecond takes the second factor off the own account.
func (a *API) EndSecond(c *gin.Context) error {
	if err := a.Staff.EndSecond(c.Request.Context(), console.Session(c)); err != nil {
		return err
	}
	return web.NoContent(c)
}

// EndPlace ends one session of the holder.
func (a *API) EndPlace(c *gin.Context) error {
	id, err := web.ID(c, "session", staff.ErrNoSession)
	if err != nil {
		return err
	}
	if err := a.Staff.EndPlace(c.Request.Context(), console.Session(c), id); err != nil {
		return err
	}
	return web.NoContent(c)
}

// EndOthers ends all sessions of the holder but this one.
func (a *API) EndOthers(c *gin.Context) error {
	if err := a.Staff.EndOthers(c.Request.Context(), console.Session(c)); err != nil {
		return err
	}
	return web.NoContent(c)
}

// ResetSecond takes the second factor off the account of a colleague who has lost it.
func (a *API) ResetSecond(c *gin.Context) error {
	id, err := web.ID(c, "staff", staff.ErrUnknown)
	if err != nil {
		return err
	}
	if err := a.Staff.ResetSecond(c.Request.Context(), console.Actor(c), id); err != nil {
		return err
	}
	return web.NoContent(c)
}
