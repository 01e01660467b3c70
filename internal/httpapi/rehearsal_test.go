package httpapi_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// rehearse begins the rehearsal of a contest and returns its pass.
func (h *house) rehearse(slug string) (pass string) {
	h.t.Helper()
	var begun struct{ Rehearsal struct{ Slug, Pass string } }
	err := h.member(staff.Organizer).Call(http.MethodPost, consolePath+"/contests/"+slug+"/rehearsal", map[string]any{},
		&begun)
	if err != nil || begun.Rehearsal.Pass == "" {
		h.t.Fatalf("the rehearsal is %+v, %v", begun.Rehearsal, err)
	}
	return begun.Rehearsal.Pass
}

func (h *house) endRehearsal(slug string) {
	h.t.Helper()
	err := h.member(staff.Organizer).Call(http.MethodDelete, consolePath+"/contests/"+slug+"/rehearsal", nil, nil)
	if err != nil {
		h.t.Fatal(err)
	}
}

// answers is what a call says to who makes it: its status, where it leads and its code.
func (h *house) answers(p *testkit.Player, method, path string) string {
	h.t.Helper()
	reply, text := h.send(p, method, path, asJSON, strings.NewReader("{}"))
	var said struct{ Code string }
	json.Unmarshal([]byte(text), &said) //nolint:errcheck // a page is none
	return reply.Status + " " + reply.Header.Get("Location") + " " + said.Code
}

// Every call of players that names a contest or a live room says of one that rehearses what
// it says of one that does not exist, to a stranger and to a player of another contest.
func TestWithoutItsPassARehearsalIsNotThere(t *testing.T) {
	l := openLivehallOf(t, embedded(t), liveContest, "points", true)
	pass := l.rehearse("workmonth")
	for who, p := range map[string]*testkit.Player{"a stranger": l.player("june16"), "a player": l.enrolled("june16")} {
		calls := 0
		for _, route := range l.app.Handler().(*gin.Engine).Routes() {
			ours, none := route.Path, route.Path
			for name, value := range map[string][2]string{":contest": {"workmonth-rehearsal", "nowhere-rehearsal"},
				":room": {l.room, "1"}, ":code": {l.look().Room.Code, "000000"}} {
				ours, none = strings.Replace(ours, name, value[0], 1), strings.Replace(none, name, value[1], 1)
			}
			if ours == none || strings.HasPrefix(route.Path, consolePath) {
				continue
			}
			for _, name := range []string{":level", ":board", ":pool", ":prize", ":award", ":field", ":device", ":provider"} {
				ours, none = strings.Replace(ours, name, "1", 1), strings.Replace(none, name, "1", 1)
			}
			if got, want := l.answers(p, route.Method, ours), l.answers(p, route.Method, none); got != want ||
				strings.HasPrefix(got, "20") {
				t.Errorf("%s %s says to %s %q, and of none %q", route.Method, route.Path, who, got, want)
			}
			calls++
		}
		if calls < 40 {
			t.Errorf("only %d calls were tried", calls)
		}
	}
	p := l.player("workmonth-rehearsal")
	l.must(p.Enter(pass))
	l.must(p.Enrol("试一试", ""))
	if _, err := p.Start("home"); err != nil {
		t.Errorf("who holds the pass cannot play: %v", err)
	}
}

func TestALiveRoomThatRehearsesIsSeenByWhoHoldsItsPass(t *testing.T) {
	l := openLivehallOf(t, embedded(t), liveContest, "points", true)
	listed := func(p *testkit.Player) int {
		var got struct{ Rooms []struct{ Room string } }
		l.must(p.Call(http.MethodGet, "/api/v1/contests/june16/live", nil, &got))
		return len(got.Rooms)
	}
	stranger := l.player("june16")
	if listed(stranger) != 0 {
		t.Error("a room that rehearses is listed to everybody")
	}
	in := l.join("试一试") // by its link
	if listed(in) != 1 || l.state(in).Room.Pass != l.pass {
		t.Error("who holds the pass does not see the room, or cannot pass it on to a screen")
	}
	l.must(stranger.Enrol("路人", ""))
	l.must(stranger.Enter(strings.Repeat("A", len(l.pass))))
	refused(t, "a made-up pass", stranger.Call(http.MethodGet, "/api/v1/live/rooms/"+l.room+"/state", nil, nil),
		"live_unknown")
}

func TestTheHallsScreenShowsARehearsedRoomOnceItIsPairedAndNobodyTypesASecret(t *testing.T) {
	l := openRoom(t, "kinds", true)
	const path = consolePath + "/contests/june16/screen"
	screen, stranger, none := l.player("june16"), l.player("june16"), map[string]any{}
	var asked struct{ Code string }
	l.must(l.host.Call(http.MethodPost, path+"/pairing", none, nil))
	l.must(screen.Call(http.MethodPost, "/api/v1/contests/june16/screen", none, &asked))
	l.must(l.host.Call(http.MethodPost, path+"s", map[string]any{"code": asked.Code}, nil))
	l.must(l.host.Call(http.MethodPut, path, map[string]any{"seq": 1, "view": "live", "subject": l.room, "step": 0,
		"turns": []string{}}, nil))
	for name, of := range map[string]struct {
		screen *testkit.Player
		hidden bool
		code   string // of what the room answers
	}{"paired": {screen, false, ""}, "a stranger's": {stranger, true, "live_unknown"}} {
		var shown struct {
			View   string
			Hidden bool
		}
		waitFor(t, func() bool { // what a node remembers for some tenths of a second
			l.must(of.screen.Call(http.MethodGet, "/api/v1/contests/june16/screen", nil, &shown))
			return shown.View == "live"
		})
		err := of.screen.Call(http.MethodGet, "/api/v1/live/rooms/"+l.room+"/state?screen=1", nil, nil)
		if shown.Hidden != of.hidden || codeOf(err) != of.code {
			t.Errorf("%s screen: hidden %t, and the room answers %v", name, shown.Hidden, err)
		}
	}
}

func TestTheLinkOfARehearsalBecomesACookieAndEndsWithIt(t *testing.T) {
	h := openHouse(t, embedded(t))
	pass := h.rehearse("workmonth")
	p := h.player("workmonth-rehearsal")
	reply, _ := h.send(p, http.MethodGet, "/c/workmonth-rehearsal?pass="+pass+"&pledge=", nil, nil)
	if reply.StatusCode != http.StatusSeeOther || reply.Header.Get("Location") != "/c/workmonth-rehearsal?pledge=" {
		t.Errorf("the link is answered with %s %s", reply.Status, reply.Header.Get("Location"))
	}
	if cookie := reply.Header.Get("Set-Cookie"); !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, pass) {
		t.Errorf("the cookie is %s", cookie)
	}
	step, err := func() (*testkit.Step, error) {
		if err := p.Enrol("试一试", ""); err != nil {
			return nil, err
		}
		return p.Start("home")
	}()
	if err != nil {
		t.Fatal(err)
	}
	// The same player on a browser without the pass.
	other := h.with("workmonth-rehearsal", "aq_player", h.cookieOf(p, "aq_player"))
	refused(t, "a ticket without the pass", other.Call(http.MethodGet, "/api/v1/attempts/"+step.Ticket, nil, nil),
		"ticket_invalid")

	viewer := h.member(staff.Viewer)
	var told struct {
		Contest struct{ Rehearsal *struct{ Pass string } }
	}
	if err := viewer.Call(http.MethodGet, consolePath+"/contests/workmonth", nil, &told); err != nil ||
		told.Contest.Rehearsal == nil || told.Contest.Rehearsal.Pass != "" {
		t.Errorf("who only looks on is told %+v, %v", told.Contest.Rehearsal, err)
	}

	h.endRehearsal("workmonth")
	if again := h.rehearse("workmonth"); again == pass {
		t.Error("the next rehearsal has the same pass")
	}
	refused(t, "the pass of one that ended", p.Call(http.MethodGet, p.InContest(""), nil, nil), "contest_unknown")
}

func TestAPassLeadsNowhereElse(t *testing.T) {
	h := commonHouse(t)
	for _, path := range []string{"//evil.example/", "/\\evil.example", "/api/v1/contests"} {
		request, err := http.NewRequest(http.MethodGet, h.url+(&url.URL{Path: "/"}).String(), nil)
		if err != nil {
			t.Fatal(err)
		}
		request.URL.Opaque = path
		request.URL.RawQuery = "pass=x"
		reply, err := h.player("current").Client.Transport.RoundTrip(request)
		if err != nil {
			continue // the client's own rules
		}
		reply.Body.Close()
		if to := reply.Header.Get("Location"); strings.Contains(to, "evil") || strings.Contains(to, "api") {
			t.Errorf("%s leads to %s", path, to)
		}
	}
}
