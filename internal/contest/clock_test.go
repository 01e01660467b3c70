package contest_test

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/contest"
)

func TestTheClockIsWhatTheDefinitionSays(t *testing.T) {
	const minute = 60_000
	for _, c := range []struct {
		name, time, feedback string
		large                bool
		want                 contest.Clock
	}{
		{"as it comes", "{}", "each", false, contest.Clock{Question: 45_000, Level: 5 * 115_000, Review: minute,
			Load: 10_000}},
		{"in large type", "{}", "each", true, contest.Clock{Question: 90_000, Level: 10 * 115_000, Review: 2 * minute,
			Load: 10_000}},
		{"in large type where that gives nothing", "{large: same}", "each", true,
			contest.Clock{Question: 45_000, Level: 5 * 115_000, Review: minute, Load: 10_000}},
		{"without explanations", "{review: 30s}", "end", false, contest.Clock{Question: 45_000, Level: 5 * 85_000,
			Load: 10_000}},
		{"no time of its own to read", "{review: 0s, level: 4m}", "each", false, contest.Clock{Question: 45_000,
			Level: 4 * minute, Load: 10_000}},
		{"all its own", "{question: 1m, review: 5m, next: player, level: 4m, load: 0}", "each", false,
			contest.Clock{Question: minute, Level: 4 * minute, Review: 5 * minute}},
	} {
		text := strings.Replace(timed, "questions: [{count: 5}]", "time: "+c.time+", questions: [{count: 5}]", 1)
		d := parsed(t, text+"feedback: "+c.feedback+"\n")
		if got := d.Clock(&d.Levels[0], c.large); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		opens := d.Window.Opens.MS
		if got := d.Levels[0].Deadline(d, opens, c.large) - opens; got != c.want.Level+4*c.want.Review {
			t.Errorf("%s: an attempt lasts %v", c.name, time.Duration(got)*time.Millisecond)
		}
	}
}

func TestReadingCountsUpToItsOwnTime(t *testing.T) {
	c := contest.Clock{Review: 60_000}
	for pause, want := range map[int64]int64{-1: 0, 0: 0, 59_999: 59_999, 60_000: 60_000, 75_000: 60_000} {
		if got := c.Read(pause); got != want {
			t.Errorf("a pause of %d ms is %d ms of reading, want %d", pause, got, want)
		}
	}
}
