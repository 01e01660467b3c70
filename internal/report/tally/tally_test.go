package tally_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/play"
	"anquanda/internal/question"
	"anquanda/internal/report/tally"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// ground is a contest whose nodes count as they play.
type ground struct {
	*arena.Arena
	tallies []*tally.Service // one a node
	random  *rand.Rand
	second  *arena.Node
	players []sqldb.ID
}

func newGround(t *testing.T, s *testkit.Store) *ground {
	t.Helper()
	g := &ground{random: rand.New(rand.NewPCG(17, 616))}
	definition := strings.ReplaceAll(arena.Demo, "attempts: {max: 5}", "attempts: {max: 50}")
	g.Arena = arena.NewWith(t, s, map[string][]question.Question{"safety": arena.Bank()}, definition,
		func(c *play.Config) {
			of := tally.New(c.DB, c.Catalog, c.Now)
			g.tallies = append(g.tallies, of)
			c.Followers = append(c.Followers, of.Follow)
		})
	g.second = g.NewNode()
	for i := range 30 {
		g.players = append(g.players, g.Enrol(fmt.Sprint("人", i), []string{"n1", "n2", "s1", ""}[i%4]))
	}
	g.exec(`UPDATE enrolments SET division = 'leader' WHERE player_id IN (?)`, g.players[:9])
	for i, player := range g.players[:20] {
		g.exec(`INSERT INTO arrivals (contest_id, player_id, channel, inviter_id, state, reason, device, network,
			arrived_at, reached_at, changed_at, counted_day, ordinal, tried_at, passed_at)
			VALUES (?, ?, ?, ?, '', '', '', '', ?, 0, 0, 0, ?, 0, 0)`,
			g.Contest.ContestID, player, []string{"poster", ""}[i%2], i%2, g.Clock.MS(), player)
	}
	return g
}

func (g *ground) exec(query string, args ...any) {
	g.T.Helper()
	err := g.DB.InTx(g.T.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.ExecIn(g.T.Context(), query, args...)
		return err
	})
	if err != nil {
		g.T.Fatal(err)
	}
}

// wave lets everybody play at once on two nodes, some leave in the middle.
func (g *ground) wave() {
	g.T.Helper()
	var all sync.WaitGroup
	for i, player := range g.players {
		right, leaves, node := g.random.IntN(4), g.random.IntN(6) == 0, []*arena.Node{g.Node, g.second}[i%2]
		all.Go(func() {
			if leaves {
				step, err := node.Play.Start(g.T.Context(), g.Contest, player, "first", play.With{})
				if err == nil && step.Question.Position == 1 {
					_, err = node.Play.Respond(g.T.Context(), player, step.Ticket,
						arena.Answer(step.Question, right > 1))
				}
				if err != nil {
					g.T.Errorf("leave in the middle: %v", err)
				}
				return
			}
			g.PlayOn(node, player, "first", right)
		})
	}
	all.Wait()
}

// counted is what the counters hold.
func (g *ground) counted() map[string]string {
	g.T.Helper()
	var rows []struct {
		Key    string `db:"k"`
		Counts string `db:"c"`
	}
	err := g.DB.Select(g.T.Context(), &rows, `SELECT CONCAT_WS(' ', span, kind, slot, ref) AS k,
		CONCAT_WS(' ', players, first_timers, attempts, answers, correct, passed) AS c FROM tally_counts
		WHERE players > 0 OR first_timers > 0 OR attempts > 0 OR answers > 0 OR correct > 0 OR passed > 0`)
	if err != nil {
		g.T.Fatal(err)
	}
	found := map[string]string{}
	for _, row := range rows {
		found[row.Key] = row.Counts
	}
	return found
}

// recounted is the same counted from the attempts, with nothing of package tally.
func (g *ground) recounted() map[string]string {
	g.T.Helper()
	var rows []struct {
		Player   int64  `db:"player_id"`
		Unit     int64  `db:"unit_id"`
		At       int64  `db:"finished_at"`
		Answered int    `db:"answered"`
		Correct  int    `db:"correct"`
		Passed   int    `db:"passed"`
		Division string `db:"division"`
		Channel  string `db:"channel"`
	}
	err := g.DB.Select(g.T.Context(), &rows, `SELECT a.player_id, a.unit_id, a.finished_at, a.answered, a.correct,
		a.passed, e.division, COALESCE(r.channel, '') AS channel
		FROM attempts a JOIN enrolments e ON e.contest_id = a.contest_id AND e.player_id = a.player_id
		LEFT JOIN arrivals r ON r.contest_id = a.contest_id AND r.player_id = a.player_id
		WHERE a.finished_at > 0 AND a.held = 0 ORDER BY a.finished_at, a.id`)
	if err != nil {
		g.T.Fatal(err)
	}
	type sum struct {
		players                            map[int64]bool
		attempts, answers, correct, passed int
	}
	sums := map[string]*sum{}
	began := map[int64]string{} // the hour and unit of the first attempt
	for _, a := range rows {
		// Units are in order within an hour: of two of one hour the lesser is the first.
		where := fmt.Sprintf("%d %020d", a.At/3_600_000, a.Unit)
		if was, ok := began[a.Player]; !ok || where < was {
			began[a.Player] = where
		}
	}
	firsts := map[string]map[int64]bool{}
	for _, a := range rows {
		hour := a.At / 3_600_000
		day := time.UnixMilli(a.At).In(arena.Zone).Format("20060102")
		where := fmt.Sprintf("%d %020d", hour, a.Unit)
		for _, key := range []string{
			"0  0 ", "0 channel 0 " + a.Channel, fmt.Sprint("0 unit 0 ", a.Unit), "0 division 0 " + a.Division,
			"1  " + day + " ", "1 channel " + day + " " + a.Channel, fmt.Sprintf("1 unit %s %d", day, a.Unit),
			"1 division " + day + " " + a.Division,
			fmt.Sprintf("2  %d ", hour), fmt.Sprintf("2 channel %d %s", hour, a.Channel),
		} {
			s := sums[key]
			if s == nil {
				s = &sum{players: map[int64]bool{}}
				sums[key], firsts[key] = s, map[int64]bool{}
			}
			s.players[a.Player] = true
			if began[a.Player] == where {
				firsts[key][a.Player] = true
			}
			s.attempts++
			s.answers += a.Answered
			s.correct += a.Correct
			s.passed += a.Passed
		}
	}
	want := map[string]string{}
	for key, s := range sums {
		want[key] = fmt.Sprint(len(s.players), len(firsts[key]), s.attempts, s.answers, s.correct, s.passed)
	}
	return want
}

// check holds the counters, and the sheets behind them, against the rows.
func (g *ground) check(when string) {
	g.T.Helper()
	got, want := g.counted(), g.recounted()
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if got[key] != want[key] {
			g.T.Errorf("%s: %q is counted as %q, the rows say %q", when, key, got[key], want[key])
		}
		delete(got, key)
	}
	for key, counts := range got {
		g.T.Errorf("%s: %q is counted as %q, the rows say nothing", when, key, counts)
	}
	if got, want := g.meetings(), g.met(); got != want {
		g.T.Errorf("%s: the sheets say\n%s\nthe rows say\n%s", when, got, want)
	}
}

// meetings are the sheets as text.
func (g *ground) meetings() string {
	g.T.Helper()
	questions, err := g.tallies[0].Questions(g.T.Context(), g.Contest.ContestID)
	if err != nil {
		g.T.Fatal(err)
	}
	var lines []string
	err = g.tallies[0].Sheets(g.T.Context(), g.Contest.ContestID, func(p tally.Person) error {
		for _, m := range p.Meetings {
			lines = append(lines, fmt.Sprintf("%d %s %v %v %v %b %d %d %d", p.Player, questions[m.Question].ID, m.Right,
				m.Again, m.Last, m.Chosen, m.UsedMS, m.Hour, m.LastHour))
		}
		return nil
	})
	if err != nil {
		g.T.Fatal(err)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// met is the same from the responses.
func (g *ground) met() string {
	g.T.Helper()
	var rows []struct {
		Player   int64  `db:"player_id"`
		Question string `db:"question_id"`
		Right    bool   `db:"correct"`
		Choice   string `db:"choice"`
		UsedMS   int64  `db:"used_ms"`
		At       int64  `db:"finished_at"`
	}
	err := g.DB.Select(g.T.Context(), &rows, `
		SELECT a.player_id, r.question_id, r.correct, r.choice, r.used_ms, a.finished_at
		FROM responses r JOIN attempts a ON a.id = r.attempt_id
		WHERE a.finished_at > 0 AND a.held = 0 AND r.used_ms >= 0
		ORDER BY a.finished_at, a.id, r.position`)
	if err != nil {
		g.T.Fatal(err)
	}
	first := map[string]string{}
	last, times := map[string]string{}, map[string]int{}
	for _, r := range rows {
		key := fmt.Sprintf("%d %s", r.Player, r.Question)
		mask := 0
		for part := range strings.SplitSeq(r.Choice, ",") {
			if i := strings.Index("0123456789", part); part != "" && i >= 0 {
				mask |= 1 << i
			}
		}
		if times[key]++; times[key] == 1 {
			first[key] = fmt.Sprintf("%v|%b %d %d", r.Right, mask, r.UsedMS/100*100, r.At/3_600_000)
		}
		last[key] = fmt.Sprintf("%v|%d", r.Right, r.At/3_600_000)
	}
	var lines []string
	for key, f := range first {
		right, rest, _ := strings.Cut(f, "|")
		lastRight, hour, _ := strings.Cut(last[key], "|")
		lines = append(lines, fmt.Sprintf("%s %s %v %s %s %s", key, right, times[key] > 1, lastRight, rest, hour))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// settle counts what is to be counted, by one node.
func (g *ground) settle(node int) {
	g.T.Helper()
	if err := g.tallies[node].CatchUp(g.T.Context()); err != nil {
		g.T.Fatal(err)
	}
}

func TestCountersAreThoseOfAPlainRecountWhateverHappens(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		g := newGround(t, s)
		g.wave()
		g.settle(0)
		g.check("after a first wave")

		g.Clock.Pass(50 * time.Minute)
		g.wave()
		g.Clock.Pass(30 * time.Minute)
		if err := g.Play.Sweep(t.Context()); err != nil { // ends what was left, an hour ago
			t.Fatal(err)
		}
		var both sync.WaitGroup
		for i := range g.tallies { // two nodes count the same players at once: the loser looks again later
			both.Go(func() { _ = g.tallies[i].CatchUp(t.Context()) })
		}
		both.Wait()
		g.settle(1)
		g.check("after two nodes at once, with attempts found late")

		g.Clock.Pass(23 * time.Hour)
		g.wave()
		running, stop := context.WithCancel(t.Context())
		stop()
		_ = g.tallies[0].CatchUp(running) // killed as it begins
		g.settle(0)
		g.settle(0) // and replayed
		g.check("after a kill and a replay")
	})
}

func TestWhatChangesLaterIsCountedAsItIsNow(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		g := newGround(t, s)
		g.wave()
		g.Clock.Pass(2 * time.Hour)
		g.wave()
		g.settle(0)
		one, two := g.players[0], g.players[1]
		for _, player := range g.players { // all have finished one, to be left out and scored again
			g.PlayLevel(player, "first", 3)
		}
		g.settle(0)
		g.exec(`UPDATE attempts SET held = 2 WHERE player_id = ? AND finished_at > 0`, one)
		g.exec(`UPDATE progress SET version = version + 1, summary = NULL WHERE player_id = ?`, one)
		g.exec(`UPDATE attempts SET correct = 0, passed = 0, score = 0 WHERE player_id = ? AND finished_at > 0`, two)
		g.exec(`UPDATE responses SET correct = 0 WHERE attempt_id IN (SELECT id FROM attempts WHERE player_id = ?)`, two)
		g.exec(`UPDATE progress SET version = version + 1, summary = NULL WHERE player_id = ?`, two)
		g.settle(0)
		g.check("after an attempt was left out and others were scored again")

		err := g.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			id, moved := g.Contest.ContestID, []sqldb.ID{g.players[4], g.players[8]}
			if err := play.MoveUnit(t.Context(), tx, id, moved, g.Unit("n1"), g.Unit("s2")); err != nil {
				return err
			}
			return tally.Touch(t.Context(), tx, id, moved)
		})
		if err != nil {
			t.Fatal(err)
		}
		g.settle(0)
		g.check("after two were moved to another unit")

		g.exec(`UPDATE tally_counts SET players = players + 7`)
		g.exec(`DELETE FROM tally_players WHERE player_id = ?`, one)
		if err := g.tallies[0].Rebuild(t.Context(), g.Contest.ContestID); err != nil {
			t.Fatal(err)
		}
		g.check("after damage and a rebuild")
	})
}

func TestWhatHappensByTheHourIsCountedUntilTheHourIsSettled(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		g := newGround(t, s)
		id := g.Contest.ContestID
		drawn := func(n int) {
			for range n {
				chance := g.random.Int64()
				g.exec(`INSERT INTO draws (chance_id, contest_id, player_id, pool_key, ordinal, rolled_key, prize_key,
					reason, drawn_at) VALUES (?, ?, ?, 'p', 1, '', '', '', ?)`, chance, id, chance, g.Clock.MS())
			}
		}
		count := func() string {
			if err := g.tallies[0].CountHours(t.Context()); err != nil {
				t.Fatal(err)
			}
			totals, err := g.tallies[1].Totals(t.Context(), g.Contest.Definition, id, 0)
			if err != nil {
				t.Fatal(err)
			}
			var hours []string
			for _, h := range totals.Hours {
				hours = append(hours, fmt.Sprintf("%s: %d joined %d invited %d drawn",
					time.UnixMilli(int64(h.Hour)*3_600_000).In(arena.Zone).Format("15"), h.Events[tally.Joined],
					h.Events[tally.Invited], h.Events[tally.Drawn]))
			}
			return strings.Join(hours, ", ")
		}
		drawn(2)
		if got, want := count(), "10: 30 joined 10 invited 2 drawn"; got != want {
			t.Errorf("in the first hour: %q, want %q", got, want)
		}
		g.Clock.Pass(55 * time.Minute)
		drawn(3)
		g.Clock.Pass(10 * time.Minute) // it is 11:05; the hour of ten is not settled
		drawn(1)
		want := "10: 30 joined 10 invited 5 drawn, 11: 0 joined 0 invited 1 drawn"
		if got := count(); got != want {
			t.Errorf("in the second hour: %q, want %q", got, want)
		}
		g.Clock.Pass(6 * time.Hour)
		if got := count(); got != want {
			t.Errorf("much later: %q, want %q", got, want)
		}
		g.exec(`DELETE FROM draws`) // settled hours are read no more
		if got := count(); got != want {
			t.Errorf("settled hours were counted again: %q", got)
		}
		if err := g.tallies[0].Rebuild(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if got, want := count(), "10: 30 joined 10 invited 0 drawn"; got != want {
			t.Errorf("after a rebuild: %q, want %q", got, want)
		}
	})
}
