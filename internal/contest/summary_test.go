package contest_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"anquanda/internal/contest"
)

// everyPeriod looks at each kind of period, in training and after it.
const everyPeriod = `
contest: periods
title: 时段
organizer: 测试
training: {opens: 2026-05-28, closes: 2026-06-01}
window: {opens: 2026-06-01, closes: 2026-07-15}
periods:
  - {title: 甲, opens: 2026-06-02, closes: 2026-06-09}
  - {title: 乙, opens: 2026-06-12, closes: 2026-06-20}
bank: safety
spots: [{key: east, title: 东门}, {key: west, title: 西门, daily: true}]
attempts: [{max: 9, per: week}, {max: 2, per: day, of: levels}, {max: 40, per: month, firm: true}]
levels:
  - {key: a, title: 一, questions: [{count: 5}], pass: 3, attempts: {max: 3, per: day}, retry: wrong}
  - {key: b, title: 二, questions: [{count: 5}], pass: 3, after: [{level: a, by: finished, same: day}], attempts: {max: 5, per: week}}
  - {key: c, title: 三, questions: [{count: 5}], pass: 3, after: [{level: a}, {spot: west, same: day}], unlock: any,
     attempts: {max: 4, per: period}}
  - {key: e, title: 四, questions: [{count: 5}], pass: 3, after: [], attempts: {max: 0}}
cards: [{key: a, title: 甲}, {key: b, title: 乙}, {key: c, title: 丙}, {key: e, title: 丁}]
earnings:
  - {key: passed, when: {result: passed}, give: {points: 3, card: level}}
  - {key: five, each: {correct: 5, over: day}, give: {chances: 1}}
  - {key: weekly, when: {least: 2}, give: {points: 7}, max: 2, per: week}
  - {key: monthly, give: {score: true}, max: 5, per: month}
  - {key: once, give: {points: 1}, max: 1, per: level}
  - {key: share, for: share, give: {points: 2, tries: 1}, max: 2, per: day}
  - {key: found, for: found, give: {points: 1}}
  - {key: west, for: found, spots: [west], give: {chances: 1}, max: 2, per: week}
  - {key: invite, for: invite, give: {points: 5}, max: 4, per: contest}
caps:
  - {of: points, max: 60, per: week}
boards:
  - {key: best, title: 榜, subject: player, measure: best, daily: true}
  - {key: sum, title: 榜, subject: player, measure: sum}
  - {key: first, title: 榜, subject: player, measure: first}
  - {key: last, title: 榜, subject: player, measure: last, daily: true}
  - {key: points, title: 榜, subject: player, measure: points, daily: true}
  - {key: attempts, title: 榜, subject: player, measure: attempts}
  - {key: week, title: 榜, subject: player, measure: points, period: week}
  - {key: own, title: 榜, subject: player, measure: sum, period: own}
  - {key: level, title: 榜, subject: player, measure: last, level: b, daily: true}
  - {key: level-week, title: 榜, subject: player, measure: best, level: a, period: week}
  - {key: level-own, title: 榜, subject: unit, measure: rate, level: c, period: own}
`

// life is a player whose summary is kept as things happen, beside the record.
type life struct {
	d       *contest.Definition
	record  contest.Record
	summary *contest.Summary
	now     int64
	late    int // ends that were found late
}

func newLife(t testing.TB, text string) *life {
	t.Helper()
	d := parsed(t, text)
	l := &life{d: d, record: contest.Record{Registered: true}, now: d.Window.Opens.MS}
	if d.Training != nil {
		l.now = d.Training.Opens.MS
	}
	l.summary = d.Summarize(&l.record, 0)
	return l
}

// begin starts an attempt at a level where the rules let the player.
func (l *life) begin(level string) {
	a, _, err := l.d.NewAttempt(l.summary, level, l.now, false)
	if _, under := l.summary.UnderWay(level, l.now); err != nil || under {
		return
	}
	a.ID = int64(len(l.record.History) + 1)
	l.record.History = append(l.record.History, a)
	l.d.Begin(l.summary, a)
}

// end finishes an open attempt; found late, it counts when its time ran out.
func (l *life) end(random *rand.Rand, open contest.Attempt) {
	a := &l.record.History[open.ID-1]
	a.FinishedAt = min(l.now, a.DeadlineAt)
	a.Correct = random.IntN(6)
	a.Score, a.Passed, a.Full, a.UsedMS = a.Correct*10, a.Correct >= 3, a.Correct == 5, random.Int64N(90_000)
	last := l.summary.Latest // of two that end in one millisecond the one begun first comes first
	if !l.summary.Follows(a.FinishedAt) || last != nil && last.FinishedAt == a.FinishedAt && last.ID > a.ID {
		l.late++
		l.gain(l.d.EarnAttempt(l.d.Summarize(&l.record, a.FinishedAt), *a), true)
		return
	}
	l.d.End(l.summary, *a)
	l.gain(l.d.EarnAttempt(l.summary, *a), false)
}

func (l *life) do(kind contest.DeedKind, ref string) {
	deed := contest.Deed{Kind: kind, Ref: ref, At: l.now}
	l.record.Deeds = append(l.record.Deeds, deed)
	l.d.Do(l.summary, deed)
	l.gain(l.d.EarnDeed(l.summary, deed), false)
}

// find finds a spot where the rules let the player, each code once, as the ledger has it.
func (l *life) find(spot *contest.Spot) {
	deed, err := l.d.FindSpot(spot, l.now)
	same := func(d contest.Deed) bool { return d.Kind == deed.Kind && d.Ref == deed.Ref }
	if err == nil && !slices.ContainsFunc(l.record.Deeds, same) {
		l.do(deed.Kind, deed.Ref)
	}
}

func (l *life) gain(grants []contest.Grant, late bool) {
	l.record.Grants = append(l.record.Grants, grants...)
	if late {
		l.summary = l.d.Summarize(&l.record, l.record.LatestAt())
		return
	}
	l.d.Gain(l.summary, grants)
}

// step lets one random thing happen.
func (l *life) step(random *rand.Rand, n int) {
	l.now += random.Int64N(6 * time.Hour.Milliseconds())
	switch open := l.summary.Open; {
	case len(open) > 0 && random.IntN(3) > 0:
		if random.IntN(4) > 0 { // mostly within its time
			l.now = max(l.now-6*time.Hour.Milliseconds(), l.summary.Now(0))
		}
		l.end(random, open[random.IntN(len(open))])
	case random.IntN(4) == 0:
		kinds := []contest.DeedKind{contest.DeedShare, contest.DeedCheckin, contest.DeedInvite, contest.DeedPledge}
		l.do(kinds[random.IntN(len(kinds))], fmt.Sprint(n))
	case random.IntN(6) == 0:
		l.find(&l.d.Spots[random.IntN(len(l.d.Spots))])
	default:
		l.begin(l.d.Levels[random.IntN(len(l.d.Levels))].Key)
	}
}

func asJSON(t testing.TB, s *contest.Summary) string {
	t.Helper()
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestASummaryKeptAsThingsHappenEqualsOneMadeOfTheRecord(t *testing.T) {
	late, found := 0, 0
	for seed := range uint64(80) {
		random := rand.New(rand.NewPCG(seed, 11))
		l := newLife(t, everyPeriod)
		for n := range 120 {
			before := asJSON(t, l.summary)
			copied := l.summary.Clone()
			l.step(random, n)
			if asJSON(t, copied) != before {
				t.Fatalf("seed %d: a change reached the copy made before it", seed)
			}
			var stored contest.Summary
			if err := json.Unmarshal([]byte(asJSON(t, l.summary)), &stored); err != nil {
				t.Fatal(err)
			}
			stored.Registered = true
			l.summary = &stored // as read back from the store
			if kept, made := asJSON(t, l.summary), asJSON(t, l.d.Summarize(&l.record, l.record.LatestAt())); kept != made {
				t.Fatalf("seed %d, after %d steps it is\n%s\nand made anew\n%s", seed, n+1, kept, made)
			}
		}
		late += l.late
		found += len(l.summary.Found)
	}
	if found < 100 {
		t.Errorf("only %d spots were found", found)
	}
	if late < 30 {
		t.Errorf("only %d attempts were found late: this does not try what it should", late)
	}
}

func TestASummaryDoesNotGrowWithThePast(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 11))
	size := func(attempts int) int {
		l := newLife(t, everyPeriod)
		l.now = l.d.Window.Opens.MS
		for range attempts {
			l.now += 100_000
			l.d.Levels[3].Attempts.Max = 0
			a := contest.Attempt{ID: int64(len(l.record.History) + 1), Level: "e", Ordinal: 1, StartedAt: l.now,
				DeadlineAt: l.now + 60_000}
			l.record.History = append(l.record.History, a)
			l.d.Begin(l.summary, a)
			l.now += 50_000
			l.end(random, a)
			if l.now >= l.d.Window.Closes.MS {
				l.now = l.d.Window.Opens.MS + 1
			}
		}
		return len(asJSON(t, l.summary))
	}
	few, many := size(1000), size(10_000) // the first period has begun in both
	if many > few+200 {
		t.Errorf("after 1000 attempts it has %d bytes, after 10,000 %d", few, many)
	}
}

func TestATimeOfTheSlowerNodeIsTakenForThatOfTheLastThing(t *testing.T) {
	d := parsed(t, twoLevels)
	midnight := shanghai(t, "2026-06-17 00:00:00")
	used := today(d, midnight, failed("first"), failed("first"), failed("first"))
	s := d.Summarize(of(used), midnight)
	if _, _, err := d.NewAttempt(s, "first", midnight-20_000, false); err != contest.ErrNoTries {
		t.Errorf("a node whose clock is behind gives another try of the day before: %v", err)
	}
}
