package httpapi_test

import (
	"bytes"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// honouringContest closes an hour after now, and opened so shortly before that all who play
// reach what they reach at once, as the board tells time.
func honouringContest(now time.Time) string {
	moment := func(at time.Time) string { return at.In(time.FixedZone("", 8*3600)).Format("2006-01-02 15:04") }
	return fmt.Sprintf(`
contest: towns
title: 各镇比一比
organizer: 县应急管理局
window: {opens: %s, closes: %s}
bank: safety
players: {unit: {ask: required, label: 镇}}
units: [{code: a, name: 东镇}, {code: b, name: 西镇}, {code: c, name: 南镇}, {code: d, name: 北村}]
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 1, attempts: {max: 9}}]
boards: [{key: towns, title: 参加人数, subject: unit, measure: players}]
honours:
  - key: organized
    title: 优秀组织奖
    board: towns
    people: 2
    text: 组织得力，特发此证。
    places: [{title: 一等奖, count: 1}, {title: 二等奖, count: 1}, {title: 三等奖, count: 5}]
`, moment(now.Add(-2*time.Minute)), moment(now.Add(time.Hour)))
}

type honoursTold struct {
	Over    bool
	Honours []struct {
		Key, Title, Board string
		DecidedAt         int64 `json:"decided_at"`
		PublishedAt       int64 `json:"published_at"`
		Units             []struct {
			Unit, Class, Title, Text, Number, Code string
			Place                                  int
		}
	}
}

// ranked are the units of the first honour with their place and class.
func (told honoursTold) ranked() (units []string) {
	for _, u := range told.Honours[0].Units {
		units = append(units, fmt.Sprintf("%d %s %s", u.Place, u.Class, u.Unit))
	}
	return units
}

// honours are what staff see after a call.
func (h *house) honours(method, path string) (told honoursTold, err error) {
	err = h.member(staff.Organizer).Call(method, consolePath+"/contests/towns/honours"+path, map[string]any{}, &told)
	return told, err
}

// refusedAs tells whether a call was refused with a code.
func refusedAs(err error, code string) bool { return err != nil && strings.Contains(err.Error(), code) }

// playsFor lets so many new players of a unit pass the only level.
func (h *house) playsFor(unit string, players int) {
	h.t.Helper()
	for range players {
		p := h.player("towns")
		if err := p.Enrol("镇上的人", h.unit("towns", unit)); err != nil {
			h.t.Fatal(err)
		}
		h.passes(p)
	}
}

func TestUnitsAreAwardedOnceAfterTheClose(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		definition := []byte(honouringContest(time.Now()))
		if _, err := h.app.Catalog.Apply(t.Context(), "towns.yaml", definition, "新"); err != nil {
			t.Fatal(err)
		}
		h.playsFor("东镇", 3)
		h.playsFor("西镇", 2)
		h.playsFor("南镇", 2)
		h.playsFor("北村", 1)
		if told, err := h.honours(http.MethodGet, ""); err != nil || told.Over || len(told.Honours) != 1 ||
			told.Honours[0].Board != "参加人数" || told.Honours[0].DecidedAt != 0 {
			t.Errorf("before the close it is %+v, %v", told, err)
		}
		if _, err := h.honours(http.MethodPost, ""); !refusedAs(err, "honours_early") {
			t.Errorf("before the close it ends with %v", err)
		}
		h.later(2 * time.Hour)
		if _, err := h.honours(http.MethodPost, "/publication"); !refusedAs(err, "honours_undecided") {
			t.Errorf("publishing what is not decided ends with %v", err)
		}
		preview, err := h.honours(http.MethodGet, "")
		if err != nil || preview.Honours[0].DecidedAt != 0 || preview.Honours[0].Units[0].Number != "" {
			t.Fatalf("before it is decided staff see %+v, %v", preview, err)
		}
		h.pressedByMany()
		told, err := h.honours(http.MethodGet, "")
		if err != nil || !told.Over || len(told.Honours) != 1 || told.Honours[0].DecidedAt == 0 {
			t.Fatalf("then it is %+v, %v", told, err)
		}
		// Equals share a place, the next is as far behind as there are units before it; who has too
		// few people is passed over.
		want := []string{"1 一等奖 东镇", "2 二等奖 西镇", "2 二等奖 南镇"}
		if would, got := preview.ranked(), told.ranked(); !reflect.DeepEqual(got, want) || !reflect.DeepEqual(would, want) {
			t.Errorf("awarded are %v, before it would be %v, want %v", got, would, want)
		}
		h.unitIsGenuine(told)
		h.staysAsDecided(told)
		h.isPublishedByAPress()
		h.standsInTheClosing(told)
	})
}

// pressedByMany presses at the same moment, as staff on several nodes would.
func (h *house) pressedByMany() {
	h.t.Helper()
	in, err := h.app.Catalog.Current("towns")
	if err != nil {
		h.t.Fatal(err)
	}
	var presses sync.WaitGroup
	failed := make([]error, 4)
	for i := range failed {
		presses.Go(func() { failed[i] = h.app.Honours.Decide(h.t.Context(), staff.CommandLine, in) })
	}
	presses.Wait()
	for _, err := range failed {
		if err != nil {
			h.t.Errorf("one of many presses ends with %v", err)
		}
	}
	var entries int
	err = h.app.DB.Get(h.t.Context(), &entries, "SELECT COUNT(*) FROM audit_log WHERE action_name = 'honours.decide'")
	if err != nil || entries != 1 {
		h.t.Errorf("the audit log tells of %d decisions, %v", entries, err)
	}
}

func (h *house) unitIsGenuine(told honoursTold) {
	h.t.Helper()
	u := told.Honours[0].Units[0]
	got, err := h.checked(u.Number, u.Code)
	want := genuine{State: "stands", Slug: "towns", Contest: "各镇比一比", Organizer: "县应急管理局", Number: u.Number,
		Title: "优秀组织奖　一等奖", Text: "组织得力，特发此证。", Named: "unit", Unit: "东镇", EarnedAt: told.Honours[0].DecidedAt}
	if err != nil || got != want {
		h.t.Errorf("of a unit's certificate a stranger learns %+v, %v", got, err)
	}
	if other := told.Honours[0].Units[1]; !h.unheardOf(u.Number, other.Code) || other.Number == u.Number {
		h.t.Error("the code of another unit fits")
	}
}

// staysAsDecided changes all that the ranks were made of.
func (h *house) staysAsDecided(told honoursTold) {
	h.t.Helper()
	changed := strings.NewReplacer("东镇", "大东镇", "优秀组织奖", "组织奖", "count: 5", "count: 6").Replace(
		honouringContest(time.Now().Add(-time.Minute)))
	if _, err := h.app.Catalog.Apply(h.t.Context(), "towns.yaml", []byte(changed), "改"); err != nil {
		h.t.Fatal(err)
	}
	if err := stored(h.t, h, "DELETE FROM standings"); err != nil {
		h.t.Fatal(err)
	}
	again, err := h.honours(http.MethodPost, "")
	if err != nil || !reflect.DeepEqual(again.Honours[0].Units, told.Honours[0].Units) {
		h.t.Errorf("after a recount it is %+v, %v", again, err)
	}
}

func (h *house) isPublishedByAPress() {
	h.t.Helper()
	var public struct {
		Honours []struct {
			Title   string
			Classes []struct {
				Title string
				Units []string
			}
		}
	}
	seen := func() string {
		if err := h.player("towns").Call(http.MethodGet, "/api/v1/contests/towns/honours", nil, &public); err != nil {
			h.t.Fatal(err)
		}
		return fmt.Sprint(public.Honours)
	}
	if got := seen(); got != "[]" {
		h.t.Errorf("before it is published everybody sees %s", got)
	}
	first, err := h.honours(http.MethodPost, "/publication")
	if err != nil || first.Honours[0].PublishedAt == 0 {
		h.t.Errorf("publishing gives %+v, %v", first, err)
	}
	if again, err := h.honours(http.MethodPost, "/publication"); err != nil || !reflect.DeepEqual(again, first) {
		h.t.Errorf("publishing again gives %+v, %v", again, err)
	}
	if got, want := seen(), "[{优秀组织奖 [{一等奖 [东镇]} {二等奖 [西镇 南镇]}]}]"; got != want {
		h.t.Errorf("then everybody sees %s, want %s", got, want)
	}
}

func (h *house) standsInTheClosing(told honoursTold) {
	h.t.Helper()
	in, err := h.app.Catalog.Current("towns")
	if err != nil {
		h.t.Fatal(err)
	}
	f, err := h.app.Closing.Figures(h.t.Context(), in)
	if err != nil {
		h.t.Fatal(err)
	}
	if text := fmt.Sprint(f.Summary()); !strings.Contains(text, "优秀组织奖3个（第一名东镇）") {
		h.t.Errorf("the summary is %s", text)
	}
	var page bytes.Buffer
	if err := f.WritePage(&page); err != nil || !strings.Contains(page.String(), "<td>二等奖</td><td>南镇</td>") {
		h.t.Errorf("the page is %s, %v", page.String(), err)
	}
	rows, u := rowsOf(f, "单位评优"), told.Honours[0].Units[0]
	if len(rows) != 3 || rows[0][3] != u.Unit || rows[0][4] != "少于 5 人" || rows[0][6] != u.Number ||
		rows[0][7] != u.Code {
		h.t.Errorf("the table of units of few people says %v", rows)
	}
}

func TestAContestWithoutHonoursSaysSo(t *testing.T) {
	h := commonHouse(t)
	err := h.member(staff.Organizer).Call(http.MethodPost, consolePath+"/contests/closed/honours", map[string]any{}, nil)
	if !refusedAs(err, "honours_none") {
		t.Errorf("it ends with %v", err)
	}
}

func TestAnHonourThatNoUnitQualifiesForStaysOpen(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		staysOpen(openHouse(t, stores))
	})
}

func staysOpen(h *house) {
	t := h.t
	definition := []byte(honouringContest(time.Now()))
	if _, err := h.app.Catalog.Apply(t.Context(), "towns.yaml", definition, "新"); err != nil {
		t.Fatal(err)
	}
	h.playsFor("东镇", 1)
	h.later(2 * time.Hour)
	if _, err := h.honours(http.MethodPost, ""); !refusedAs(err, "honours_nobody") {
		t.Errorf("deciding without anybody to be awarded ends with %v", err)
	}
	changed := strings.Replace(string(definition), "people: 2", "people: 1", 1)
	if _, err := h.app.Catalog.Apply(t.Context(), "towns.yaml", []byte(changed), "改"); err != nil {
		t.Fatal(err)
	}
	told, err := h.honours(http.MethodPost, "")
	if want := []string{"1 一等奖 东镇"}; err != nil || !reflect.DeepEqual(told.ranked(), want) {
		t.Errorf("after the least size was lowered awarded are %v, %v, want %v", told.ranked(), err, want)
	}
}
