package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity/personal"
	"anquanda/internal/identity/signin/phone"
	"anquanda/internal/limit"
)

// PhoneDoor tells what a page shows before a phone is typed: the text to agree to, and
// what a code is.
func (a *API) PhoneDoor(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	if !a.Phones.Opens(in.Definition) {
		return phone.ErrOff
	}
	consent := personal.ConsentToSMS(in.Definition)
	return web.JSON(c, http.StatusOK, gin.H{"digits": phone.Digits, "lasts_ms": phone.Lasts.Milliseconds(),
		"consent": consentReply{Version: consent.Version, Text: consent.Text}})
}

// PhoneChallenge gives the proof of work that a code costs.
func (a *API) PhoneChallenge(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	var body struct {
		Phone string `json:"phone"`
	}
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	challenge, until, err := a.Phones.Challenge(in.Definition, in.ContestID, body.Phone)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"challenge": challenge.Text, "bits": challenge.Bits,
		"answers": challenge.Answers, "until": until.UnixMilli(), "server_time": a.millis()})
}

// PhoneCode sends a code.
func (a *API) PhoneCode(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	var body struct {
		Phone     string `json:"phone"`
		Challenge string `json:"challenge"`
		Nonce     string `json:"nonce"`
		Consent   string `json:"consent"`
	}
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	network := limit.NetworkOf(c.ClientIP(), in.Definition.VenueRanges())
	sent, err := a.Phones.Ask(c.Request.Context(), in.Definition, in.ContestID, phone.Request{
		Phone: body.Phone, Challenge: body.Challenge, Answer: body.Nonce, Consent: body.Consent,
		Network: network.Name, AtPlace: network.Roomy, Device: a.Limits.Devices.Of(c)})
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusAccepted, gin.H{"state": sent.State, "next_at": sent.NextAt, "ends_at": sent.EndsAt,
		"server_time": a.millis()})
}

// PhoneProof proves the person by the code and signs the browser in as who that is.
func (a *API) PhoneProof(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	var body struct {
		Phone string `json:"phone"`
		Code  string `json:"code"`
	}
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	proven, err := a.Phones.Prove(c.Request.Context(), in.Definition, in.ContestID, phone.Answer{
		Phone: body.Phone, Code: body.Code, Player: web.Player(c), Device: a.Limits.Devices.Of(c)})
	if err != nil {
		return err
	}
	me, err := a.meAs(c, in, proven.Player)
	if err != nil {
		return errs.Wrap(err, "show who was proven")
	}
	if err := a.Desk.SignIn(c, in.ContestID, proven.Player); err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"outcome": proven.Outcome, "me": me})
}
