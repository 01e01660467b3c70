package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
)

// maxSeen bounds what proves that a material was opened, in bytes.
const maxSeen = 200

type materialReply struct {
	Level    string   `json:"level"`
	Title    string   `json:"title"`
	Text     []string `json:"text"`
	Picture  string   `json:"picture"` // empty: none
	Alt      string   `json:"alt"`
	Sound    string   `json:"sound"` // address; empty: none
	Film     string   `json:"film"`
	LeastMS  int64    `json:"least_ms"`
	WaitMS   int64    `json:"wait_ms"`
	Seen     string   `json:"seen"`
	UnderWay bool     `json:"under_way"`
}

type materialRequest struct {
	Seen string `json:"seen"` // that came with it before; empty: it is opened first
}

// Material opens what stands before the questions of a level.
func (a *API) Material(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	var body materialRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("seen", body.Seen, maxSeen); err != nil {
		return err
	}
	m, err := a.Play.OpenMaterial(c.Request.Context(), in, player, c.Param("level"), body.Seen)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, materialReply{Level: m.Level.Title, Title: m.Title, Text: web.NotNil(m.Text),
		Picture: m.Picture, Alt: m.Alt, Sound: m.Sound, Film: m.Film, LeastMS: m.Least.MS(), WaitMS: m.WaitMS,
		Seen: m.Seen, UnderWay: m.UnderWay})
}
