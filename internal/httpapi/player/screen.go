package player

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/hall"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/limit"
	"anquanda/internal/live"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/sqldb"
)

// screenCookie holds what a screen proves itself by: id and secret.
const screenCookie = "aq_screen"

// screenLife is how long the browser keeps it; the pairing itself ends sooner.
const screenLife = 8 * 24 * time.Hour

// screenReply is what a big screen is to show.
type screenReply struct {
	ServerTime int64          `json:"server_time"`
	Seq        int64          `json:"seq"` // one further with each change
	View       hall.View      `json:"view"`
	Subject    string         `json:"subject"` // of the drawing or the live room; empty for others
	Turns      []hall.View    `json:"turns"`
	Views      []hall.View    `json:"views"` // those that the contest has
	Sponsors   []sponsorReply `json:"sponsors"`
	Pairing    bool           `json:"pairing"`       // a screen may ask for a code now
	Since      int64          `json:"pairing_since"` // a code from before this counts no more; UTC ms
	Paired     bool           `json:"paired"`        // this one may show what is not public yet
	Hidden     bool           `json:"hidden"`        // the live room rehearses, and this screen is not paired
	Reveal     *revealReply   `json:"reveal"`        // null where no drawing is shown
}

// sponsorReply is who supports the contest.
type sponsorReply struct {
	Name string `json:"name"`
	Logo string `json:"logo"` // name of a picture; empty for none
}

// revealReply is as much of a drawing's winners as the remote control has revealed. A
// screen that is not paired gets them once they are public.
type revealReply struct {
	Step    int             `json:"step"`
	Total   int             `json:"total"`
	Hidden  bool            `json:"hidden"` // not for this screen yet
	Winners []revealedReply `json:"winners"`
}

type revealedReply struct {
	Prize string `json:"prize"`
	Name  string `json:"name"` // masked
	Unit  string `json:"unit"`
	Entry int    `json:"entry"`
	Slip  string `json:"slip"` // as the winner's phone shows it
}

// Screen tells a big screen what to show.
func (a *API) Screen(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	shown, err := a.Halls.Follow(ctx, in.ContestID)
	if err != nil {
		return err
	}
	now := a.millis()
	reply := screenReply{ServerTime: now, Seq: shown.Seq, View: shown.View, Turns: web.NotNil(shown.Turns),
		Views: contestview.ScreenViews(in), Sponsors: []sponsorReply{},
		Pairing: now < shown.PairingUntil, Since: shown.PairingFrom}
	for _, s := range in.Sponsors {
		reply.Sponsors = append(reply.Sponsors, sponsorReply(s))
	}
	if id, secret, ok := screenHeld(c); ok {
		if reply.Paired, err = a.Halls.Knows(ctx, in.ContestID, id, secret); err != nil {
			return err
		}
	}
	if shown.Subject != 0 {
		reply.Subject = shown.Subject.String()
	}
	if shown.View == hall.Drawing {
		if reply.Reveal, err = a.reveal(c, in, &shown, reply.Paired); err != nil {
			return err
		}
	}
	if shown.View == hall.Live {
		if reply.Hidden, err = a.rehearses(c, in, shown.Subject, reply.Paired); err != nil {
			return err
		}
	}
	return web.JSON(c, http.StatusOK, reply)
}

// rehearses lets a paired screen into the live room that is shown, and reports whether the
// room is hidden from this one. A room that is gone hides nothing.
func (a *API) rehearses(c *gin.Context, in *catalog.Contest, id sqldb.ID, paired bool) (bool, error) {
	seen, err := a.Rooms.See(c.Request.Context(), id)
	switch {
	case errors.Is(err, live.ErrUnknown):
		return false, nil
	case err != nil:
		return false, err
	case seen.ContestID != in.ContestID:
		return false, nil
	case paired:
		a.Passes.AdmitTo(c, in, seen)
		return false, nil
	}
	return !web.AdmittedTo(c, in, seen), nil
}

// reveal is what is revealed so far of the drawing that is shown; null where it is none of the contest.
func (a *API) reveal(c *gin.Context, in *catalog.Contest, shown *hall.Shown, paired bool) (*revealReply, error) {
	ctx := c.Request.Context()
	row, err := a.Drawings.Drawing(ctx, shown.Subject)
	if err != nil || row.ContestID != in.ContestID {
		return nil, err
	}
	reply := &revealReply{Step: shown.Step, Winners: []revealedReply{}}
	if !paired && row.State != drawing.Published {
		reply.Hidden = true
		return reply, nil
	}
	revealed, total, err := a.Drawings.Reveal(ctx, in, row, shown.Step)
	if err != nil {
		return nil, err
	}
	reply.Total, reply.Step = total, min(shown.Step, total)
	for _, w := range revealed {
		reply.Winners = append(reply.Winners, revealedReply{Prize: w.Prize, Name: w.Name, Unit: w.Unit, Entry: w.Entry,
			Slip: w.Slip})
	}
	return reply, nil
}

// screenHeld is what the browser of a screen proves itself by.
func screenHeld(c *gin.Context) (id sqldb.ID, secret string, ok bool) {
	value, _ := web.Cookie(c, screenCookie)
	named, secret, _ := strings.Cut(value, ".")
	id, ok = sqldb.ParseID(named)
	return id, secret, ok
}

type askedReply struct {
	Code string `json:"code"` // for people to read
}

// AskScreen begins the pairing of the screen that asks, while staff wait for one.
func (a *API) AskScreen(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	if err := a.Limits.Take(c, in, limit.Screen); err != nil {
		return err
	}
	asking, err := a.Halls.Ask(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	web.SetCookie(c, http.Cookie{Name: screenCookie, Value: asking.ID.String() + "." + asking.Secret, Path: "/",
		MaxAge: int(screenLife / time.Second), SameSite: http.SameSiteStrictMode})
	return web.JSON(c, http.StatusOK, askedReply{asking.Code})
}
