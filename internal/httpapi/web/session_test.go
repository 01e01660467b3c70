package web_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// phone keeps the cookie of one browser.
type phone struct {
	t      *testing.T
	desk   *web.Desk
	cookie string
}

// ask runs work as a request of the phone.
func (p *phone) ask(work func(c *gin.Context)) {
	p.t.Helper()
	answer := httptest.NewRecorder()
	c, _ := gin.CreateTestContext(answer)
	c.Request = httptest.NewRequest(http.MethodGet, "/", nil)
	if p.cookie != "" {
		c.Request.Header.Set("Cookie", "aq_player="+p.cookie)
	}
	web.Players(p.desk, nil)(c)
	work(c)
	for _, cookie := range answer.Result().Cookies() {
		if p.cookie = cookie.Value; cookie.MaxAge < 0 {
			p.cookie = ""
		}
	}
}

func (p *phone) signIn(contestID, player sqldb.ID) {
	p.t.Helper()
	p.ask(func(c *gin.Context) {
		if err := p.desk.SignIn(c, contestID, player); err != nil {
			p.t.Fatal(err)
		}
	})
}

func (p *phone) is(contestID sqldb.ID) (player sqldb.ID) {
	p.ask(func(c *gin.Context) { player = web.PlayerIn(c, contestID) })
	return player
}

func newPhone(t *testing.T, a *arena.Arena) *phone {
	t.Helper()
	ids, err := sqldb.NewIDs(t.Context(), a.DB)
	if err != nil {
		t.Fatal(err)
	}
	sessions := identity.NewSessions(a.DB, ids, keyring.Only(bytes.Repeat([]byte{1}, 32)), time.Now)
	t.Cleanup(sessions.Close)
	return &phone{t: t, desk: &web.Desk{Sessions: sessions, Players: a.Players}}
}

func TestAPhoneThatProvesToBeSomebodyElseKeepsItsOtherContests(t *testing.T) {
	a := arena.New(t, testkit.Embedded(t))
	p := newPhone(t, a)
	const county, town = 1, 2
	enrol := func(contestID sqldb.ID) sqldb.ID {
		e, err := a.Players.Enrol(t.Context(), contestID, 0, "小李", 0)
		if err != nil {
			t.Fatal(err)
		}
		return e.PlayerID
	}
	guest := enrol(county)
	if _, err := a.Players.Enrol(t.Context(), town, guest, "小李", 0); err != nil {
		t.Fatal(err)
	}
	other := enrol(county)
	p.signIn(county, guest)
	p.signIn(county, other)
	if p.is(county) != other || p.is(town) != guest {
		t.Errorf("in the county it is %d (want %d), in the town %d (want %d)", p.is(county), other, p.is(town), guest)
	}
	p.ask(func(c *gin.Context) { p.desk.SignOut(c, 0) })
	if p.cookie != "" || p.is(county) != 0 {
		t.Errorf("signed out it keeps %q", p.cookie)
	}
}

func TestAPhoneWhoseGuestIsNowhereElseBecomesTheOtherEverywhere(t *testing.T) {
	a := arena.New(t, testkit.Embedded(t))
	p := newPhone(t, a)
	e, err := a.Players.Enrol(t.Context(), 1, 0, "小李", 0)
	if err != nil {
		t.Fatal(err)
	}
	p.signIn(1, e.PlayerID)
	before := p.cookie
	p.signIn(1, e.PlayerID)
	if p.cookie != before {
		t.Error("signing in again changes the token")
	}
	p.signIn(1, 77)
	if p.is(1) != 77 || p.is(2) != 77 {
		t.Errorf("it is %d and %d", p.is(1), p.is(2))
	}
}
