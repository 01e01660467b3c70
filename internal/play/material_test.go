package play_test

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/arena"
)

// studied is Demo with a material of half a minute before its first two levels.
var studied = strings.NewReplacer(
	"pass: 2, attempts: {max: 5}", "pass: 2, attempts: {max: 5}, material: {title: 经过, text: [三辆车。], least: 30s}",
	"{count: 1, kinds: [truefalse]}], pass: 2", "{count: 1, kinds: [truefalse]}], pass: 2, material: "+
		"{title: 经过, text: [三辆车。], least: 30s}, after: []",
).Replace(arena.Demo)

func open(t *testing.T, n *arena.Node, a *arena.Arena, player sqldb.ID, level, seen string) *play.Opened {
	t.Helper()
	opened, err := n.Play.OpenMaterial(t.Context(), a.Contest, player, level, seen)
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

func TestALevelBeginsOnceItsMaterialHasStood(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(studied)
		player, other := a.Enrol("小明", ""), a.NewNode()
		begin := func(n *arena.Node, seen string) error {
			_, err := n.Play.Start(t.Context(), a.Contest, player, "first", play.With{Seen: seen})
			return err
		}
		first := open(t, a.Node, a, player, "first", "")
		if first.WaitMS != 30_000 || first.Title != "经过" || first.Text[0] != "三辆车。" || first.UnderWay {
			t.Errorf("opened is %+v", first)
		}
		a.Clock.Pass(20 * time.Second)
		if err := begin(other, first.Seen); code(err) != "material_first" {
			t.Errorf("after 20 s it begins: %v", err)
		}
		again := open(t, other, a, player, "first", first.Seen)
		if again.WaitMS != 10_000 || again.Seen != first.Seen {
			t.Errorf("opened again it is %+v", again)
		}
		if anew := open(t, other, a, player, "first", ""); anew.WaitMS != 30_000 {
			t.Errorf("another phone waits %d ms", anew.WaitMS)
		}
		a.Clock.Pass(10 * time.Second)
		if err := begin(other, again.Seen); err != nil {
			t.Errorf("after 30 s: %v", err)
		}
		if under := open(t, a.Node, a, player, "first", ""); !under.UnderWay || under.WaitMS != 0 {
			t.Errorf("under way it is %+v", under)
		}
		if err := begin(a.Node, ""); err != nil { // it goes on
			t.Errorf("to go on asks for the material: %v", err)
		}
	})
}

func TestNobodyBeginsByWhatProvesSomethingElse(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(studied)
		player, friend := a.Enrol("小明", ""), a.Enrol("小红", "")
		own := open(t, a.Node, a, player, "first", "").Seen
		seen := map[string]string{
			"nothing":            "",
			"what a friend read": open(t, a.Node, a, friend, "first", "").Seen,
			"another level's":    open(t, a.Node, a, player, "second", "").Seen,
			"a letter changed":   own[:20] + string('A'+(own[20]-'A'+1)%26) + own[21:],
			"cut off":            own[:len(own)-4],
			"not base64":         "%%%",
		}
		a.Clock.Pass(time.Hour)
		for name, text := range seen {
			_, err := a.Play.Start(t.Context(), a.Contest, player, "first", play.With{Seen: text})
			if code(err) != "material_first" {
				t.Errorf("with %s: %v", name, err)
			}
			if wait := open(t, a.Node, a, player, "first", text).WaitMS; wait != 30_000 {
				t.Errorf("with %s one waits %d ms", name, wait)
			}
		}
		a.Apply(strings.Replace(studied, "三辆车", "五辆车", 1)) // what was read is not what stands there now
		_, err := a.Play.Start(t.Context(), a.Contest, player, "first", play.With{Seen: own})
		if code(err) != "material_first" {
			t.Errorf("after a change: %v", err)
		}
		a.Apply(studied)
		if _, err := a.Play.Start(t.Context(), a.Contest, player, "first", play.With{Seen: own}); err != nil {
			t.Errorf("with one's own: %v", err)
		}
	})
}

func TestAMaterialIsShownToNobodyBeforeItsLevelIsOpen(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(strings.Replace(studied, ", after: []", "", 1))
		player := a.Enrol("小明", "")
		for level, want := range map[string]string{
			"second": "level_locked", "third": "material_unknown", "none": "level_unknown",
		} {
			if _, err := a.Play.OpenMaterial(t.Context(), a.Contest, player, level, ""); code(err) != want {
				t.Errorf("%s: %v, want %s", level, err, want)
			}
		}
		if _, err := a.Play.OpenMaterial(t.Context(), a.Contest, player+1, "first", ""); code(err) != "not_enrolled" {
			t.Errorf("a stranger: %v", err)
		}
		a.Clock.Set("2026-07-01 00:00:00")
		if _, err := a.Play.OpenMaterial(t.Context(), a.Contest, player, "first", ""); code(err) != "contest_closed" {
			t.Errorf("after the end: %v", err)
		}
	})
}
