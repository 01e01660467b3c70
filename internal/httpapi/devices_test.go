package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestATokenThatWasCopiedBeforeSigningOutIsWorthNothingAfter(t *testing.T) {
	h := commonHouse(t)
	for how, call := range map[string]struct{ method, path string }{
		"signing out": {http.MethodDelete, "/devices/here"}, "leaving": {http.MethodDelete, "/enrolment"},
	} {
		p := h.enrolled("county")
		thief := h.with("county", sessionCookie, h.cookieOf(p, sessionCookie))
		if err := p.Call(call.method, p.InContest(call.path), nil, nil); err != nil {
			t.Fatalf("%s: %v", how, err)
		}
		if _, err := thief.Start("all-kinds"); codeOf(err) != "unauthenticated" {
			t.Errorf("after %s the copy gets %v", how, err)
		}
		if _, body := h.send(p, http.MethodGet, p.InContest(""), nil, nil); !strings.Contains(body, `"me":null`) {
			t.Errorf("after %s the phone is still somebody: %.200s", how, body)
		}
	}
}

func TestAPlayerSeesTheDevicesAndEndsTheOthers(t *testing.T) {
	h := commonHouse(t)
	p := h.enrolled("county")
	copied := h.with("county", sessionCookie, h.cookieOf(p, sessionCookie))
	var list struct {
		Devices []struct {
			ID   string
			Here bool
		}
	}
	err := p.Call(http.MethodGet, p.InContest("/devices"), nil, &list)
	if err != nil || len(list.Devices) != 1 || !list.Devices[0].Here {
		t.Fatalf("%+v, %v", list, err)
	}
	stranger := h.enrolled("county")
	err = stranger.Call(http.MethodDelete, p.InContest("/devices/"+list.Devices[0].ID), nil, nil)
	if codeOf(err) != "session_unknown" {
		t.Errorf("a stranger ends it: %v", err)
	}
	if err := p.Call(http.MethodDelete, p.InContest("/devices/others"), nil, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := copied.Start("all-kinds"); err != nil {
		t.Errorf("the same session, which a copy of its token is too, is out: %v", err)
	}
}
