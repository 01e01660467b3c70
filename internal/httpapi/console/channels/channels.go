// Package channels is the console's screen of channels and invitations.
package channels

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/referral"
)

// API serves who looks after channels.
type API struct {
	Catalog   *catalog.Catalog
	Referrals *referral.Service
	Drew      referral.Drew // counts who drew by channel; nil while there are no prizes
}

type channelReply struct {
	Code      string        `json:"code"`
	Name      string        `json:"name"`
	Kind      referral.Kind `json:"kind"`
	CreatedAt int64         `json:"created_at"`
	Path      string        `json:"path"`  // of the link, below the host
	Short     string        `json:"short"` // the same in few characters
	Sent      int           `json:"sent"`  // messages; 0: not told
	Funnel    funnelReply   `json:"funnel"`
}

type funnelReply struct {
	Opened int64 `json:"opened"`
	Joined int64 `json:"joined"`
	Tried  int64 `json:"tried"`
	Passed int64 `json:"passed"`
	Drew   int64 `json:"drew"`
}

func funnelOf(f referral.Funnel) funnelReply {
	return funnelReply{Opened: f.Opened, Joined: f.Joined, Tried: f.Tried, Passed: f.Passed, Drew: f.Drew}
}

// List lists a contest's channels with how far their people came, and the
// same for the links of players.
func (a *API) List(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	channels, err := a.Referrals.Channels(ctx, in.ContestID)
	if err != nil {
		return err
	}
	funnels, err := a.Referrals.Funnels(ctx, in.ContestID, a.Drew)
	if err != nil {
		return err
	}
	reply := make([]channelReply, len(channels))
	for i := range channels {
		reply[i] = channelOf(in.Slug, &channels[i], funnels[channels[i].Code])
	}
	kinds := []gin.H{}
	for _, k := range referral.Kinds {
		kinds = append(kinds, gin.H{"kind": k.Kind, "name": k.Name})
	}
	return web.JSON(c, http.StatusOK, gin.H{
		"contest": gin.H{"slug": in.Slug, "title": in.Title, "subtitle": in.Subtitle, "organizer": in.Organizer,
			"contact": in.Contact, "opens_at": in.Window.Opens.MS, "closes_at": in.Window.Closes.MS},
		"kinds": kinds, "channels": reply, "players": funnelOf(funnels[referral.ByPlayers]),
	})
}

func channelOf(slug string, ch *referral.Channel, f referral.Funnel) channelReply {
	return channelReply{
		Code: ch.Code, Name: ch.Name, Kind: ch.Kind, CreatedAt: ch.CreatedAt, Path: "/c/" + slug + "?c=" + ch.Code,
		Short: "/s/" + ch.Code, Sent: ch.Sent, Funnel: funnelOf(f),
	}
}

type channelRequest struct {
	Name string        `json:"name"`
	Kind referral.Kind `json:"kind"`
	Sent *int          `json:"sent"`
}

// channelCall reads what the two calls that name a channel get.
func (a *API) channelCall(c *gin.Context) (in *catalog.Contest, body channelRequest, err error) {
	if in, err = web.Contest(c, a.Catalog); err != nil {
		return nil, body, err
	}
	if err = web.Decode(c, &body); err != nil {
		return nil, body, err
	}
	return in, body, web.Text("name", body.Name, 100)
}

// Add makes a channel.
func (a *API) Add(c *gin.Context) error {
	in, body, err := a.channelCall(c)
	if err != nil {
		return err
	}
	made, err := a.Referrals.AddChannel(c.Request.Context(), console.Actor(c), in.ContestID, body.Name, body.Kind)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"channel": channelOf(in.Slug, made, referral.Funnel{})})
}

// Change gives a channel another name and kind.
func (a *API) Change(c *gin.Context) error {
	in, body, err := a.channelCall(c)
	if err != nil {
		return err
	}
	err = a.Referrals.ChangeChannel(c.Request.Context(), console.Actor(c), in.ContestID, c.Param("channel"), body.Name,
		body.Kind, body.Sent)
	if err != nil {
		return err
	}
	return web.NoContent(c)
}

// Remove deletes a channel that nobody came by.
func (a *API) Remove(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	err = a.Referrals.RemoveChannel(c.Request.Context(), console.Actor(c), in.ContestID, c.Param("channel"))
	if err != nil {
		return err
	}
	return web.NoContent(c)
}

type flagReply struct {
	What     string `json:"what"`
	Nickname string `json:"nickname"`
	Invitees int    `json:"invitees"`
	From     int64  `json:"from"`
	To       int64  `json:"to"`
}

// Flags lists devices and networks from which many invitees of one
// player came.
func (a *API) Flags(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	flags, err := a.Referrals.Flags(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	reply := make([]flagReply, len(flags))
	for i, f := range flags {
		reply[i] = flagReply{What: f.What, Nickname: f.Nickname, Invitees: f.Invitees, From: f.From, To: f.To}
	}
	return web.JSON(c, http.StatusOK, gin.H{"flags": reply})
}
