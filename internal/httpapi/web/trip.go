package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"math/big"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

// Trip is a way to another site and back, on which a person is proven. All of it
// travels in the state parameter, signed, so that any node reads it.
type Trip struct {
	Contest sqldb.ID
	// Back is where the person wants to be afterwards: what stands behind the address
	// of the contest, or another path of this site.
	Back string
	// Again: it is the second try, after one that another site spoiled.
	Again bool
	Begun int64 // UTC ms, whole seconds
	// Signed is the id of the secret that the state is signed with.
	Signed string
}

// Trips signs trips.
type Trips struct{ Keys *keyring.Keys }

const (
	tripCookie = "aq_trip"
	// TripLife is how long a person may take.
	TripLife = 10 * time.Minute
	// MaxTripState is how long WeChat lets state be, of letters and digits.
	MaxTripState = 128
	// maxTripBack is what is left for Back in so many letters.
	maxTripBack = 58

	tripVersion = 1
	tripHead    = 1 + 8 + 4 + 1 + tripBound
	tripBound   = 8 // bytes that bind it to the browser
	tripMAC     = 12
)

// Errors of coming back. The last two tell the trip all the same, for its contest.
var (
	ErrTripForged = errs.New(errs.Invalid, "signin_forged", "这个登录链接不完整，请回到活动页面重新登录")
	ErrTripOld    = errs.New(errs.Gone, "signin_old", "登录用的时间太长了，请重新登录一次")
	ErrTripOther  = errs.New(errs.Forbidden, "signin_other_browser",
		"登录是在另一个浏览器里开始的，请在这个页面里重新登录一次")
)

// Begin gives the browser what binds the trip to it, unless it has that from another
// trip that is not over (another tab), and returns the state, and with which secret it is
// signed.
func (t Trips) Begin(c *gin.Context, trip Trip) (state, signed string) {
	bound := rand.Text()
	if before, ok := Cookie(c, tripCookie); ok && len(before) == len(bound) {
		bound = before
	}
	// Lax: the other site sends the browser back by a link.
	SetCookie(c, http.Cookie{Name: tripCookie, Value: bound, Path: "/api/v1/", MaxAge: int(TripLife.Seconds()),
		SameSite: http.SameSiteLaxMode})
	key := t.Keys.Newest()
	return stateOf(key, trip, bound), key.ID
}

// End reads the state that a browser comes back with. Errors: ErrTripForged,
// ErrTripOld, ErrTripOther.
func (t Trips) End(c *gin.Context, state string, now time.Time) (Trip, error) {
	bound, _ := Cookie(c, tripCookie)
	return t.read(state, bound, now)
}

// state is MAC and body: a version, the contest, seconds, whether it is again, a hash
// of what binds it to the browser, and the way back.
func stateOf(key keyring.Key, trip Trip, bound string) string {
	body := make([]byte, 0, tripHead+maxTripBack+tripMAC)
	body = append(body, tripVersion)
	body = binary.BigEndian.AppendUint64(body, uint64(trip.Contest))
	body = binary.BigEndian.AppendUint32(body, uint32(trip.Begun/1000))
	again := byte(0)
	if trip.Again {
		again = 1
	}
	body = append(body, again)
	body = append(body, tripSum(key, "bound", []byte(bound))[:tripBound]...)
	if len(trip.Back) <= maxTripBack {
		body = append(body, trip.Back...)
	}
	body = append(body, tripSum(key, "trip", body)[:tripMAC]...)
	return new(big.Int).SetBytes(body).Text(62) // the version is not 0, so no byte is lost
}

func (t Trips) read(state, bound string, now time.Time) (Trip, error) {
	if state == "" || len(state) > MaxTripState || state[0] == '-' || state[0] == '+' {
		return Trip{}, ErrTripForged
	}
	number, ok := new(big.Int).SetString(state, 62)
	if !ok {
		return Trip{}, ErrTripForged
	}
	all := number.Bytes()
	if len(all) < tripHead+tripMAC || all[0] != tripVersion {
		return Trip{}, ErrTripForged
	}
	body, mac := all[:len(all)-tripMAC], all[len(all)-tripMAC:]
	keys := t.Keys.All()
	by := slices.IndexFunc(keys, func(key keyring.Key) bool {
		return hmac.Equal(mac, tripSum(key, "trip", body)[:tripMAC])
	})
	if by < 0 {
		return Trip{}, ErrTripForged
	}
	trip := Trip{Contest: sqldb.ID(binary.BigEndian.Uint64(body[1:])), Again: body[13] == 1,
		Begun: int64(binary.BigEndian.Uint32(body[9:])) * 1000, Back: string(body[tripHead:]), Signed: keys[by].ID}
	age := now.Sub(time.UnixMilli(trip.Begun))
	switch {
	case age > TripLife || age < -time.Minute: // clocks of nodes differ
		return trip, ErrTripOld
	case bound == "" || !hmac.Equal(tripSum(keys[by], "bound", []byte(bound))[:tripBound], body[14:tripHead]):
		return trip, ErrTripOther
	}
	return trip, nil
}

func tripSum(key keyring.Key, what string, of []byte) []byte {
	mac := hmac.New(sha256.New, key.Bytes)
	mac.Write([]byte(what + "\x00"))
	mac.Write(of)
	return mac.Sum(nil)
}

// PagePath reads a path of one of our pages, with its query; ok is false for whatever
// could lead a browser elsewhere, or back to a call.
func PagePath(text string) (path string, ok bool) {
	bad := func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\\\"<>#^`{|}", r) }
	if !strings.HasPrefix(text, "/") || len(text) > 300 || strings.Contains(text, "//") ||
		strings.ContainsFunc(text, bad) {
		return "", false
	}
	u, err := url.Parse(text)
	if err != nil || u.Host != "" || u.Scheme != "" || strings.HasPrefix(u.Path, "/api") || u.Path != decent(u.Path) {
		return "", false
	}
	return text, true
}

// decent is a path without steps up and without what decodes to something else.
func decent(path string) string {
	if strings.Contains(path, "/.") || strings.ContainsAny(path, "\\%") || strings.Contains(path, "//") {
		return ""
	}
	return path
}
