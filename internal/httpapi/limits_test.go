package httpapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/puzzle"
)

// limited is what a call came to: 201, or the code of its problem.
type limited struct {
	status  int
	code    string
	work    *puzzle.Challenge
	wait    string
	cookies []*http.Cookie
}

// from calls from an address, past the socket.
func (h *house) from(address, path, body string, header http.Header) limited {
	h.t.Helper()
	request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	request.RemoteAddr = address
	request.Header = header.Clone()
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	h.app.Handler().ServeHTTP(recorder, request)
	reply := recorder.Result()
	var told struct {
		Code string
		Work *puzzle.Challenge
	}
	if err := json.Unmarshal(recorder.Body.Bytes(), &told); err != nil && recorder.Body.Len() > 0 {
		h.t.Fatalf("%s: %d %.200s", path, recorder.Code, recorder.Body)
	}
	return limited{recorder.Code, told.Code, told.Work, reply.Header.Get("Retry-After"), reply.Cookies()}
}

// counting is a house that counts in the program itself. Where Redis is a server that takes
// longer than the limiter waits, on a loaded machine, a node lets through as many once more.
func counting(t *testing.T) *house {
	t.Helper()
	return openHouseOf(t, app.Config{Data: embedded(t).DataFolder}, 7)
}

const guestsName = `{"nickname":"无名","unit":""}`

// join joins bare from an address as a guest who was never seen.
func (h *house) join(address string, header http.Header) limited {
	h.t.Helper()
	return h.from(address, "/api/v1/contests/bare/enrolment", guestsName, header)
}

func TestGuestsOfOneNetworkPayByWorkWhateverAddressesTheyInvent(t *testing.T) {
	h := counting(t)
	for name, address := range map[string]func(n int) (string, http.Header){
		"one address": func(int) (string, http.Header) { return "203.0.113.7:5000", http.Header{} },
		"a /64": func(n int) (string, http.Header) {
			return fmt.Sprintf("[2001:db8:1:2::%x]:5000", n+1), http.Header{}
		},
		"X-Forwarded-For that no proxy of ours wrote": func(n int) (string, http.Header) {
			return "198.51.100.7:5000", http.Header{"X-Forwarded-For": {fmt.Sprintf("9.%d.%d.1", n/250, n%250)}}
		},
		"devices that were made up": func(n int) (string, http.Header) {
			return "192.0.2.7:5000", http.Header{"Cookie": {fmt.Sprintf("aq_device=%026d.AAAAAAAAAAAAAAAA", n)}}
		},
	} {
		in, begun := 0, time.Now()
		last := limited{status: http.StatusCreated}
		for ; in < 5000 && last.status == http.StatusCreated; in++ {
			last = h.join(address(in))
		}
		free := 700 + 2*int(time.Since(begun).Seconds()) // two a second come free meanwhile
		if in < 600 || in > free || last.code != "work_needed" || last.work == nil {
			t.Errorf("%s: guest %d gets %d %s", name, in, last.status, last.code)
			continue
		}
		from, header := address(in)
		header.Set("Aq-Work", last.work.Text+" "+puzzle.Solve(*last.work))
		if done := h.join(from, header); done.status != http.StatusCreated {
			t.Errorf("%s: who did the work gets %d %s", name, done.status, done.code)
		}
		again := h.join(from, header)
		for tries := 0; again.status == http.StatusCreated && tries < 100; tries++ {
			again = h.join(from, header) // some came free meanwhile: two a second
		}
		if again.code != "work_needed" {
			t.Errorf("%s: the same work again gets %d %s", name, again.status, again.code)
		}
	}
	if other := h.join("203.0.114.7:5000", http.Header{}); other.status != http.StatusCreated {
		t.Errorf("a guest of another network gets %d %s", other.status, other.code)
	}
}

func TestOneTabletMakesAFewGuestsForNothing(t *testing.T) {
	h := counting(t)
	header := http.Header{}
	opened := h.from("203.0.113.7:5000", "/api/v1/contests/bare/visits", `{}`, header)
	for _, cookie := range opened.cookies {
		if cookie.Name == "aq_device" {
			header.Set("Cookie", cookie.Name+"="+cookie.Value)
		}
	}
	if header.Get("Cookie") == "" {
		t.Fatalf("opening the page names no device: %+v", opened)
	}
	made := 0
	for ; made < 20 && h.join("203.0.113.7:5000", header).status == http.StatusCreated; made++ {
	}
	if made != 5 {
		t.Errorf("%d guests for nothing", made)
	}
}
