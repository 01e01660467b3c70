// Package fill serves the page on which a unit, by its link and without an account, tells
// what happened off line. The token travels in the body or in a header, so that it stands
// in no log.
package fill

import (
	"encoding/base64"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/limit"
	"anquanda/internal/report/offline"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

// API serves who holds the link of a unit.
type API struct {
	Catalog *catalog.Catalog
	Offline *offline.Service
	Limits  *web.Limits

	uploads uploads
}

const (
	tokenHeader = "Aq-Fill"
	mostToken   = 100
	maxBody     = 64 << 10 // a report with all its captions
)

// held is what a link opens.
type held struct {
	offline.Holder
	in   *catalog.Contest
	unit *unit.Unit
	plan *offline.Plan
}

// open bounds a call, and finds what its token opens. Errors: offline.ErrNoLink and
// ErrNoPlan, too_many.
func (a *API) open(c *gin.Context, token string) (*held, error) {
	if err := a.Limits.Take(c, nil, limit.Fill); err != nil {
		return nil, err
	}
	if err := web.Text("token", token, mostToken); err != nil {
		return nil, err
	}
	h, err := a.Offline.Open(c.Request.Context(), token)
	if err != nil {
		return nil, err
	}
	in, err := a.Catalog.Of(h.ContestID)
	if err != nil {
		return nil, offline.ErrNoLink.Because(err)
	}
	plan, err := a.Offline.Plan(c.Request.Context(), h.ContestID)
	if err != nil {
		return nil, err
	}
	for _, u := range plan.Asked(in.Units) {
		if u.ID == h.UnitID {
			return &held{h, in, u, plan}, nil
		}
	}
	return nil, offline.ErrNoLink
}

type figureReply struct {
	Title string `json:"title"`
	Value int64  `json:"value"`
}

type captionReply struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	At   string `json:"at"`
	Day  int    `json:"day"` // yyyymmdd
}

type reportReply struct {
	Revision   int            `json:"revision"`
	ReportedAt int64          `json:"reported_at"`
	Late       bool           `json:"late"`
	Figures    []figureReply  `json:"figures"`
	Note       string         `json:"note"`
	Pictures   []captionReply `json:"pictures"`
}

type periodReply struct {
	BeginsAt int64        `json:"begins_at"` // 0 for the first
	DueAt    int64        `json:"due_at"`
	Report   *reportReply `json:"report"` // null: nothing is reported yet
}

func reportOf(r *offline.Report) *reportReply {
	reply := &reportReply{r.Revision, r.ReportedAt, r.Late(), make([]figureReply, len(r.Figures)), r.Note,
		make([]captionReply, len(r.Pictures))}
	for i, f := range r.Figures {
		reply.Figures[i] = figureReply(f)
	}
	for i, p := range r.Pictures {
		reply.Pictures[i] = captionReply{p.ID.String(), p.Text, p.At, p.Day}
	}
	return reply
}

// Form tells what a unit is asked for, and what it reported so far.
func (a *API) Form(c *gin.Context) error {
	var body struct {
		Token string `json:"token"`
	}
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	h, err := a.open(c, body.Token)
	if err != nil {
		return err
	}
	return a.reply(c, h)
}

// reply reads what this unit reported and nothing of the others.
func (a *API) reply(c *gin.Context, h *held) error {
	dues, err := a.Offline.Dues(c.Request.Context(), h.ContestID)
	if err != nil {
		return err
	}
	reports, err := a.Offline.ReportsOf(c.Request.Context(), h.ContestID, h.UnitID)
	if err != nil {
		return err
	}
	periods := make([]periodReply, len(dues))
	for i, due := range dues {
		periods[i] = periodReply{BeginsAt: offline.Begins(dues, i), DueAt: due}
		for k := range reports { // the newest first
			if reports[k].DueAt == due {
				periods[i].Report = reportOf(&reports[k])
				break
			}
		}
	}
	items := make([]gin.H, len(h.plan.Items))
	for i, item := range h.plan.Items {
		items[i] = gin.H{"title": item.Title, "measure": item.Measure}
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": h.in.Title, "organizer": h.in.Organizer, "unit": h.unit.Name,
		"items": items, "periods": periods, "most_pictures": offline.MostPictures})
}

type reportBody struct {
	Token    string         `json:"token"`
	DueAt    int64          `json:"due_at"`
	Revision int            `json:"revision"` // that the page showed; 0: none
	Figures  []figureReply  `json:"figures"`
	Note     string         `json:"note"`
	Pictures []captionReply `json:"pictures"`
	Sure     bool           `json:"sure"` // numbers that look like slips are meant
}

func (b *reportBody) report() (r offline.Report, err error) {
	r = offline.Report{DueAt: b.DueAt, Revision: b.Revision, Note: b.Note}
	for _, f := range b.Figures {
		r.Figures = append(r.Figures, offline.Figure(f))
	}
	for _, p := range b.Pictures {
		id, ok := sqldb.ParseID(p.ID)
		if !ok {
			return r, errs.InvalidField("pictures", "没有这张图片")
		}
		r.Pictures = append(r.Pictures, offline.Caption{ID: id, Text: p.Text, At: p.At, Day: p.Day})
	}
	return r, nil
}

// Report stores what a unit tells for a period, over what it told before.
func (a *API) Report(c *gin.Context) error {
	var body reportBody
	if err := web.DecodeUpTo(c, &body, maxBody); err != nil {
		return err
	}
	h, err := a.open(c, body.Token)
	if err != nil {
		return err
	}
	report, err := body.report()
	if err != nil {
		return err
	}
	if err := a.Offline.File(c.Request.Context(), h.Holder, report, body.Sure); err != nil {
		return err
	}
	return a.reply(c, h)
}

// AddPicture keeps a picture sent as the body; the report then tells what it shows.
func (a *API) AddPicture(c *gin.Context) error {
	h, err := a.open(c, c.GetHeader(tokenHeader))
	if err != nil {
		return err
	}
	due, err := web.Number(c, "due", 0, 1, 1<<53)
	if err != nil {
		return err
	}
	end, err := a.uploads.begin(h.UnitID)
	if err != nil {
		return err
	}
	defer end()
	data, err := web.File(c, offline.MaxUpload, offline.ErrLarge, web.ErrBroken)
	if err != nil {
		return err
	}
	id, err := a.Offline.AddPicture(c.Request.Context(), h.Holder, due, data)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"id": id})
}

// Picture tells a picture of the unit, in the form in which pages may show it: they load
// none from elsewhere, and an address would have to carry the token.
func (a *API) Picture(c *gin.Context) error {
	var body struct {
		Token string `json:"token"`
		ID    string `json:"id"`
	}
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	h, err := a.open(c, body.Token)
	if err != nil {
		return err
	}
	id, _ := sqldb.ParseID(body.ID) // 0 is none
	picture, err := a.Offline.PictureOf(c.Request.Context(), h.Holder, id)
	if err != nil {
		return err
	}
	text := base64.StdEncoding.EncodeToString(picture)
	return web.JSON(c, http.StatusOK, gin.H{"data": "data:image/jpeg;base64," + text})
}
