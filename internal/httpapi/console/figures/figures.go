// Package figures is the console's screens of how a contest goes.
package figures

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity/personal"
	"anquanda/internal/pace"
	"anquanda/internal/poll"
	"anquanda/internal/referral"
	"anquanda/internal/report"
	"anquanda/internal/report/knowledge"
	"anquanda/internal/report/tally"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

// API serves who looks at a contest while it runs.
type API struct {
	Catalog   *catalog.Catalog
	Banks     *bank.Store
	Units     *unit.Service
	Referrals *referral.Service
	Report    *report.Service
	Personal  *personal.Store
	Polls     *poll.Store
	Tally     *tally.Service
	Studies   *pace.Cache[sqldb.ID, *knowledge.Findings]
	Now       func() time.Time
}

// countsReply are counters of finished attempts, and of what happened beside them.
type countsReply struct {
	Players  int64 `json:"players"`
	First    int64 `json:"first"`
	Attempts int64 `json:"attempts"`
	Answers  int64 `json:"answers"`
	Correct  int64 `json:"correct"`
	Passed   int64 `json:"passed"`
}

func countsOf(c tally.Counts) countsReply {
	return countsReply{c.Players, c.FirstTimers, c.Attempts, c.Answers, c.Correct, c.Passed}
}

type happenedReply struct {
	Joined  int64 `json:"joined"`
	Invited int64 `json:"invited"`
	Drawn   int64 `json:"drawn"`
	Won     int64 `json:"won"`
	Pledged int64 `json:"pledged"`
	Shared  int64 `json:"shared"`
}

func happenedOf(n map[tally.Series]int64) happenedReply {
	return happenedReply{n[tally.Joined], n[tally.Invited], n[tally.Drawn], n[tally.Won], n[tally.Pledged],
		n[tally.Shared]}
}

type hourReply struct {
	At int64 `json:"at"` // when it begins, UTC ms
	countsReply
	happenedReply
}

type dayReply struct {
	Day int `json:"day"` // yyyymmdd
	countsReply
	happenedReply
}

type stretchReply struct {
	Hours    int   `json:"hours"`
	Attempts int64 `json:"attempts"`
	Answers  int64 `json:"answers"`
	Correct  int64 `json:"correct"`
	First    int64 `json:"first"`
}

type namedReply struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	countsReply
}

// courseReply is how a contest goes.
type courseReply struct {
	At        int64         `json:"at"`
	Whole     dayReply      `json:"whole"`
	Today     dayReply      `json:"today"`
	SoFar     stretchReply  `json:"so_far"`
	DayBefore stretchReply  `json:"day_before"`
	Hours     []hourReply   `json:"hours"`
	Days      []dayReply    `json:"days"`
	Channels  []namedReply  `json:"channels"`
	Divisions []namedReply  `json:"divisions"`
	Choices   []choiceReply `json:"choices"`
	Units     []unitReply   `json:"units"` // of the first level, the most players first
	Behind    behindReply   `json:"behind"`
	Target    targetReply   `json:"target"`
	Stock     []stockReply  `json:"stock"`
	Opens     int64         `json:"opens_at"`
	Closes    int64         `json:"closes_at"`
	Reported  []reportReply `json:"reported"`
}

// Course tells how a contest goes: some reads of counters, whatever was played.
func (a *API) Course(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	reply, err := a.course(c, in)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, reply)
}

func (a *API) course(c *gin.Context, in *catalog.Contest) (*courseReply, error) {
	ctx, now := c.Request.Context(), a.Now().UnixMilli()
	totals, err := a.Tally.Totals(ctx, in.Definition, in.ContestID, report.FirstHour(now))
	if err != nil {
		return nil, err
	}
	tree, err := a.Units.Tree(ctx, in.ContestID)
	if err != nil {
		return nil, err
	}
	enrolled, err := a.Report.Enrolled(ctx, in.ContestID)
	if err != nil {
		return nil, err
	}
	target, err := a.Tally.Target(ctx, in.ContestID)
	if err != nil {
		return nil, err
	}
	course := report.CourseOf(in.Definition, tree, totals, enrolled, now)
	reply := replyOf(in, course)
	reply.Target = targetReply{target.Players, target.Percent}
	reply.Behind = behindOf(course, target.Percent)
	if reply.Channels, err = a.channels(c, in, course); err != nil {
		return nil, err
	}
	if reply.Choices, err = a.choices(ctx, in); err != nil {
		return nil, err
	}
	if reply.Stock, err = a.stock(ctx, in); err != nil {
		return nil, err
	}
	reply.Reported, err = a.reported(ctx, in)
	return reply, err
}

func replyOf(in *catalog.Contest, course *report.Course) *courseReply {
	reply := &courseReply{
		At: course.At, Opens: in.Window.Opens.MS, Closes: in.Window.Closes.MS,
		Whole:     dayReply{0, countsOf(course.Whole), happenedOf(course.Happened)},
		Today:     dayOf(&course.Today),
		SoFar:     stretchReply(course.SoFar),
		DayBefore: stretchReply(course.DayBefore),
		Divisions: divisionsOf(in.Definition, course.Divisions),
		Units:     unitsOf(course),
		Hours:     []hourReply{}, Days: []dayReply{},
	}
	for _, h := range course.Hours {
		reply.Hours = append(reply.Hours, hourReply{int64(h.Hour) * hourMS, countsOf(h.Counts), happenedOf(h.Events)})
	}
	for i := range course.Days {
		reply.Days = append(reply.Days, dayOf(&course.Days[i]))
	}
	return reply
}

const hourMS = 3_600_000

func dayOf(d *tally.Day) dayReply { return dayReply{d.Day, countsOf(d.Counts), happenedOf(d.Events)} }

// divisionsOf names divisions; those of few players are left out.
func divisionsOf(d *contest.Definition, counted []tally.Named) []namedReply {
	divisions := []namedReply{}
	for _, division := range d.Players.Divisions {
		for _, n := range counted {
			if n.Ref == division.Key && n.Players >= report.SmallGroup {
				divisions = append(divisions, namedReply{n.Ref, division.Title, countsOf(n.Counts)})
			}
		}
	}
	return divisions
}

// channels names channels, the most players first.
func (a *API) channels(c *gin.Context, in *catalog.Contest, course *report.Course) ([]namedReply, error) {
	known, err := a.Referrals.Channels(c.Request.Context(), in.ContestID)
	if err != nil {
		return nil, err
	}
	names := map[string]string{"": "没有渠道"}
	for i := range known {
		names[known[i].Code] = known[i].Name
	}
	channels := []namedReply{}
	for _, n := range course.Channels {
		name := names[n.Ref]
		if name == "" {
			name = "已删除的渠道"
		}
		channels = append(channels, namedReply{n.Ref, name, countsOf(n.Counts)})
	}
	sortByPlayers(channels)
	return channels, nil
}

type targetReply struct {
	Players int64 `json:"players"`
	Percent int   `json:"percent"`
}

// SetTarget sets what the organizer wants to reach.
func (a *API) SetTarget(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body targetReply
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	err = a.Tally.SetTarget(c.Request.Context(), console.Actor(c), in.Slug,
		tally.Target{ContestID: in.ContestID, Players: body.Players, Percent: body.Percent})
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, body)
}

// studiesLeast is how long what people know is kept at least: it is worked out from the
// sheets of all players.
const studiesLeast = 10 * time.Minute

// NewStudies keeps what was worked out.
func NewStudies(now func() time.Time) *pace.Cache[sqldb.ID, *knowledge.Findings] {
	return pace.NewCache[sqldb.ID, *knowledge.Findings](now, studiesLeast)
}
