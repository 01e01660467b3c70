package names

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/publicname"
)

type wordReply struct {
	Key     string `json:"key"` // names the word in addresses
	Word    string `json:"word"`
	Allowed bool   `json:"allowed"`
	By      string `json:"by"`
	At      int64  `json:"at"`
}

// Words lists the own words of this installation, newest first.
func (a *API) Words(c *gin.Context) error {
	words, err := a.Names.Words(c.Request.Context())
	if err != nil {
		return err
	}
	reply := make([]wordReply, len(words))
	for i, w := range words {
		reply[i] = wordReply{Key: w.Folded, Word: w.Word, Allowed: w.Allowed, By: w.AddedBy, At: w.AddedAt}
	}
	return web.JSON(c, http.StatusOK, gin.H{"words": reply})
}

type wordRequest struct {
	Word    string `json:"word"`
	Allowed bool   `json:"allowed"`
}

// AddWord refuses a word from now on and hides the names that hold it; or allows one
// of the shipped list, and shows the names that were hidden for it.
func (a *API) AddWord(c *gin.Context) error {
	var body wordRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	ctx := c.Request.Context()
	if err := a.Names.Add(ctx, console.Actor(c), body.Word, body.Allowed); err != nil {
		return err
	}
	if err := a.Settle(ctx); err != nil {
		return err
	}
	return web.NoContent(c)
}

// RemoveWord takes a word out of the own list.
func (a *API) RemoveWord(c *gin.Context) error {
	ctx := c.Request.Context()
	if err := a.Names.Remove(ctx, console.Actor(c), c.Param("word")); err != nil {
		return err
	}
	if err := a.Settle(ctx); err != nil {
		return err
	}
	return web.NoContent(c)
}

// Try tells what a player would be told who asks for a name; empty: it passes.
func (a *API) Try(c *gin.Context) error {
	name, err := web.Query(c, "name")
	if err != nil {
		return err
	}
	if err := web.Text("name", name, 100); err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"refused": a.Names.Unfit(publicname.Person, "名字", name)})
}
