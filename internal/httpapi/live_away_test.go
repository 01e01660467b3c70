package httpapi_test

import (
	"net/http"
	"testing"
	"time"

	"anquanda/internal/testkit"
)

func TestPhonesAreToldThatTheHostHasGoneAndIsBack(t *testing.T) {
	l := openLivehall(t, embedded(t), "points")
	phone := l.join("张等等")
	await := func(what string, here bool, meanwhile func()) {
		t.Helper()
		for end := time.Now().Add(testkit.Patience); ; time.Sleep(20 * time.Millisecond) {
			meanwhile()
			var seen struct {
				Room struct {
					HostHere bool `json:"host_here"`
				}
			}
			l.must(phone.Call(http.MethodGet, "/api/v1/live/rooms/"+l.room+"/state", nil, &seen))
			if seen.Room.HostHere == here {
				return
			}
			if time.Now().After(end) {
				t.Fatal(what)
			}
		}
	}
	await("before anybody leads, nobody is missed", true, func() {})
	l.step("ready")
	await("who asks for the room at the desk counts as away", true, func() { l.look() })
	l.later(9 * time.Second)
	await("a host who shut the laptop counts as there", false, func() {})
	await("a host who is back still counts as away", true, func() { l.look() })
}
