package cases

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

// heldAPage is how many held attempts a page shows, and how many one call decides on.
const heldAPage = 50

type heldReply struct {
	ID string `json:"id"`
	personReply
	Level      string       `json:"level"` // title
	StartedAt  int64        `json:"started_at"`
	FinishedAt int64        `json:"finished_at"`
	Questions  int          `json:"questions"`
	Answered   int          `json:"answered"`
	Correct    int          `json:"correct"`
	Score      float64      `json:"score"`
	Hasty      []hastyReply `json:"hasty"`
}

type hastyReply struct {
	Position int    `json:"position"`
	Stem     string `json:"stem"`
	UsedMS   int64  `json:"used_ms"`
	LeastMS  int64  `json:"least_ms"`
	Passed   bool   `json:"passed"` // over, without an answer
	Correct  bool   `json:"correct"`
}

// Held lists the attempts that were answered faster than anybody reads, and wait for
// staff to look.
func (a *API) Held(c *gin.Context) error {
	in, after, err := a.pageOf(c)
	if err != nil {
		return err
	}
	list, total, err := a.Play.Held(c.Request.Context(), in.ContestID, after, heldAPage)
	if err != nil {
		return err
	}
	players := make([]sqldb.ID, len(list))
	for i := range list {
		players[i] = list[i].PlayerID
	}
	who, err := a.peopleOf(c, in, players)
	if err != nil {
		return err
	}
	reply := []heldReply{}
	for i := range list {
		held := heldOf(in, &list[i], who)
		if level, _, ok := in.Level(held.Level); ok {
			held.Level = level.Title
		}
		reply = append(reply, held)
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": contestview.HeadingOf(in), "total": total, "attempts": reply})
}

func heldOf(in *catalog.Contest, h *play.HeldAttempt, who func(sqldb.ID) personReply) heldReply {
	reply := heldReply{ID: h.ID.String(), personReply: who(h.PlayerID), Level: h.Level, StartedAt: h.StartedAt,
		FinishedAt: h.FinishedAt, Questions: h.Questions, Answered: h.Answered, Correct: h.Correct,
		Score: in.Points(h.Score),
		Hasty: []hastyReply{}}
	for _, answer := range h.Hasty {
		reply.Hasty = append(reply.Hasty, hastyReply(answer))
	}
	return reply
}

type decideHeldRequest struct {
	Attempts []string `json:"attempts"`
	Counts   *bool    `json:"counts"`
}

// DecideHeld lets held attempts count, or leaves them out for good.
func (a *API) DecideHeld(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body decideHeldRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	switch {
	case body.Counts == nil:
		return errs.InvalidField("counts", "请选择算数还是不算")
	case len(body.Attempts) == 0 || len(body.Attempts) > heldAPage:
		return errs.InvalidField("attempts", "请选择 1 到 "+strconv.Itoa(heldAPage)+" 次答题")
	}
	ids := make([]sqldb.ID, len(body.Attempts))
	for i, text := range body.Attempts {
		id, ok := sqldb.ParseID(text)
		if !ok {
			return errs.InvalidField("attempts["+strconv.Itoa(i)+"]", "没有这次答题")
		}
		ids[i] = id
	}
	decided, err := a.Play.DecideHeld(c.Request.Context(), console.Actor(c), in, ids, *body.Counts)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"decided": decided})
}
