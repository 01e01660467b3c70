package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/keyring"
)

// Devices names browsers by a cookie without personal data: a random name with the
// server's signature, so that nobody can take a name that was not given. A new name is
// free for the asking, so a device that is not known yet says nothing.
type Devices struct{ keys *keyring.Keys }

// NewDevices returns the names of keys that all nodes share.
func NewDevices(keys *keyring.Keys) *Devices { return &Devices{keys} }

const (
	deviceCookie = "aq_device"
	devicePath   = "/api/v1/"
	deviceLife   = 400 * 24 * 60 * 60 // seconds
	deviceName   = 26                 // as rand.Text makes them
	deviceKey    = "device"
)

// Known is the name of the browser that asks; empty where it has none that we gave.
func (d *Devices) Known(c *gin.Context) string {
	name, _ := d.known(c)
	return name
}

// known is Known; old tells that an earlier key has signed the cookie.
func (d *Devices) known(c *gin.Context) (name string, old bool) {
	for _, value := range Cookies(c, deviceCookie) {
		name, signature, _ := strings.Cut(value, ".")
		if len(name) != deviceName {
			continue
		}
		for i, key := range d.keys.All() {
			if hmac.Equal([]byte(signature), []byte(signName(key, name))) {
				return name, i > 0
			}
		}
	}
	return "", false
}

// Of is the name of the browser that asks; a new one gets its cookie, and one whose cookie
// an earlier key has signed gets it anew.
func (d *Devices) Of(c *gin.Context) string {
	name, old := d.known(c)
	if name != "" && !old {
		return name
	}
	if name := c.GetString(deviceKey); name != "" {
		return name // given by this very reply
	}
	if name == "" {
		name = rand.Text()
	}
	c.Set(deviceKey, name)
	SetCookie(c, http.Cookie{
		Name: deviceCookie, Value: name + "." + signName(d.keys.Newest(), name), Path: devicePath, MaxAge: deviceLife,
		SameSite: http.SameSiteLaxMode,
	})
	return name
}

func signName(key keyring.Key, name string) string {
	h := hmac.New(sha256.New, key.Bytes)
	h.Write([]byte(name))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
}
