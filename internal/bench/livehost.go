package bench

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"time"
)

// liveHost leads a room by the calls of the console.
type liveHost struct {
	base   string
	client *http.Client
	view   hostView
	failed error
}

// hostView is what of a host's view is needed.
type hostView struct {
	Room struct {
		Room    string `json:"room"`
		Code    string `json:"code"`
		Seq     int64  `json:"seq"`
		Phase   string `json:"phase"`
		OpensAt int64  `json:"opens_at"` // UTC milliseconds
		Reveal  *struct {
			Answered int `json:"answered"`
		} `json:"reveal"`
	} `json:"room"`
	Steps []string `json:"steps"`
	Held  int      `json:"held"`
}

func signIn(ctx context.Context, address, login, password string) (*liveHost, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	h := &liveHost{base: "http://" + address + "/api/v1/console", client: &http.Client{Jar: jar, Timeout: waitAtMost}}
	if err := h.call(ctx, http.MethodPost, "/session", map[string]string{"login": login, "password": password},
		nil); err != nil {
		return nil, err
	}
	// An account that was just made has to change its password before anything else.
	return h, h.call(ctx, http.MethodPut, "/account/password", map[string]string{"present": password,
		"password": rand.Text()}, nil)
}

// make makes a room.
func (h *liveHost) make(ctx context.Context, contest, plan string) error {
	h.failed = h.call(ctx, http.MethodPost, "/contests/"+contest+"/live", map[string]any{"plan": plan}, &h.view)
	return h.failed
}

// step takes a step, waiting until it may be taken, and returns when it was pressed, UTC
// microseconds.
func (h *liveHost) step(ctx context.Context, step string) (pressed int64, err error) {
	path := "/live/" + h.view.Room.Room
	for until := time.Now().Add(waitAtMost); time.Now().Before(until); {
		if err := h.call(ctx, http.MethodGet, path, nil, &h.view); err != nil {
			return 0, err
		}
		if !slices.Contains(h.view.Steps, step) {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		pressed = time.Now().UnixMicro()
		err = h.call(ctx, http.MethodPost, path+"/steps", map[string]any{"seq": h.view.Room.Seq, "step": step}, &h.view)
		if moved, ok := err.(*refused); ok && moved.status == http.StatusConflict { //nolint:errorlint // call's own
			continue
		}
		return pressed, err
	}
	return 0, fmt.Errorf("the step %s could not be taken in %s; there were %v", step, h.view.Room.Phase, h.view.Steps)
}

// refused is a reply that is no success.
type refused struct {
	status int
	text   string
}

// Error is the reply.
func (r *refused) Error() string { return r.text }

// call makes a call of the console; into may be nil.
func (h *liveHost) call(ctx context.Context, method, path string, body, into any) error {
	text, err := h.fetch(ctx, method, path, body)
	if err != nil || into == nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// fetch makes a call and returns the reply as it came.
func (h *liveHost) fetch(ctx context.Context, method, path string, body any) ([]byte, error) {
	var sent io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		sent = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, h.base+path, sent)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	reply, err := h.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	if err != nil {
		return nil, err
	}
	if reply.StatusCode >= 300 {
		return nil, &refused{reply.StatusCode, fmt.Sprintf("%s %s: %d %.300s", method, path, reply.StatusCode, text)}
	}
	return text, nil
}
