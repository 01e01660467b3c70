// Package accounts is the console's screen of staff, and of the audit log of what
// they did.
package accounts

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/staff"
)

// API serves who manages staff.
type API struct {
	Staff *staff.Service
}

// List lists the accounts and the roles there are.
func (a *API) List(c *gin.Context) error {
	members, err := a.Staff.List(c.Request.Context())
	if err != nil {
		return err
	}
	reply := make([]console.MemberReply, len(members))
	for i := range members {
		reply[i] = console.MemberOf(&members[i])
	}
	roles := []gin.H{}
	for _, role := range staff.Roles() {
		roles = append(roles, gin.H{"role": role, "name": role.Name()})
	}
	return web.JSON(c, http.StatusOK, gin.H{"staff": reply, "roles": roles})
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
