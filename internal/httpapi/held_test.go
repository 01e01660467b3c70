package httpapi_test

import (
	"net/http"
	"testing"

	"anquanda/internal/testkit"
)

func TestAPlayerSeesWhatIsKeptAndDeletesIt(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		p := h.enrolled("workmonth")
		if _, err := p.Play("home", 3); err != nil {
			t.Fatal(err)
		}
		var held struct {
			Nickname string
			Attempts int
			JoinedAt int64 `json:"joined_at"`
		}
		if err := p.Call(http.MethodGet, p.InContest("/enrolment"), nil, &held); err != nil {
			t.Fatal(err)
		}
		if held.Nickname == "" || held.Attempts != 1 || held.JoinedAt == 0 {
			t.Errorf("what is kept: %+v", held)
		}
		if err := p.Call(http.MethodDelete, p.InContest("/enrolment"), nil, nil); err != nil {
			t.Fatal(err)
		}
		if code := codeOf(p.Call(http.MethodGet, p.InContest("/enrolment"), nil, nil)); code != "unauthenticated" {
			t.Errorf("after leaving the phone is still signed in: %q", code)
		}
		var names []string
		if err := stores.DB.Select(t.Context(), &names, "SELECT nickname FROM enrolments"); err != nil {
			t.Fatal(err)
		}
		if len(names) != 1 || names[0] == held.Nickname {
			t.Errorf("the store still holds the name: %q", names)
		}
	})
}
