// Package lists is the console's page of the lists of players that open levels.
package lists

import (
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/shortlist"
	"anquanda/internal/sqldb"
)

// API serves who looks at lists and changes them.
type API struct {
	Catalog *catalog.Catalog
	Lists   *shortlist.Store
	Players *identity.Players
	Now     func() time.Time
}

// shownMost is how many players of a list are shown.
const shownMost = 1_000

type listReply struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Says   string `json:"says"`    // who is on it
	Fixed  bool   `json:"fixed"`   // made once, at At
	Live   bool   `json:"live"`    // whoever belongs to its units is on it, without being listed
	At     int64  `json:"at"`      // UTC ms; 0: no time
	MadeAt int64  `json:"made_at"` // UTC ms; 0: not yet
	Count  int64  `json:"count"`
	Public bool   `json:"public"` // everybody may see it
}

// List lists the lists of a contest.
func (a *API) List(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	made, err := a.Lists.Made(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	counts, err := a.Lists.Counts(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	reply := []listReply{}
	for i := range in.Lists {
		l := &in.Lists[i]
		reply = append(reply, listReply{l.Key, l.Title, rulespage.OnList(in.Definition, l), l.Fixed(),
			l.Live(), l.At.MS, made[l.Key], counts[l.Key], l.Public})
	}
	return web.JSON(c, http.StatusOK, gin.H{"lists": reply})
}

type playerReply struct {
	Player   string `json:"player"`
	Nickname string `json:"nickname"`
	Unit     string `json:"unit"`
	Place    int    `json:"place"` // from 1; 0: none
	On       bool   `json:"on"`
	PutAt    int64  `json:"put_at"`
}

// Show lists the players of a list, the first of them; also those that staff took off.
func (a *API) Show(c *gin.Context) error {
	in, l, err := a.listOf(c)
	if err != nil {
		return err
	}
	rows, err := a.Lists.Rows(c.Request.Context(), in.ContestID, l.Key, shownMost)
	if err != nil {
		return err
	}
	players := make([]sqldb.ID, len(rows))
	for i := range rows {
		players[i] = rows[i].PlayerID
	}
	who, err := a.Players.Enrolments(c.Request.Context(), in.ContestID, players)
	if err != nil {
		return err
	}
	reply := make([]playerReply, len(rows))
	for i, row := range rows {
		e := who[row.PlayerID]
		reply[i] = playerReply{row.PlayerID.String(), e.Nickname, in.Units.Path(e.UnitID), row.Place, row.On, row.PutAt}
	}
	units, err := a.unitsOf(c, in, l)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"players": reply, "units": units})
}

// unitsOf names the units that a list took of a board of units, the first of it first.
func (a *API) unitsOf(c *gin.Context, in *catalog.Contest, l *contest.List) ([]string, error) {
	board, of := in.Board(l.Board)
	if !of || board.Subject != contest.SubjectUnit {
		return []string{}, nil
	}
	units, err := a.Lists.Units(c.Request.Context(), in.ContestID, l.Key)
	names := make([]string, len(units))
	for i, id := range units {
		names[i] = in.Units.Path(id)
	}
	return names, err
}

type changeRequest struct {
	Players string `json:"players"` // numbers of players or phones, one a line
	On      bool   `json:"on"`
	Reason  string `json:"reason"`
}

// Change puts players on a list or takes them off. Lines that name nobody who takes part
// change nothing and are told.
func (a *API) Change(c *gin.Context) error {
	in, l, err := a.listOf(c)
	if err != nil {
		return err
	}
	var body changeRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("reason", body.Reason, 100); err != nil {
		return err
	}
	players, unknown, err := a.named(c, in, body.Players)
	if err != nil {
		return err
	}
	if len(players) > 0 || len(unknown) == 0 {
		err = a.Lists.Put(c.Request.Context(), console.Actor(c), in, l.Key, players, body.On,
			strings.TrimSpace(body.Reason), a.Now().UnixMilli())
	}
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"changed": len(players), "unknown": web.NotNil(unknown)})
}

func (a *API) listOf(c *gin.Context) (*catalog.Contest, *contest.List, error) {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return nil, nil, err
	}
	l := in.List(c.Param("list"))
	if l == nil {
		return nil, nil, shortlist.ErrUnknown
	}
	return in, l, nil
}

// linesMost bounds how many players are named at once.
const linesMost = 2_000

// named finds the players whom lines name, by number or by the phone that they told.
func (a *API) named(
	c *gin.Context, in *catalog.Contest, text string,
) (players []sqldb.ID, unknown []string, err error) {
	lines := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n\r,，、;； \t", r) })
	if len(lines) > linesMost {
		return nil, nil, errs.InvalidField("players", "一次最多 2000 人")
	}
	found, err := shortlist.Find(c.Request.Context(), a.Players, in.ContestID, lines)
	for i, of := range found {
		if len(of) == 0 {
			unknown = append(unknown, lines[i])
		}
		players = append(players, of...)
	}
	return players, unknown, err
}
