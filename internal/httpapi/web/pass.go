package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/keyring"
	"anquanda/internal/live"
	"anquanda/internal/sqldb"
)

// Passes are what opens rehearsals. A rehearsal asks the questions that will count, before
// they do, at an address that can be guessed; so whoever holds no pass finds nothing there.
// The pass of a rehearsal, and that of a live room that is one by itself, is derived from
// its id, which no other has ever had: it needs no store, and ends with the rehearsal.
type Passes struct{ keys *keyring.Keys }

// NewPasses returns the passes of keys that all nodes share; one of an earlier key opens too.
func NewPasses(keys *keyring.Keys) *Passes { return &Passes{keys} }

const (
	passCookie = "aq_pass"
	// PassParam is the part of an address that brings a pass.
	PassParam = "pass"
	passesKey = "passes"
	passLife  = 30 * 24 * 60 * 60 // seconds
	maxPasses = 8                 // in the cookie; the oldest goes first
)

var passForm = base32.StdEncoding.WithPadding(base32.NoPadding)

// passLength is that of 16 bytes.
var passLength = passForm.EncodedLen(16)

func passOf(key keyring.Key, id sqldb.ID) string {
	mac := hmac.New(sha256.New, key.Bytes)
	binary.Write(mac, binary.BigEndian, uint64(id)) //nolint:errcheck // a hash takes everything
	return passForm.EncodeToString(mac.Sum(nil)[:16])
}

// OfContest is the pass of a rehearsal; empty for a contest that is none.
func (p *Passes) OfContest(in *catalog.Contest) string { return p.newest(rehearsalOf(in)) }

// OfRoom is the pass of a live room: that of the rehearsal it belongs to, or its own where
// it rehearses in a contest that counts; empty for a room that counts.
func (p *Passes) OfRoom(in *catalog.Contest, seen *live.Seen) string {
	return p.newest(rehearsedIn(in, seen))
}

// rehearsalOf is the id that the pass of a contest is derived from; 0: it needs none.
func rehearsalOf(in *catalog.Contest) sqldb.ID {
	if in.RehearsalOf == 0 {
		return 0
	}
	return in.ContestID
}

// rehearsedIn is the id that the pass of a room is derived from; 0: it needs none.
func rehearsedIn(in *catalog.Contest, seen *live.Seen) sqldb.ID {
	if in.RehearsalOf == 0 && seen.Rehearsal {
		return seen.RoomID
	}
	return rehearsalOf(in)
}

func (p *Passes) newest(id sqldb.ID) string {
	if id == 0 {
		return ""
	}
	return passOf(p.keys.Newest(), id)
}

// Ask makes the calls of players ask for passes; those of staff do not.
func (p *Passes) Ask() gin.HandlerFunc {
	return func(c *gin.Context) { c.Set(passesKey, p) }
}

func passesOf(c *gin.Context) *Passes {
	asked, _ := c.Get(passesKey)
	p, _ := asked.(*Passes)
	return p
}

// Admitted reports whether who asks may know of the contest.
func Admitted(c *gin.Context, in *catalog.Contest) bool {
	p := passesOf(c)
	return p == nil || p.held(c, rehearsalOf(in))
}

// AdmittedTo reports whether who asks may know of the live room.
func AdmittedTo(c *gin.Context, in *catalog.Contest, seen *live.Seen) bool {
	p := passesOf(c)
	return p == nil || p.held(c, rehearsedIn(in, seen))
}

// held reports whether the browser has brought the pass derived from an id, by whichever
// key; nothing is asked for 0.
func (p *Passes) held(c *gin.Context, id sqldb.ID) bool {
	return id == 0 || slices.ContainsFunc(passesHeld(c), func(held string) bool {
		return p.keys.Any(func(key keyring.Key) bool { return hmac.Equal([]byte(held), []byte(passOf(key, id))) })
	})
}

func passesHeld(c *gin.Context) (held []string) {
	value, _ := Cookie(c, passCookie)
	for pass := range strings.SplitSeq(value, ".") {
		if len(pass) == passLength && len(held) < maxPasses {
			held = append(held, pass)
		}
	}
	return held
}

// hold has the browser keep a pass.
func hold(c *gin.Context, pass string) {
	held := slices.DeleteFunc(passesHeld(c), func(other string) bool { return other == pass })
	held = append([]string{pass}, held[:min(len(held), maxPasses-1)]...)
	SetCookie(c, http.Cookie{Name: passCookie, Value: strings.Join(held, "."), Path: "/", MaxAge: passLife,
		SameSite: http.SameSiteLaxMode})
}

// AdmitTo gives the browser that asks the pass of a live room, unless it has it: that of a
// screen which staff have paired, so that nobody types a secret in a hall.
func (p *Passes) AdmitTo(c *gin.Context, in *catalog.Contest, seen *live.Seen) {
	if !AdmittedTo(c, in, seen) {
		hold(c, p.OfRoom(in, seen))
	}
}

// Enter takes a pass out of the address of a page into the cookie, and sends the browser to
// the page without it, so that nobody passes it on with a link or a picture of the page. It
// does nothing, and returns false, where the address brings none.
func (p *Passes) Enter(c *gin.Context) bool {
	query := c.Request.URL.Query()
	pass := query.Get(PassParam)
	page, ours := PagePath(c.Request.URL.Path)
	if pass == "" || !ours || c.Request.Method != http.MethodGet {
		return false
	}
	if _, err := passForm.DecodeString(pass); err == nil && len(pass) == passLength {
		hold(c, pass)
	}
	query.Del(PassParam)
	to := url.URL{Path: page, RawQuery: query.Encode()}
	c.Header("Cache-Control", "no-store")
	c.Redirect(http.StatusSeeOther, to.String())
	return true
}
