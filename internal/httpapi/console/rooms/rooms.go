// Package rooms is the console's screen of live rooms: for hosts.
package rooms

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/roomview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/live"
	"anquanda/internal/live/room"
	"anquanda/internal/question"
)

// API serves hosts.
type API struct {
	Catalog *catalog.Catalog
	Rooms   *live.Service
	Now     func() time.Time
	Passes  *web.Passes
}

type planReply struct {
	Key      string `json:"key"`
	Title    string `json:"title"`
	StartsAt int64  `json:"starts_at"`
}

type roomReply struct {
	Room      string     `json:"room"`
	Title     string     `json:"title"`
	Phase     room.Phase `json:"phase"`
	Plan      string     `json:"plan"`
	Members   int        `json:"members"`
	MadeAt    int64      `json:"made_at"`
	Rehearsal bool       `json:"rehearsal"`
	Confirmed bool       `json:"confirmed"`
}

// List lists the plans of a contest's definition, and the rooms that were made.
func (a *API) List(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	made, err := a.Rooms.Of(c.Request.Context(), in.ContestID, false)
	if err != nil {
		return err
	}
	plans, listed := []planReply{}, []roomReply{}
	for i := range in.Live {
		plans = append(plans, planReply{in.Live[i].Key, in.Live[i].Title, in.Live[i].Starts.MS})
	}
	for _, seen := range made {
		listed = append(listed, roomReply{Room: seen.RoomID.String(), Title: seen.Plan.Live.Title, Phase: seen.State.Phase,
			Plan: seen.PlanKey, Members: len(seen.Table.Order), MadeAt: seen.MadeAt, Rehearsal: seen.Rehearsal,
			Confirmed: seen.State.Confirmed > 0})
	}
	return web.JSON(c, http.StatusOK, gin.H{"plans": plans, "rooms": listed})
}

type makeRequest struct {
	Plan      string `json:"plan"`
	Rehearsal bool   `json:"rehearsal"`
}

// Make makes a room from a plan.
func (a *API) Make(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body makeRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	seen, err := a.Rooms.Make(c.Request.Context(), console.Actor(c), in, body.Plan, body.Rehearsal)
	if err != nil {
		return err
	}
	return a.show(c, http.StatusCreated, seen)
}

// hostReply is a room as its host sees it.
type hostReply struct {
	Room        roomview.Room      `json:"room"`
	Steps       []room.Do          `json:"steps"`
	Next        room.Do            `json:"next"`
	Question    *roomview.Question `json:"question"`
	Right       []string           `json:"right"`
	Blanks      []string           `json:"blanks"`
	Explanation string             `json:"explanation"`
	Source      string             `json:"source"`
	Bars        []roomview.Bar     `json:"bars"`
	Correct     int                `json:"correct"`
	Upcoming    []upcomingReply    `json:"upcoming"`
	Rounds      []pastReply        `json:"rounds"`
	Held        int                `json:"held"`
	DelayMS     int64              `json:"delay_ms"`
	Nodes       []nodeReply        `json:"nodes"`
	BusSilent   bool               `json:"bus_silent"`
	Networks    []networkReply     `json:"networks"`
	Host        hostingReply       `json:"hosting"`
	Log         []loggedReply      `json:"log"`
	Crediting   *creditingReply    `json:"crediting"` // null: nothing is left to give
}

// creditingReply is how far what a confirmed result gives has been given.
type creditingReply struct {
	Left int `json:"left"` // members that wait for it
	Of   int `json:"of"`
}

type upcomingReply struct {
	Number int           `json:"number"`
	Kind   question.Kind `json:"kind"`
	Stem   string        `json:"stem"`
}

// pastReply is a round that was asked, to be voided or corrected.
type pastReply struct {
	Round    int                `json:"round"`
	Number   int                `json:"number"`
	Kind     room.Kind          `json:"kind"`
	Voided   bool               `json:"voided"`
	Skipped  bool               `json:"skipped"`
	Scored   bool               `json:"scored"`
	Answered int                `json:"answered"`
	Correct  int                `json:"correct"`
	Question *roomview.Question `json:"question"`
	Right    []string           `json:"right"`
}

type nodeReply struct {
	Node      string `json:"node"`
	Connected int    `json:"connected"`
	Held      int    `json:"held"`
	Owner     bool   `json:"owner"`
}

type networkReply struct {
	Network string `json:"network"`
	Members int    `json:"members"`
}

type hostingReply struct {
	Me   bool   `json:"me"`
	Name string `json:"name"`
}

type loggedReply struct {
	At     int64   `json:"at"`
	Who    string  `json:"who"`
	What   room.Do `json:"what"`
	Detail string  `json:"detail"`
}

// Room shows a room to a host.
func (a *API) Room(c *gin.Context) error {
	seen, err := a.seen(c)
	if err != nil {
		return err
	}
	a.Rooms.HostLooks(seen, console.Actor(c))
	return a.show(c, http.StatusOK, seen)
}

func (a *API) seen(c *gin.Context) (*live.Seen, error) {
	id, err := web.ID(c, "room", live.ErrUnknown)
	if err != nil {
		return nil, err
	}
	return a.Rooms.See(c.Request.Context(), id)
}

const (
	upcomingShown = 3
	networksShown = 5
	stepsShown    = 20
)

func (a *API) show(c *gin.Context, status int, seen *live.Seen) error {
	reply, err := a.host(c.Request.Context(), seen, int64(console.Member(c).ID))
	if err != nil {
		return err
	}
	return web.JSON(c, status, reply)
}

func (a *API) host(ctx context.Context, seen *live.Seen, staff int64) (*hostReply, error) {
	in, err := a.Catalog.Of(seen.ContestID)
	if err != nil {
		return nil, err
	}
	now := a.Now().UnixMilli()
	s := &seen.State
	reply := &hostReply{Room: roomview.RoomOf(in, seen, now),
		Right: []string{}, Blanks: []string{}, Bars: []roomview.Bar{},
		Steps: []room.Do{}, Upcoming: []upcomingReply{}, Rounds: []pastReply{}, Nodes: []nodeReply{},
		Networks: []networkReply{}, Log: []loggedReply{}, DelayMS: s.Delay, BusSilent: a.Rooms.BusSilent(),
		Host: hostingReply{Me: s.Host.ID == staff || s.Host.ID == 0, Name: s.Host.Name}}
	reply.Steps = append(reply.Steps, seen.Plan.May(*s, seen.Table.Out, now)...)
	reply.Next = room.Next(reply.Steps)
	reply.Room.Pass = a.Passes.OfRoom(in, seen)
	_, reply.Held = seen.Connected()
	if round := s.Round(); round > s.From {
		reply.Question = roomview.QuestionOf(seen, round)
		right := roomview.RightOf(seen, round)
		reply.Right, reply.Blanks = right.Right, right.Blanks
		reply.Explanation, reply.Source = right.Explanation, right.Source
		reply.Bars = roomview.BarsOf(seen.Counts[round-1])
		reply.Correct, _ = seen.Right(round)
	}
	reply.past(seen)
	for n := s.Asked(); n < len(seen.Plan.Questions) && len(reply.Upcoming) < upcomingShown; n++ {
		q := &seen.Plan.Questions[n]
		reply.Upcoming = append(reply.Upcoming, upcomingReply{n + 1, q.Kind, q.Stem})
	}
	for _, n := range seen.Nodes {
		reply.Nodes = append(reply.Nodes, nodeReply{n.Node.String(), n.Connected, n.Held, seen.Owns(n)})
	}
	for _, n := range seen.Networks(networksShown) {
		reply.Networks = append(reply.Networks, networkReply{n.Network, n.Members})
	}
	if reply.Crediting, err = a.crediting(ctx, seen); err != nil {
		return nil, err
	}
	taken, err := a.Rooms.Steps(ctx, seen.RoomID, stepsShown)
	for _, t := range taken {
		reply.Log = append(reply.Log, loggedReply{t.At, t.Who, t.Step, t.Detail})
	}
	return reply, err
}

func (a *API) crediting(ctx context.Context, seen *live.Seen) (*creditingReply, error) {
	if seen.State.Confirmed == 0 || seen.Rehearsal {
		return nil, nil
	}
	left, err := a.Rooms.Uncredited(ctx, seen.RoomID)
	if err != nil || left == 0 {
		return nil, err
	}
	return &creditingReply{Left: left, Of: max(left, len(seen.Table.Order))}, nil
}

// past lists the rounds that were asked since the last reset.
func (r *hostReply) past(seen *live.Seen) {
	s := &seen.State
	for round := s.From + 1; round <= s.Round(); round++ {
		at := s.At(round)
		past := pastReply{Round: round, Number: at.Number, Kind: at.Kind, Voided: at.Voided, Skipped: at.Skipped,
			Scored: s.Counts(round), Question: roomview.QuestionOf(seen, round), Right: roomview.RightOf(seen, round).Right}
		past.Correct, past.Answered = seen.Right(round)
		r.Rounds = append(r.Rounds, past)
	}
}

type stepRequest struct {
	Seq     int64    `json:"seq"`
	Step    room.Do  `json:"step"`
	Round   int      `json:"round"`
	Seconds int      `json:"seconds"`
	Right   []string `json:"right"`
	Text    string   `json:"text"`
}

// Step takes a step of the host, on the room as the host saw it.
func (a *API) Step(c *gin.Context) error {
	seen, err := a.seen(c)
	if err != nil {
		return err
	}
	var body stepRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("text", body.Text, 200); err != nil {
		return err
	}
	e := room.Event{Do: body.Step, Round: body.Round, Seconds: body.Seconds, Message: body.Text}
	if e.Right, err = live.Indexes(seen, body.Round, body.Right); err != nil {
		return err
	}
	if e.Do == room.DoTime || e.Do == room.DoTouch {
		return web.Wrong("step", "没有这一步")
	}
	seen, err = a.Rooms.Step(c.Request.Context(), console.Actor(c), seen.RoomID, body.Seq, e, detailOf(&body))
	if err != nil {
		return err
	}
	return a.show(c, http.StatusOK, seen)
}

// detailOf is what the log of a room says beside a step.
func detailOf(body *stepRequest) string {
	switch body.Step {
	case room.DoVoid, room.DoUnvoid, room.DoRekey:
		return "第 " + strconv.Itoa(body.Round) + " 轮"
	case room.DoExtend, room.DoReopen, room.DoDelay:
		return strconv.Itoa(body.Seconds) + " 秒"
	}
	return ""
}
