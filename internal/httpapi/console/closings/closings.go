// Package closings is the console's screen of what an office hands in when a contest is over.
package closings

import (
	"bytes"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/certificate"
	"anquanda/internal/honour"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/report/closing"
)

// API serves who closes a contest.
type API struct {
	Catalog *catalog.Catalog
	Closing *closing.Service
	Honours *honour.Service
	// Certificates are those of players.
	Certificates *certificate.Service
	Now          func() time.Time
}

type sectionReply struct {
	Heading    string   `json:"heading"` // "" for the first
	Paragraphs []string `json:"paragraphs"`
}

// Draft tells the draft of the summary, made from the figures of this moment.
func (a *API) Draft(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	figures, err := a.Closing.Figures(c.Request.Context(), in)
	if err != nil {
		return err
	}
	summary := figures.Summary()
	sections := make([]sectionReply, len(summary.Sections))
	for i, section := range summary.Sections {
		sections[i] = sectionReply{section.Heading, section.Paragraphs}
	}
	return web.JSON(c, http.StatusOK, gin.H{"title": summary.Title, "sections": sections, "length": summary.Length(),
		"most": closing.SummaryMost, "counted_at": figures.At.UnixMilli(), "over": !figures.At.Before(figures.Closes)})
}

// Plan sends the plan of the activities as a Word document.
func (a *API) Plan(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var plan bytes.Buffer
	if err := a.Closing.DownloadPlan(c.Request.Context(), console.Actor(c), in, &plan); err != nil {
		return err
	}
	web.SendFile(c, in.Slug+"-活动方案.docx", plan.Bytes())
	return nil
}

// Pack sends the closing pack as one file.
func (a *API) Pack(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var pack bytes.Buffer
	if err := a.Closing.Download(c.Request.Context(), console.Actor(c), in, &pack); err != nil {
		return err
	}
	web.SendFile(c, in.Slug+"-总结材料.zip", pack.Bytes())
	return nil
}
