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

func TestABrowserGetsItsNameAtJoiningAndWhoJoinsByItAgainIsKnownToShareIt(t *testing.T) {
	h := openHouse(t, embedded(t))
	join := func(address, device string) (given string) {
		t.Helper()
		header := http.Header{}
		if device != "" {
			header.Set("Cookie", "aq_device="+device)
		}
		joined := h.join(address, header)
		if joined.status != http.StatusCreated {
			t.Fatalf("%+v", joined)
		}
		for _, cookie := range joined.cookies {
			if cookie.Name == "aq_device" {
				given = cookie.Value
			}
		}
		return given
	}
	device := join("203.0.113.7:5000", "")
	if device == "" {
		t.Fatal("a browser without a name gets none at joining")
	}
	if join("198.51.100.7:5000", device) != "" {
		t.Error("a browser that has a name gets another")
	}
	join("203.0.113.99:5000", "forged."+device)
	join("127.0.0.1:5000", "")
	var rows []struct {
		Device  string `db:"device"`
		Network string `db:"network"`
	}
	if err := h.app.DB.Select(t.Context(), &rows, "SELECT device, network FROM player_origins ORDER BY player_id"); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4 || rows[0].Device != rows[1].Device || rows[0].Device == rows[2].Device ||
		rows[0].Network != rows[2].Network || rows[0].Network == rows[1].Network || rows[3].Network != "" {
		t.Errorf("noted are %+v", rows)
	}
}
