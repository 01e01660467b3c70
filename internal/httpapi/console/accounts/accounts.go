// Package accounts is the console's screen of staff, and of the audit log of what
// they did.
package accounts

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/staff"
)

// API serves who manages staff.
type API struct {
	Staff   *staff.Service
	Catalog *catalog.Catalog
	// LogBroken is the entry of the audit log that was found altered, 0 for none; Deciding
	// whether a drawing is under way or a case open.
	LogBroken func() int64
	Deciding  func(context.Context) (bool, error)
}

type scopeReply struct {
	Staff   string `json:"staff"`
	Contest string `json:"contest"` // slug
	Until   int64  `json:"until"`   // 0: no end
}

// List lists the accounts, the roles there are, and which accounts are for one contest.
func (a *API) List(c *gin.Context) error {
	members, err := a.Staff.List(c.Request.Context())
	if err != nil {
		return err
	}
	reply := make([]console.MemberReply, len(members))
	for i := range members {
		reply[i] = console.MemberOf(&members[i])
	}
	stored, err := a.Staff.Scopes(c.Request.Context())
	if err != nil {
		return err
	}
	scopes := []scopeReply{}
	for id, scope := range stored {
		slug := ""
		if in, err := a.Catalog.Of(scope.ContestID); err == nil {
			slug = in.Slug
		}
		scopes = append(scopes, scopeReply{Staff: id.String(), Contest: slug, Until: scope.Until})
	}
	roles := []gin.H{}
	for _, role := range staff.Roles() {
		roles = append(roles, gin.H{"role": role, "name": role.Name()})
	}
	return web.JSON(c, http.StatusOK, gin.H{"staff": reply, "roles": roles, "scopes": scopes})
}

type addStaffRequest struct {
	Login    string     `json:"login"`
	Name     string     `json:"name"`
	Role     staff.Role `json:"role"`
	Password string     `json:"password"`
}

// Add makes an account.
func (a *API) Add(c *gin.Context) error {
	var body addStaffRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("name", body.Name, 64); err != nil {
		return err
	}
	added, err := a.Staff.Add(c.Request.Context(), console.Actor(c), body.Login, body.Name, body.Role, body.Password)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"member": console.MemberOf(added)})
}

type changeStaffRequest struct {
	Role     staff.Role `json:"role"`
	Disabled *bool      `json:"disabled"`
}

// Change sets an account's role and whether it may sign in.
func (a *API) Change(c *gin.Context) error {
	id, err := web.ID(c, "staff", staff.ErrUnknown)
	if err != nil {
		return err
	}
	var body changeStaffRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if body.Disabled == nil { // left out it must not let a disabled account in again
		return web.Wrong("disabled", "请写明是否停用")
	}
	if err := a.Staff.Change(c.Request.Context(), console.Actor(c), id, body.Role, *body.Disabled); err != nil {
		return err
	}
	return web.NoContent(c)
}

type scopeRequest struct {
	Contest string `json:"contest"` // slug; empty: all contests
	Until   int64  `json:"until"`   // UTC ms; 0: no end
}

// SetScope makes an account one for a single contest, until a date, or for all again.
func (a *API) SetScope(c *gin.Context) error {
	id, err := web.ID(c, "staff", staff.ErrUnknown)
	if err != nil {
		return err
	}
	var body scopeRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	scope := staff.Scope{Until: body.Until}
	if body.Contest != "" {
		in, err := a.Catalog.Current(body.Contest)
		if err != nil {
			return web.Wrong("contest", "没有这个活动")
		}
		scope.ContestID = in.ContestID
	}
	if err := a.Staff.SetScope(c.Request.Context(), console.Actor(c), id, scope); err != nil {
		return err
	}
	return web.NoContent(c)
}

type passwordRequest struct {
	Password string `json:"password"`
}

// SetPassword replaces a password and ends the account's sessions.
func (a *API) SetPassword(c *gin.Context) error {
	id, err := web.ID(c, "staff", staff.ErrUnknown)
	if err != nil {
		return err
	}
	var body passwordRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := a.Staff.SetPassword(c.Request.Context(), console.Actor(c), id, body.Password); err != nil {
		return err
	}
	return web.NoContent(c)
}

// Revoke ends every session of an account.
func (a *API) Revoke(c *gin.Context) error {
	id, err := web.ID(c, "staff", staff.ErrUnknown)
	if err != nil {
		return err
	}
	if err := a.Staff.Revoke(c.Request.Context(), console.Actor(c), id); err != nil {
		return err
	}
	return web.NoContent(c)
}
