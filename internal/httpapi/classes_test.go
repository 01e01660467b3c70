package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/report/closing"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const classingContest = `
contest: classing
title: 按类别统计的活动
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
retention: 30d
bank: safety
players:
  fields:
    - key: who
      label: 身份
      kind: choice
      options: [企业负责人, 企业职工, 村民, 学生, 大学生]
      classes:
        - {option: 企业负责人, class: principal}
        - {option: 企业负责人, class: enterprise}
        - {option: 企业职工, class: enterprise}
        - {option: 村民, class: village}
        - {option: 学生, class: school}
        - {option: 大学生, class: school}
      when: start
      why: 按上级的表统计
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 0, attempts: {max: 9}}]
`

// namedOf are the figures of a contest by the names under which tables ask for them.
func (h *house) namedOf(slug string) (*closing.Figures, map[string]float64) {
	h.t.Helper()
	in, err := h.app.Catalog.Current(slug)
	if err != nil {
		h.t.Fatal(err)
	}
	f, err := h.app.Closing.Figures(h.t.Context(), in)
	if err != nil {
		h.t.Fatal(err)
	}
	named := map[string]float64{}
	for _, c := range f.Named() {
		named[c.Name] = c.Value
	}
	return f, named
}

// choose lets so many new players say which option they are of.
func (h *house) choose(option string, people int) {
	h.t.Helper()
	for range people {
		d := &desk{h.player("classing"), h.t, ""}
		d.consent = d.home().Contest.Asks.Consent.Version
		_, err := d.enrol(map[string]any{"nickname": "参加的人", "division": "", "fields": map[string]string{"who": option}})
		if err != nil {
			h.t.Fatal(err)
		}
	}
}

func TestStandardClassesAreWhatARecountOfTheOptionsGives(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		if _, err := h.app.Catalog.Apply(t.Context(), "classing.yaml", []byte(classingContest), "新"); err != nil {
			t.Fatal(err)
		}
		for option, people := range map[string]int{"企业负责人": 5, "企业职工": 7, "村民": 6, "学生": 8} {
			h.choose(option, people)
		}
		f, named := h.namedOf("classing")
		for name, want := range map[string]float64{"企业主要负责人人数": 5, "进企业人数": 5 + 7, "进农村人数": 6, "进学校人数": 8} {
			if got, known := named[name]; !known || got != want {
				t.Errorf("%s is %v (%t), and a recount gives %v", name, got, known, want)
			}
		}
		if _, known := named["进家庭人数"]; known {
			t.Error("a class that nothing counts under is told")
		}
		if text := fmt.Sprint(f.Summary()); !strings.Contains(text, "按本人登记，企业主要负责人5人、进企业12人、进农村6人、进学校8人。") {
			t.Errorf("the summary is %s", text)
		}
		if rows := fmt.Sprint(rowsOf(f, "登记的选项")); !strings.Contains(rows, "[按标准类别 进企业 12]") {
			t.Errorf("the workbook says %s", rows)
		}

		// Two are few: with them the least of the others is hidden, and so is each class that
		// would tell either.
		h.choose("大学生", 2)
		f, named = h.namedOf("classing")
		for name, shown := range map[string]bool{"企业主要负责人人数": false, "进企业人数": false, "进学校人数": false, "进农村人数": true} {
			if got, known := named[name]; known != shown {
				t.Errorf("with two of an option %s is %v (%t)", name, got, known)
			}
		}
		if rows := fmt.Sprint(rowsOf(f, "登记的选项")); !strings.Contains(rows, "[按标准类别 进学校 人少，不显示]") {
			t.Errorf("the workbook says %s", rows)
		}
		var course struct {
			Choices []struct {
				Key, Label string
				Options    []struct {
					Title  string
					People int
					Hidden bool
				}
			}
		}
		err := h.member(staff.Viewer).Call(http.MethodGet, consolePath+"/contests/classing/course", nil, &course)
		if err != nil || len(course.Choices) != 2 ||
			fmt.Sprint(course.Choices[1]) != "{ 按标准类别 [{企业主要负责人 0 true} {进企业 0 true} {进农村 6 false} {进学校 0 true}]}" {
			t.Errorf("the first page says %+v, %v", course.Choices, err)
		}
	})
}

// rowsOf are the rows of a table of the workbook.
func rowsOf(f *closing.Figures, name string) [][]any {
	for _, table := range f.Tables() {
		if table.Name == name {
			return table.Rows
		}
	}
	return nil
}
