package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// Devices names browsers by a cookie without personal data: a random name with the
// server's signature, so that nobody can take a name that was not given. A new name is
// free for the asking, so a device that is not known yet says nothing.
type Devices struct{ key []byte }

// NewDevices returns the names of a key that all nodes share.
func NewDevices(key []byte) *Devices { return &Devices{key} }

const (
	deviceCookie = "aq_device"
	devicePath   = "/api/v1/"
	deviceLife   = 400 * 24 * 60 * 60 // seconds
	deviceName   = 26                 // as rand.Text makes them
	deviceKey    = "device"
)

// Known is the name of the browser that asks; empty where it has none that we gave.
func (d *Devices) Known(c *gin.Context) string {
	for _, value := range Cookies(c, deviceCookie) {
		name, signature, _ := strings.Cut(value, ".")
		if len(name) == deviceName && hmac.Equal([]byte(signature), []byte(d.sign(name))) {
			return name
		}
	}
	return ""
}

// Of is the name of the browser that asks; a new one gets its cookie.
func (d *Devices) Of(c *gin.Context) string {
	if name := d.Known(c); name != "" {
		return name
	}
	if name := c.GetString(deviceKey); name != "" {
		return name // given by this very reply
	}
	name := rand.Text()
	c.Set(deviceKey, name)
	SetCookie(c, http.Cookie{
		Name: deviceCookie, Value: name + "." + d.sign(name), Path: devicePath, MaxAge: deviceLife,
		SameSite: http.SameSiteLaxMode,
	})
	return name
}

func (d *Devices) sign(name string) string {
	h := hmac.New(sha256.New, d.key)
	h.Write([]byte(name))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
}
