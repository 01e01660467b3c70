package contest_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"anquanda/internal/contest"
)

// naive adds up the best of each level as one would on paper: first the points,
// then the first moment at which a part of the history comes to as many.
func naive(d *contest.Definition, h contest.History, day int) (contest.Total, bool) {
	var counted []contest.Attempt
	for _, a := range h {
		if a.FinishedAt != 0 && (day == 0 || d.Day(a.FinishedAt) == day) {
			counted = append(counted, a)
		}
	}
	if len(counted) == 0 {
		return contest.Total{}, false
	}
	sum := func(until int64) (points int64) {
		best := map[string]int{}
		for _, a := range counted {
			if a.FinishedAt <= until {
				best[a.Level] = max(best[a.Level], a.Score)
			}
		}
		for _, score := range best {
			points += int64(score)
		}
		return points
	}
	total := contest.Total{Measure: contest.MeasureBest, Period: day, Points: sum(1 << 62)}
	for _, a := range counted {
		if sum(a.FinishedAt) == total.Points && (total.ReachedAt == 0 || a.FinishedAt < total.ReachedAt) {
			total.ReachedAt = a.FinishedAt
		}
	}
	return total, true
}

// eachHistory runs check on many random histories of a contest.
func eachHistory(t *testing.T, check func(random *rand.Rand, d *contest.Definition, h contest.History)) {
	d := leveled(t, 4)
	for seed := range uint64(2000) {
		random := rand.New(rand.NewPCG(seed, 16))
		check(random, d, randomHistory(random, d, 14))
		if t.Failed() {
			t.Fatalf("with seed %d", seed)
		}
	}
}

func TestTotalsEqualANaiveCount(t *testing.T) {
	eachHistory(t, func(_ *rand.Rand, d *contest.Definition, h contest.History) {
		days := daysOf(d, of(h))
		var want []contest.Total
		for _, day := range append([]int{0}, days...) {
			if total, any := naive(d, h, day); any {
				want = append(want, total)
			}
		}
		if got := totals(d, of(h), days...); !reflect.DeepEqual(got, want) {
			t.Errorf("totals\n%+v, counted by hand\n%+v\nof %+v", got, want, h)
		}
	})
}

func TestTotalsDoNotDependOnTheOrderOfTheHistory(t *testing.T) {
	eachHistory(t, func(random *rand.Rand, d *contest.Definition, h contest.History) {
		mixed := slices.Clone(h)
		random.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		days := daysOf(d, of(h))
		if !slices.Equal(days, daysOf(d, of(mixed))) || !reflect.DeepEqual(totals(d, of(h), days...),
			totals(d, of(mixed), days...)) {
			t.Errorf("in another order the totals differ: %+v", h)
		}
	})
}

func TestMoreAttemptsNeverLowerATotalNorDelayIt(t *testing.T) {
	eachHistory(t, func(random *rand.Rand, d *contest.Definition, h contest.History) {
		var part contest.History
		for _, a := range h {
			if random.IntN(2) == 0 {
				part = append(part, a)
			}
		}
		for _, few := range totals(d, of(part), daysOf(d, of(part))...) {
			many, _ := naive(d, h, few.Period)
			if many.Points < few.Points || many.Points == few.Points && many.ReachedAt > few.ReachedAt {
				t.Errorf("a part comes to %+v, the whole to %+v: %+v", few, many, h)
			}
		}
	})
}

func TestTakingPartWithoutAPointIsATotalOfNothing(t *testing.T) {
	d := leveled(t, 1)
	h := contest.History{{ID: 2, Level: "level-0", FinishedAt: 2000}, {ID: 1, Level: "level-0", FinishedAt: 1000}}
	want := []contest.Total{{Measure: contest.MeasureBest, ReachedAt: 1000}}
	if got := totals(d, of(h)); !reflect.DeepEqual(got, want) {
		t.Errorf("totals %+v, want %+v", got, want)
	}
	if got := totals(d, of(contest.History{{Level: "level-0"}})); got != nil {
		t.Errorf("an attempt under way has totals %+v", got)
	}
}

func TestWhoOnlyEarnsPointsHasNoTotalOfScores(t *testing.T) {
	d := parsed(t, everyPeriod)
	at := d.Window.Opens.MS + 1000
	r := of(nil)
	r.Grants = []contest.Grant{{Kind: contest.GrantPoints, Source: "x", Amount: 5, At: at}}
	for _, total := range d.Totals(d.Summarize(r, at)) {
		if total.Measure != contest.MeasurePoints {
			t.Errorf("the player has %+v", total)
		}
	}
}

func TestEachMeasureIsCountedOnceForAllBoardsThatNeedIt(t *testing.T) {
	const units = "units: [{code: a, name: 甲}]\nboards:\n"
	cases := []struct {
		boards string
		want   []contest.Ranked
	}{
		{"", nil},
		{"  - {key: a, title: 榜, subject: player, measure: best}\n",
			[]contest.Ranked{{Measure: contest.MeasureBest, Whole: true}}},
		{"  - {key: a, title: 榜, subject: player, measure: best}\n  - {key: b, title: 榜, subject: unit, measure: best, daily: true}\n",
			[]contest.Ranked{{Measure: contest.MeasureBest, Whole: true, Daily: true}}},
		{"  - {key: a, title: 榜, subject: unit, measure: players, daily: true}\n",
			[]contest.Ranked{{Measure: contest.MeasureBest, Whole: true, Daily: true}}},
		{"  - {key: a, title: 榜, subject: player, measure: best}\n" +
			"  - {key: b, title: 榜, subject: player, measure: best, level: first}\n" +
			"  - {key: c, title: 榜, subject: unit, measure: players, level: first, period: week}\n" +
			"  - {key: e, title: 榜, subject: player, measure: sum, period: week}\n",
			[]contest.Ranked{{Measure: contest.MeasureBest, Whole: true},
				{Measure: contest.MeasureBest, Level: "first", Whole: true, Weekly: true},
				{Measure: contest.MeasureSum, Weekly: true}}},
	}
	for _, c := range cases {
		at := len(twoLevels) - len("boards:\n  - {key: total, title: 个人榜, subject: player, measure: best, daily: true}\n")
		d := parsed(t, twoLevels[:at]+units+c.boards)
		if got := d.Ranked(); !slices.Equal(got, c.want) {
			t.Errorf("boards\n%sneed %+v, want %+v", c.boards, got, c.want)
		}
	}
}
