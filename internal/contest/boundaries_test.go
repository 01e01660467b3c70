package contest_test

import (
	"slices"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/question"
)

// timed is a contest with every kind of window: a training with a gap before the
// contest, a level that opens and closes, periods with a gap between them.
const timed = `contest: timed
title: 时间
organizer: 测试
bank: safety
training: {opens: 2026-05-30 00:00, closes: 2026-05-31 00:00}
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
periods:
  - {title: 上旬, opens: 2026-06-01 08:00, closes: 2026-06-11 00:00}
  - {title: 中旬, opens: 2026-06-12 00:00, closes: 2026-06-21 00:00}
levels:
  - {key: whole, title: 全程, questions: [{count: 5}], pass: 3, attempts: {max: 0}}
  - {key: part, title: 一段, questions: [{count: 5}], pass: 3, after: [], attempts: {max: 0}, opens: 2026-06-05 09:30, closes: 2026-06-06 18:00}
  - {key: period, title: 按期, questions: [{count: 5}], pass: 3, after: [], attempts: {max: 1, per: period}}
earnings:
  - {key: checkin, for: checkin, give: {points: 1}}
`

func TestWindowsHoldToTheLastMillisecond(t *testing.T) {
	d := parsed(t, timed)
	for _, c := range []struct {
		at     string
		phase  contest.Phase // in the millisecond before, and at the moment
		before contest.Phase
	}{
		{"2026-05-30 00:00:00", contest.Training, contest.Upcoming},
		{"2026-05-31 00:00:00", contest.Upcoming, contest.Training},
		{"2026-06-01 08:00:00", contest.Open, contest.Upcoming},
		{"2026-06-30 22:00:00", contest.Closed, contest.Open},
	} {
		at := shanghai(t, c.at)
		if before, now := d.Phase(at-1), d.Phase(at); before != c.before || now != c.phase {
			t.Errorf("%s: %s before and %s at the moment, want %s and %s", c.at, before, now, c.before, c.phase)
		}
	}
}

func TestALevelTakesPlayersToTheLastMillisecond(t *testing.T) {
	d := parsed(t, timed)
	for _, c := range []struct {
		level, at   string
		before, now error
	}{
		{"part", "2026-06-05 09:30:00", contest.ErrNotYet, nil},
		{"part", "2026-06-06 18:00:00", nil, contest.ErrOver},
		{"period", "2026-06-11 00:00:00", nil, contest.ErrNotYet}, // between the periods
		{"period", "2026-06-12 00:00:00", contest.ErrNotYet, nil},
		{"period", "2026-06-21 00:00:00", nil, contest.ErrNotYet},
		{"whole", "2026-06-30 22:00:00", nil, contest.ErrClosed},
	} {
		for add, want := range map[int64]error{-1: c.before, 0: c.now} {
			now := shanghai(t, c.at) + add
			_, _, err := d.NewAttempt(d.Summarize(of(nil), now), c.level, now, false)
			if err != want {
				t.Errorf("%s at %s%+d ms: %v, want %v", c.level, c.at, add, err, want)
			}
			_, i, _ := d.Level(c.level)
			state := d.LevelStates(d.Summarize(of(nil), now), now)[i]
			if c.level == "part" && state.Closed != want {
				t.Errorf("%s at %s%+d ms stands closed by %v, want %v", c.level, c.at, add, state.Closed, want)
			}
		}
	}
}

func TestAnAttemptIsCutWhereItsLevelOrTheTrainingEnds(t *testing.T) {
	d := parsed(t, timed)
	part, _, _ := d.Level("part")
	whole, _, _ := d.Level("whole")
	lasts := whole.Deadline(d, d.Window.Opens.MS, false) - d.Window.Opens.MS
	for _, c := range []struct {
		level *contest.Level
		ends  string
	}{{part, "2026-06-06 18:00:00"}, {whole, "2026-05-31 00:00:00"}, {whole, "2026-06-30 22:00:00"}} {
		end := shanghai(t, c.ends)
		for begun, want := range map[int64]int64{end - lasts - 1: end - 1, end - lasts: end, end - lasts + 1: end,
			end - 1: end} {
			if got := c.level.Deadline(d, begun, false); got != want {
				t.Errorf("%s begun %d ms before %s ends %d ms off", c.level.Key, end-begun, c.ends, got-want)
			}
		}
	}
}

func TestPeriodsEndInTheirLastMillisecond(t *testing.T) {
	d := parsed(t, timed)
	for _, c := range []struct {
		per         contest.Per
		at          string
		before, now int
	}{
		{contest.PerDay, "2026-06-17 00:00:00", 20260616, 20260617},
		{contest.PerWeek, "2026-06-15 00:00:00", 20260608, 20260615}, // a Monday
		{contest.PerMonth, "2026-07-01 00:00:00", 202606, 202607},
		{contest.PerPeriod, "2026-06-01 08:00:00", 0, 1},
		{contest.PerPeriod, "2026-06-11 00:00:00", 1, 0},
		{contest.PerPeriod, "2026-06-12 00:00:00", 0, 2},
		{contest.PerPeriod, "2026-06-21 00:00:00", 2, 0},
	} {
		at := shanghai(t, c.at)
		if before, now := d.PeriodOf(c.per, at-1), d.PeriodOf(c.per, at); before != c.before || now != c.now {
			t.Errorf("%s at %s: %d before and %d at the moment, want %d and %d", c.per, c.at, before, now, c.before, c.now)
		}
		if c.before > 0 {
			if _, to := d.Bounds(c.per, at-1); to != at {
				t.Errorf("the %s before %s ends %d ms off", c.per, c.at, to-at)
			}
		}
		if c.now > 0 {
			if from, _ := d.Bounds(c.per, at); from != at {
				t.Errorf("the %s from %s begins %d ms off", c.per, c.at, from-at)
			}
		}
	}
	between := shanghai(t, "2026-06-11 12:00:00")
	if from, to := d.Bounds(contest.PerPeriod, between); from != between || to != between {
		t.Errorf("between the periods lies %d to %d", from, to)
	}
}

func TestDeedsEarnOnlyWithinTheWindow(t *testing.T) {
	d := parsed(t, timed)
	opens, closes := d.Window.Opens.MS, d.Window.Closes.MS
	for at, want := range map[int64]int{opens - 1: 0, opens: 1, closes - 1: 1, closes: 0} {
		r := of(nil)
		if got := d.EarnDeed(d.Summarize(r, at), contest.Deed{Kind: contest.DeedCheckin, Ref: "1",
			At: at}); len(got) != want {
			t.Errorf("%d ms after the opening a deed earns %+v", at-opens, got)
		}
	}
}

func TestWhatIsCountedInASpanLiesInIt(t *testing.T) {
	d := parsed(t, timed)
	from, to := shanghai(t, "2026-06-08 00:00:00"), shanghai(t, "2026-06-15 00:00:00")
	for at, in := range map[int64]bool{from - 1: false, from: true, to - 1: true, to: false} {
		r := of(contest.History{{ID: 1, Level: "whole", StartedAt: at, FinishedAt: at, Score: 10, Passed: true}})
		r.Grants = []contest.Grant{{Kind: contest.GrantPoints, Source: "x", Amount: 5, At: at}}
		r.Deeds = []contest.Deed{{Kind: contest.DeedInvite, Ref: "1", At: at}}
		got := map[string]bool{
			"a finished attempt": d.Meets(contest.Condition{Finished: 1}, r, from, to),
			"a score":            d.Meets(contest.Condition{Score: 10}, r, from, to),
			"points":             d.Meets(contest.Condition{Points: 5}, r, from, to),
			"an invitation":      d.Meets(contest.Condition{Invited: 1}, r, from, to),
			"a pass":             d.Meets(contest.Condition{Passed: []string{"whole"}}, r, from, to),
			"tickets of passes":  d.TicketsOf(&contest.Drawing{Tickets: contest.TicketsPassed}, r, from, to) == 1,
			"tickets of points":  d.TicketsOf(&contest.Drawing{Tickets: contest.TicketsPoints}, r, from, to) == 5,
		}
		for _, measure := range []contest.Measure{contest.MeasureBest, contest.MeasurePoints} {
			_, got["the total by "+string(measure)] = d.TotalWithin(&contest.Board{Measure: measure}, r, from, to)
		}
		for what, counted := range got {
			if counted != in {
				t.Errorf("%s, %d ms after the span began: counted %v", what, at-from, counted)
			}
		}
	}
}

func TestADrawingCountsTheLastWholePeriodBeforeIt(t *testing.T) {
	d := parsed(t, timed)
	weekly := &contest.Drawing{Every: contest.PerWeek}
	monday := shanghai(t, "2026-06-15 00:00:00")
	for held, want := range map[int64]string{monday - 1: "2026-06-01 00:00:00", monday: "2026-06-08 00:00:00"} {
		from, to := d.DrawnFrom(weekly, held)
		if from != shanghai(t, want) || to-from != 7*24*3600_000 {
			t.Errorf("held %d ms after Monday began, it counts from %d to %d", held-monday, from, to)
		}
	}
}

// Each condition is met by just as much, and not by one less.
func TestConditionsAreMetByJustEnough(t *testing.T) {
	d := parsed(t, twoLevels+"cards: [{key: first, title: 甲}, {key: second, title: 乙}]\nearnings: [{key: a, give: {points: 1}}]\n")
	at := d.Window.Opens.MS
	r := of(contest.History{{ID: 1, Level: "first", StartedAt: at, FinishedAt: at, Score: 40, Correct: 4},
		{ID: 2, Level: "second", StartedAt: at, FinishedAt: at, Score: 20},
		{ID: 3, Level: "first", Ordinal: 2, StartedAt: at, FinishedAt: at, Score: 10, Correct: 1}})
	r.Grants = []contest.Grant{{Kind: contest.GrantPoints, Source: "x", Amount: 5, At: at},
		{Kind: contest.GrantCard, Source: "first", Amount: 1, At: at}}
	r.Deeds = []contest.Deed{{Kind: contest.DeedInvite, Ref: "1", At: at}, {Kind: contest.DeedInvite, Ref: "2", At: at}}
	for what, c := range map[string][2]contest.Condition{
		"finished": {{Finished: 3}, {Finished: 4}},
		"cards":    {{Cards: 1}, {Cards: 2}},
		"points":   {{Points: 5}, {Points: 6}},
		"score":    {{Score: 60}, {Score: 61}},
		"invited":  {{Invited: 2}, {Invited: 3}},
		"pledged":  {{}, {Pledged: true}},
	} {
		for i, want := range []bool{true, false} {
			if got := d.Meets(c[i], r, d.Window.Opens.MS, d.Window.Closes.MS); got != want {
				t.Errorf("%s: %+v is met: %v", what, c[i], got)
			}
			if got := d.MeetsNow(c[i], d.Summarize(r, at)); got != want {
				t.Errorf("%s: %+v is met now: %v", what, c[i], got)
			}
		}
	}
}

// A stair: right answers go up, wrong ones down and never below the ground.
func TestStepsGoUpAndDownAndEndAtTheGoal(t *testing.T) {
	stair := func(back int) *contest.Level {
		return &contest.Level{Score: 10, Questions: []contest.Draw{{Count: 8}}, Steps: &contest.Steps{Goal: 3, Back: back}}
	}
	for _, c := range []struct {
		answers string // r right, w wrong
		back    int
		steps   int
		over    bool
	}{
		{"", 1, 0, false},
		{"w", 1, 0, false},
		{"ww", 2, 0, false},
		{"rw", 1, 0, false},
		{"rw", 2, 0, false}, // two back from the first step is the ground
		{"rwr", 2, 1, false},
		{"rrw", 1, 1, false},
		{"rrw", 0, 2, false},
		{"rr", 1, 2, false},
		{"rrr", 1, 3, true},
		{"wwrrr", 5, 3, true},
		{"rwrwrwrw", 1, 0, true}, // no question is left
	} {
		level, run := stair(c.back), contest.Run{}
		for _, answer := range c.answers {
			run = level.Answer(run, level.Credit(0, contest.Given{Mark: question.Mark{Right: answer == 'r'}}), answer == 'r')
		}
		if over := level.Over(run, 8); run.Steps != c.steps || over != c.over || level.PassedBy(run) != (c.steps >= 3) {
			t.Errorf("%q with %d back: step %d, over %v, passed %v; want %d, %v", c.answers, c.back, run.Steps, over,
				level.PassedBy(run), c.steps, c.over)
		}
	}
}

func TestAnAttemptEndsAndPassesByJustEnough(t *testing.T) {
	level := &contest.Level{Pass: 3, Score: 10, Ends: contest.Ends{Wrong: 2}, Streak: contest.Streak{Length: 2, Score: 7},
		Questions: []contest.Draw{{Count: 5}}}
	for _, c := range []struct {
		answers      string
		score        int
		over, passed bool
	}{
		{"rr", 27, false, false},
		{"rrr", 37, false, true},
		{"rrrr", 54, false, true},
		{"rrrrr", 64, true, true},
		{"rwrr", 37, false, true},
		{"rw", 10, false, false},
		{"rwrw", 20, true, false},
		{"ww", 0, true, false},
	} {
		run := contest.Run{}
		for _, answer := range c.answers {
			run = level.Answer(run, level.Credit(0, contest.Given{Mark: question.Mark{Right: answer == 'r'}}), answer == 'r')
		}
		if over, passed := level.Over(run, 5), level.PassedBy(run); run.Score != c.score || over != c.over ||
			passed != c.passed {
			t.Errorf("%s: %d points, over %v, passed %v; want %d, %v, %v", c.answers, run.Score, over, passed, c.score,
				c.over, c.passed)
		}
	}
	if full := level.FullScore(); full != 64 {
		t.Errorf("all right answers score 64, the full score is %d", full)
	}
}

// Each rule gives by just as much, never beyond its Max or a cap.
func TestEarningsBeginAndEndWhereTheySay(t *testing.T) {
	for _, c := range []struct {
		rules   string
		correct []int // of one attempt after the other, on one day
		points  int
	}{
		{"{key: a, when: {least: 3}, give: {points: 1}}", []int{2}, 0},
		{"{key: a, when: {least: 3}, give: {points: 1}}", []int{3}, 1},
		{"{key: a, when: {below: 3}, give: {points: 1}}", []int{2}, 1},
		{"{key: a, when: {below: 3}, give: {points: 1}}", []int{3}, 0},
		{"{key: a, each: {correct: 2}, give: {points: 1}}", []int{1}, 0},
		{"{key: a, each: {correct: 2}, give: {points: 1}}", []int{2}, 1},
		{"{key: a, each: {correct: 2}, give: {points: 1}}", []int{5}, 2},
		{"{key: a, each: {correct: 4, over: day}, give: {points: 1}}", []int{3}, 0},
		{"{key: a, each: {correct: 4, over: day}, give: {points: 1}}", []int{3, 1}, 1},
		{"{key: a, each: {correct: 4, over: day}, give: {points: 1}}", []int{3, 4, 1}, 2},
		{"{key: a, each: {over: day}, give: {points: 1}}", []int{0, 0}, 2}, // of no number of right answers
		{"{key: a, give: {points: 1}, max: 2, per: day}", []int{0, 0}, 2},
		{"{key: a, give: {points: 1}, max: 2, per: day}", []int{0, 0, 0}, 2},
		{"{key: a, give: {points: 4}}]\ncaps: [{of: points, max: 8, per: day}", []int{0, 0, 0}, 8},
		{"{key: a, give: {points: 4}}]\ncaps: [{of: points, max: 7, per: day}", []int{0, 0, 0}, 7},
		{"{key: a, give: {points: 4}}]\ncaps: [{of: points, max: 4, per: day}", []int{0, 0}, 4},
		{"{key: a, give: {points: 4}}, {key: b, give: {points: 4}}]\ncaps: [{of: points, max: 5, per: day}", []int{0}, 5},
	} {
		d := earning(t, "earnings: ["+c.rules+"]\n")
		r := of(nil)
		at := shanghai(t, "2026-06-16 10:00:00")
		for i, correct := range c.correct {
			at += 1000
			a := contest.Attempt{ID: int64(i + 1), Level: "first", StartedAt: at, FinishedAt: at, Correct: correct}
			r.History = append(r.History, a)
			r.Grants = append(r.Grants, d.EarnAttempt(d.Summarize(r, at), a)...)
		}
		if got := d.Summarize(r, at).Sum(contest.GrantPoints); got != c.points {
			t.Errorf("%s: %v right answers give %d points, want %d", c.rules, c.correct, got, c.points)
		}
	}
}

// A count begins anew with its day: what was given in the last millisecond before
// midnight does not count after it.
func TestMaxAndCapsBeginAnewWithTheirPeriod(t *testing.T) {
	d := earning(t, "earnings: [{key: a, give: {points: 3}, max: 1, per: day}, {key: b, give: {points: 3}}]\ncaps: [{of: points, max: 4, per: day}]\n")
	midnight := shanghai(t, "2026-06-17 00:00:00")
	r := of(nil)
	for i, c := range []struct {
		at     int64
		points int // of the attempt
	}{{midnight - 2, 4}, {midnight - 1, 0}, {midnight, 4}, {midnight + 1, 0}} {
		a := contest.Attempt{ID: int64(i + 1), Level: "first", StartedAt: c.at, FinishedAt: c.at}
		r.History = append(r.History, a)
		grants := d.EarnAttempt(d.Summarize(r, c.at), a)
		r.Grants = append(r.Grants, grants...)
		sum := 0
		for _, g := range grants {
			sum += g.Amount
		}
		if sum != c.points {
			t.Errorf("%d ms after midnight an attempt earns %d points, want %d", c.at-midnight, sum, c.points)
		}
	}
}

func TestTheBetterOfTwoAttemptsCountsAndOfEqualsTheQuicker(t *testing.T) {
	d := leveled(t, 1)
	for _, c := range []struct {
		score, used int // of the second; the first has 50 points in 900 ms
		points      int64
		usedMS      int64
		reached     int64
	}{
		{49, 100, 50, 900, 1000},
		{50, 900, 50, 900, 1000},
		{50, 899, 50, 899, 1000},
		{50, 901, 50, 900, 1000},
		{51, 901, 51, 901, 2000},
	} {
		h := contest.History{{ID: 1, Level: "level-0", FinishedAt: 1000, Score: 50, UsedMS: 900},
			{ID: 2, Level: "level-0", FinishedAt: 2000, Score: c.score, UsedMS: int64(c.used)}}
		got, _ := d.TotalWithin(&contest.Board{Measure: contest.MeasureBest}, of(h), 0, 3000)
		if got.Points != c.points || got.UsedMS != c.usedMS || got.ReachedAt != c.reached {
			t.Errorf("%d points in %d ms after 50 in 900: %+v", c.score, c.used, got)
		}
	}
}

func TestAGrantIsNamedByWhatItIsFor(t *testing.T) {
	d := earning(t, "earnings: [{key: a, give: {chances: 2}, max: 3, per: day}, {key: b, give: {chances: 1}}]\n")
	at := shanghai(t, "2026-06-16 10:00:00")
	a := contest.Attempt{ID: 71, Level: "first", StartedAt: at, FinishedAt: at}
	var sources []string
	for _, g := range d.EarnAttempt(d.Summarize(of(contest.History{a}), at), a) {
		sources = append(sources, g.Source)
	}
	// The ledger keeps these unique, so another name would give the same again.
	if want := []string{"a/20260616/1", "a/20260616/1+1", "b/a1z/1"}; !slices.Equal(sources, want) {
		t.Errorf("the grants are named %v, want %v", sources, want)
	}
	if !d.Earns() || parsed(t, twoLevels).Earns() {
		t.Error("a contest without rules earns something, or one with rules nothing")
	}
}

func TestABoundOverAllLevelsIsToldToTheLastTry(t *testing.T) {
	d := parsed(t, leftContest)
	now := d.Window.Opens.MS + 12*3600_000
	begun := func(levels ...string) *contest.Summary {
		r := of(nil)
		for i, level := range levels {
			at := now - int64(100-i)*1000
			r.History = append(r.History, contest.Attempt{ID: int64(i + 1), Level: level, StartedAt: at, FinishedAt: at + 500})
		}
		return d.Summarize(r, now)
	}
	for _, c := range []struct {
		begun            []string
		attempts, levels int  // left of the two bounds
		slots            int  // that an attempt at level b would take
		revives          bool // a share gives level c another try
	}{
		{nil, 3, 2, 2, true},
		{[]string{"b"}, 2, 1, 1, true},
		{[]string{"a", "b"}, 1, 0, 1, false}, // two levels are begun, and that bound is firm
		{[]string{"a", "b", "b"}, 0, 0, 1, false},
	} {
		s := begun(c.begun...)
		left := d.LeftOver(s, now)
		if left[0].Tries != c.attempts || left[1].Tries != c.levels {
			t.Errorf("after %v, %+v are left, want %d attempts and %d levels", c.begun, left, c.attempts, c.levels)
		}
		if _, slots, err := d.NewAttempt(s, "b", now, false); (err == nil) != (c.attempts > 0) || err == nil &&
			len(slots) != c.slots {
			t.Errorf("after %v, an attempt takes %+v, %v; want %d slots", c.begun, slots, err, c.slots)
		}
		level, _, _ := d.Level("c")
		if revives := d.Revives(level, s, now) == contest.DeedShare; revives != c.revives {
			t.Errorf("after %v, a share revives: %v", c.begun, revives)
		}
	}
	free := parsed(t, strings.Replace(leftContest,
		"attempts: [{max: 3, per: day}, {max: 2, per: day, of: levels, firm: true}]", "", 1))
	level, _, _ := free.Level("b")
	if left := free.LeftAt(level, free.Summarize(of(nil), now), now); left != (contest.Left{Tries: contest.Unlimited}) {
		t.Errorf("a level without any bound has %+v left", left)
	}
}
