package console

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/staff"
)

// StaffList lists the accounts and the roles there are.
func (a *API) StaffList(c *gin.Context) error {
	members, err := a.Staff.List(c.Request.Context())
	if err != nil {
		return err
	}
	reply := make([]memberReply, len(members))
	for i := range members {
		reply[i] = memberOf(&members[i])
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

// AddStaff makes an account.
func (a *API) AddStaff(c *gin.Context) error {
	var body addStaffRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("name", body.Name, 64); err != nil {
		return err
	}
	added, err := a.Staff.Add(c.Request.Context(), actor(c), body.Login, body.Name, body.Role, body.Password)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"member": memberOf(added)})
}

type changeStaffRequest struct {
	Role     staff.Role `json:"role"`
	Disabled *bool      `json:"disabled"`
}

// ChangeStaff sets an account's role and whether it may sign in.
func (a *API) ChangeStaff(c *gin.Context) error {
	id, err := staffID(c)
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
	if err := a.Staff.Change(c.Request.Context(), actor(c), id, body.Role, *body.Disabled); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}

type passwordRequest struct {
	Password string `json:"password"`
}

// SetStaffPassword replaces a password and ends the account's sessions.
func (a *API) SetStaffPassword(c *gin.Context) error {
	id, err := staffID(c)
	if err != nil {
		return err
	}
	var body passwordRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := a.Staff.SetPassword(c.Request.Context(), actor(c), id, body.Password); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}

// RevokeStaff ends every session of an account.
func (a *API) RevokeStaff(c *gin.Context) error {
	id, err := staffID(c)
	if err != nil {
		return err
	}
	if err := a.Staff.Revoke(c.Request.Context(), actor(c), id); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}

type loggedReply struct {
	Seq     int64  `json:"seq"`
	At      int64  `json:"at"`
	Name    string `json:"name"`
	Action  string `json:"action"`
	Subject string `json:"subject"`
	Detail  string `json:"detail"`
}

const auditPage = 100

// Audit lists the audit log, newest first, 100 at a time; before continues.
func (a *API) Audit(c *gin.Context) error {
	before, err := web.Number(c, "before", 0, 0, 1<<62)
	if err != nil {
		return err
	}
	entries, err := a.Staff.Log(c.Request.Context(), before, auditPage)
	if err != nil {
		return err
	}
	reply := make([]loggedReply, len(entries))
	for i, e := range entries {
		reply[i] = loggedReply{e.Seq, e.At, e.Name, e.Action, e.Subject, e.Detail}
	}
	return web.JSON(c, http.StatusOK, gin.H{"entries": reply})
}
