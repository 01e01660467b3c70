package accounts

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
)

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
		reply[i] = loggedReply{
			Seq: e.Seq, At: e.At, Name: e.Name, Action: e.Action, Subject: e.Subject, Detail: e.Detail,
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"entries": reply})
}
