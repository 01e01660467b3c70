package cases

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
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
		return personReply{Player: player.String(), Nickname: e.Nickname, Unit: in.Units.Path(e.UnitID)}
	}, err
}

// FindPlayers finds players by the beginning of a nickname, or by id.
func (a *API) FindPlayers(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
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
	players, err := a.Forensics.Named(c.Request.Context(), in.ContestID, text)
	if err != nil {
		return err
	}
	return a.listPlayers(c, in, players)
}

type phoneRequest struct {
	Phone string `json:"phone"`
}

// SearchPhone finds players by the whole phone number that they told. Each search is in
// the audit log and they are limited, so that nobody finds hidden digits by trying; the
// number is in no address that proxies keep.
func (a *API) SearchPhone(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body phoneRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("phone", body.Phone, 40); err != nil {
		return err
	}
	if err := a.Staff.NoteSearch(c.Request.Context(), console.Actor(c), in.ContestID); err != nil {
		return err
	}
	players, err := a.Players.Personal.ByPhone(c.Request.Context(), in.ContestID, body.Phone)
	if err != nil {
		return err
	}
	return a.listPlayers(c, in, players)
}

func (a *API) listPlayers(c *gin.Context, in *catalog.Contest, players []sqldb.ID) error {
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
