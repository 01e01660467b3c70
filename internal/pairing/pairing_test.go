package pairing_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/pairing"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// cup is the contest of the arena with two rounds: four villages meet, then those who won.
var cup = strings.NewReplacer("levels:", `periods:
  - {title: 半决赛, opens: 2026-06-16 09:00, closes: 2026-06-16 12:00}
  - {title: 决赛, opens: 2026-06-16 14:00, closes: 2026-06-16 18:00}
pairings:
  - {key: final, title: 决赛, board: rounds, round: 2, winners: semi}
  - {key: semi, title: 半决赛, board: rounds, round: 1, pairs: [{first: n1, second: s1}, {first: n2, second: s2}]}
levels:`, "boards:\n", `boards:
  - {key: rounds, title: 每期村榜, subject: unit, measure: sum, period: own}
`).Replace(arena.Demo)

// field is a contest with its pairings.
type field struct {
	*arena.Arena
	pairings *pairing.Service
}

func eachField(t *testing.T, test func(*testing.T, *field)) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(cup)
		test(t, &field{a, opened(a, a.Node)})
	})
}

// opened are the pairings as a node keeps them.
func opened(a *arena.Arena, n *arena.Node) *pairing.Service {
	ids, err := sqldb.NewIDs(context.Background(), n.DB)
	if err != nil {
		a.T.Fatal(err)
	}
	return pairing.New(n.DB, ids, n.Boards, n.Play, a.Clock.Now)
}

func (f *field) advance() {
	f.T.Helper()
	if err := f.pairings.Advance(f.T.Context(), f.Contest); err != nil {
		f.T.Fatal(err)
	}
}

// shows tells a pairing as units with their points and the one that won.
func (f *field) shows(key string) string {
	f.T.Helper()
	states, err := f.pairings.Of(f.T.Context(), f.Contest)
	if err != nil {
		f.T.Fatal(err)
	}
	state := states[key]
	if state == nil {
		return "not paired"
	}
	name := func(id sqldb.ID) string {
		if u, ok := f.Contest.Units.Get(id); ok {
			return u.Code
		}
		return "-"
	}
	var text []string
	for _, p := range state.Pairs {
		text = append(text, fmt.Sprintf("%s %d:%d %s >%s", name(p.FirstID), p.FirstPoints, p.SecondPoints, name(p.SecondID),
			name(p.WinnerID)))
	}
	if state.DecidedAt == 0 {
		text = append(text, "open")
	}
	return strings.Join(text, ", ")
}

func TestUnitsMeetAndWhoHasMoreInTheRoundGoesOn(t *testing.T) {
	eachField(t, func(t *testing.T, f *field) {
		f.advance()
		if got := f.shows("semi"); got != "n1 0:0 s1 >-, n2 0:0 s2 >-, open" {
			t.Fatalf("in the round it shows %s", got)
		}
		f.PlayLevel(f.Enrol("小赵", "n1"), "first", 2)
		out := f.Enrol("小钱", "s1")
		f.PlayLevel(out, "first", 3)
		f.PlayLevel(f.Enrol("小孙", "s2"), "first", 1)
		f.Clock.Set("2026-06-16 12:00:05")
		f.advance()
		if got := f.shows("semi"); !strings.HasSuffix(got, "open") {
			t.Errorf("it is decided while answers may be on their way: %s", got)
		}
		f.Clock.Set("2026-06-16 12:00:20")
		f.advance()
		const semi = "n1 20:30 s1 >s1, n2 0:10 s2 >s2" // who has nobody on the board loses
		if got := f.shows("semi"); got != semi {
			t.Fatalf("after the round it shows %s, want %s", got, semi)
		}
		f.PlayLevel(f.Enrol("小李", "n1"), "first", 3) // too late
		f.advance()
		if got := f.shows("semi"); got != semi {
			t.Errorf("what was decided has changed: %s", got)
		}
		if got := f.shows("final"); got != "not paired" {
			t.Errorf("the next round is paired before it begins: %s", got)
		}
		f.Clock.Set("2026-06-16 14:00:00")
		f.advance()
		if got := f.shows("final"); got != "s1 0:0 s2 >-, open" {
			t.Errorf("the next round shows %s", got)
		}
	})
}

func TestWhoDoesNotCountWinsNothingForTheUnit(t *testing.T) {
	eachField(t, func(t *testing.T, f *field) {
		f.advance()
		f.PlayLevel(f.Enrol("小赵", "n1"), "first", 2)
		cheat := f.Enrol("小钱", "s1")
		f.PlayLevel(cheat, "first", 3)
		f.PlayLevel(f.Enrol("小周", "s1"), "first", 1)
		err := f.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(),
				"INSERT INTO set_aside (contest_id, player_id, kept_id, aside_at) VALUES (?, ?, 1, 0)", f.Contest.ContestID, cheat)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		f.Clock.Set("2026-06-16 12:00:20")
		f.advance()
		if got, want := f.shows("semi"), "n1 20:10 s1 >n1, n2 0:0 s2 >-"; got != want {
			t.Errorf("after the round it shows %s, want %s", got, want)
		}
	})
}

func TestAPairingIsDecidedOnceWhateverNodesSee(t *testing.T) {
	eachField(t, func(t *testing.T, f *field) {
		other := opened(f.Arena, f.NewNode())
		var nodes sync.WaitGroup
		both := func() {
			for _, node := range []*pairing.Service{f.pairings, other, f.pairings, other} {
				nodes.Go(func() {
					if err := node.Advance(t.Context(), f.Contest); err != nil {
						t.Error(err)
					}
				})
			}
			nodes.Wait()
		}
		both()
		f.PlayLevel(f.Enrol("小赵", "n1"), "first", 2)
		f.Clock.Set("2026-06-16 12:00:20")
		both()
		if n := f.Count("unit_pairs", "pairing_key = 'semi'"); n != 2 {
			t.Errorf("%d pairs are made", n)
		}
		if got := f.shows("semi"); got != "n1 20:0 s1 >n1, n2 0:0 s2 >-" { // neither is on the board: nobody goes on
			t.Errorf("it shows %s", got)
		}
		f.Clock.Set("2026-06-16 14:00:00")
		both()
		if got := f.shows("final"); got != "n1 0:0 - >-, open" {
			t.Errorf("who is alone shows as %s", got)
		}
		f.Clock.Set("2026-06-16 18:01:00")
		both()
		if got := f.shows("final"); got != "n1 0:0 - >n1" {
			t.Errorf("who has no opponent does not go on: %s", got)
		}
	})
}

func TestADecisionWaitsForAnAttemptThatEndsWithTheRound(t *testing.T) {
	eachField(t, func(t *testing.T, f *field) {
		f.advance()
		begins := func(name string) (deadline int64) {
			t.Helper()
			if _, err := f.Play.Start(t.Context(), f.Contest, f.Enrol(name, "s1"), "first", play.With{}); err != nil {
				t.Fatal(err)
			}
			if err := f.DB.Get(t.Context(), &deadline, "SELECT MAX(deadline_at) FROM attempts"); err != nil {
				t.Fatal(err)
			}
			return deadline
		}
		lasts := time.Duration(begins("小钱")-f.Clock.MS()) * time.Millisecond // never ended: it holds up nothing for ever
		f.Clock.Set("2026-06-16 11:59:00")
		f.Clock.Pass(-lasts)
		begins("小孙") // ends at 11:59
		f.Clock.Set("2026-06-16 11:59:50")
		begins("小李") // ends in no round
		f.Clock.Set("2026-06-16 12:00:20")
		f.advance()
		if got := f.shows("semi"); !strings.HasSuffix(got, "open") {
			t.Errorf("it is decided before an attempt of the round has ended: %s", got)
		}
		if err := f.Play.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		f.advance()
		if got := f.shows("semi"); strings.HasSuffix(got, "open") {
			t.Errorf("nobody answers for the round any more, and it shows %s", got)
		}
	})
}

func TestAWinnerIsCorrectedByTwoUntilTheNextRoundIsPaired(t *testing.T) {
	eachField(t, func(t *testing.T, f *field) {
		f.advance()
		f.PlayLevel(f.Enrol("小赵", "n1"), "first", 2)
		wang, li := member(7), member(8)
		propose := func(place int, winner pairing.Side, reason string) string {
			return code(f.pairings.Propose(t.Context(), wang, f.Contest, "semi", place, winner, reason))
		}
		if got := propose(1, pairing.Second, "代答"); got != "pair_undecided" {
			t.Errorf("before it is decided: %q", got)
		}
		f.Clock.Set("2026-06-16 12:00:20")
		f.advance()
		for _, c := range [][2]string{{propose(1, pairing.Second, ""), "invalid_field"},
			{propose(3, pairing.First, "代答"), "pair_unknown"}, {propose(1, pairing.First, "代答"), "invalid_field"},
			{propose(1, "none", "代答"), "invalid_field"}, {propose(1, pairing.Second, "代答"), ""},
			{propose(1, pairing.Nobody, "代答"), "proposal_waiting"}} {
			if c[0] != c[1] {
				t.Errorf("a correction comes to %q, want %q", c[0], c[1])
			}
		}
		waiting, err := f.pairings.Waiting(t.Context(), f.Contest)
		if err != nil || len(waiting) != 1 || waiting[0].Name == "" || waiting[0].Reason != "代答" {
			t.Fatalf("what waits is %+v, %v", waiting, err)
		}
		if got := code(f.pairings.Agree(t.Context(), wang, f.Contest, waiting[0].ID)); got != "second_person_needed" {
			t.Errorf("who proposed agrees: %q", got)
		}
		if err := f.pairings.Agree(t.Context(), li, f.Contest, waiting[0].ID); err != nil {
			t.Fatal(err)
		}
		if got := f.shows("semi"); got != "n1 20:0 s1 >s1, n2 0:0 s2 >-" {
			t.Errorf("corrected, it shows %s", got)
		}
		if propose(2, pairing.First, "漏计") != "" {
			t.Error("the other pair cannot be corrected")
		}
		f.Clock.Set("2026-06-16 14:00:00")
		f.advance()
		if got := f.shows("final"); got != "s1 0:0 - >-, open" {
			t.Errorf("the next round shows %s", got)
		}
		if waiting, err = f.pairings.Waiting(t.Context(), f.Contest); err != nil || len(waiting) != 1 {
			t.Fatal(waiting, err)
		}
		if got := code(f.pairings.Agree(t.Context(), li, f.Contest, waiting[0].ID)); got != "pair_followed" {
			t.Errorf("after the next round is paired: %q", got)
		}
		if err := f.pairings.Withdraw(t.Context(), li, f.Contest, waiting[0].ID); err != nil {
			t.Error(err)
		}
	})
}

// member is somebody of staff.
func member(id sqldb.ID) staff.Actor {
	return staff.Actor{ID: id, Name: "评委"}
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return errs.From(err).Code
}
