// Package cases is the console's screens of conduct: signals, and cases that may end
// in disqualifying a player.
package cases

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/report/forensics"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// API serves who judges conduct.
type API struct {
	Catalog *catalog.Catalog
	Players *identity.Players
	// Conduct keeps cases, Forensics reads what they rest on, Scan begins to look
	// for signals in a contest and returns.
	Conduct   *conduct.Service
	Forensics *forensics.Forensics
	Scan      func(context.Context, *catalog.Contest) error
	// Staff counts searches by phone.
	Staff *staff.Service
	// Play holds attempts back that were answered too fast.
	Play *play.Service
}

// suspectsAPage and casesAPage are how many lines a page has.
const (
	suspectsAPage = 30
	casesAPage    = 50
)

type caseReply struct {
	ID string `json:"id"`
	personReply
	State      conduct.State `json:"state"`
	FoundBy    string        `json:"found_by"`
	Note       string        `json:"note"`
	OpenedBy   string        `json:"opened_by"`
	OpenedAt   int64         `json:"opened_at"`
	AppealedAt int64         `json:"appealed_at"`
	AnsweredAt int64         `json:"answered_at"`
}

func caseOf(l *conduct.Listed, who func(sqldb.ID) personReply) caseReply {
	return caseReply{
		ID: l.ID.String(), personReply: who(l.PlayerID), State: l.State(), FoundBy: l.FoundBy, Note: l.Note,
		OpenedBy: l.OpenedName, OpenedAt: l.OpenedAt, AppealedAt: l.AppealedAt, AnsweredAt: l.AnsweredAt,
	}
}

// List lists the cases of a contest.
func (a *API) List(c *gin.Context) error {
	in, after, err := a.pageOf(c)
	if err != nil {
		return err
	}
	cases, err := a.Conduct.Cases(c.Request.Context(), in.ContestID, after, casesAPage)
	if err != nil {
		return err
	}
	players := make([]sqldb.ID, len(cases))
	for i := range cases {
		players[i] = cases[i].PlayerID
	}
	who, err := a.peopleOf(c, in, players)
	if err != nil {
		return err
	}
	reply := []caseReply{}
	for i := range cases {
		reply = append(reply, caseOf(&cases[i], who))
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": contestview.HeadingOf(in), "cases": reply})
}

// pageOf reads which contest, and after how many lines a page begins.
func (a *API) pageOf(c *gin.Context) (*catalog.Contest, int, error) {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return nil, 0, err
	}
	const farthest = 1_000_000
	after, err := web.Number(c, "after", 0, 0, farthest)
	return in, int(after), err
}

type openRequest struct {
	Player  string `json:"player"`
	FoundBy string `json:"found_by"` // kind of a signal; empty: by hand
	Note    string `json:"note"`
}

// Open begins a case about a player.
func (a *API) Open(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body openRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	player, ok := sqldb.ParseID(body.Player)
	if !ok {
		return errs.InvalidField("player", "请先选择参赛者")
	}
	opened, err := a.Conduct.Open(c.Request.Context(), console.Actor(c), in.ContestID, player, body.FoundBy, body.Note)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"case": opened.ID.String()})
}
