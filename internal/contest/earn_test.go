package contest_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"anquanda/internal/contest"
)

// earning is a contest of two levels with the given lines of earnings and caps.
func earning(t testing.TB, lines string) *contest.Definition {
	t.Helper()
	return parsed(t, twoLevels+"cards: [{key: first, title: 甲}, {key: second, title: 乙}]\n"+lines)
}

// lived is a random life: attempts and deeds in the order of time, and what each
// earned.
func lived(random *rand.Rand, d *contest.Definition, events int) *contest.Record {
	r := &contest.Record{Registered: true}
	at := d.Window.Opens.MS
	for id := range events {
		at += random.Int64N(5 * time.Hour.Milliseconds())
		if random.IntN(3) == 0 {
			deed := contest.Deed{Kind: []contest.DeedKind{contest.DeedShare, contest.DeedCheckin,
				contest.DeedInvite}[random.IntN(3)], Ref: string(rune('a' + id)), At: at}
			r.Deeds = append(r.Deeds, deed)
			r.Grants = append(r.Grants, d.EarnDeed(d.Summarize(r, deed.At), deed)...)
			continue
		}
		level := d.Levels[random.IntN(2)]
		a := contest.Attempt{ID: int64(id + 1), Level: level.Key, StartedAt: at, FinishedAt: at + 1000,
			Correct: random.IntN(level.Count() + 1)}
		a.Score, a.Passed, a.Full = a.Correct*int(level.Score), a.Correct >= level.Pass, a.Correct == level.Count()
		r.History = append(r.History, a)
		r.Grants = append(r.Grants, d.EarnAttempt(d.Summarize(r, a.FinishedAt), a)...)
	}
	return r
}

const manyRules = `earnings:
  - {key: passed, when: {result: passed}, give: {points: 3, chances: 2, card: level}}
  - {key: five, each: {correct: 5, over: day}, give: {chances: 1}}
  - {key: score, give: {score: true}, max: 3, per: day}
  - {key: weekly, when: {least: 2}, give: {points: 7}, max: 2, per: week}
  - {key: once, give: {points: 1}, max: 1, per: level}
  - {key: share, for: share, give: {points: 2, tries: 1}, max: 1, per: day}
  - {key: invite, for: invite, give: {points: 5}}
caps:
  - {of: points, max: 60, per: day}
  - {of: chance, max: 9, per: week}
`

func TestWhatIsEarnedKeepsToEveryBoundWhateverHappens(t *testing.T) {
	d := earning(t, manyRules)
	for seed := range uint64(400) {
		r := lived(rand.New(rand.NewPCG(seed, 5)), d, 60)
		sources, points, chances := map[string]bool{}, map[int]int{}, map[int]int{}
		times := map[string]int{}
		for _, g := range r.Grants {
			key := string(g.Kind) + " " + g.Source
			if sources[key] || g.Amount < 1 {
				t.Fatalf("seed %d: %+v was given twice, or is nothing", seed, g)
			}
			sources[key] = true
			switch g.Kind {
			case contest.GrantPoints:
				points[d.Day(g.At)] += g.Amount
			case contest.GrantChance:
				chances[d.PeriodOf(contest.PerWeek, g.At)] += g.Amount
			}
			if g.Rule == "weekly" {
				times[time.UnixMilli(int64(d.PeriodOf(contest.PerWeek, g.At))).String()]++
			}
			if g.Rule == "once" {
				times["once"]++
			}
		}
		for day, sum := range points {
			if sum > 60 {
				t.Fatalf("seed %d: %d points on %d", seed, sum, day)
			}
		}
		for week, sum := range chances {
			if sum > 9 {
				t.Fatalf("seed %d: %d chances in the week of %d", seed, sum, week)
			}
		}
		for what, n := range times {
			if n > 2 {
				t.Fatalf("seed %d: %s happened %d times", seed, what, n)
			}
		}
	}
}

func TestScoringAgainGivesWhatWasMissedAndNothingTwice(t *testing.T) {
	d := earning(t, manyRules)
	failed := contest.Attempt{ID: 1, Level: "first", StartedAt: d.Window.Opens.MS, FinishedAt: d.Window.Opens.MS + 1,
		Correct: 2, Score: 20}
	passed := failed
	passed.Correct, passed.Score, passed.Passed = 3, 30, true
	r := of(contest.History{failed})
	r.Grants = d.EarnAttempt(d.Summarize(r, failed.FinishedAt), failed)
	r.History[0] = passed
	more := d.EarnRescored(r, failed, passed)
	kinds := []contest.GrantKind{}
	for _, g := range more {
		if g.Rule != "passed" {
			t.Errorf("scoring again gives %+v, which was given before", g)
		}
		kinds = append(kinds, g.Kind)
	}
	if !slices.Equal(kinds, []contest.GrantKind{contest.GrantPoints, contest.GrantChance, contest.GrantChance,
		contest.GrantCard}) {
		t.Errorf("a pass found later gives %v", kinds)
	}
	r.Grants = append(r.Grants, more...)
	if again := d.EarnRescored(r, passed, passed); again != nil {
		t.Errorf("scored again the same, it gives %+v", again)
	}
	if less := d.EarnRescored(r, passed, failed); less != nil {
		t.Errorf("scored lower, it gives %+v", less)
	}
}

func TestTrainingEarnsNothingAndCountsForNothing(t *testing.T) {
	d := parsed(t, changed(t, "bank: safety",
		"bank: safety\ntraining: {opens: 2026-05-30 08:00, closes: 2026-06-01 08:00}")+
		"earnings: [{key: a, give: {points: 1}}]\n")
	at := shanghai(t, "2026-05-31 10:00:00")
	a, _, err := d.NewAttempt(d.Summarize(of(nil), at), "first", at, false)
	if err != nil || !a.Training() {
		t.Fatalf("%+v, %v", a, err)
	}
	a.ID, a.FinishedAt, a.Passed, a.Correct, a.Score = 1, at+1, true, 5, 50
	r := of(contest.History{a})
	if got := d.EarnAttempt(d.Summarize(r, a.FinishedAt), a); got != nil {
		t.Errorf("training earns %v", got)
	}
	if got := totals(d, r, daysOf(d, r)...); got != nil {
		t.Errorf("training ranks %v", got)
	}
	if state := d.LevelStates(d.Summarize(r, d.Window.Opens.MS), d.Window.Opens.MS)[1]; state.Open {
		t.Error("what was passed in training opens a level of the contest")
	}
	if state := d.LevelStates(d.Summarize(r, at+2), at+2)[1]; !state.Open {
		t.Error("in training the next level does not open")
	}
}

func TestPeriodsBeginAtMidnightOfTheContestsZone(t *testing.T) {
	d := parsed(t, twoLevels)
	for _, c := range []struct {
		per      contest.Per
		at       string
		period   int
		from, to string
	}{
		{contest.PerDay, "2026-06-16 23:59:59", 20260616, "2026-06-16 00:00:00", "2026-06-17 00:00:00"},
		{contest.PerWeek, "2026-06-14 23:59:59", 20260608, "2026-06-08 00:00:00", "2026-06-15 00:00:00"}, // a Sunday
		{contest.PerWeek, "2026-06-15 00:00:00", 20260615, "2026-06-15 00:00:00", "2026-06-22 00:00:00"},
		{contest.PerMonth, "2026-06-30 23:59:59", 202606, "2026-06-01 00:00:00", "2026-07-01 00:00:00"},
		{contest.PerWeek, "2027-01-01 12:00:00", 20261228, "2026-12-28 00:00:00", "2027-01-04 00:00:00"},
	} {
		at := shanghai(t, c.at)
		from, to := d.Bounds(c.per, at)
		if got := d.PeriodOf(c.per, at); got != c.period || from != shanghai(t, c.from) || to != shanghai(t, c.to) {
			t.Errorf("%s of %s is %d from %d to %d", c.per, c.at, got, from, to)
		}
	}
}

func BenchmarkARuleDecision(b *testing.B) {
	d := earning(b, manyRules)
	r := lived(rand.New(rand.NewPCG(1, 5)), d, 120)
	last := r.History[len(r.History)-1]
	now := last.FinishedAt + 1
	sum := d.Summarize(r, now) // what play keeps of a player, so that no decision reads the past
	b.Run("may an attempt begin", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d.NewAttempt(sum, "first", now, false) //nolint:errcheck // either answer takes as long
		}
	})
	b.Run("what an attempt earns", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d.EarnAttempt(sum, last)
		}
	})
	b.Run("how levels stand", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d.LevelStates(sum, now)
		}
	})
	b.Run("all events summed up anew", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d.Summarize(r, now)
		}
	})
}
