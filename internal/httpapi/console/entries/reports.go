package entries

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/report/offline"
)

type captionReply struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	At   string `json:"at"`
	Day  int    `json:"day"` // yyyymmdd
}

type reportReply struct {
	DueAt      int64          `json:"due_at"`
	Revision   int            `json:"revision"`
	ReportedAt int64          `json:"reported_at"`
	Late       bool           `json:"late"`
	Figures    []totalReply   `json:"figures"`
	Note       string         `json:"note"`
	Pictures   []captionReply `json:"pictures"`
	Odd        []string       `json:"odd"` // what looks like a slip, and was confirmed
}

// reportOf tells a report; an item that is no longer asked has no measure.
func reportOf(plan *offline.Plan, r *offline.Report) *reportReply {
	if r == nil {
		return nil
	}
	measures := map[string]string{}
	for _, item := range plan.Items {
		measures[item.Title] = item.Measure
	}
	reply := &reportReply{DueAt: r.DueAt, Revision: r.Revision, ReportedAt: r.ReportedAt, Late: r.Late(), Note: r.Note,
		Figures: []totalReply{}, Pictures: []captionReply{}, Odd: web.NotNil(offline.Odd(r.Figures))}
	for _, f := range r.Figures {
		reply.Figures = append(reply.Figures, totalReply{f.Title, measures[f.Title], f.Value})
	}
	for _, p := range r.Pictures {
		reply.Pictures = append(reply.Pictures, captionReply{p.ID.String(), p.Text, p.At, p.Day})
	}
	return reply
}

type unitLine struct {
	ID     string       `json:"id"`
	Name   string       `json:"name"`
	Report *reportReply `json:"report"` // null: missing
}

// moment reads UTC milliseconds of the address; 0 is none.
func moment(c *gin.Context, name string) int64 {
	at, err := strconv.ParseInt(c.Param(name), 10, 64)
	if err != nil {
		return 0
	}
	return at
}

// Period tells what each unit reported for a period, and who is missing.
func (a *API) Period(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	state, reports, err := a.Offline.OnePeriod(c.Request.Context(), in.ContestID, in.Units, moment(c, "due"))
	if err != nil {
		return err
	}
	lines := make([]unitLine, len(state.Asked))
	for i, u := range state.Asked {
		lines[i] = unitLine{u.ID.String(), u.Name, reportOf(state.Plan, reports[u.ID])}
	}
	p := &state.Periods[0]
	return web.JSON(c, http.StatusOK, gin.H{"period": periodOf(p), "totals": totalsOf(p.Totals), "units": lines})
}

// History tells all that a unit ever reported, the newest first.
func (a *API) History(c *gin.Context) error {
	in, plan, asked, err := a.asked(c)
	if err != nil {
		return err
	}
	of, err := unitOf(c, asked)
	if err != nil {
		return err
	}
	reports, err := a.Offline.ReportsOf(c.Request.Context(), in.ContestID, of.ID)
	if err != nil {
		return err
	}
	chosen, err := a.Offline.Chosen(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	reply, inSummary := make([]*reportReply, len(reports)), []string{}
	for i := range reports {
		reply[i] = reportOf(plan, &reports[i])
		for _, picture := range reports[i].Pictures {
			if chosen[picture.ID] {
				inSummary = append(inSummary, picture.ID.String())
			}
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"name": of.Name, "reports": reply, "chosen": inSummary})
}

type countedReply struct {
	Name    string   `json:"name"`
	Measure string   `json:"measure"`
	Value   float64  `json:"value"`
	Before  *float64 `json:"before"` // in the snapshot before; null where it had none
}

// Freeze keeps the figures as they stand now.
func (a *API) Freeze(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	figures, err := a.Closing.Figures(c.Request.Context(), in)
	if err != nil {
		return err
	}
	kept, err := a.Offline.Freeze(c.Request.Context(), console.Actor(c), in.Slug, in.ContestID, figures.Named())
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, snapshotLine{kept.For, kept.TakenAt, kept.TakenBy})
}

// Snapshot tells the figures that were kept at a moment, each beside that of the snapshot
// before.
func (a *API) Snapshot(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	all, err := a.Offline.Snapshots(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	at := moment(c, "at")
	for i, s := range all {
		if s.For != at {
			continue
		}
		before := map[string]float64{}
		if i+1 < len(all) {
			for _, f := range all[i+1].Figures {
				before[f.Name] = f.Value
			}
		}
		figures := make([]countedReply, len(s.Figures))
		for k, f := range s.Figures {
			figures[k] = countedReply{Name: f.Name, Measure: f.Measure, Value: f.Value}
			if was, ok := before[f.Name]; ok {
				figures[k].Before = &was
			}
		}
		return web.JSON(c, http.StatusOK, gin.H{"for": s.For, "taken_at": s.TakenAt, "taken_by": s.TakenBy,
			"figures": figures})
	}
	return offline.ErrNoSnapshot
}
