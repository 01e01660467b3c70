package player

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/limit"
	"anquanda/internal/play"
	"anquanda/internal/referral"
	"anquanda/internal/wechat"
)

type visitRequest struct {
	Referral string `json:"referral"`
	Channel  string `json:"channel"`
}

// Visit takes what the link held by which the page was opened. It counts the
// opening, each phone once a day, and once the player has a name it keeps how the
// player came.
func (a *API) Visit(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	var body visitRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	how := referral.Coming{Referral: body.Referral, Channel: body.Channel,
		Device: a.Limits.Devices.Of(c), Address: c.ClientIP()}
	outcome := referral.NotInvited
	_, me, err := a.playerOf(c, in)
	if err == nil && me != nil {
		outcome, err = a.Referrals.Arrive(c.Request.Context(), in, web.Player(c), how)
	}
	if err != nil {
		return err
	}
	if err := a.countVisit(c, in, how, outcome); err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"arrived": me != nil, "outcome": outcome, "text": outcome.Text()})
}

// countVisit counts the opening of a link, except by who made it.
func (a *API) countVisit(c *gin.Context, in *catalog.Contest, how referral.Coming, outcome referral.Outcome) error {
	seen := seenOf(c, in.Day(a.millis()))
	if outcome == referral.Self || !seen.first(in.ContestID.String()+"-"+how.Channel) ||
		a.Limits.Take(c, in, limit.Visit) != nil {
		return nil // nobody is refused: the figure stays as it is
	}
	if err := a.Referrals.Visited(c.Request.Context(), in, how); err != nil {
		return err
	}
	seen.keep(c)
	return nil
}

type shareRequest struct {
	Of  string `json:"of"`
	Key string `json:"key"`
}

// The things that can be shared.
var shared = []string{"contest", "result"}

// Share records that the player shared the contest, or the result of the level
// key.
func (a *API) Share(c *gin.Context) error {
	_, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	var body shareRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if !slices.Contains(shared, body.Of) {
		return web.Wrong("of", "应为 contest 或 result")
	}
	if _, _, ok := in.Level(body.Key); !ok && body.Of == "result" {
		return web.Wrong("key", "没有这一关")
	}
	done, err := a.Referrals.Shared(c.Request.Context(), in, web.Player(c))
	if err != nil {
		return err
	}
	return tellDone(c, in, done)
}

// CheckIn records that the player came today.
func (a *API) CheckIn(c *gin.Context) error {
	_, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	done, err := a.Referrals.CheckIn(c.Request.Context(), in, web.Player(c))
	if err != nil {
		return err
	}
	return tellDone(c, in, done)
}

func tellDone(c *gin.Context, in *catalog.Contest, done *play.Done) error {
	return web.JSON(c, http.StatusOK, gin.H{"repeated": done.Repeated, "earned": earnedOf(in.Definition, done.Earned)})
}

type invitationsReply struct {
	Path    string         `json:"path"` // of the link, below the host
	Counts  contest.Counts `json:"counts"`
	PerDay  int            `json:"per_day"`
	Gives   bool           `json:"gives"` // whether a player gains anything by it
	Counted int            `json:"counted"`
	Waiting int            `json:"waiting"`
	// Unproven are those of Waiting who have only to be proven still.
	Unproven int    `json:"unproven"`
	Refused  int    `json:"refused"`
	Today    int    `json:"today"`
	Tree     bool   `json:"tree"`
	Title    string `json:"title"`
	Text     string `json:"text"`
}

// Invitations tells the player's link and what came of it.
func (a *API) Invitations(c *gin.Context) error {
	_, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	if _, err := a.Players.Enrolment(ctx, in.ContestID, web.Player(c)); err != nil {
		return err
	}
	mine, err := a.Referrals.Mine(ctx, in, web.Player(c))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, invitationsReply{
		Path: "/c/" + in.Slug + "?r=" + mine.Code, Counts: in.Share.Counts, PerDay: in.Share.PerDay, Counted: mine.Counted,
		Gives:   rulespage.InvitingGives(in.Definition),
		Waiting: mine.Waiting, Unproven: mine.Unproven, Refused: mine.Refused, Today: mine.Today,
		Tree: in.Share.Tree, Title: in.Share.Title, Text: in.Share.Text,
	})
}

// ShareCard signs a page of this site for WeChat's share card.
func (a *API) ShareCard(c *gin.Context) error {
	if _, err := a.contest(c); err != nil {
		return err
	}
	text, err := web.Query(c, "url")
	if err != nil {
		return err
	}
	if len(text) > 500 || !web.OwnAddress(c, text) {
		return errs.InvalidField("url", "只能签名本站的网页")
	}
	card, err := a.WeChat.SignPage(c.Request.Context(), text)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"script": wechat.SDKScript, "app_id": card.AppID,
		"timestamp": card.Timestamp, "nonce": card.Nonce, "signature": card.Signature})
}
