package banks

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/bankfile"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
)

// maxUpload bounds a bank file, in bytes.
const maxUpload = 50 << 20

var errFileTooLarge = errs.New(errs.TooLarge, "file_too_large", "文件超过 50 MB，请分成几个文件")

// Upload reads a bank file sent as the body into a draft. The reply is a line of
// JSON for each step, so that the page can show progress: {"done","total"}
// while reading, then {"draft"}, or {"problem"} when it was not kept.
func (a *API) Upload(c *gin.Context) error {
	name, format, err := uploadQuery(c)
	if err != nil {
		return err
	}
	data, err := web.File(c, maxUpload, errFileTooLarge, web.ErrBroken)
	if err != nil {
		return err
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
	id, keepErr := a.Banks.KeepDraft(ctx, a.IDs, console.Actor(c), bank.Uploaded{Name: name, Data: data}, result,
		err != nil)
	if keepErr == nil {
		var d *bank.Draft
		if d, keepErr = a.Banks.Draft(ctx, id); keepErr == nil {
			return lines.Encode(gin.H{"draft": draftOf(d)})
		}
	}
	e := errs.From(keepErr)
	return errors.Join(keepErr, lines.Encode(gin.H{"problem": gin.H{"code": e.Code, "detail": e.Message}}))
}

// uploadQuery reads the file's name and its format.
func uploadQuery(c *gin.Context) (name, format string, err error) {
	if name, err = web.FileName(c); err != nil {
		return "", "", err
	}
	if format, err = web.Query(c, "format"); err != nil {
		return "", "", err
	}
	return name, format, web.Text("format", format, 40)
}
