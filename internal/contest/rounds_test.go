package contest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/contest"
)

// rounded is a contest that opens on a Wednesday and closes with a Sunday, with boards of
// one level and of rounds.
const rounded = `contest: rounded
title: 周周练
organizer: 测试
bank: safety
window: {opens: 2026-06-03 08:00, closes: 2026-06-22 00:00}
periods:
  - {title: 上半场, opens: 2026-06-03 08:00, closes: 2026-06-10 12:00}
  - {title: 下半场, opens: 2026-06-12 00:00, closes: 2026-06-22 00:00}
levels:
  - {key: one, title: 第一关, questions: [{count: 5}], pass: 3, attempts: {max: 0}}
  - {key: the-level-with-the-longest-keys, title: 第二关, questions: [{count: 5}], pass: 3, after: [],
     attempts: {max: 0}}
boards:
  - {key: weekly, title: 周榜, subject: player, measure: best, period: week}
  - {key: own, title: 半场榜, subject: player, measure: sum, period: own}
  - {key: first, title: 第一关榜, subject: player, measure: best, level: one, daily: true}
  - {key: second, title: 第二关周榜, subject: player, measure: attempts, period: week,
     level: the-level-with-the-longest-keys}
`

// told are the totals of a player as of a moment, as "name/period=points".
func told(d *contest.Definition, r *contest.Record, at int64) []string {
	var lines []string
	for _, total := range d.Totals(d.Summarize(r, at)) {
		lines = append(lines, fmt.Sprintf("%s/%d=%d", total.Name(), total.Period, total.Points))
	}
	slices.Sort(lines)
	return lines
}

func TestBoardsOfALevelAndOfRoundsCountWhatIsOfThem(t *testing.T) {
	d := parsed(t, rounded)
	second := d.Levels[1].Key
	var h contest.History
	add := func(level, at string, score int) {
		h = append(h, contest.Attempt{ID: int64(len(h) + 1), Level: level, FinishedAt: shanghai(t, at), Score: score})
	}
	add("one", "2026-06-03 08:30:00", 50)
	add(second, "2026-06-07 23:59:59", 20)
	add(second, "2026-06-08 00:00:00", 30) // Monday
	add("one", "2026-06-10 12:00:00", 10)  // between the halves
	add("one", "2026-06-21 23:00:00", 40)
	add("one", "2026-06-22 00:01:00", 45) // begun in time: of the last week, and not of one that there is not
	name := "attempts~3ab24c0"
	for _, c := range []struct{ at, want string }{
		{"2026-06-07 23:59:59", name + "/120260601=1 best/120260601=70 best@one/0=50 sum/1=100"},
		{"2026-06-10 12:00:00", name + "/120260608=1 best/120260608=40 best@one/0=50 best@one/20260610=10"},
		{"2026-06-22 00:01:00", "best/120260615=45 best@one/0=50 best@one/20260622=45 sum/2=85"},
	} {
		r := of(h)
		if got := strings.Join(told(d, r, shanghai(t, c.at)), " "); got != c.want {
			t.Errorf("at %s: %s, want %s", c.at, got, c.want)
		}
	}
}

// Counted another way: the rounds of a board are what TotalWithin counts between their ends.
func TestRoundsEqualWhatIsCountedBetweenTheirEnds(t *testing.T) {
	d := parsed(t, rounded)
	for seed := range uint64(300) {
		r := of(randomHistory(rand.New(rand.NewPCG(seed, 5)), d, 40))
		last := r.LatestAt()
		for i := range d.Boards {
			b := &d.Boards[i]
			for _, round := range d.RoundsOf(b, last) {
				from, to := shanghai(t, "2026-06-03 08:00:00"), shanghai(t, "2026-06-10 12:00:00")
				switch {
				case b.Period == contest.RoundWeek:
					from, to = d.Bounds(contest.PerWeek, shanghai(t, fmt.Sprintf("%d-%02d-%02d 00:00:00",
						round.Number/10_000, round.Number/100%100, round.Number%100)))
				case round.Number == 2:
					from, to = d.Periods[1].Opens.MS, d.Periods[1].Closes.MS
				}
				if to == d.Window.Closes.MS {
					to = 1 << 62
				}
				want, any := d.TotalWithin(b, r, from, to)
				want.Period = round.Period
				at := max(from, min(to-1, last))
				totals := d.Totals(d.Summarize(r, at))
				if any != slices.Contains(totals, want) {
					t.Fatalf("seed %d, %s %d: %+v (%v) is not among %+v", seed, b.Key, round.Number, want, any, totals)
				}
			}
		}
	}
}

func TestABoardListsTheRoundsThatHaveBegun(t *testing.T) {
	d := parsed(t, rounded)
	for _, c := range []struct{ board, now, want string }{
		{"weekly", "2026-05-01 00:00:00", "20260601 6月3日至7日"},
		{"weekly", "2026-06-08 00:00:00", "20260608 6月8日至14日, 20260601 6月3日至7日"},
		{"weekly", "2026-07-08 00:00:00", "20260615 6月15日至21日, 20260608 6月8日至14日, 20260601 6月3日至7日"},
		{"own", "2026-06-01 00:00:00", "1 上半场"},
		{"own", "2026-06-11 00:00:00", "1 上半场"},
		{"own", "2026-07-11 00:00:00", "2 下半场, 1 上半场"},
		{"first", "2026-06-11 00:00:00", ""},
	} {
		b, _ := d.Board(c.board)
		var got []string
		for _, round := range d.RoundsOf(&b, shanghai(t, c.now)) {
			got = append(got, fmt.Sprint(round.Number, " ", round.Title))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s at %s: %s, want %s", c.board, c.now, strings.Join(got, ", "), c.want)
		}
	}
}
