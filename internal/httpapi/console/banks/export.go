package banks

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bankfile"
	"anquanda/internal/httpapi/web"
)

type formatReply struct {
	Name      string `json:"name"`
	Title     string `json:"title"`
	Extension string `json:"extension"`
}

// Formats lists what a bank can be downloaded as.
func (a *API) Formats(c *gin.Context) error {
	formats := []formatReply{}
	for _, f := range bankfile.Formats() {
		if f.Writes() {
			formats = append(formats, formatReply{Name: f.Name, Title: f.Title, Extension: f.Extension})
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"formats": formats})
}

// written writes the newest version of the bank in the format of the query.
func (a *API) written(c *gin.Context) (format *bankfile.Format, data []byte, losses []bankfile.Loss, err error) {
	name, err := web.Query(c, "format")
	if err != nil {
		return nil, nil, nil, err
	}
	at := slices.IndexFunc(bankfile.Formats(), func(f bankfile.Format) bool { return f.Name == name && f.Writes() })
	if at < 0 {
		return nil, nil, nil, web.Wrong("format", "没有这种格式")
	}
	present, err := a.present(c)
	if err != nil {
		return nil, nil, nil, err
	}
	images, err := a.Banks.Images(c.Request.Context(), present.Questions)
	if err != nil {
		return nil, nil, nil, err
	}
	cited, err := a.Banks.Cited(c.Request.Context(), present.Name, present.Questions)
	if err != nil {
		return nil, nil, nil, err
	}
	var out bytes.Buffer
	losses, err = bankfile.Write(&out, name, &bankfile.Bank{Name: present.Name, Questions: present.Questions,
		Images: images, References: cited})
	return &bankfile.Formats()[at], out.Bytes(), losses, err
}

// Export sends a bank as a file.
func (a *API) Export(c *gin.Context) error {
	format, data, _, err := a.written(c)
	if err != nil {
		return err
	}
	if err := a.note(c, exportAction, c.Param("bank")); err != nil {
		return err
	}
	web.SendFile(c, c.Param("bank")+"-"+format.Name+format.Extension, data)
	return nil
}

type lossReply struct {
	Field     string `json:"field"` // JSON key, or "question" for a question that is left out
	Message   string `json:"message"`
	Questions int    `json:"questions"`
}

// Losses tells what a bank would lose in a format, before it is downloaded.
func (a *API) Losses(c *gin.Context) error {
	_, data, losses, err := a.written(c)
	if err != nil {
		return err
	}
	reply := make([]lossReply, len(losses))
	for i, l := range losses {
		reply[i] = lossReply{Field: l.Field, Message: l.Message, Questions: len(l.Questions)}
	}
	return web.JSON(c, http.StatusOK, gin.H{"losses": reply, "bytes": len(data)})
}

// Template sends a sheet with an example of each kind and instructions, to be
// filled in and imported.
func (a *API) Template(c *gin.Context) error {
	var out bytes.Buffer
	if err := bankfile.WriteTemplate(&out); err != nil {
		return fmt.Errorf("write the template: %w", err)
	}
	web.SendFile(c, "题库模板.xlsx", out.Bytes())
	return nil
}
