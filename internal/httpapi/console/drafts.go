package console

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/bankfile"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
)

const (
	// maxUpload bounds a bank file, in bytes.
	maxUpload = 50 << 20
	// uploadWithin is how long a slow line may take for that.
	uploadWithin = 10 * time.Minute
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
}

type codeReply struct {
	Code     string            `json:"code"`
	Title    string            `json:"title"`
	Severity bankfile.Severity `json:"severity"`
	Rows     int               `json:"rows"`
}

func draftOf(d *bank.Draft) draftReply {
	reply := draftReply{ID: d.ID.String(), File: d.FileName, Format: d.Format, Encoding: d.Encoding, State: d.State, Staff: d.StaffName,
		CreatedAt: d.CreatedAt, Found: d.Found, Accepted: d.Accepted, Rejected: d.Rejected, Warned: d.Warned, Codes: []codeReply{}}
	for _, code := range bankfile.Codes() {
		if n := d.Codes[string(code)]; n > 0 {
			reply.Codes = append(reply.Codes, codeReply{string(code), code.Title(), code.Severity(), n})
		}
	}
	slices.SortFunc(reply.Codes, func(a, b codeReply) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), b.Rows-a.Rows, cmp.Compare(a.Code, b.Code)) // errors first
	})
	if json.Unmarshal([]byte(d.Problems), &reply.Problems) != nil || reply.Problems == nil {
		reply.Problems = []bankfile.Problem{}
	}
	return reply
}

// Upload reads a bank file sent as the body into a draft. The reply is a line of
// JSON for each step, so that the page can show progress: {"done","total"}
// while reading, then {"draft"}, or {"problem"} when it was not kept.
func (a *API) Upload(c *gin.Context) error {
	name, format, err := uploadQuery(c)
	if err != nil {
		return err
	}
	control := http.NewResponseController(c.Writer)            // a server that cannot move its deadlines keeps its own
	control.SetReadDeadline(time.Now().Add(uploadWithin))      //nolint:errcheck // as above
	control.SetWriteDeadline(time.Now().Add(2 * uploadWithin)) //nolint:errcheck // as above
	data, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, maxUpload))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return errs.New(errs.TooLarge, "file_too_large", "文件超过 50 MB，请分成几个文件")
	}
	if err != nil {
		return errs.New(errs.Invalid, "upload_broken", "文件没有传完，请重试").Because(err)
	}
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Type", "application/x-ndjson; charset=utf-8")
	lines := json.NewEncoder(c.Writer)
	told := time.Now()
	result, err := bankfile.Read(name, data, bankfile.Options{Format: format, Progress: func(done, total int) {
		if time.Since(told) > 200*time.Millisecond {
			told = time.Now()
			lines.Encode(gin.H{"done": done, "total": total}) //nolint:errcheck // the page went away; the draft is kept
			c.Writer.Flush()
		}
	}})
	ctx := c.Request.Context()
	id, keepErr := a.Banks.KeepDraft(ctx, a.IDs, actor(c), name, result, err != nil)
	if keepErr == nil {
		var d *bank.Draft
		if d, keepErr = a.Banks.Draft(ctx, id); keepErr == nil {
			return lines.Encode(gin.H{"draft": draftOf(d)})
		}
	}
	e := errs.From(keepErr)
	return errors.Join(keepErr, lines.Encode(gin.H{"problem": gin.H{"code": e.Code, "detail": e.Message}}))
}

// uploadQuery reads the file's name, without folders, and its format.
func uploadQuery(c *gin.Context) (name, format string, err error) {
	if name, err = web.Query(c, "name"); err != nil {
		return "", "", err
	}
	if name == "" {
		return "", "", web.Wrong("name", "缺少文件名")
	}
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	if err := web.Text("name", name, 200); err != nil {
		return "", "", err
	}
	if format, err = web.Query(c, "format"); err != nil {
		return "", "", err
	}
	return name, format, web.Text("format", format, 40)
}

func draftID(c *gin.Context) (sqldb.ID, error) {
	id, ok := sqldb.ParseID(c.Param("draft"))
	if !ok {
		return 0, bank.ErrNoDraft
	}
	return id, nil
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
		reply[i] = draftLine{d.ID.String(), d.FileName, d.State, d.StaffName, d.CreatedAt}
	}
	return web.JSON(c, http.StatusOK, gin.H{"drafts": reply})
}

// Draft tells of one draft.
func (a *API) Draft(c *gin.Context) error {
	id, err := draftID(c)
	if err != nil {
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
	id, err := draftID(c)
	if err != nil {
		return err
	}
	if err := a.Banks.DropDraft(c.Request.Context(), actor(c), id); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}
