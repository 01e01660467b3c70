// Package screens is the console's remote control of the big screens of a contest.
package screens

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/hall"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/live"
	"anquanda/internal/live/room"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// API serves who runs the screens.
type API struct {
	Catalog  *catalog.Catalog
	Halls    *hall.Service
	Drawings *drawing.Drawings
	Rooms    *live.Service
	Now      func() time.Time
}

// needs are the permissions of views that show more than the contest's own figures.
var needs = map[hall.View]staff.Permission{hall.Drawing: staff.ManagePrizes, hall.Live: staff.HostLive}

var (
	errNotYours = errs.New(errs.Forbidden, "not_permitted", "你的角色不能放这个画面")
	errSubject  = errs.InvalidField("subject", "这个活动里没有这个摇奖或直播间")
)

type shownReply struct {
	Seq       int64       `json:"seq"`
	View      hall.View   `json:"view"`
	Subject   string      `json:"subject"`
	Step      int         `json:"step"`
	Turns     []hall.View `json:"turns"`
	ChangedBy string      `json:"changed_by"`
	ChangedAt int64       `json:"changed_at"` // 0: nobody has chosen yet
}

type drawingReply struct {
	ID    string        `json:"id"`
	Title string        `json:"title"`
	State drawing.State `json:"state"`
	Total int           `json:"total"` // winners to reveal; 0 before the draw
}

type roomReply struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	Phase     room.Phase `json:"phase"`
	Rehearsal bool       `json:"rehearsal"` // shown on paired screens alone
}

type pairedReply struct {
	ID    string `json:"id"`
	By    string `json:"by"`
	At    int64  `json:"at"`
	Until int64  `json:"until"`
	Seen  int64  `json:"seen"`
}

type stateReply struct {
	Contest      contestview.Heading `json:"contest"`
	Now          int64               `json:"now"`
	Shown        shownReply          `json:"shown"`
	Views        []hall.View         `json:"views"` // that this contest has, and that may take turns
	Drawings     []drawingReply      `json:"drawings"`
	Rooms        []roomReply         `json:"rooms"`
	Screens      []pairedReply       `json:"screens"`
	PairingUntil int64               `json:"pairing_until"`
}

// State tells what the screens show, what they could, and which are paired.
func (a *API) State(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	return a.tell(c, in)
}

func (a *API) tell(c *gin.Context, in *catalog.Contest) error {
	ctx := c.Request.Context()
	shown, err := a.Halls.Shown(ctx, in.ContestID)
	if err != nil {
		return err
	}
	reply := stateReply{Contest: contestview.HeadingOf(in), Now: a.Now().UnixMilli(), Views: contestview.ScreenViews(in),
		Drawings: []drawingReply{}, Rooms: []roomReply{}, Screens: []pairedReply{}, PairingUntil: shown.PairingUntil,
		Shown: shownReply{Seq: shown.Seq, View: shown.View, Step: shown.Step, Turns: web.NotNil(shown.Turns),
			ChangedBy: shown.ChangedBy, ChangedAt: shown.ChangedAt}}
	if shown.Subject != 0 {
		reply.Shown.Subject = shown.Subject.String()
	}
	if mayShow(c, hall.Drawing) {
		if reply.Drawings, err = a.drawingsOf(ctx, in); err != nil {
			return err
		}
	}
	if mayShow(c, hall.Live) {
		if reply.Rooms, err = a.roomsOf(ctx, in); err != nil {
			return err
		}
	}
	paired, err := a.Halls.PairedOf(ctx, in.ContestID)
	if err != nil {
		return err
	}
	for _, p := range paired {
		reply.Screens = append(reply.Screens, pairedReply{ID: p.ID.String(), By: p.By, At: p.At, Until: p.Until,
			Seen: p.Seen})
	}
	return web.JSON(c, http.StatusOK, reply)
}

func (a *API) drawingsOf(ctx context.Context, in *catalog.Contest) ([]drawingReply, error) {
	rows, err := a.Drawings.Drawings(ctx, in.ContestID)
	if err != nil {
		return nil, err
	}
	reply := []drawingReply{}
	for i := range rows {
		if rows[i].State == drawing.Cancelled {
			continue
		}
		_, total, err := a.Drawings.Reveal(ctx, in, &rows[i], 0)
		if err != nil {
			return nil, err
		}
		reply = append(reply, drawingReply{ID: rows[i].ID.String(), Title: rows[i].Title, State: rows[i].State, Total: total})
	}
	return reply, nil
}

func (a *API) roomsOf(ctx context.Context, in *catalog.Contest) ([]roomReply, error) {
	seen, err := a.Rooms.Of(ctx, in.ContestID, true)
	if err != nil {
		return nil, err
	}
	reply := []roomReply{}
	for _, one := range seen {
		reply = append(reply, roomReply{ID: one.RoomID.String(), Title: one.Plan.Live.Title, Phase: one.State.Phase,
			Rehearsal: one.Rehearsal})
	}
	return reply, nil
}

func mayShow(c *gin.Context, view hall.View) bool {
	need := needs[view]
	return need == "" || console.Member(c).Role.May(need)
}

type showRequest struct {
	Seq     int64       `json:"seq"`
	View    hall.View   `json:"view"`
	Subject string      `json:"subject"`
	Step    int         `json:"step"`
	Turns   []hall.View `json:"turns"`
}

// Show has the screens show something else.
func (a *API) Show(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body showRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if !mayShow(c, body.View) {
		return errNotYours
	}
	choice := hall.Choice{View: body.View, Step: body.Step, Turns: body.Turns}
	if body.Subject != "" {
		if choice.Subject, err = a.subject(c.Request.Context(), in, body.View, body.Subject); err != nil {
			return err
		}
	}
	if err := a.Halls.Show(c.Request.Context(), console.Actor(c), in.ContestID, body.Seq, choice); err != nil {
		return err
	}
	return a.tell(c, in)
}

// subject finds the drawing or the live room that is to be shown, in its own contest.
func (a *API) subject(ctx context.Context, in *catalog.Contest, view hall.View, text string) (sqldb.ID, error) {
	id, ok := sqldb.ParseID(text)
	if !ok {
		return 0, errSubject
	}
	switch view {
	case hall.Drawing:
		row, err := a.Drawings.Drawing(ctx, id)
		if err != nil || row.ContestID != in.ContestID {
			return 0, errSubject
		}
	case hall.Live:
		seen, err := a.Rooms.See(ctx, id)
		if err != nil || seen.ContestID != in.ContestID {
			return 0, errSubject
		}
	}
	return id, nil
}

// OpenPairing lets screens ask for a code for some minutes.
func (a *API) OpenPairing(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	if err := a.Halls.OpenPairing(c.Request.Context(), console.Actor(c), in.ContestID); err != nil {
		return err
	}
	return a.tell(c, in)
}

// ClosePairing takes the codes off the screens when staff connect none after all.
func (a *API) ClosePairing(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	if err := a.Halls.ClosePairing(c.Request.Context(), console.Actor(c), in.ContestID); err != nil {
		return err
	}
	return a.tell(c, in)
}

type pairRequest struct {
	Code string `json:"code"`
}

// Pair takes the code that stands on a screen.
func (a *API) Pair(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body pairRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := a.Halls.Pair(c.Request.Context(), console.Actor(c), in.ContestID, body.Code); err != nil {
		return err
	}
	return a.tell(c, in)
}

// Unpair parts with a screen.
func (a *API) Unpair(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	id, err := web.ID(c, "screen", hall.ErrUnknown)
	if err != nil {
		return err
	}
	if err := a.Halls.Unpair(c.Request.Context(), console.Actor(c), in.ContestID, id); err != nil {
		return err
	}
	return a.tell(c, in)
}
