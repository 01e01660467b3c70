package httpapi_test

import (
	"net/http"
	"testing"
	"time"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

type shownOnScreen struct {
	Seq             int64
	View, Subject   string
	Pairing, Paired bool
	Reveal          *struct {
		Step, Total int
		Hidden      bool
		Winners     []struct{ Name, Slip string }
	}
}

type deskScreen struct {
	Shown    struct{ Seq int64 }
	Drawings []struct{ ID string }
	Screens  []struct{ ID string }
}

const screenPath = consolePath + "/contests/drawn/screen"

// onScreen is what a screen is told.
func (d *drawnInHouse) onScreen(of *testkit.Player) (reply shownOnScreen) {
	d.t.Helper()
	if err := of.Call(http.MethodGet, "/api/v1/contests/drawn/screen", nil, &reply); err != nil {
		d.t.Fatal(err)
	}
	return reply
}

// show has the screens show something, over what they show now.
func (d *drawnInHouse) show(desk *testkit.Player, choice map[string]any) error {
	d.t.Helper()
	var now deskScreen
	if err := desk.Call(http.MethodGet, screenPath, nil, &now); err != nil {
		d.t.Fatal(err)
	}
	whole := map[string]any{"seq": now.Shown.Seq, "subject": "", "step": 0, "turns": []string{}}
	for key, value := range choice {
		whole[key] = value
	}
	return desk.Call(http.MethodPut, screenPath, whole, nil)
}

func TestAScreenThatIsNotPairedLearnsNoWinnerBeforeTheyArePublished(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		d := drawnHouse(t, stores)
		desk, other, host := d.member(staff.Prizes), d.member(staff.Owner), d.member(staff.Host)
		screen, stranger := d.player("drawn"), d.player("drawn")
		none := map[string]any{}
		ask := func(of *testkit.Player) (code string, err error) {
			var reply struct{ Code string }
			err = of.Call(http.MethodPost, "/api/v1/contests/drawn/screen", none, &reply)
			return reply.Code, err
		}
		if _, err := ask(screen); codeOf(err) != "screen_not_pairing" {
			t.Errorf("a screen asks before staff wait: %v", err)
		}
		if err := desk.Call(http.MethodPost, screenPath+"/pairing", none, nil); err != nil {
			t.Fatal(err)
		}
		code, err := ask(screen)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ask(stranger); err != nil {
			t.Fatal(err)
		}
		if err := desk.Call(http.MethodPost, screenPath+"s", map[string]any{"code": "x"}, nil); codeOf(err) !=
			"screen_code_unknown" {
			t.Errorf("a code that is not: %v", err)
		}
		var paired deskScreen
		if err := desk.Call(http.MethodPost, screenPath+"s", map[string]any{"code": code}, &paired); err != nil ||
			len(paired.Screens) != 1 {
			t.Fatalf("paired: %+v, %v", paired, err)
		}

		id := d.plan(desk)
		d.step(desk, id, "freeze", d.looked(desk, id))
		waitFor(t, func() bool {
			var reply deskDrawing
			return desk.Call(http.MethodGet, consolePath+"/drawings/"+id, nil, &reply) == nil && reply.Drawing.State == "frozen"
		})
		d.later(2 * time.Hour)
		for _, p := range []*testkit.Player{desk, other} {
			d.step(p, id, "source", map[string]any{"values": []string{"16"}})
		}
		d.step(desk, id, "draw", none)
		if err := d.show(host, map[string]any{"view": "drawing", "subject": id}); codeOf(err) != "not_permitted" {
			t.Errorf("a host reveals winners: %v", err)
		}
		if err := d.show(desk, map[string]any{"view": "live", "subject": id}); codeOf(err) != "not_permitted" {
			t.Errorf("who manages prizes shows a live room: %v", err)
		}
		if err := d.show(desk, map[string]any{"view": "drawing", "subject": "12"}); codeOf(err) != "invalid_field" {
			t.Errorf("a drawing that is not: %v", err)
		}
		if err := d.show(desk, map[string]any{"view": "drawing", "subject": id, "step": 1}); err != nil {
			t.Fatal(err)
		}
		if err := desk.Call(http.MethodPut, screenPath, map[string]any{"seq": 0, "view": "code", "subject": "", "step": 0,
			"turns": []string{}}, nil); codeOf(err) != "screen_moved" {
			t.Errorf("over what stood long ago: %v", err)
		}
		d.later(time.Second) // what a node remembers for some tenths of a second
		if got := d.onScreen(screen); !got.Paired || got.Reveal.Hidden || len(got.Reveal.Winners) != 1 ||
			got.Reveal.Total != 2 || len(got.Reveal.Winners[0].Slip) != 19 {
			t.Errorf("the hall's screen is told %+v, %+v", got, got.Reveal)
		}
		for name, of := range map[string]*testkit.Player{"who only asked": stranger, "a player": d.players[0]} {
			if got := d.onScreen(of); got.Paired || !got.Reveal.Hidden || len(got.Reveal.Winners) != 0 || got.Reveal.Total != 0 {
				t.Errorf("%s is told %+v, %+v", name, got, got.Reveal)
			}
		}
		if err := desk.Call(http.MethodDelete, screenPath+"s/"+paired.Screens[0].ID, nil, nil); err != nil {
			t.Fatal(err)
		}
		if got := d.onScreen(screen); got.Paired || len(got.Reveal.Winners) != 0 {
			t.Errorf("a screen that staff parted with is told %+v", got.Reveal)
		}
		if err := desk.Call(http.MethodDelete, screenPath+"s/"+paired.Screens[0].ID, nil, nil); codeOf(err) !=
			"screen_unknown" {
			t.Errorf("parted with once more: %v", err)
		}
		d.step(desk, id, "publish", none)
		if got := d.onScreen(stranger); got.Reveal.Hidden || len(got.Reveal.Winners) != 1 {
			t.Errorf("after publication anybody is told %+v", got.Reveal)
		}
		if err := d.show(host, map[string]any{"view": "turn", "turns": []string{"code", "prizes"}}); err != nil {
			t.Errorf("a host shows what is public: %v", err)
		}
	})
}
