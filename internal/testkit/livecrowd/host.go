package livecrowd

import (
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/accounts"
)

// View is a room as its host sees it.
type View struct {
	Room  Room
	Steps []string
	Nodes []struct {
		Node      string
		Connected int
		Owner     bool
	}
	Rounds []struct {
		Round, Answered, Correct int
		Right                    []string
	}
	Log []struct {
		At                int64
		Who, What, Detail string
	}
}

// Host leads a room, and goes on as the players do.
type Host struct {
	Room, Code string
	Base       string // of the server that the host talks to; may be changed between calls

	t      testing.TB
	client *testkit.Player
}

const password = "一句很长的密码 2026"

// Open hires a host, who makes a room by a plan of Apply's contest on the server at base.
func Open(t testing.TB, db *sqldb.DB, base, plan string) *Host {
	t.Helper()
	accounts.Hire(t, db, "livehost", "主持人", staff.Host, password)
	h := &Host{Base: base, t: t, client: testkit.NewPlayer(base, "livefaults", nil)}
	err := h.call(http.MethodPost, "/session", map[string]string{"login": "livehost", "password": password}, nil)
	if err != nil {
		t.Fatal(err)
	}
	h.client.Client.Timeout = answersWithin
	var made View
	if err := h.call(http.MethodPost, "/contests/livefaults/live", map[string]string{"plan": plan}, &made); err != nil {
		t.Fatal(err)
	}
	h.Room, h.Code = made.Room.Room, made.Room.Code
	return h
}

func (h *Host) call(method, path string, body, reply any) error {
	to := *h.client
	to.Base = h.Base
	return to.Call(method, "/api/v1/console"+path, body, reply)
}

// Look waits for the server's view of the room.
func (h *Host) Look() (view View) {
	h.t.Helper()
	h.until("a view of the room", func() bool {
		view = View{}
		return h.call(http.MethodGet, "/live/"+h.Room, nil, &view) == nil
	})
	return view
}

// Await waits until the server shows something.
func (h *Host) Await(what string, so func(View) bool) (view View) {
	h.t.Helper()
	h.until(what, func() bool {
		view = View{}
		return h.call(http.MethodGet, "/live/"+h.Room, nil, &view) == nil && so(view)
	})
	return view
}

// AwaitPhase waits until the room is in a phase.
func (h *Host) AwaitPhase(phase string) View {
	h.t.Helper()
	return h.Await("the phase "+phase, func(view View) bool { return view.Room.Phase == phase })
}

// Step takes a step that leads to a phase, as often as it must be pressed; it was taken
// when the phase is there.
func (h *Host) Step(step, phase string) (view View) {
	h.t.Helper()
	h.until(step+" to "+phase, func() bool {
		view = View{}
		if h.call(http.MethodGet, "/live/"+h.Room, nil, &view) != nil {
			return false
		}
		if view.Room.Phase == phase {
			return true
		}
		if slices.Contains(view.Steps, step) {
			h.press(h.Base, view.Room.Seq, step) //nolint:errcheck // the next look tells
		}
		return false
	})
	return view
}

func (h *Host) press(base string, seq int64, step string) error {
	to := *h.client
	to.Base = base
	return to.Call(http.MethodPost, "/api/v1/console/live/"+h.Room+"/steps", map[string]any{"seq": seq, "step": step}, nil)
}

// Press presses a step once, on the room as it stands.
func (h *Host) Press(step string) {
	h.t.Helper()
	if taken, _ := h.Together(step, h.Base); taken != 1 {
		h.t.Fatalf("%s was not taken", step)
	}
}

// Together presses the same step on several servers at once, each from the same view, and
// returns how often it was taken and how often somebody else was said to be faster.
func (h *Host) Together(step string, bases ...string) (taken, moved int) {
	h.t.Helper()
	seq := h.Look().Room.Seq
	results := make([]error, len(bases))
	var all sync.WaitGroup
	for i, base := range bases {
		all.Go(func() { results[i] = h.press(base, seq, step) })
	}
	all.Wait()
	for _, err := range results {
		var problem *testkit.Problem
		switch {
		case err == nil:
			taken++
		case errors.As(err, &problem) && problem.Code == "room_moved":
			moved++
		default:
			h.t.Errorf("%s at once: %v", step, err)
		}
	}
	return taken, moved
}

func (h *Host) until(what string, so func() bool) {
	h.t.Helper()
	for end := time.Now().Add(testkit.Patience); !so(); time.Sleep(30 * time.Millisecond) {
		if time.Now().After(end) {
			h.t.Fatalf("%s has not come", what)
		}
	}
}
