package player

import (
	"github.com/gin-gonic/gin"

	"anquanda/internal/contest"
	"anquanda/internal/httpapi/web"
)

// rowsReply is how many days in a row a player has come, and the last days.
type rowsReply struct {
	Row    int          `json:"row"`
	Makeup *makeupReply `json:"makeup,omitempty"` // nil where missed days cannot be made up
	Days   []dayReply   `json:"days"`             // the oldest first, today last
}

type dayReply struct {
	Day  int  `json:"day"` // yyyymmdd
	Came bool `json:"came"`
	// Missed: it can be made up, as far as the player has a day left.
	Missed bool `json:"missed,omitempty"`
}

// makeupReply is what it takes to make up a missed day.
type makeupReply struct {
	Price int         `json:"price"`
	Purse *purseReply `json:"purse,omitempty"` // that pays; nil: the points
	Left  int         `json:"left"`            // days
}

func rowsOf(d *contest.Definition, summary *contest.Summary, now int64) *rowsReply {
	last, row := d.LastDays(summary, now)
	reply := &rowsReply{Row: row, Days: make([]dayReply, len(last))}
	for i, day := range last {
		reply.Days[i] = dayReply(day)
	}
	if d.Makeup != nil {
		reply.Makeup = &makeupReply{Price: d.Makeup.Price, Purse: purseOf(d, d.Makeup.Purse), Left: d.MakeupsLeft(summary)}
	}
	return reply
}

type makeupRequest struct {
	Day   int `json:"day"`   // yyyymmdd
	Price int `json:"price"` // points, as the page has shown it
}

// MakeUp lets the player have checked in on a missed day, for points.
func (a *API) MakeUp(c *gin.Context) error {
	_, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	var body makeupRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	done, err := a.Instant.MakeUp(c.Request.Context(), in, web.Player(c), body.Day, body.Price)
	if err != nil {
		return err
	}
	return tellDone(c, in, done)
}
