package banks

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/bankfile"
	"anquanda/internal/bankfile/draft"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
)

type draftReply struct {
	ID        string             `json:"id"`
	File      string             `json:"file"`
	Format    string             `json:"format"`
	Encoding  string             `json:"encoding"`
	State     bank.DraftState    `json:"state"`
	Staff     string             `json:"staff"`
	CreatedAt int64              `json:"created_at"`
	Found     int                `json:"found"`
	Accepted  int                `json:"accepted"`
	Rejected  int                `json:"rejected"`
	Warned    int                `json:"warned"`
	Codes     []codeReply        `json:"codes"`
	Problems  []bankfile.Problem `json:"problems"`
	// Conventions are those that the file follows, where it could follow others.
	Conventions []draft.Convention `json:"conventions"`
}

type codeReply struct {
	Code     string            `json:"code"`
	Title    string            `json:"title"`
	Severity bankfile.Severity `json:"severity"`
	Rows     int               `json:"rows"`
}

func draftOf(d *bank.Draft) draftReply {
	reply := draftReply{ID: d.ID.String(), File: d.FileName, Format: d.Format, Encoding: d.Encoding, State: d.State,
		Staff: d.StaffName, CreatedAt: d.CreatedAt, Found: d.Found, Accepted: d.Accepted, Rejected: d.Rejected,
		Warned: d.Warned, Codes: []codeReply{}}
	for _, code := range draft.Codes() {
		if n := d.Codes[string(code)]; n > 0 {
			reply.Codes = append(reply.Codes, codeReply{Code: string(code), Title: code.Title(), Severity: code.Severity(),
				Rows: n})
		}
	}
	slices.SortFunc(reply.Codes, func(a, b codeReply) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), b.Rows-a.Rows, cmp.Compare(a.Code, b.Code)) // errors first
	})
	if json.Unmarshal([]byte(d.Problems), &reply.Problems) != nil || reply.Problems == nil {
		reply.Problems = []bankfile.Problem{}
	}
	if json.Unmarshal([]byte(d.Conventions), &reply.Conventions) != nil || reply.Conventions == nil {
		reply.Conventions = []draft.Convention{} // a draft of before
	}
	return reply
}

type draftLine struct {
	ID        string          `json:"id"`
	File      string          `json:"file"`
	State     bank.DraftState `json:"state"`
	Staff     string          `json:"staff"`
	CreatedAt int64           `json:"created_at"`
}

// Drafts lists the drafts.
func (a *API) Drafts(c *gin.Context) error {
	drafts, err := a.Banks.Drafts(c.Request.Context())
	if err != nil {
		return err
	}
	reply := make([]draftLine, len(drafts))
	for i, d := range drafts {
		reply[i] = draftLine{ID: d.ID.String(), File: d.FileName, State: d.State, Staff: d.StaffName, CreatedAt: d.CreatedAt}
	}
	return web.JSON(c, http.StatusOK, gin.H{"drafts": reply})
}

// Draft tells of one draft.
func (a *API) Draft(c *gin.Context) error {
	id, err := web.ID(c, "draft", bank.ErrNoDraft)
	if err != nil {
		return err
	}
	d, err := a.Banks.Draft(c.Request.Context(), id)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, draftOf(d))
}

// RereadDraft reads a draft's file again, by the conventions that are said.
func (a *API) RereadDraft(c *gin.Context) error {
	id, err := web.ID(c, "draft", bank.ErrNoDraft)
	if err != nil {
		return err
	}
	var asked bankfile.Conventions
	if err := web.Decode(c, &asked); err != nil {
		return err
	}
	if wrong := asked.Unknown(); wrong != "" {
		return errs.InvalidField(wrong, "没有这种写法")
	}
	if err := a.Banks.RereadDraft(c.Request.Context(), console.Actor(c), id, asked); err != nil {
		return err
	}
	d, err := a.Banks.Draft(c.Request.Context(), id)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, draftOf(d))
}

// DropDraft throws a draft away.
func (a *API) DropDraft(c *gin.Context) error {
	id, err := web.ID(c, "draft", bank.ErrNoDraft)
	if err != nil {
		return err
	}
	if err := a.Banks.DropDraft(c.Request.Context(), console.Actor(c), id); err != nil {
		return err
	}
	return web.NoContent(c)
}
