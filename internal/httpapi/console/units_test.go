package console_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// typing is a contest in which players type the names of their units.
const typing = `contest: typing
title: 单位自己填
organizer: 县应急管理局
contact: 0531-12345678
bank: safety
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
players: {unit: {ask: required, label: 参赛单位, typed: true}}
levels:
  - {key: first, title: 第一关, questions: [{count: 3, kinds: [single]}], pass: 2}
boards:
  - {key: units, title: 单位榜, subject: unit, measure: players}
`

func (d *desk) applyTyping() {
	d.t.Helper()
	if _, err := d.app.Catalog.Apply(d.t.Context(), "typing.yaml", []byte(typing), "测试"); err != nil {
		d.t.Fatal(err)
	}
}

// typist is a phone in that contest, whose player typed the name of the unit.
func (d *desk) typist(nickname, name string) (*testkit.Player, string) {
	d.t.Helper()
	p := testkit.NewPlayer(d.url, "typing", d.shipped())
	return p, d.typed(p, nickname, name, "")
}

// typed enrols p and returns "unit waiting-name", or the field that is wrong.
func (d *desk) typed(p *testkit.Player, nickname, name, unitID string) string {
	d.t.Helper()
	var reply struct {
		Me struct {
			Unit     *struct{ Name string }
			UnitName string `json:"unit_name"`
		}
	}
	body := map[string]string{"nickname": nickname, "unit_name": name, "unit": unitID}
	if err := p.Call("POST", p.InContest("/enrolment"), body, &reply); err != nil {
		return err.Error()
	}
	if reply.Me.Unit != nil {
		return reply.Me.Unit.Name
	}
	return "waits: " + reply.Me.UnitName
}

type unitPlan struct {
	Version, Found, Accepted, Rejected, Units, People, Left int
	Problems                                                []struct{ Cell, Code, Message string }
	Changes                                                 []struct {
		Kind  string
		Total int
	}
}

func (c *clerk) check(contest, mode, csv string) (plan unitPlan) {
	c.t.Helper()
	r := c.send("POST", "/contests/"+contest+"/units/check?name=a.csv&mode="+mode, []byte(csv))
	if r.status != http.StatusOK || json.Unmarshal(r.body, &plan) != nil {
		c.t.Fatalf("check: %d %s", r.status, r.body)
	}
	return plan
}

func importQuery(version int, onlyValid bool, reason string) string {
	return fmt.Sprintf("/units/import?name=a.csv&mode=replace&version=%d&only_valid=%t&reason=%s", version, onlyValid,
		url.QueryEscape(reason))
}

const towns = "编码,名称,上级,别名,人数\n1,青禾镇,,,\n11,柳湾村,1,柳湾,860\n12,东村,1,,许多\n"

func TestATableOfUnitsIsCheckedTakenAndSentBack(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		d := openDesk(t, s)
		d.applyTyping()
		wang := d.signedIn("wang", staff.Organizer)
		plan := wang.check("typing", "replace", towns)
		if plan.Found != 3 || plan.Accepted != 2 || len(plan.Problems) != 1 || plan.Problems[0].Cell != "E4" ||
			plan.Changes[0].Total != 2 {
			t.Fatalf("the plan is %+v", plan)
		}
		path := "/contests/typing"
		wang.wants("POST", path+importQuery(plan.Version, false, "县里的名单"), []byte(towns), http.StatusConflict,
			"units_rejected", "")
		wang.wants("POST", path+importQuery(plan.Version+7, true, "县里的名单"), []byte(towns), http.StatusConflict,
			"units_changed", "")
		wang.wants("POST", path+importQuery(plan.Version, true, ""), []byte(towns), http.StatusBadRequest,
			"invalid_field", "reason")
		wang.wants("POST", path+importQuery(plan.Version, true, "什么也没有"), []byte("甲,乙\n"), http.StatusConflict,
			"units_empty", "")
		if r := wang.send("POST", path+importQuery(plan.Version, true, "县里的名单"),
			[]byte(towns)); r.status != http.StatusCreated {
			t.Fatalf("import: %d %s", r.status, r.body)
		}
		wang.wants("POST", path+importQuery(plan.Version, true, "县里的名单"), []byte(towns), http.StatusConflict,
			"units_changed", "")

		var tree struct {
			Version int
			Units   []struct {
				Name    string
				Aliases []string
			}
		}
		wang.must("GET", path+"/units", nil, &tree)
		if len(tree.Units) != 2 || tree.Units[1].Name != "柳湾村" || tree.Units[1].Aliases[0] != "柳湾" {
			t.Errorf("the tree is %+v", tree)
		}
		for _, format := range []string{"csv", "xlsx"} {
			r := wang.send("GET", path+"/units/table?format="+format, nil)
			if !strings.Contains(r.header.Get("Content-Disposition"), "attachment") {
				t.Errorf("%s is sent as %s", format, r.header.Get("Content-Disposition"))
			}
			if again := wang.check("typing", "replace", string(r.body)); again.Accepted != 2 || len(again.Changes) != 0 {
				t.Errorf("%s read back: %+v", format, again)
			}
		}
		// A phone finds the unit at once.
		if _, unit := d.typist("小李", "柳湾"); unit != "柳湾村" {
			t.Errorf("by its other name the unit is %q", unit)
		}
	})
}

func TestAUnitThatIsGoneIsLeftToWhoIsInIt(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		d := openDesk(t, s)
		d.applyTyping()
		wang := d.signedIn("wang", staff.Organizer)
		path := "/contests/typing"
		replace := func(table string) {
			t.Helper()
			plan := wang.check("typing", "replace", table)
			if r := wang.send("POST", path+importQuery(plan.Version, true, "县里的名单"),
				[]byte(table)); r.status != http.StatusCreated {
				t.Fatalf("import: %d %s", r.status, r.body)
			}
		}
		replace("编码,名称\n1,甲镇\n2,丙镇\n")
		var tree struct{ Units []struct{ ID, Name string } }
		wang.must("GET", path+"/units", nil, &tree)
		gone := tree.Units[1].ID
		member := testkit.NewPlayer(d.url, "typing", d.shipped())
		if unit := d.typed(member, "小李", "", gone); unit != "丙镇" {
			t.Fatalf("before: %s", unit)
		}
		if plan := wang.check("typing", "replace", "编码,名称\n1,甲镇\n"); plan.Left != 1 {
			t.Errorf("%d players are told to lose their unit", plan.Left)
		}
		if plan := wang.check("typing", "merge", "编码,名称\n1,甲镇\n"); plan.Left != 0 {
			t.Errorf("of units that stay %d players lose theirs", plan.Left)
		}
		replace("编码,名称\n1,甲镇\n")
		if unit := d.typed(testkit.NewPlayer(d.url, "typing", d.shipped()), "小王", "",
			gone); unit != "400 invalid_field unit" {
			t.Errorf("an old page joins the unit: %s", unit)
		}
		if unit := d.typed(member, "小李子", "", gone); unit != "丙镇" {
			t.Errorf("who is in it may not stay: %s", unit)
		}
	})
}

func TestTypedNamesAreMergedAndTheirPlayersRanked(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		d := openDesk(t, s)
		d.applyTyping()
		wang := d.signedIn("wang", staff.Owner)
		path := "/contests/typing"
		plan := wang.check("typing", "replace", "编码,名称\n1,青禾镇\n2,河东街道\n")
		if r := wang.send("POST", path+importQuery(plan.Version, false, "名单"),
			[]byte("编码,名称\n1,青禾镇\n2,河东街道\n")); r.status != http.StatusCreated {
			t.Fatal(string(r.body))
		}
		li, waits := d.typist("小李", "青禾镇人民政府")
		if waits != "waits: 青禾镇人民政府" {
			t.Fatalf("it %s", waits)
		}
		if _, err := li.Play("first", 3); err != nil {
			t.Fatal(err)
		}
		if changed := d.typed(li, "小李", "河东街道", ""); !strings.Contains(changed, "unit") {
			t.Errorf("after an attempt another unit could be typed: %s", changed)
		}
		if changed := d.typed(li, "小李", "河东厂", ""); !strings.Contains(changed, "unit_name") {
			t.Errorf("after an attempt another name could be typed: %s", changed)
		}
		if kept := d.typed(li, "李小李", "", ""); kept != "waits: 青禾镇人民政府" {
			t.Errorf("with another nickname it %s", kept)
		}

		var queue struct {
			Total int
			Names []struct {
				ID, Name    string
				Players     int
				Suggestions []struct{ ID, Name, By string }
			}
		}
		wang.must("GET", path+"/units/names", nil, &queue)
		if queue.Total != 1 || queue.Names[0].Players != 1 || len(queue.Names[0].Suggestions) == 0 ||
			queue.Names[0].Suggestions[0].Name != "青禾镇" {
			t.Fatalf("the queue is %+v", queue)
		}
		name := path + "/units/names/" + queue.Names[0].ID
		wang.must("POST", name+"/merge", map[string]string{"unit": queue.Names[0].Suggestions[0].ID}, nil)
		wang.wants("POST", name+"/merge", map[string]string{"unit": queue.Names[0].Suggestions[0].ID}, http.StatusConflict,
			"unit_name_merged", "")
		if unit := d.typed(li, "李小李", "", ""); unit != "青禾镇" {
			t.Errorf("merged, the player is in %q", unit)
		}
		if _, unit := d.typist("小王", "青禾镇 人民政府"); unit != "青禾镇" {
			t.Errorf("who types it later is in %q", unit)
		}
		d.ranks(li, "青禾镇 1")
		wang.must("POST", name+"/undo", map[string]string{}, nil)
		wang.wants("POST", name+"/undo", map[string]string{}, http.StatusConflict, "unit_name_open", "")
		if waits := d.typed(li, "李小李", "", ""); waits != "waits: 青禾镇人民政府" {
			t.Errorf("after the undo it %s", waits)
		}
		d.ranks(li, "") // the merge is undone
		wang.must("POST", name+"/merge", map[string]string{"name": "青禾镇政府", "parent": queue.Names[0].Suggestions[0].ID}, nil)
		if unit := d.typed(li, "李小李", "", ""); unit != "青禾镇政府" {
			t.Errorf("merged into a new unit, the player is in %q", unit)
		}
	})
}

// ranks waits until the board of units, "name points", shows what is wanted.
func (d *desk) ranks(p *testkit.Player, want string) {
	d.t.Helper()
	shown := ""
	for end := time.Now().Add(testkit.Patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		var board struct {
			Entries []struct {
				Name  string
				Score int64
			}
		}
		if err := p.Call("GET", p.InContest("/boards/units"), nil, &board); err != nil {
			shown = err.Error()
			continue
		}
		shown = ""
		for _, e := range board.Entries {
			shown += fmt.Sprintf("%s %d", e.Name, e.Score)
		}
		if shown == want {
			return
		}
	}
	d.t.Errorf("the board shows %q, want %q", shown, want)
}

func TestTheFiguresOfUnitsAreHiddenForFewAndSentAsATable(t *testing.T) {
	d := openDesk(t, embedded(t))
	d.applyTyping()
	wang := d.signedIn("wang", staff.Owner)
	viewer := d.signedIn("zhao", staff.Viewer)
	const csv = "编码,名称,人数\n1,=青禾镇,20\n2,河东街道,\n3,河西街道,\n"
	if r := wang.send("POST", "/contests/typing"+importQuery(wang.check("typing", "replace", csv).Version, false, "名单"),
		[]byte(csv)); r.status != http.StatusCreated {
		t.Fatal(string(r.body))
	}
	// One of 河东街道 would be found by taking the two others away from all, so 河西街道 is
	// not told either.
	for i, code := range strings.Split("111111233333", "") {
		p, _ := d.typist(fmt.Sprint("人", i), code)
		if _, err := p.Play("first", 3); err != nil {
			t.Fatal(err)
		}
	}
	var stats struct {
		Units []struct {
			Name                    string
			Hidden                  bool
			Players                 int
			Accuracy, Participation *float64
		}
	}
	viewer.must("GET", "/contests/typing/units/stats", nil, &stats)
	if u := stats.Units[0]; u.Hidden || u.Players != 6 || u.Accuracy == nil || *u.Accuracy != 1 ||
		u.Participation == nil || *u.Participation != 0.3 {
		t.Errorf("the town is %+v", u)
	}
	for _, u := range stats.Units[1:3] {
		if !u.Hidden || u.Players != 0 || u.Accuracy != nil || u.Participation != nil {
			t.Errorf("few people are told of: %+v", u)
		}
	}
	csvFile := viewer.send("GET", "/contests/typing/units/stats/table?format=csv", nil).body
	if !bytes.Contains(csvFile, []byte("'=青禾镇")) || !bytes.Contains(csvFile, []byte("不显示")) ||
		!bytes.Contains(csvFile, []byte("30.0%")) {
		t.Errorf("the table is %s", csvFile)
	}
	book, err := excelize.OpenReader(bytes.NewReader(viewer.send("GET", "/contests/typing/units/stats/table", nil).body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if formula, err := book.GetCellFormula("单位统计", "B2"); err != nil || formula != "" {
		t.Errorf("a name became the formula %q, %v", formula, err)
	}
	viewer.wants("GET", "/contests/typing/units/table", nil, http.StatusForbidden, "not_permitted", "")
}

func TestAWrongCallOfUnitsIsRefused(t *testing.T) {
	d := openDesk(t, embedded(t))
	wang := d.signedIn("wang", staff.Owner)
	invalid := func(method, path string, body any, field string) {
		t.Helper()
		wang.wants(method, path, body, http.StatusBadRequest, "invalid_field", field)
	}
	for query, field := range map[string]string{
		"?mode=replace": "name", "?name=a.csv": "mode", "?name=a.csv&mode=all": "mode", "?name=a&name=b&mode=merge": "name",
	} {
		invalid("POST", "/contests/current/units/check"+query, []byte(towns), field)
	}
	for query, field := range map[string]string{"&only_valid=yes": "only_valid", "&version=x": "version", "": "version",
		"&version=1&reason=%00": "reason"} {
		invalid("POST", "/contests/current/units/import?name=a.csv&mode=merge"+query, []byte(towns), field)
	}
	invalid("GET", "/contests/current/units/table?format=pdf", nil, "format")
	invalid("GET", "/units/template?format=pdf", nil, "format")
	invalid("GET", "/contests/current/units/names?state=odd", nil, "state")
	invalid("GET", "/contests/current/units/names?from=0", nil, "from")
	invalid("POST", "/contests/current/units/names/1/merge", map[string]string{}, "unit")
	invalid("POST", "/contests/current/units/names/1/merge", map[string]string{"unit": "1", "name": "甲"}, "unit")
	for path, code := range map[string]string{"/contests/none/units": "contest_unknown",
		"/contests/none/units/stats": "contest_unknown"} {
		wang.wants("GET", path, nil, http.StatusNotFound, code, "")
	}
	for _, name := range []string{"x", "1"} {
		wang.wants("POST", "/contests/current/units/names/"+name+"/merge", map[string]string{"unit": "1"},
			http.StatusNotFound, "unit_name_unknown", "")
		wang.wants("POST", "/contests/current/units/names/"+name+"/undo", map[string]string{}, http.StatusNotFound,
			"unit_name_unknown", "")
	}
	if r := wang.send("POST", "/contests/current/units/check?name=a.csv&mode=merge",
		bytes.Repeat([]byte("x"), 11<<20)); r.Code != "units_too_large" {
		t.Errorf("11 MB: %d %s", r.status, r.Code)
	}
}
