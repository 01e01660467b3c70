package chance_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/chance"
	"anquanda/internal/testkit/contests"
	"anquanda/internal/testkit/fair"
)

func pool(t testing.TB, d *contest.Definition, key string) *contest.PrizePool {
	t.Helper()
	for i := range d.Pools {
		if d.Pools[i].Key == key {
			return &d.Pools[i]
		}
	}
	t.Fatalf("no pool %s", key)
	return nil
}

// everyRoom has a unit of everything for everybody.
func everyRoom(int) chance.Reason { return chance.AsRolled }

// chiSquare is the sum over categories of (seen - expected)² / expected.
func chiSquare(seen []int, odds []int, draws int) (sum float64) {
	for i, n := range seen {
		expected := float64(odds[i]) / 1e6 * float64(draws)
		sum += (float64(n) - expected) * (float64(n) - expected) / expected
	}
	return sum
}

func TestTwoMillionDrawsKeepTheDeclaredOdds(t *testing.T) {
	d := contests.Parsed(t, fair.Festival)
	wheel := pool(t, d, "wheel")
	const draws = 2_000_000
	// The six outcomes leave five degrees of freedom: 20.52 is passed once in a
	// thousand by an honest wheel (NIST/SEMATECH e-Handbook, table 1.3.6.7.4).
	const once = 20.515
	for seed := range uint64(3) {
		random := rand.New(rand.NewPCG(616, seed))
		seen, odds := make([]int, len(wheel.Prizes)+1), make([]int, len(wheel.Prizes)+1)
		nothing := len(wheel.Prizes)
		odds[nothing] = 1_000_000
		for i := range wheel.Prizes {
			odds[i] = wheel.Prizes[i].Odds
			odds[nothing] -= wheel.Prizes[i].Odds
		}
		for range draws {
			came := chance.Decide(d, wheel, chance.Roll(wheel, random.Uint64()), &chance.Stand{Ordinal: 1, Room: everyRoom})
			if came.Prize == chance.Nothing {
				seen[nothing]++
			} else {
				seen[came.Prize]++
			}
		}
		if x := chiSquare(seen, odds, draws); x > once {
			t.Errorf("seed %d: chi-square %.2f over %v of odds %v", seed, x, seen, odds)
		}
	}
}

func TestTheCheckOfOddsSeesAWheelThatIsOff(t *testing.T) {
	d := contests.Parsed(t, fair.Festival)
	wheel := pool(t, d, "wheel")
	random := rand.New(rand.NewPCG(616, 0))
	const draws = 2_000_000
	seen, odds := make([]int, 2), []int{20_000, 980_000}
	crooked := *wheel
	crooked.Prizes = []contest.PoolPrize{{Prize: "kettle", Odds: 19_500}} // one win in forty is missing
	for range draws {
		seen[-chance.Roll(&crooked, random.Uint64())]++
	}
	if x := chiSquare(seen, odds, draws); x < 10.8 {
		t.Errorf("chi-square %.2f", x)
	}
}

func TestTheEdgesOfTheRandomNumberFallToTheFirstPrizeAndToNothing(t *testing.T) {
	d := contests.Parsed(t, fair.Festival)
	for _, c := range []struct {
		pool   string
		random uint64
		want   int
	}{
		{"wheel", 0, 0}, {"wheel", math.MaxUint64, chance.Nothing}, {"sure", 0, 0}, {"sure", math.MaxUint64, 0},
		{"third", 0, 1}, {"wheel", math.MaxUint64/1000 - 1, 0}, {"wheel", math.MaxUint64/1000 + 1, 1},
	} {
		if got := chance.Roll(pool(t, d, c.pool), c.random); got != c.want {
			t.Errorf("%s %d: %d, want %d", c.pool, c.random, got, c.want)
		}
	}
}

func TestWhatCannotBeGivenBecomesThanksAndNeverAnotherPrize(t *testing.T) {
	d := contests.Parsed(t, fair.Festival)
	for _, c := range []struct {
		pool   string
		rolled int
		reason chance.Reason
		want   int
	}{
		{"wheel", 0, chance.SoldOut, 4}, {"wheel", 1, chance.OverLimit, 4}, {"wheel", 2, chance.Unreleased, 4},
		{"tickets", 0, chance.SoldOut, chance.Nothing}, // this pool has no thanks
	} {
		came := chance.Decide(d, pool(t, d, c.pool), c.rolled,
			&chance.Stand{Ordinal: 1, Room: func(int) chance.Reason { return c.reason }})
		if want := (chance.Outcome{Rolled: c.rolled, Prize: c.want, Reason: c.reason}); came != want {
			t.Errorf("%s: %+v, want %+v", c.pool, came, want)
		}
	}
}

func TestAGuaranteeIsKeptOnceAndAsSoonAsItCan(t *testing.T) {
	d := contests.Parsed(t, fair.Festival)
	third := pool(t, d, "third")
	none := func(int) chance.Reason { return chance.SoldOut }
	for _, c := range []struct {
		name  string
		stand chance.Stand
		want  chance.Outcome
	}{
		{"before", chance.Stand{Ordinal: 2, Room: everyRoom}, chance.Outcome{Rolled: 1, Prize: 1}},
		{"with its draw", chance.Stand{Ordinal: 3, Room: everyRoom},
			chance.Outcome{Rolled: 1, Prize: 0, Reason: chance.Guaranteed}},
		{"after a win", chance.Stand{Ordinal: 3, HasWon: true, Room: everyRoom}, chance.Outcome{Rolled: 1, Prize: 1}},
		{"without a unit", chance.Stand{Ordinal: 3, Room: none}, chance.Outcome{Rolled: 1, Prize: 1}},
		{"with one again", chance.Stand{Ordinal: 5, Room: everyRoom},
			chance.Outcome{Rolled: 1, Prize: 0, Reason: chance.Guaranteed}},
	} {
		if came := chance.Decide(d, third, 1, &c.stand); came != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, came, c.want)
		}
	}
}

func TestUnitsComeFreeByDayAndHour(t *testing.T) {
	d := contests.Parsed(t, fair.Festival)
	daily := &pool(t, d, "daily").Prizes[0]
	for at, want := range map[string]int{
		"2026-06-15 23:59:59": 0, "2026-06-16 09:59:59": 0, "2026-06-16 10:00:00": 2, "2026-06-17 09:59:59": 2,
		"2026-06-17 10:00:00": 4, "2026-06-20 10:00:00": 10, "2026-06-20 12:00:00": 13, "2026-06-30 21:00:00": 33,
	} {
		if got := chance.Released(d, daily, fair.MS(at)); got != want {
			t.Errorf("%s: %d, want %d", at, got, want)
		}
	}
	if all := chance.Released(d, &pool(t, d, "wheel").Prizes[0], 0); all < 1_000_000 {
		t.Errorf("a prize without a release: %d", all)
	}
}

func TestAPoolTakesDrawsInItsTime(t *testing.T) {
	d := contests.Parsed(t, strings.Replace(fair.Festival, "opens: 2026-06-20 08:00,",
		"opens: 2026-06-20 08:00, closes: 2026-06-21 08:00,", 1))
	for _, c := range []struct {
		pool, at string
		want     bool
	}{
		{"closed", "2026-06-20 07:59:59", false}, {"closed", "2026-06-20 08:00:00", true}, {"closed", "2026-06-21 08:00:00",
			false},
		{"wheel", "2026-06-01 07:59:59", false}, {"wheel", "2026-06-01 08:00:00", true}, {"wheel", "2026-07-05 08:00:00",
			true},
	} {
		if got := chance.OpenAt(d, pool(t, d, c.pool), fair.MS(c.at)); got != c.want {
			t.Errorf("%s at %s: %v", c.pool, c.at, got)
		}
	}
}
