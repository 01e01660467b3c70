package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/certificate"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/sqldb"
)

// toldReply is one thing that the player told of the own person.
type toldReply struct {
	Key         string            `json:"key"`
	Label       string            `json:"label"`
	Kind        contest.FieldKind `json:"kind"`
	Value       string            `json:"value"`
	ConsentedAt int64             `json:"consented_at"`
}

// toldOf lists what was told in the order of the definition; what it no longer asks
// comes last, under its key.
func toldOf(in *catalog.Contest, told []personal.Told, shown func(personal.Told) string) []toldReply {
	reply := make([]toldReply, 0, len(told))
	add := func(t personal.Told, label string) {
		reply = append(reply, toldReply{Key: t.Key, Label: label, Kind: t.Kind, Value: shown(t), ConsentedAt: t.ConsentedAt})
	}
	asked := map[string]bool{}
	for _, f := range in.Players.Fields {
		asked[f.Key] = true
		for _, t := range told {
			if t.Key == f.Key {
				add(t, f.Label)
			}
		}
	}
	for _, t := range told {
		switch {
		case t.Key == personal.GuardianKey:
			add(t, personal.GuardianLabel)
		case !asked[t.Key]:
			add(t, t.Key)
		}
	}
	return reply
}

// Told shows a player in full what the player told; the page asks for it only when
// the player presses for it.
func (a *API) Told(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	if _, err := a.Players.Enrolment(c.Request.Context(), in.ContestID, player); err != nil {
		return err
	}
	all, err := a.heldInFull(c, in, player)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"told": toldOf(in, all.told, whole)})
}

func whole(t personal.Told) string { return t.Value }

// Untell deletes one thing that the player told; one that is not there is no error.
func (a *API) Untell(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	if err := a.Players.Untell(c.Request.Context(), in.ContestID, player, c.Param("field"),
		certificate.Untell); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}

// unitChangeReply is a change of unit after the first attempt.
type unitChangeReply struct {
	From string `json:"from"` // name; empty for none
	To   string `json:"to"`
	At   int64  `json:"at"`
}

func unitChangesOf(in *catalog.Contest, changes []identity.UnitChange) []unitChangeReply {
	reply := make([]unitChangeReply, len(changes))
	name := func(id sqldb.ID) string {
		if unit, ok := in.Units.Get(id); ok {
			return unit.Name
		}
		return ""
	}
	for i, c := range changes {
		reply[i] = unitChangeReply{name(c.OldUnit), name(c.NewUnit), c.ChangedAt}
	}
	return reply
}

// divisionTitle is what a division is called; empty for none.
func divisionTitle(in *catalog.Contest, key string) string {
	for _, d := range in.Players.Divisions {
		if d.Key == key {
			return d.Title
		}
	}
	return ""
}
