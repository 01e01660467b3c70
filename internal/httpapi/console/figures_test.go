package console_test

import (
	"net/http"
	"testing"

	"anquanda/internal/staff"
)

func TestAViewerSeesHowTheContestGoesAndAnOrganizerSetsWhatItIsToReach(t *testing.T) {
	d := openDesk(t, embedded(t))
	d.applyTyping()
	wang, viewer := d.signedIn("wang", staff.Owner), d.signedIn("zhao", staff.Viewer)
	const csv = "编码,名称,人数\n1,青禾镇,20\n2,河东街道,100\n3,河西街道,6\n"
	if r := wang.send("POST", "/contests/typing"+importQuery(wang.check("typing", "replace", csv).Version, false, "名单"),
		[]byte(csv)); r.status != http.StatusCreated {
		t.Fatal(string(r.body))
	}
	for range 12 {
		p, _ := d.typist("人", "1")
		if _, err := p.Play("first", 3); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.app.Tally.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.app.Tally.CountHours(t.Context()); err != nil {
		t.Fatal(err)
	}
	type course struct {
		Whole, Today struct{ Players, First, Attempts, Answers, Correct, Joined int }
		Hours        []struct{ Players, Attempts int }
		Units        []struct {
			Name string
			Rate *float64
		}
		Behind struct {
			Percent int
			Own     bool
			Units   []struct{ Name string }
		}
		Target struct{ Players, Percent int }
	}
	var seen course
	viewer.must("GET", "/contests/typing/course", nil, &seen)
	if w := seen.Whole; w.Players != 12 || w.First != 12 || w.Attempts != 12 || w.Answers != 36 || w.Correct != 36 ||
		w.Joined != 12 || seen.Today != w {
		t.Errorf("the whole is %+v and today %+v", w, seen.Today)
	}
	if last := seen.Hours[len(seen.Hours)-1]; len(seen.Hours) != 48 || last.Players != 12 || last.Attempts != 12 {
		t.Errorf("of %d hours this one is %+v", len(seen.Hours), last)
	}
	if u := seen.Units[0]; u.Name != "青禾镇" || u.Rate == nil || *u.Rate != 0.6 {
		t.Errorf("the unit that takes part is %+v", u)
	}
	if b := seen.Behind; b.Own || b.Percent != 4 || len(b.Units) != 2 { // half of 12 of 126
		t.Errorf("without a target %+v are behind", b)
	}

	var known struct {
		People, Few          int
		Topics, Items, Facts []any
	}
	viewer.wants("GET", "/contests/typing/knowledge", nil, http.StatusForbidden, "not_permitted", "")
	wang.must("GET", "/contests/typing/knowledge", nil, &known)
	if known.People != 12 || known.Few == 0 || len(known.Items) > 0 || len(known.Facts) > 0 { // twelve are too few
		t.Errorf("what is known: %+v", known)
	}

	viewer.wants("PUT", "/contests/typing/target", map[string]int{"players": 1, "percent": 1}, http.StatusForbidden,
		"not_permitted", "")
	for field, body := range map[string]map[string]int{
		"players": {"players": -1, "percent": 1}, "percent": {"players": 1, "percent": 101},
	} {
		wang.wants("PUT", "/contests/typing/target", body, http.StatusBadRequest, "invalid_field", field)
	}
	wang.must("PUT", "/contests/typing/target", map[string]int{"players": 500, "percent": 70}, nil)
	wang.must("PUT", "/contests/typing/target", map[string]int{"players": 600, "percent": 70}, nil)
	seen = course{}
	viewer.must("GET", "/contests/typing/course", nil, &seen)
	if seen.Target.Players != 600 || seen.Target.Percent != 70 || !seen.Behind.Own || len(seen.Behind.Units) != 3 ||
		seen.Behind.Units[0].Name != "河东街道" {
		t.Errorf("with a target of %+v %+v are behind", seen.Target, seen.Behind)
	}
}
