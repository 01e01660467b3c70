package accounts

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
)

type loggedReply struct {
	Seq     int64  `json:"seq"`
	At      int64  `json:"at"`
	Staff   string `json:"staff"` // id of the account; 0: the program, or its command line
	Login   string `json:"login"` // of the account; empty for none
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
	members, err := a.Staff.List(c.Request.Context())
	if err != nil {
		return err
	}
	logins := map[sqldb.ID]string{}
	for _, m := range members {
		logins[m.ID] = m.Login
	}
	reply := make([]loggedReply, len(entries))
	for i, e := range entries {
		reply[i] = loggedReply{
			Seq: e.Seq, At: e.At, Staff: e.StaffID.String(), Login: logins[e.StaffID],
			Name: e.Name, Action: e.Action, Subject: e.Subject, Detail: e.Detail,
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"entries": reply})
}
