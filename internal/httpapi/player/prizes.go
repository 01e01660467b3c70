package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity/personal"
	"anquanda/internal/prize"
	"anquanda/internal/prize/handout"
	"anquanda/internal/prize/payout"
	"anquanda/internal/sqldb"
)

type awardsReply struct {
	ServerTime int64        `json:"server_time"`
	Awards     []awardReply `json:"awards"`
	Claim      claimReply   `json:"claim"`
}

// awardReply is an award of the player. Code is what the booth scans or types, and
// Voucher the code that a voucher is; each is empty where there is none.
type awardReply struct {
	ID         string            `json:"id"`
	Title      string            `json:"title"`
	Kind       contest.PrizeKind `json:"kind"`
	Value      int               `json:"value"`
	Collect    string            `json:"collect"`     // as it was promised
	CollectNow string            `json:"collect_now"` // where that has changed since
	Pay        *payReply         `json:"pay"`         // null: no bill yet
	Source     prize.SourceKind  `json:"source"`
	Status     prize.Status      `json:"status"`
	WonAt      int64             `json:"won_at"`
	Until      int64             `json:"until"` // 0: no end
	Asks       bool              `json:"asks"`  // the player has to tell something first
	Held       bool              `json:"held"`  // no code while the player is disqualified
	Code       string            `json:"code"`
	Voucher    string            `json:"voucher"`
	RedeemedAt int64             `json:"redeemed_at"` // 0: not handed out
	Parcel     *parcelReply      `json:"parcel"`      // null: it was not posted
}

// parcelReply is by what a prize is on its way.
type parcelReply struct {
	Courier string `json:"courier"`
	Number  string `json:"number"`
}

// payReply is how an award of money is paid: to which end of a phone number.
type payReply struct {
	Way   string       `json:"way"`
	State payout.State `json:"state"`
	Tail  string       `json:"tail"`
}

// claimReply is what winners are asked, and what of it the player told before.
type claimReply struct {
	Fields  []fieldReply `json:"fields"`
	Told    []toldReply  `json:"told"` // masked
	Consent consentReply `json:"consent"`
	// Guardian is what a guardian agrees to for a child; absent where none is asked.
	Guardian *consentReply `json:"guardian,omitempty"`
}

// MyPrizes shows a player what the player has won.
func (a *API) MyPrizes(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	if _, err := a.Players.Enrolment(ctx, in.ContestID, player); err != nil {
		return err
	}
	mine, err := a.Claims.Mine(ctx, in, player)
	if err != nil {
		return err
	}
	paid, err := a.Payouts.OfPlayer(ctx, in.ContestID, player)
	if err != nil {
		return err
	}
	reply := awardsReply{ServerTime: a.millis(), Awards: []awardReply{}}
	for i := range mine {
		told := awardOf(&mine[i])
		if bill, billed := paid[mine[i].ID]; billed {
			told.Pay = &payReply{bill.Way, bill.State, bill.Tail}
		}
		reply.Awards = append(reply.Awards, told)
	}
	if reply.Claim, err = a.claimOf(c, in, player); err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, reply)
}

func awardOf(m *handout.Mine) awardReply {
	reply := awardReply{
		ID: m.ID.String(), Title: m.Title, Kind: m.Kind, Value: m.Worth(), Collect: m.Terms,
		CollectNow: m.TermsNow,
		Source:     m.SourceKind, Status: m.Status, WonAt: m.WonAt, Until: m.Until(), Asks: m.Asks, Held: m.Held,
		Code: m.Code, Voucher: m.Voucher,
	}
	if m.Parcel != nil {
		reply.Parcel = &parcelReply{m.Parcel.Courier, m.Parcel.Number}
	}
	if m.Redemption != nil {
		reply.RedeemedAt = m.Redemption.RedeemedAt
	}
	return reply
}

func (a *API) claimOf(c *gin.Context, in *catalog.Contest, player sqldb.ID) (claimReply, error) {
	asked := in.ClaimFields()
	reply := claimReply{Fields: web.NotNil(fieldsOf(asked)), Told: []toldReply{},
		Consent:  consentReply(personal.ConsentTo(in.Definition, asked)),
		Guardian: guardianAsked(in.Definition, asked)}
	if len(asked) == 0 {
		return reply, nil
	}
	told, err := a.Players.Personal.ToldBy(c.Request.Context(), in.ContestID, player)
	for _, t := range toldOf(in, told, personal.Told.Masked) {
		for _, f := range asked {
			if f.Key == t.Key {
				reply.Told = append(reply.Told, t)
			}
		}
		if t.Key == personal.GuardianKey && reply.Guardian != nil {
			reply.Told = append(reply.Told, t)
		}
	}
	return reply, err
}

type claimRequest struct {
	Fields  map[string]string `json:"fields"`
	Consent string            `json:"consent"` // version of the text agreed to

	Guardian *guardianRequest `json:"guardian"` // who agrees for a child under 14
}

// Claim takes what a winner tells about where a prize goes.
func (a *API) Claim(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	var body claimRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	award, ok := sqldb.ParseID(c.Param("award"))
	if !ok {
		return handout.ErrAwardUnknown
	}
	err = a.Claims.Claim(c.Request.Context(), in, player, award, body.Fields, body.Consent, body.Guardian.guardian(),
		a.Limits.Origin(c, in))
	if err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}

type winReply struct {
	Prize  string           `json:"prize"`
	Source prize.SourceKind `json:"source"`
	Name   string           `json:"name"` // masked
	Unit   string           `json:"unit"`
	WonAt  int64            `json:"won_at"`
}

// Winners lists who won lately, masked.
func (a *API) Winners(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	wins, err := a.Claims.PublicWins(c.Request.Context(), in)
	if err != nil {
		return err
	}
	reply := []winReply{}
	for _, w := range wins {
		reply = append(reply, winReply(w))
	}
	return web.JSON(c, http.StatusOK, gin.H{"server_time": a.millis(), "winners": reply})
}
