package player

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/VictoriaMetrics/metrics"
	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/identity/signin"
	"anquanda/internal/identity/signin/account"
)

// Elsewhere is what people need who come with an account of another system.
type Elsewhere struct {
	Providers account.Providers // of the mapping file; none: nobody comes this way
	Secrets   signin.Secrets
	Codes     *signin.Once
}

// SignInAccount sends a person to the system of an account, which sends them back to
// AccountCallback.
func (a *API) SignInAccount(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return goBack(c, "/", "", err)
	}
	back := tripBack(in, c.Query("back"))
	provider, err := a.Accounts.Providers.Get(c.Param("provider"))
	if err == nil && !in.Proves(contest.ProofAccount) {
		err = account.ErrUnknownProvider
	}
	if err != nil {
		return goBack(c, backOf(in, back), "", err)
	}
	state, signed := a.Trips.Begin(c, web.Trip{Contest: in.ContestID, Back: back, Begun: a.millis()})
	leaving := a.Accounts.Secrets.Of(provider.Door(), state, signed)
	to, err := provider.AuthURL(c.Request.Context(), leaving, a.accountCallback(c, provider))
	if err != nil {
		return a.endAccount(c, in, provider, back, "", err)
	}
	redirect(c, to)
	return nil
}

func (a *API) accountCallback(c *gin.Context, p *account.Provider) string {
	return a.site(c) + "/api/v1/signin/account/" + p.Key
}

// AccountCallback is where a provider sends a person back to. It may come twice with
// one code, to whatever node: both get the same answer. Whatever goes wrong, the
// person is back at the page, with all that was played.
func (a *API) AccountCallback(c *gin.Context) error {
	provider, err := a.Accounts.Providers.Get(c.Param("provider"))
	if err != nil {
		return goBack(c, "/", "", err)
	}
	state := c.Query(provider.StateParam())
	trip, err := a.Trips.End(c, state, a.Now())
	in, unknown := web.ContestOf(c, a.Catalog, trip.Contest)
	if unknown != nil { // of a state that is forged, too
		if err == nil {
			err = unknown
		}
		a.tellAccount(c, "", provider, err)
		return goBack(c, "/", "", err)
	}
	if err == nil && !in.Proves(contest.ProofAccount) {
		err = account.ErrUnknownProvider
	}
	if err != nil {
		return a.endAccount(c, in, provider, trip.Back, "", err)
	}
	var came identity.Outcome
	who, err := a.identify(c, provider, state, trip.Signed)
	if err == nil {
		came, err = a.proveByAccount(c, in, provider, who)
	}
	return a.endAccount(c, in, provider, trip.Back, came, err)
}

// maxCode bounds a code that comes back, in bytes.
const maxCode = 2048

// identify asks the provider who came, once for all nodes.
func (a *API) identify(c *gin.Context, p *account.Provider, state, signed string) (who account.Person, err error) {
	code := c.Query(p.CodeParam())
	switch {
	case c.Query("error") != "" && c.Query("error") != "access_denied":
		return who, account.ErrRefused.Because(fmt.Errorf("sent back with %.80q %.120q", c.Query("error"),
			c.Query("error_description")))
	case code == "" || c.Query("error") != "":
		return who, account.ErrDenied
	case len(code) > maxCode:
		return who, account.ErrRefused.Because(fmt.Errorf("a code of %d bytes", len(code)))
	}
	trip, to := a.Accounts.Secrets.Of(p.Door(), state, signed), a.accountCallback(c, p)
	kept, _, err := a.Accounts.Codes.Do(c.Request.Context(), p.Door(), state, code,
		func(ctx context.Context) ([]byte, error) {
			who, err := p.Identify(ctx, trip, to, code)
			if err != nil {
				return nil, err
			}
			return json.Marshal(who)
		})
	if err != nil {
		return who, err
	}
	return who, errs.Wrap(json.Unmarshal(kept, &who), "read who came with an account")
}

// proveByAccount signs the phone in as the person of an account, and notes the unit
// that the account tells.
func (a *API) proveByAccount(
	c *gin.Context, in *catalog.Contest, p *account.Provider, who account.Person,
) (identity.Outcome, error) {
	ctx, now := c.Request.Context(), a.Now()
	shown := who.Name
	if shown == "" {
		shown = who.ID
	}
	done, err := a.Players.Prove(ctx, in.Definition, in.ContestID, web.Player(c), identity.Proof{
		Kind: contest.ProofAccount, Subjects: []string{p.Key + "\x00" + who.ID}, Value: shown, At: now.UnixMilli()})
	if err != nil {
		return "", err
	}
	if err := a.Desk.SignIn(c, in.ContestID, done.Player); err != nil {
		return "", err
	}
	unit, told := unitTold(in, who)
	switch {
	case unit != 0:
		err = a.Players.KnowUnit(ctx, in.Definition, in.ContestID, done.Player,
			identity.KnownUnit{UnitID: unit, Source: p.Key, At: now.UnixMilli()})
	case told != "":
		slog.WarnContext(ctx, "an account tells a unit that the contest does not know", "request_id", web.RequestID(c),
			"contest", in.Slug, "provider", p.Key, "unit", told, "look_at", "codes of the units in the console")
		countAccount(p.Key, "unit_unknown")
	}
	return done.Outcome, err
}

// endAccount tells the page how it ended, and staff why.
func (a *API) endAccount(
	c *gin.Context, in *catalog.Contest, p *account.Provider, back string, came identity.Outcome, err error,
) error {
	a.tellAccount(c, in.Slug, p, err)
	return goBack(c, backOf(in, back), came, err)
}

func (a *API) tellAccount(c *gin.Context, slug string, p *account.Provider, err error) {
	if err == nil {
		countAccount(p.Key, "ok")
		return
	}
	code := errs.From(err).Code
	countAccount(p.Key, code)
	level := slog.LevelWarn
	if code == account.ErrDenied.Code || code == web.ErrTripOld.Code {
		level = slog.LevelInfo // the person's own doing
	}
	slog.Log(c.Request.Context(), level, "signing in by an account failed", "request_id", web.RequestID(c),
		"contest", slug, "provider", p.Key, "code", code, "error", err)
}

// countAccount counts sign-ins by what came of them, for /metrics.
func countAccount(provider, result string) {
	name := fmt.Sprintf("anquanda_account_signins_total{provider=%q,result=%q}", provider, result)
	metrics.GetOrCreateCounter(name).Inc()
}
