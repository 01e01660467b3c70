// Package console holds the calls of the console for organizers and staff, one
// file a screen. Every route names the permission that it needs.
package console

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/pledge"
	"anquanda/internal/prize"
	"anquanda/internal/referral"
	"anquanda/internal/report"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/unit"
)

// API serves staff.
type API struct {
	Staff   *staff.Service
	Banks   *bank.Store
	Catalog *catalog.Catalog
	Play    *play.Service
	Pledges *pledge.Service
	Prizes  *prize.Service
	Drawn   *prize.Drawings
	Booth   *prize.Booth
	Claims  *prize.Claims
	Players *identity.Players
	IDs     *sqldb.IDs
	Now     func() time.Time
	// Referrals keeps channels; Drew counts who drew by channel, nil while there
	// are no prizes.
	Referrals *referral.Service
	Drew      referral.Drew
	UnitTrees *unit.Service
	Report    *report.Service
	// Conduct keeps cases, Forensics reads what they rest on, Look begins to look
	// for signals in a contest and returns.
	Conduct   *conduct.Service
	Forensics *report.Forensics
	Look      func(context.Context, *catalog.Contest) error
	Paid      *prize.Payouts
	// Examples are definitions to begin from; EndRehearsal deletes the rehearsal of a
	// contest from every package.
	Examples     []Example
	EndRehearsal func(ctx context.Context, by staff.Actor, contest string) error

	// recent is the bank that was looked at last: paging through 50,000 questions
	// reads them once. A version never changes, so it cannot be out of date.
	recent atomic.Pointer[bank.Bank]
}

const (
	staffCookie = "aq_staff"
	memberKey   = "member"
)

var errForbidden = errs.New(errs.Forbidden, "not_permitted", "你的角色不能做这件事")

// Need lets only staff with the permission through.
func (a *API) Need(p staff.Permission) gin.HandlerFunc {
	return web.Handle(func(c *gin.Context) error {
		member, err := a.signedIn(c)
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

func (a *API) signedIn(c *gin.Context) (*staff.Member, error) {
	cookie, err := c.Request.Cookie(staffCookie)
	if err != nil {
		return nil, staff.ErrSignedOut
	}
	return a.Staff.Session(c.Request.Context(), cookie.Value)
}

// member is who sends a request that Need let through.
func member(c *gin.Context) *staff.Member { return c.MustGet(memberKey).(*staff.Member) }

func actor(c *gin.Context) staff.Actor { return staff.ActorOf(member(c)) }

type memberReply struct {
	ID          string             `json:"id"`
	Login       string             `json:"login"`
	Name        string             `json:"name"`
	Role        staff.Role         `json:"role"`
	RoleName    string             `json:"role_name"`
	Disabled    bool               `json:"disabled"`
	Permissions []staff.Permission `json:"permissions"`
}

func memberOf(m *staff.Member) memberReply {
	return memberReply{ID: m.ID.String(), Login: m.Login, Name: m.Name, Role: m.Role, RoleName: m.Role.Name(),
		Disabled: m.Disabled, Permissions: m.Role.Permissions()}
}

type signInRequest struct {
	Login    string `json:"login"`
	Password string `json:"password"`
}

// SignIn begins a session. The cookie goes to this site's own pages alone.
func (a *API) SignIn(c *gin.Context) error {
	var body signInRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if body.Login == "" || body.Password == "" {
		return staff.ErrWrongPassword
	}
	token, member, err := a.Staff.SignIn(c.Request.Context(), body.Login, body.Password, c.Request.UserAgent(), c.ClientIP())
	if err != nil {
		return err
	}
	setCookie(c, token, 0)
	return web.JSON(c, http.StatusCreated, gin.H{"me": memberOf(member)})
}

func setCookie(c *gin.Context, token string, maxAge int) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: staffCookie, Value: token, Path: "/", MaxAge: maxAge, HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: c.Request.TLS != nil || c.GetHeader("X-Forwarded-Proto") == "https",
	})
}

// Me tells who is signed in.
func (a *API) Me(c *gin.Context) error {
	return web.JSON(c, http.StatusOK, gin.H{"me": memberOf(member(c))})
}

// SignOut ends the session of this browser.
func (a *API) SignOut(c *gin.Context) error {
	if cookie, err := c.Request.Cookie(staffCookie); err == nil {
		if err := a.Staff.SignOut(c.Request.Context(), cookie.Value); err != nil {
			return err
		}
	}
	setCookie(c, "", -1)
	c.Status(http.StatusNoContent)
	return nil
}

func staffID(c *gin.Context) (sqldb.ID, error) {
	id, ok := sqldb.ParseID(c.Param("staff"))
	if !ok {
		return 0, staff.ErrUnknown
	}
	return id, nil
}
