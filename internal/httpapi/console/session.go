// Package console knows who works at the console: the session, and the permission
// that a call needs. The calls of its screens are in the folders below, one a
// subject, each with the services that it needs.
package console

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/limit"
	"anquanda/internal/staff"
)

// Sessions signs staff in and lets them through.
type Sessions struct {
	Staff  *staff.Service
	Limits *limit.Limiter
}

const (
	staffCookie = "aq_staff"
	// browserCookie tells who has signed in with a browser before, so that strangers
	// cannot use up their tries. It goes to the calls of the session alone.
	browserCookie = "aq_desk"
	browserPath   = "/api/v1/console/session"
	browserLife   = 400 * 24 * 60 * 60 // seconds

	sessionKey = "staff_session"
	// pollHeader marks what a page asks by itself: it keeps no session alive.
	pollHeader = "Aq-Poll"
)

// Themselves is the need of calls that anybody who is signed in may make for themselves,
// also who has to change a password or to add a second factor before anything else.
const Themselves staff.Permission = "themselves"

var errForbidden = errs.New(errs.Forbidden, "not_permitted", "你的角色不能做这件事")

// Need lets only staff with the permission through.
func (s *Sessions) Need(p staff.Permission) gin.HandlerFunc {
	return web.Handle(func(c *gin.Context) error {
		session, err := s.signedIn(c)
		if err != nil {
			return err
		}
		if p != Themselves {
			if !session.Role.May(p) {
				return errForbidden
			}
			if err := s.Staff.Hindered(session); err != nil {
				return err
			}
		}
		c.Set(sessionKey, session)
		return nil
	})
}

// Afresh lets a call of staff through only within ten minutes of their password: what
// moves money, tells who people are, or changes who may do so must not be done by
// whoever finds a browser open. Errors: password_needed.
func (s *Sessions) Afresh(h web.Handler) web.Handler {
	return func(c *gin.Context) error {
		if err := s.Staff.Fresh(Session(c)); err != nil {
			return err
		}
		return h(c)
	}
}

func (s *Sessions) signedIn(c *gin.Context) (*staff.Session, error) {
	token, ok := web.Cookie(c, staffCookie)
	if !ok {
		return nil, staff.ErrSignedOut
	}
	return s.Staff.Session(c.Request.Context(), token, networkOf(c).Name, c.GetHeader(pollHeader) == "")
}

func networkOf(c *gin.Context) limit.Network { return limit.NetworkOf(c.ClientIP(), nil) }

// Session is that of who sends a request that Need let through.
func Session(c *gin.Context) *staff.Session { return c.MustGet(sessionKey).(*staff.Session) }

// Member is who sends a request that Need let through.
func Member(c *gin.Context) *staff.Member { return &Session(c).Member }

// Actor is the same as the audit log names them.
func Actor(c *gin.Context) staff.Actor { return staff.ActorOf(Member(c)) }

// MemberReply is an account as pages see it.
type MemberReply struct {
	ID           string             `json:"id"`
	Login        string             `json:"login"`
	Name         string             `json:"name"`
	Role         staff.Role         `json:"role"`
	RoleName     string             `json:"role_name"`
	Disabled     bool               `json:"disabled"`
	SecondFactor bool               `json:"second_factor"`
	Permissions  []staff.Permission `json:"permissions"`
}

// MemberOf tells of an account.
func MemberOf(m *staff.Member) MemberReply {
	return MemberReply{ID: m.ID.String(), Login: m.Login, Name: m.Name, Role: m.Role, RoleName: m.Role.Name(),
		Disabled: m.Disabled, SecondFactor: m.SecondFactor, Permissions: m.Role.Permissions()}
}

type signInRequest struct {
	Login    string `json:"login"`
	Password string `json:"password"`
	Code     string `json:"code"`
}

// SignIn begins a session. The cookie goes to this site's own pages alone.
func (s *Sessions) SignIn(c *gin.Context) error {
	var body signInRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if body.Login == "" || body.Password == "" {
		return staff.ErrWrongPassword
	}
	held, _ := web.Cookie(c, browserCookie)
	who := limit.Who{Device: s.Staff.Knows(body.Login, held)}
	if who.Device == "" {
		who.Network = networkOf(c)
	}
	if err := s.Limits.Take(c.Request.Context(), limit.SignIn, who, limit.Work{}); err != nil {
		return err
	}
	in, err := s.Staff.SignIn(c.Request.Context(), staff.Attempt{Login: body.Login, Password: body.Password,
		Code: body.Code, Device: identity.DeviceName(c.Request.UserAgent()), Network: networkOf(c).Name, Browser: held})
	if err != nil {
		return err
	}
	setCookie(c, staffCookie, in.Token, "/", 0)
	setCookie(c, browserCookie, in.Browser, browserPath, browserLife)
	return web.JSON(c, http.StatusCreated, s.reply(in.Session))
}

func setCookie(c *gin.Context, name, value, path string, maxAge int) {
	web.SetCookie(c, http.Cookie{
		Name: name, Value: value, Path: path, MaxAge: maxAge, SameSite: http.SameSiteStrictMode,
	})
}

// standing is what an account still has to do. Times are UTC milliseconds.
type standing struct {
	FirstPassword bool `json:"first_password"`
	// SecondDueAt is until when a second factor has to be added; 0: none has to be.
	SecondDueAt   int64 `json:"second_due_at"`
	SecondOverdue bool  `json:"second_overdue"`
}

func (s *Sessions) reply(of *staff.Session) gin.H {
	return gin.H{"me": MemberOf(&of.Member), "standing": standing{of.FirstPassword, of.SecondDue(),
		s.Staff.Overdue(of)}}
}

// Me tells who is signed in.
func (s *Sessions) Me(c *gin.Context) error { return web.JSON(c, http.StatusOK, s.reply(Session(c))) }

// SignOut ends the session of this browser.
func (s *Sessions) SignOut(c *gin.Context) error {
	for _, token := range web.Cookies(c, staffCookie) {
		if err := s.Staff.SignOut(c.Request.Context(), token); err != nil {
			return err
		}
	}
	setCookie(c, staffCookie, "", "/", -1)
	return web.NoContent(c)
}
