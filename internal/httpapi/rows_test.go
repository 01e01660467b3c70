package httpapi_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"anquanda/internal/testkit"
)

// rowsContest gives for two days in a row, and cards that make up a missed one.
const rowsContest = `
contest: rows
title: 天天来闯关
organizer: 社区
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
players: {unit: {ask: optional}}
purses: [{key: mend, title: 补签卡}]
earnings:
  - {key: came, for: checkin, give: {purse: mend, amount: 1}, max: 1, per: day}
  - {key: two, for: checkin, days: 2, give: {points: 7}}
  - {key: told, for: profile, give: {points: 5}}
makeup: {price: 1, purse: mend, most: 3}
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 1}]
`

type rowsMe struct {
	Me struct {
		Points  int
		Profile *bool
		Purses  []struct {
			Title string
			Left  int
		}
		Rows struct {
			Row    int
			Makeup struct{ Price, Left int }
			Days   []struct {
				Day          int
				Came, Missed bool
			}
		}
	}
}

func TestAMissedDayIsMadeUpAsDocumented(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		if _, err := h.app.Catalog.Apply(t.Context(), "rows.yaml", []byte(rowsContest), "test"); err != nil {
			t.Fatal(err)
		}
		p := h.enrolled("rows")
		type done struct {
			Repeated bool
			Earned   []struct {
				Kind, Purse string
				Amount      int
			}
		}
		home := func() (got rowsMe) {
			t.Helper()
			if err := p.Call(http.MethodGet, p.InContest(""), nil, &got); err != nil {
				t.Fatal(err)
			}
			return got
		}
		var came done
		if err := p.Call(http.MethodPost, p.InContest("/checkins"), map[string]string{}, &came); err != nil ||
			len(came.Earned) != 1 || came.Earned[0].Kind != "purse" || came.Earned[0].Purse != "补签卡" {
			t.Fatalf("checking in earns %+v, %v", came, err)
		}
		me := home().Me
		if me.Rows.Row != 1 || len(me.Rows.Days) != 7 || !me.Rows.Days[6].Came || !me.Rows.Days[5].Missed ||
			len(me.Purses) != 1 || me.Purses[0].Left != 1 || me.Profile == nil || *me.Profile || me.Rows.Makeup.Left != 3 {
			t.Fatalf("after the first check-in it is %+v", me)
		}
		body := map[string]int{"day": me.Rows.Days[5].Day, "price": 1}
		for i := range 2 {
			var made done
			if err := p.Call(http.MethodPost, p.InContest("/makeups"), body, &made); err != nil || made.Repeated != (i == 1) {
				t.Fatalf("time %d comes to %+v, %v", i+1, made, err)
			}
		}
		if me = home().Me; me.Points != 7 || me.Rows.Row != 2 || me.Purses[0].Left != 0 {
			t.Errorf("after a day is made up it is %+v", me)
		}
		old, _ := strconv.Atoi(time.Now().AddDate(0, 0, -20).Format("20060102"))
		for code, body := range map[string]map[string]int{
			"points_too_few":   {"day": me.Rows.Days[4].Day, "price": 1},
			"price_changed":    {"day": me.Rows.Days[4].Day, "price": 2},
			"day_not_makeable": {"day": old, "price": 1},
		} {
			err := p.Call(http.MethodPost, p.InContest("/makeups"), body, nil)
			if problem, ok := err.(*testkit.Problem); !ok || problem.Code != code {
				t.Errorf("%v gets %v, want %s", body, err, code)
			}
		}
		stranger := h.player("rows")
		if problem, ok := stranger.Call(http.MethodPost, stranger.InContest("/makeups"), body, nil).(*testkit.Problem); !ok ||
			problem.Code != "unauthenticated" {
			t.Errorf("a stranger makes up a day: %v", problem)
		}
	})
}
