package player

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/pledge"
	"anquanda/internal/publicname"
)

type pledgeReply struct {
	ServerTime int64           `json:"server_time"`
	Title      string          `json:"title"`
	Lines      []string        `json:"lines"`
	Signed     int64           `json:"signed"` // in the contest
	From       *signerReply    `json:"from"`   // whose link was followed
	Mine       *signatureReply `json:"mine"`
}

// signerReply is a signature as others see it on phones or on the screen; the name is empty where there is
// none to show.
type signerReply struct {
	Number int64  `json:"number"`
	Name   string `json:"name"`
}

type signatureReply struct {
	Number   int64        `json:"number"`
	Name     string       `json:"name"`
	Masked   bool         `json:"masked"`
	SignedAt int64        `json:"signed_at"`
	Depth    int          `json:"depth"` // place in the relay, from 1
	From     *signerReply `json:"from"`
	Code     string       `json:"code"` // for the link to hand on
	After    int64        `json:"after"`
	Direct   int64        `json:"direct"`
	Further  int64        `json:"further"` // generations after it

	Text textReply `json:"text"`
}

// textReply is what was signed, as it stood then.
type textReply struct {
	Contest   string   `json:"contest"`
	Organizer string   `json:"organizer"`
	Title     string   `json:"title"`
	Lines     []string `json:"lines"`
}

// Pledge shows the pledge, whose link was followed, and the player's signature.
func (a *API) Pledge(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	if in.Pledge == nil {
		return pledge.ErrNone
	}
	code, err := web.Query(c, "from")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	reply := pledgeReply{ServerTime: a.millis(), Title: in.Pledge.Title, Lines: in.Pledge.Lines}
	if reply.Signed, err = a.Pledges.Count(ctx, in.ContestID); err != nil {
		return err
	}
	from, err := a.Pledges.Behind(ctx, in.ContestID, code)
	if err != nil {
		return err
	}
	reply.From = signerOf(from)
	if player := web.Player(c); player != 0 {
		mine, err := a.Pledges.Of(ctx, in.ContestID, player)
		if err != nil {
			return err
		}
		if reply.Mine, err = a.signatureOf(ctx, in, mine); err != nil {
			return err
		}
	}
	return web.JSON(c, http.StatusOK, reply)
}

func signerOf(s *pledge.Signature) *signerReply {
	if s == nil {
		return nil
	}
	return &signerReply{Number: s.Number, Name: s.Shown(publicname.OnPhones)}
}

// signatureOf tells a player of the own signature (nil: none) and what came of it.
func (a *API) signatureOf(ctx context.Context, in *catalog.Contest, s *pledge.Signature) (*signatureReply, error) {
	if s == nil {
		return nil, nil
	}
	from, err := a.Pledges.Numbered(ctx, in.ContestID, s.Parent)
	if err != nil {
		return nil, err
	}
	chain, err := a.Pledges.Chain(ctx, in.ContestID, s.Number)
	if err != nil {
		return nil, err
	}
	text, err := a.Pledges.Signed(ctx, s)
	if err != nil {
		return nil, err
	}
	if text == nil {
		now := pledge.TextOf(in.Definition)
		text = &now
	}
	return &signatureReply{
		Text:   textReply(*text),
		Number: s.Number, Name: publicname.OnPhones.Show(s.Name, s.NameState, s.PlayerID), Masked: s.Masked,
		SignedAt: s.SignedAt, Depth: s.Depth, From: signerOf(from),
		Code: a.Pledges.Code(in.ContestID, s.Number), After: chain.After, Direct: chain.Direct, Further: chain.Further,
	}, nil
}

type signRequest struct {
	Name   string `json:"name"`
	Masked bool   `json:"masked"`
	From   string `json:"from"`
}

type signReply struct {
	Mine     *signatureReply `json:"mine"`
	Repeated bool            `json:"repeated"`
	Earned   []earnedReply   `json:"earned"`
}

// Sign puts the player's name under the pledge. Again, the first one stands.
func (a *API) Sign(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	var body signRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	ctx := c.Request.Context()
	signed, err := a.Pledges.Sign(ctx, in, pledge.Signing{PlayerID: player, Name: body.Name, Masked: body.Masked,
		From: body.From})
	if err != nil {
		return err
	}
	reply := signReply{Repeated: signed.Repeated, Earned: earnedOf(in.Definition, signed.Earned)}
	if reply.Mine, err = a.signatureOf(ctx, in, signed.Signature); err != nil {
		return err
	}
	status := http.StatusCreated
	if signed.Repeated {
		status = http.StatusOK
	}
	return web.JSON(c, status, reply)
}

type wallReply struct {
	ServerTime int64         `json:"server_time"`
	Title      string        `json:"title"`
	Signed     int64         `json:"signed"`
	Today      int64         `json:"today"`
	Deepest    deepestReply  `json:"deepest"`
	Widest     []widestReply `json:"widest"`
	Newest     []signerReply `json:"newest"`
}

type deepestReply struct {
	Depth int    `json:"depth"`
	First string `json:"first"`
	Last  string `json:"last"`
}

type widestReply struct {
	signerReply
	After int64 `json:"after"`
}

// PledgeWall is what the big screen shows of the pledge.
func (a *API) PledgeWall(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	wall, err := a.Pledges.Wall(c.Request.Context(), in)
	if err != nil {
		return err
	}
	reply := wallReply{
		ServerTime: a.millis(), Title: in.Pledge.Title, Signed: wall.Signed, Today: wall.Today,
		Deepest: deepestReply{wall.Deepest, wall.First, wall.Last}, Widest: []widestReply{}, Newest: []signerReply{},
	}
	for _, w := range wall.Widest {
		reply.Widest = append(reply.Widest, widestReply{signerReply{w.Number, w.Name}, w.After})
	}
	for i := range wall.Newest {
		s := &wall.Newest[i]
		reply.Newest = append(reply.Newest, signerReply{s.Number, s.Shown(publicname.OnScreens(in.Definition))})
	}
	return web.JSON(c, http.StatusOK, reply)
}

// pledgeTitle is the title of the contest's pledge; empty for none.
func pledgeTitle(d *contest.Definition) string {
	if d.Pledge == nil {
		return ""
	}
	return d.Pledge.Title
}
