package web

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

var tripNow = time.UnixMilli(1_781_000_000_000)

func TestATripComesBackAsItWent(t *testing.T) {
	trips, state := Trips{Keys: keyring.Only([]byte("a key"))}, regexp.MustCompile(`^[a-zA-Z0-9]{1,128}$`)
	longest := []string{strings.Repeat("x", maxTripBack), strings.Repeat("\xff", maxTripBack)}
	for _, back := range append(longest, "", ".?r=abc", "/c/other") {
		for _, contest := range []int64{1, 1<<63 - 1} {
			trip := Trip{Contest: sqldb.ID(contest), Back: back, Again: contest == 1, Begun: tripNow.UnixMilli(),
				Signed: trips.Keys.NewestID()}
			text := stateOf(trips.Keys.Newest(), trip, "bound")
			if !state.MatchString(text) {
				t.Errorf("WeChat does not take the state %q (%d letters)", text, len(text))
			}
			if got, err := trips.read(text, "bound", tripNow); err != nil || got != trip {
				t.Errorf("%+v comes back as %+v, %v", trip, got, err)
			}
		}
	}
	far := Trip{Contest: 1, Back: strings.Repeat("x", maxTripBack+1), Begun: tripNow.UnixMilli()}
	long := stateOf(trips.Keys.Newest(), far, "bound")
	if got, err := trips.read(long, "bound", tripNow); err != nil || got.Back != "" {
		t.Errorf("a way back that is too long: %+v, %v", got, err)
	}
}

func TestATripIsGoodForItsKeyItsBrowserAndItsTime(t *testing.T) {
	trips := Trips{Keys: keyring.Only([]byte("a key"))}
	state := stateOf(trips.Keys.Newest(), Trip{Contest: 7, Begun: tripNow.UnixMilli()}, "bound")
	for name, c := range map[string]struct {
		with  Trips
		bound string
		at    time.Time
		want  error
	}{
		"good":               {trips, "bound", tripNow.Add(TripLife), nil},
		"of another key":     {Trips{Keys: keyring.Only([]byte("other"))}, "bound", tripNow, ErrTripForged},
		"of another browser": {trips, "other", tripNow, ErrTripOther},
		"without a cookie":   {trips, "", tripNow, ErrTripOther},
		"old":                {trips, "bound", tripNow.Add(TripLife + time.Second), ErrTripOld},
		"of the future":      {trips, "bound", tripNow.Add(-2 * time.Minute), ErrTripOld},
	} {
		if _, err := c.with.read(state, c.bound, c.at); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzNobodyMakesAState(f *testing.F) {
	trips := Trips{Keys: keyring.Only([]byte("a key"))}
	good := stateOf(trips.Keys.Newest(), Trip{Contest: 7, Begun: tripNow.UnixMilli()}, "bound")
	for _, seed := range []string{"", "0", good, good + "0", "0" + good, good[1:], "-" + good, "中",
		strings.Repeat("Z", 128)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, state string) {
		trip, err := trips.read(state, "bound", tripNow)
		if err == nil && strings.TrimLeft(state, "0") != good {
			t.Errorf("%q is read as %+v", state, trip)
		}
	})
}

func FuzzAPagePathStaysHere(f *testing.F) {
	for _, seed := range []string{"/", "/c/a?b=c", "//x", "/\\x", "/%5cx", "/api/v1", "/a/../api", "/c/%2e%2e/api",
		"/a%2fb"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		path, ok := PagePath(text)
		if ok && (path != text || path[0] != '/' || len(path) > 1 && strings.ContainsRune("/\\", rune(path[1])) ||
			strings.HasPrefix(path, "/api") || strings.ContainsAny(path, "#\r\n\t ")) {
			t.Errorf("%q leads elsewhere", text)
		}
	})
}
