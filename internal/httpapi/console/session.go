// Package console knows who works at the console: the session, and the permission
// that a call needs. The calls of its screens are in the folders below, one a
// subject, each with the services that it needs.
package console

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/staff"
)

// Sessions signs staff in and lets them through.
type Sessions struct {
	Staff *staff.Service
}

const (
	staffCookie = "aq_staff"
	memberKey   = "member"
)

var errForbidden = errs.New(errs.Forbidden, "not_permitted", "你的角色不能做这件事")

// Need lets only staff with the permission through.
func (s *Sessions) Need(p staff.Permission) gin.HandlerFunc {
	return web.Handle(func(c *gin.Context) error {
		member, err := s.signedIn(c)
		if err != nil {
			return err
		}
		if !member.Role.May(p) {
			return errForbidden
		}
		c.Set(memberKey, member)
		return nil
	})
}

func (s *Sessions) signedIn(c *gin.Context) (*staff.Member, error) {
	token, ok := web.Cookie(c, staffCookie)
	if !ok {
		return nil, staff.ErrSignedOut
	}
	return s.Staff.Session(c.Request.Context(), token)
}

// Member is who sends a request that Need let through.
func Member(c *gin.Context) *staff.Member { return c.MustGet(memberKey).(*staff.Member) }

// Actor is the same as the audit log names them.
func Actor(c *gin.Context) staff.Actor { return staff.ActorOf(Member(c)) }

// MemberReply is an account as pages see it.
type MemberReply struct {
	ID          string             `json:"id"`
	Login       string             `json:"login"`
	Name        string             `json:"name"`
	Role        staff.Role         `json:"role"`
	RoleName    string             `json:"role_name"`
	Disabled    bool               `json:"disabled"`
	Permissions []staff.Permission `json:"permissions"`
}

// MemberOf tells of an account.
func MemberOf(m *staff.Member) MemberReply {
	return MemberReply{ID: m.ID.String(), Login: m.Login, Name: m.Name, Role: m.Role, RoleName: m.Role.Name(),
		Disabled: m.Disabled, Permissions: m.Role.Permissions()}
}

type signInRequest struct {
	Login    string `json:"login"`
	Password string `json:"password"`
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
	token, member, err := s.Staff.SignIn(c.Request.Context(), body.Login, body.Password, c.Request.UserAgent(),
		c.ClientIP())
	if err != nil {
		return err
	}
	setCookie(c, token, 0)
	return web.JSON(c, http.StatusCreated, gin.H{"me": MemberOf(member)})
}

func setCookie(c *gin.Context, token string, maxAge int) {
	web.SetCookie(c, http.Cookie{
		Name: staffCookie, Value: token, Path: "/", MaxAge: maxAge, SameSite: http.SameSiteStrictMode,
	})
}

// Me tells who is signed in.
func (s *Sessions) Me(c *gin.Context) error {
	return web.JSON(c, http.StatusOK, gin.H{"me": MemberOf(Member(c))})
}

// SignOut ends the session of this browser.
func (s *Sessions) SignOut(c *gin.Context) error {
	for _, token := range web.Cookies(c, staffCookie) {
		if err := s.Staff.SignOut(c.Request.Context(), token); err != nil {
			return err
		}
	}
	setCookie(c, "", -1)
	return web.NoContent(c)
}
