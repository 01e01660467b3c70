package banks

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
)

type reportReply struct {
	Bank     string      `json:"bank"`
	Title    string      `json:"title"` // of the bank
	Question string      `json:"question"`
	Reports  int         `json:"reports"`
	Newest   int64       `json:"newest"`
	Present  *shown      `json:"present"` // null when it is in the bank no more
	Notes    []noteReply `json:"notes"`
}

type noteReply struct {
	Reason    string `json:"reason"`
	Note      string `json:"note"`
	CreatedAt int64  `json:"created_at"`
}

// Reports lists the questions that players reported, the most reported first.
func (a *API) Reports(c *gin.Context) error {
	reported, err := a.Banks.Reports(c.Request.Context(), 100)
	if err != nil {
		return err
	}
	reply := make([]reportReply, len(reported))
	banks := map[string]*bank.Bank{}
	for i, r := range reported {
		if banks[r.Bank] == nil {
			version, err := a.Banks.Current(c.Request.Context(), r.Bank)
			if err != nil {
				return err
			}
			if banks[r.Bank], err = a.Banks.Load(c.Request.Context(), r.Bank, version); err != nil {
				return err
			}
		}
		title, err := a.Banks.Title(c.Request.Context(), r.Bank)
		if err != nil {
			return err
		}
		reply[i] = reportReply{Bank: r.Bank, Title: title, Question: r.QuestionID, Reports: r.Reports, Newest: r.Newest,
			Notes: []noteReply{}}
		if q := find(banks[r.Bank], r.QuestionID); q != nil {
			reply[i].Present = &shown{q, a.hides(c, r.Bank)}
		}
		for _, n := range r.Notes {
			reply[i].Notes = append(reply[i].Notes, noteReply{Reason: n.Reason, Note: n.Note, CreatedAt: n.CreatedAt})
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"reports": reply})
}

type closeReportsRequest struct {
	Bank     string `json:"bank"`
	Question string `json:"question"`
}

// CloseReports puts the open reports about a question away.
func (a *API) CloseReports(c *gin.Context) error {
	var body closeReportsRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if body.Question == "" {
		return web.Wrong("question", "缺少题目编号")
	}
	if err := a.Banks.CloseReports(c.Request.Context(), console.Actor(c), body.Bank, body.Question); err != nil {
		return err
	}
	return web.NoContent(c)
}
