package crowd_test

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/bankfile"
	"anquanda/internal/contest"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/contests"
	"anquanda/internal/testkit/crowd"
)

// lived is a contest of questionbank/contests after a crowd has played it.
type lived struct {
	*crowd.Crowd
	t testing.TB
}

// live plays a contest on both pairs of stores and hands it to the test, which
// knows the prose.
func live(t *testing.T, file string, script crowd.Script, check func(l *lived)) {
	t.Helper()
	play(t, contests.Text(t, strings.TrimSuffix(file, ".yaml")), script, check)
}

// play lets a crowd play a contest and hands it to the test.
func play(t *testing.T, text string, script crowd.Script, check func(l *lived)) {
	t.Helper()
	t.Parallel()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		c := crowd.New(t, s, text, banks(t), 2026)
		c.Live(script)
		c.GoTo(c.Contest.Window.Closes.MS + 3_600_000)
		check(&lived{c, t})
	})
}

// banks are the shipped bank, and four made of it for a contest of departments.
func banks(t testing.TB) map[string][]question.Question {
	t.Helper()
	files, err := filepath.Glob("../../../questionbank/safety/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("the shipped bank is not there", err)
	}
	var all []question.Question
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		result, err := bankfile.Read(file, data, bankfile.Options{Format: "json"})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, result.Questions...)
	}
	all = slices.DeleteFunc(all, func(q question.Question) bool {
		return !slices.Contains([]question.Kind{question.Single, question.Multiple, question.TrueFalse, question.Fill},
			q.Kind)
	})
	banks := map[string][]question.Question{"safety": all}
	for i, name := range []string{"fire", "gas", "traffic", "disaster"} {
		banks[name] = all[i*40 : i*40+40]
	}
	return banks
}

var shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

// day is the date of a moment in the contest's zone.
func day(ms int64) string { return time.UnixMilli(ms).In(shanghai).Format(time.DateOnly) }

// monday is the date of the Monday of a moment's week.
func monday(ms int64) string {
	at := time.UnixMilli(ms).In(shanghai)
	for at.Weekday() != time.Monday {
		at = at.AddDate(0, 0, -1)
	}
	return at.Format(time.DateOnly)
}

func date(text string) int64 {
	at, err := time.ParseInLocation(time.DateOnly, text, shanghai)
	if err != nil {
		panic(err)
	}
	return at.UnixMilli()
}

// replay goes through the log in order and asks the prose about every try: why it
// must be refused ("" when it may begin), judged by what was before.
func (l *lived) replay(refusal func(before crowd.Log, player int, level string, at int64) string) {
	l.t.Helper()
	began, refused := 0, 0
	for i, e := range l.Log {
		if e.Try == nil {
			continue
		}
		if want := refusal(l.Log[:i], e.Player, e.Try.Level, e.At); e.Try.Refused != want {
			l.t.Errorf("player %d begins %s on %s: %q, want %q", e.Player, e.Try.Level, time.UnixMilli(e.At).In(shanghai),
				e.Try.Refused, want)
		}
		if e.Try.Refused == "" {
			began++
		} else {
			refused++
		}
	}
	if began < 25 || refused < 10 {
		l.t.Errorf("the crowd began only %d attempts and was refused only %d", began, refused)
	}
}

// tries lists the attempts in log that fit, with the time they began.
func tries(log crowd.Log, fits func(e crowd.Event) bool) []crowd.Event {
	var all []crowd.Event
	for _, e := range log {
		if e.Try != nil && e.Try.Refused == "" && fits(e) {
			all = append(all, e)
		}
	}
	return all
}

// held compares what everybody holds with what the prose says.
func (l *lived) held(want func(player int) crowd.Held) {
	l.t.Helper()
	var all crowd.Held
	for player := range l.Players {
		want := want(player)
		want.Attempts = len(tries(l.Log, func(e crowd.Event) bool { return e.Player == player }))
		if got := l.Held(player); got != want {
			l.t.Errorf("player %d holds %+v, want %+v", player, got, want)
		}
		all.Points, all.Chances, all.Tries, all.Cards = all.Points+want.Points, all.Chances+want.Chances,
			all.Tries+want.Tries, all.Cards+want.Cards
	}
	l.t.Logf("together %d points, %d chances, %d tries, cards of %d characters", all.Points, all.Chances, all.Tries,
		len(all.Cards))
}

// scores compares what each attempt scored with what the prose says.
func (l *lived) scores(want func(t *crowd.Try) (score int, passed bool)) {
	l.t.Helper()
	for _, e := range tries(l.Log, func(crowd.Event) bool { return true }) {
		if score, passed := want(e.Try); e.Try.Score != score || e.Try.Passed != passed {
			l.t.Errorf("player %d at %s: %v scored %d, %v; want %d, %v", e.Player, e.Try.Level, e.Try.Rights, e.Try.Score,
				e.Try.Passed, score, passed)
		}
	}
}

// line is one line of a ranking to be.
type line struct {
	name   string
	points int
	tie    int64 // less is better
	id     sqldb.ID
}

// board compares a board with lines, which it sorts.
func (l *lived) board(key string, lines []line) {
	l.t.Helper()
	slices.SortFunc(lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(b.points, a.points), cmp.Compare(a.tie, b.tie), cmp.Compare(a.id, b.id))
	})
	var want []string
	for _, line := range lines {
		want = append(want, fmt.Sprint(line.name, " ", line.points))
	}
	if got := l.Board(key); !slices.Equal(got, want) {
		l.t.Errorf("board %s is\n%s\nwant\n%s", key, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(want) < 2 {
		l.t.Errorf("board %s ranks only %d", key, len(want))
	}
}

// unitBoard compares a board of units, of which equals may stand in any order.
func (l *lived) unitBoard(key string, points map[string]int) {
	l.t.Helper()
	got := map[string]int{}
	last := 1 << 60
	for _, text := range l.Board(key) {
		var name string
		var n int
		fmt.Sscan(text, &name, &n)
		got[name] = n
		if n > last {
			l.t.Errorf("board %s does not fall: %v", key, l.Board(key))
		}
		last = n
	}
	if !maps.Equal(got, points) || len(points) < 2 {
		l.t.Errorf("board %s is %v, want %v", key, got, points)
	}
}

// finishedOf are the attempts of a player, in the order in which they finished.
func (l *lived) finishedOf(player int) []crowd.Event {
	all := tries(l.Log, func(e crowd.Event) bool { return e.Player == player })
	slices.SortStableFunc(all, func(a, b crowd.Event) int { return cmp.Compare(a.Try.Finished, b.Try.Finished) })
	return all
}

func (l *lived) deeds(player int, kind string) []crowd.Event {
	var all []crowd.Event
	for _, e := range l.Log {
		if e.Player == player && string(e.Deed) == kind && e.Refused == "" {
			all = append(all, e)
		}
	}
	return all
}

// earliest keeps of some deeds the first n of each part of the calendar.
func earliest(deeds []crowd.Event, n int, part func(ms int64) string) []crowd.Event {
	seen := map[string]int{}
	return slices.DeleteFunc(deeds, func(e crowd.Event) bool {
		seen[part(e.At)]++
		return seen[part(e.At)] > n
	})
}

// certified compares which certificate each player has, "" for none.
func (l *lived) certified(want func(player int) string) {
	l.t.Helper()
	kinds := map[string]int{}
	for player := range l.Players {
		var reached []contest.Certificate
		for _, certificate := range l.Contest.Certificates {
			if l.Certified(player, certificate) {
				reached = append(reached, certificate)
			}
		}
		got := ""
		for _, certificate := range contest.Graded(reached) {
			got += certificate.Key
		}
		if want := want(player); got != want {
			l.t.Errorf("player %d has the certificate %q, want %q", player, got, want)
		}
		kinds[got]++
	}
	if len(kinds) < 2 {
		l.t.Errorf("all have the same certificate: %v", kinds)
	}
}

func (l *lived) name(player int) string { return fmt.Sprint("选手", player) }

// eligible compares who may stand in a drawing.
func (l *lived) eligible(key string, heldAt int64, want map[int]int) {
	l.t.Helper()
	// Whatever else the prose asks: what has a value is for proven persons.
	maps.DeleteFunc(want, func(player, _ int) bool { return l.Players[player].Unproven })
	if got := l.Eligible(key, heldAt); !maps.Equal(got, want) {
		l.t.Errorf("in drawing %s of %s stand %v, want %v", key, day(heldAt), got, want)
	}
}

func sumOfBest(scores []int, n int) (sum int) {
	slices.Sort(scores)
	for _, score := range scores[max(0, len(scores)-n):] {
		sum += score
	}
	return sum
}
