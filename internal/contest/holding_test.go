package contest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"anquanda/internal/contest"
)

const held = `contest: held
title: 摇奖
organizer: 测试
window: {opens: 2026-05-28 08:00, closes: %s}
periods: [{title: 上, opens: day 1, closes: day 5}, {title: 下, opens: day 6, closes: day 9}]
bank: safety
levels: [{key: a, title: 甲, questions: [{count: 5}]}]
prizes: [{key: p, title: 奖, value: 100, stock: 5000}]
drawings: [{key: d, title: 摇奖, %s prizes: [{prize: p, count: 2}]}]
`

func TestASeriesOfDrawingsIsHeldForEachPeriodThatCanBePlayed(t *testing.T) {
	for _, c := range []struct {
		name, closes, drawing, want string
	}{
		{"once", "2026-06-11", "at: 2026-06-12 10:00,", "05-28 08:00–06-11 00:00 at 06-12 10:00"},
		{"once, before the end", "2026-06-11", "at: 2026-06-08 10:00,", "05-28 08:00–06-08 10:00 at 06-08 10:00"},
		{"daily up to the day after a midnight", "2026-05-31", "every: day, at: 2026-05-29 10:00,",
			"05-28 00:00–05-29 00:00 at 05-29 10:00, 05-29 00:00–05-30 00:00 at 05-30 10:00, " +
				"05-30 00:00–05-31 00:00 at 05-31 10:00"},
		{"daily up to the day after the last hours", "2026-05-30 20:00", "every: day, at: 2026-05-30 10:00,",
			"05-29 00:00–05-30 00:00 at 05-30 10:00, 05-30 00:00–05-31 00:00 at 05-31 10:00"},
		{"weekly without a date", "2026-06-09", "every: week,",
			"05-25 00:00–06-01 00:00, 06-01 00:00–06-08 00:00, 06-08 00:00–06-15 00:00"},
		{"monthly on the 31st", "2026-07-01", "every: month, at: 2026-05-31 10:00,",
			"04-01 00:00–05-01 00:00 at 05-31 10:00, 05-01 00:00–06-01 00:00 at 06-30 10:00, " +
				"06-01 00:00–07-01 00:00 at 07-31 10:00"},
		{"by the contest's own periods", "2026-06-11", "every: period, at: 2026-06-02 10:00,",
			"05-28 00:00–06-01 00:00 at 06-02 10:00, 06-02 00:00–06-05 00:00"},
	} {
		d, err := contest.Parse("held.yaml", fmt.Appendf(nil, held, c.closes, c.drawing))
		if err != nil {
			t.Fatal(c.name, err)
		}
		var told []string
		moment := func(ms int64) string { return time.UnixMilli(ms).In(d.Zone()).Format("01-02 15:04") }
		for _, h := range d.Holdings(&d.Drawings[0]) {
			text := moment(h.From) + "–" + moment(h.To)
			if h.At != 0 {
				text += " at " + moment(h.At)
			}
			told = append(told, text)
		}
		if got := strings.Join(told, ", "); got != c.want {
			t.Errorf("%s: held\n%s, want\n%s", c.name, got, c.want)
		}
	}
}

func TestTheNextDrawingOfASeriesIsTheOneAfterWhatIsPlanned(t *testing.T) {
	d, err := contest.Parse("held.yaml", fmt.Appendf(nil, held, "2026-05-31", "every: day, at: 2026-05-29 10:00,"))
	if err != nil {
		t.Fatal(err)
	}
	w, day := &d.Drawings[0], int64(24*60*60*1000)
	first := d.HoldingAfter(w, 0)
	second := d.HoldingAfter(w, first.To)
	if second == nil || second.At != first.At+day || d.HeldFor(w, second.From) != second.At {
		t.Errorf("after %+v comes %+v", first, second)
	}
	if last := d.HoldingAfter(w, first.To+2*day); last != nil || d.HeldFor(w, 1) != 0 {
		t.Errorf("after the last comes %+v", last)
	}
}
