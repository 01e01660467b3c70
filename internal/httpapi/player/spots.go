package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/limit"
)

// spotReply is a spot as players see it.
type spotReply struct {
	Key      string `json:"key"`
	Title    string `json:"title"`
	Where    string `json:"where"`
	OpensAt  int64  `json:"opens_at"`  // 0: with the contest
	ClosesAt int64  `json:"closes_at"` // 0: with the contest
	Hours    string `json:"hours"`
	Daily    bool   `json:"daily"`
	Found    bool   `json:"found"` // of a daily one, today
}

// Spots lists the spots of a contest, and which of them who asks has found.
func (a *API) Spots(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	summary, _, err := a.playerOf(c, in)
	if err != nil {
		return err
	}
	now := a.millis()
	reply := []spotReply{}
	for i := range in.Spots {
		s := &in.Spots[i]
		reply = append(reply, spotReply{s.Key, s.Title, s.Where, s.Opens.MS, s.Closes.MS, string(s.Hours), s.Daily,
			in.FoundNow(s, summary, now)})
	}
	return web.JSON(c, http.StatusOK, gin.H{"server_time": now, "spots": reply})
}

type findRequest struct {
	Code string `json:"code"`
}

// errFindOften bounds guessing; right codes count too.
var errFindOften = errs.New(errs.RateLimited, "spot_tries", "试的次数太多了，请过一会儿再试")

// Find takes the code of a spot, scanned or typed.
func (a *API) Find(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	var body findRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if a.Limits.Take(c, in, limit.Find) != nil {
		return errFindOften
	}
	found, err := a.Finds.Find(c.Request.Context(), in, player, body.Code)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"server_time": a.millis(), "title": found.Spot.Title,
		"repeated": found.Repeated, "earned": earnedOf(in.Definition, found.Earned), "opened": unlockedOf(found.Opened)})
}
