package player

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/VictoriaMetrics/metrics"
	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/wechat"
)

// What a person is told who could not sign in by WeChat. The page gets the code behind
// #signin= and goes on as a guest.
var (
	errWeChatOff      = errs.New(errs.NotFound, "wechat_off", "这个活动没有开通微信登录")
	errWeChatSnapshot = errs.New(errs.Forbidden, "wechat_snapshot",
		"现在看到的是微信的预览页，请点右下角“使用完整服务”，打开后再登录")
	errWeChatCode   = errs.New(errs.Gone, "wechat_code", "微信没有认出这次登录，请再点一次“微信登录”；也可以先继续答题")
	errWeChatBusy   = errs.New(errs.Unavailable, "wechat_busy", "微信现在有点忙，请过一会儿再登录；可以先继续答题")
	errWeChatBroken = errs.New(errs.Unavailable, "wechat_broken",
		"微信登录暂时不能用，工作人员已收到提醒；可以先继续答题，或换一种方式验证")
)

// SignInWeChat sends a person to WeChat, which sends them back to WeChatCallback
// without asking them anything.
func (a *API) SignInWeChat(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return goBack(c, "/", "", err)
	}
	back := tripBack(in, c.Query("back"))
	if !a.WeChat.Configured() || !in.Proves(contest.ProofWeChat) {
		return goBack(c, backOf(in, back), "", errWeChatOff)
	}
	a.toWeChat(c, web.Trip{Contest: in.ContestID, Back: back, Begun: a.millis()})
	return nil
}

// WeChatCallback is where WeChat sends a person back to. It may come twice with one
// code, at once or after the first was cut off: a.AskWeChat gives both the same answer.
// Whatever goes wrong, the person is back at the page, with all that was played.
func (a *API) WeChatCallback(c *gin.Context) error {
	trip, err := a.Trips.End(c, c.Query("state"), a.Now())
	in, unknown := web.ContestOf(c, a.Catalog, trip.Contest)
	switch {
	case errors.Is(err, web.ErrTripForged):
		countWeChat("forged")
		return goBack(c, "/", "", err)
	case unknown != nil:
		return goBack(c, "/", "", unknown)
	case err != nil:
		countWeChat(errs.From(err).Code)
		return goBack(c, backOf(in, trip.Back), "", err)
	}
	code := c.Query("code")
	if !wechat.ValidCode(code) {
		countWeChat("no_code")
		return goBack(c, backOf(in, trip.Back), "", errWeChatCode)
	}
	login, err := a.AskWeChat(c.Request.Context(), code)
	if err != nil && !trip.Again && a.tryAgain(c, in, trip, err) {
		return nil
	}
	var came identity.Outcome
	if err == nil {
		came, err = a.proveByWeChat(c, in, login)
	}
	return a.endWeChat(c, in, trip, came, err)
}

// tryAgain sends a person to WeChat once more where a new code may do: it costs a
// moment and shows nothing.
func (a *API) tryAgain(c *gin.Context, in *catalog.Contest, trip web.Trip, err error) bool {
	var refused *wechat.Error
	if !errors.As(err, &refused) || !refused.Fault.Passes() {
		return false
	}
	logWeChat(c, in, refused, "once more")
	countWeChat("again")
	trip.Again, trip.Begun = true, a.millis()
	a.toWeChat(c, trip)
	return true
}

// endWeChat tells the page how it ended.
func (a *API) endWeChat(
	c *gin.Context, in *catalog.Contest, trip web.Trip, came identity.Outcome, err error,
) error {
	var refused *wechat.Error
	switch {
	case err == nil:
		return goBack(c, backOf(in, trip.Back), came, nil)
	case errors.As(err, &refused):
		logWeChat(c, in, refused, "goes on as a guest")
		err = wechatTells(refused.Fault)
		countWeChat(string(refused.Fault))
	case errs.From(err).Kind == errs.Internal || errs.From(err).Kind == errs.Unavailable:
		slog.WarnContext(c.Request.Context(), "signing in by WeChat failed", "request_id", web.RequestID(c), "contest", in.Slug,
			"error", err)
		countWeChat(errs.From(err).Code)
	default:
		countWeChat(errs.From(err).Code)
	}
	return goBack(c, backOf(in, trip.Back), came, err)
}

// proveByWeChat signs the phone in as the person whom WeChat named. A snapshot proves
// nobody: what WeChat tells of its reader is made up.
func (a *API) proveByWeChat(c *gin.Context, in *catalog.Contest, login wechat.Login) (identity.Outcome, error) {
	if login.Snapshot {
		return "", errWeChatSnapshot
	}
	now := a.Now()
	done, err := a.Players.Prove(c.Request.Context(), in.Definition, in.ContestID,
		web.PlayerIn(c, in.ContestID), identity.Proof{
			Kind: contest.ProofWeChat, Subjects: a.WeChat.Subjects(login), Value: login.OpenID, At: now.UnixMilli()})
	if err != nil {
		return "", err
	}
	countWeChat(string(done.Outcome))
	return done.Outcome, a.Desk.SignIn(c, in.ContestID, done.Player)
}

func (a *API) toWeChat(c *gin.Context, trip web.Trip) {
	state, _ := a.Trips.Begin(c, trip)
	redirect(c, a.WeChat.AuthorizeURL(a.site(c)+"/api/v1/signin/wechat", state))
}

// site is where phones reach us, as they have asked.
func (a *API) site(c *gin.Context) string {
	if a.Public != "" {
		return a.Public
	}
	scheme := "http://"
	if web.OverTLS(c) {
		scheme = "https://"
	}
	return scheme + c.Request.Host
}

// goBack sends a person back to a page, which is told what came of it.
func goBack(c *gin.Context, page string, came identity.Outcome, err error) error {
	told := "signed-in=" + string(came)
	if err != nil {
		told = "signin=" + errs.From(err).Code
	}
	redirect(c, page+"#"+told)
	return nil
}

func redirect(c *gin.Context, to string) {
	c.Header("Cache-Control", "no-store")
	c.Header("Location", to)
	c.Status(http.StatusFound)
	c.Writer.WriteHeaderNow()
}

// tripBack is a way back as a trip holds it: behind the page of the contest where it
// is there, which leaves more room for the rest. "." is that page.
func tripBack(in *catalog.Contest, asked string) string {
	home := "/c/" + in.Slug
	page, ok := web.PagePath(asked)
	if !ok || page == home {
		return ""
	}
	if rest, ours := strings.CutPrefix(page, home); ours && (rest[0] == '/' || rest[0] == '?') {
		return "." + rest
	}
	return page
}

func backOf(in *catalog.Contest, back string) string {
	if back != "" && back[0] == '/' {
		return back
	}
	return "/c/" + in.Slug + strings.TrimPrefix(back, ".")
}

// wechatTells is what a person is told of a fault.
func wechatTells(fault wechat.Fault) error {
	switch fault {
	case wechat.CodeInvalid, wechat.CodeUsed:
		return errWeChatCode
	case wechat.Busy, wechat.Slow, wechat.Away, wechat.Nonsense, wechat.TooOften:
		return errWeChatBusy
	}
	return errWeChatBroken
}

// logWeChat tells staff what WeChat said and where to look.
func logWeChat(c *gin.Context, in *catalog.Contest, refused *wechat.Error, then string) {
	level := slog.LevelWarn
	if !refused.Fault.Passes() {
		level = slog.LevelError
	}
	slog.Log(c.Request.Context(), level, "signing in by WeChat failed", "request_id", web.RequestID(c), "contest", in.Slug,
		"fault", string(refused.Fault), "error", refused, "look_at", refused.Fault.Advice(), "then", then)
}

// countWeChat counts sign-ins by what came of them, for /metrics.
func countWeChat(result string) {
	metrics.GetOrCreateCounter(fmt.Sprintf("anquanda_wechat_signins_total{result=%q}", result)).Inc()
}

// Exchanging learns from WeChat who came with a code, once for all nodes.
type Exchanging func(ctx context.Context, code string) (wechat.Login, error)
