package console

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
)

// suspectsAPage and casesAPage are how many lines a page has.
const (
	suspectsAPage = 30
	casesAPage    = 50
)

// personReply is a player as cases show one.
type personReply struct {
	Player   string `json:"player"`
	Nickname string `json:"nickname"` // empty for one who has left
	Unit     string `json:"unit"`
}

// peopleOf tells who players are.
func (a *API) peopleOf(c *gin.Context, in *catalog.Contest, players []sqldb.ID) (func(sqldb.ID) personReply, error) {
	names, err := a.Players.Enrolments(c.Request.Context(), in.ContestID, players)
	return func(player sqldb.ID) personReply {
		e := names[player]
		return personReply{player.String(), e.Nickname, in.Units.Path(e.UnitID)}
	}, err
}

type suspectReply struct {
	personReply
	Signals []conduct.Signal `json:"signals"`
	Open    string           `json:"open"`  // id of the newest case; empty for none
	State   conduct.State    `json:"state"` // of that case
}

type lookReply struct {
	UnderWay bool   `json:"under_way"`
	BegunAt  int64  `json:"begun_at"` // 0: never
	Looked   int64  `json:"looked"`   // attempts seen so far
	EndedAt  int64  `json:"ended_at"`
	Problem  string `json:"problem"`
}

func (a *API) lookOf(c *gin.Context, contestID sqldb.ID) (lookReply, error) {
	l, err := a.Conduct.LookOf(c.Request.Context(), contestID)
	return lookReply{l.UnderWay == 1, l.BegunAt, l.Looked, l.EndedAt, l.Problem}, err
}

// Signals lists the players with signals, the heaviest first.
func (a *API) Signals(c *gin.Context) error {
	in, after, err := a.pageOf(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	suspects, total, err := a.Conduct.Suspects(ctx, in.ContestID, after, suspectsAPage)
	if err != nil {
		return err
	}
	players := make([]sqldb.ID, len(suspects))
	for i := range suspects {
		players[i] = suspects[i].PlayerID
	}
	signals, err := a.Conduct.SignalsOfAll(ctx, in.ContestID, players)
	if err != nil {
		return err
	}
	cases, err := a.Conduct.NewestOf(ctx, in.ContestID, players)
	if err != nil {
		return err
	}
	who, err := a.peopleOf(c, in, players)
	if err != nil {
		return err
	}
	look, err := a.lookOf(c, in.ContestID)
	if err != nil {
		return err
	}
	reply := []suspectReply{}
	for _, player := range players {
		s := suspectReply{personReply: who(player), Signals: web.NotNil(signals[player])}
		if of, ok := cases[player]; ok {
			s.Open, s.State = of.ID.String(), of.State()
		}
		reply = append(reply, s)
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": gin.H{"slug": in.Slug, "title": in.Title}, "look": look, "total": total, "players": reply})
}

// StartLook begins to look for signals anew.
func (a *API) StartLook(c *gin.Context) error {
	in, err := a.Catalog.Current(c.Param("contest"))
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	if err := a.Look(c.Request.Context(), in); err != nil {
		return err
	}
	look, err := a.lookOf(c, in.ContestID)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusAccepted, gin.H{"look": look})
}

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
	return caseReply{l.ID.String(), who(l.PlayerID), l.State(), l.FoundBy, l.Note, l.OpenedName, l.OpenedAt, l.AppealedAt, l.AnsweredAt}
}

// Cases lists the cases of a contest.
func (a *API) Cases(c *gin.Context) error {
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
	return web.JSON(c, http.StatusOK, gin.H{"contest": gin.H{"slug": in.Slug, "title": in.Title}, "cases": reply})
}

// pageOf reads which contest, and after how many lines a page begins.
func (a *API) pageOf(c *gin.Context) (*catalog.Contest, int, error) {
	in, err := a.Catalog.Current(c.Param("contest"))
	if err != nil {
		return nil, 0, err
	}
	const farthest = 1_000_000
	after, err := web.Number(c, "after", 0, 0, farthest)
	return in, int(after), err
}

// FindPlayers finds players by the beginning of a nickname, by id, or by the whole
// phone number that they told.
func (a *API) FindPlayers(c *gin.Context) error {
	in, err := a.Catalog.Current(c.Param("contest"))
	if err != nil {
		return err
	}
	text, err := web.Query(c, "name")
	if err != nil {
		return err
	}
	if err := web.Text("name", text, 100); err != nil {
		return err
	}
	players, err := a.Players.ByPhone(c.Request.Context(), in.ContestID, text)
	if err == nil && len(players) == 0 {
		players, err = a.Forensics.Named(c.Request.Context(), in.ContestID, text)
	}
	if err != nil {
		return err
	}
	who, err := a.peopleOf(c, in, players)
	if err != nil {
		return err
	}
	reply := []personReply{}
	for _, player := range players {
		reply = append(reply, who(player))
	}
	return web.JSON(c, http.StatusOK, gin.H{"players": reply})
}

type openRequest struct {
	Player  string `json:"player"`
	FoundBy string `json:"found_by"` // kind of a signal; empty: by hand
	Note    string `json:"note"`
}

// OpenCase begins a case about a player.
func (a *API) OpenCase(c *gin.Context) error {
	in, err := a.Catalog.Current(c.Param("contest"))
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
	opened, err := a.Conduct.Open(c.Request.Context(), actor(c), in.ContestID, player, body.FoundBy, body.Note)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"case": opened.ID.String()})
}
