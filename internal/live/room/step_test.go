package room_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/live/room"
	"anquanda/internal/question"
)

const (
	second = int64(1000)
	noon   = int64(1_780_000_000_000) // when the tests begin
)

var (
	ann = room.Host{ID: 1, Name: "安"}
	bob = room.Host{ID: 2, Name: "鲍"}
)

func single(id string) question.Question {
	return question.Question{ID: id, Kind: question.Single, Stem: id, Options: []string{"a", "b", "c"}, Right: []int{0},
		Difficulty: 1}
}

// planOf is a plan of so many questions, with one to warm up, changed as a test needs it.
func planOf(questions int, change func(*contest.Live)) *room.Plan {
	warmup := single("warm")
	p := &room.Plan{Warmup: &warmup, Seed: 7}
	for i := range questions {
		p.Questions = append(p.Questions, single(string(rune('a'+i))))
	}
	s := contest.Span(1e9)
	p.Live = contest.Live{Key: "k", Title: "t", Runs: contest.RunByHost, Mode: contest.LivePoints,
		Time:  contest.LiveTime{Question: 10 * s, Countdown: 3 * s, Ready: 5 * s, Reveal: 8 * s, Standings: 5 * s},
		Score: contest.LiveScore{Right: 100, Ties: contest.LiveTiesShared}}
	if change != nil {
		change(&p.Live)
	}
	return p
}

func elimination(l *contest.Live) {
	l.Mode = contest.LiveElimination
	l.Audience = true
	l.Revival = contest.LiveRevival{Card: "back", Most: 1, Question: true}
}

// game is a room as its host leads it.
type game struct {
	*testing.T
	*room.Plan
	room.State
	now int64
	out int
}

func begin(t *testing.T, p *room.Plan) *game {
	return &game{T: t, Plan: p, State: room.New(p), now: noon}
}

// try takes a step and says what came of it.
func (g *game) try(e room.Event) error {
	if e.By.ID == 0 && e.Do != room.DoTime {
		e.By = ann
	}
	e.Out = g.out
	next, err := g.Plan.Step(g.State, e, g.now)
	if err == nil {
		g.State = next
	}
	return err
}

func (g *game) do(steps ...room.Do) {
	g.Helper()
	for _, do := range steps {
		e := room.Event{Do: do, Seconds: 10, Round: g.Round(), Right: []int{1}, Members: 3}
		if err := g.try(e); err != nil {
			g.Fatalf("%s in %s: %v", do, g.Phase, err)
		}
	}
}

// due lets time pass until time brings a step, and takes it.
func (g *game) due() {
	g.Helper()
	if g.Due == 0 {
		g.Fatalf("in %s time brings nothing", g.Phase)
	}
	g.now = max(g.now, g.Due)
	g.do(room.DoTime)
}

// phases says how to bring a new game into each phase.
var phases = []struct {
	phase room.Phase
	reach func(*game)
}{
	{room.Lobby, func(*game) {}},
	{room.Ready, func(g *game) { g.do(room.DoReady) }},
	{room.Open, func(g *game) { g.do(room.DoReady, room.DoOpen); g.now = g.Current().OpensAt + second }},
	{room.Paused, func(g *game) {
		g.do(room.DoReady, room.DoOpen)
		g.now = g.Current().OpensAt + second
		g.do(room.DoPause)
	}},
	{room.Closed, func(g *game) { g.do(room.DoReady, room.DoOpen); g.due() }},
	{room.Revealed, func(g *game) { g.do(room.DoReady, room.DoOpen); g.due(); g.do(room.DoReveal) }},
	{room.Standings, func(g *game) {
		g.do(room.DoReady, room.DoOpen)
		g.due()
		g.do(room.DoReveal, room.DoStandings)
	}},
	{room.Podium, func(g *game) { g.do(room.DoReady, room.DoOpen); g.due(); g.do(room.DoReveal, room.DoPodium) }},
	{room.Over, func(g *game) {
		g.do(room.DoReady, room.DoOpen)
		g.due()
		g.do(room.DoReveal, room.DoPodium, room.DoConfirm)
	}},
}

// allowed is the whole table: which steps a host may take in which phase of an
// elimination of four questions of which one was asked, and where each leads.
var allowed = map[room.Phase]map[room.Do]room.Phase{
	room.Lobby: {room.DoReady: room.Ready, room.DoWarmup: room.Ready, room.DoRevival: room.Ready,
		room.DoLock: room.Lobby, room.DoDelay: room.Lobby, room.DoTake: room.Lobby, room.DoEnd: room.Over,
		room.DoTouch: room.Lobby},
	room.Ready: {room.DoOpen: room.Open, room.DoSkip: room.Standings, room.DoLock: room.Ready, room.DoDelay: room.Ready,
		room.DoTake: room.Ready, room.DoEnd: room.Over, room.DoTouch: room.Ready},
	room.Open: {room.DoPause: room.Paused, room.DoExtend: room.Open, room.DoClose: room.Open, room.DoHelp: room.Open,
		room.DoSkip: room.Standings, room.DoLock: room.Open, room.DoDelay: room.Open, room.DoTake: room.Open,
		room.DoEnd: room.Over, room.DoTouch: room.Open},
	room.Paused: {room.DoResume: room.Open, room.DoSkip: room.Standings, room.DoLock: room.Paused,
		room.DoDelay: room.Paused, room.DoTake: room.Paused, room.DoEnd: room.Over, room.DoTouch: room.Paused},
	room.Closed: {room.DoReveal: room.Revealed, room.DoReopen: room.Open, room.DoSkip: room.Standings,
		room.DoLock: room.Closed, room.DoDelay: room.Closed, room.DoTake: room.Closed, room.DoEnd: room.Over,
		room.DoTouch: room.Closed},
	room.Revealed: {room.DoStandings: room.Standings, room.DoReady: room.Ready, room.DoRevival: room.Ready,
		room.DoPodium: room.Podium, room.DoVoid: room.Revealed, room.DoRekey: room.Revealed, room.DoReset: room.Lobby,
		room.DoLock: room.Revealed, room.DoDelay: room.Revealed, room.DoTake: room.Revealed, room.DoEnd: room.Over,
		room.DoTouch: room.Revealed},
	room.Standings: {room.DoReady: room.Ready, room.DoRevival: room.Ready, room.DoPodium: room.Podium,
		room.DoVoid: room.Standings, room.DoRekey: room.Standings, room.DoReset: room.Lobby,
		room.DoLock: room.Standings, room.DoDelay: room.Standings, room.DoTake: room.Standings, room.DoEnd: room.Over,
		room.DoTouch: room.Standings},
	room.Podium: {room.DoConfirm: room.Over, room.DoReady: room.Ready, room.DoRevival: room.Ready,
		room.DoVoid: room.Podium, room.DoRekey: room.Podium, room.DoReset: room.Lobby, room.DoLock: room.Podium,
		room.DoDelay: room.Podium, room.DoTake: room.Podium, room.DoEnd: room.Over, room.DoTouch: room.Podium},
	room.Over: {room.DoVoid: room.Over, room.DoRekey: room.Over, room.DoTake: room.Over, room.DoTouch: room.Over},
}

var everyStep = []room.Do{room.DoTime, room.DoReady, room.DoWarmup, room.DoRevival, room.DoOpen, room.DoPause,
	room.DoResume, room.DoExtend, room.DoClose, room.DoReveal, room.DoStandings, room.DoSkip, room.DoReopen, room.DoVoid,
	room.DoUnvoid, room.DoRekey, room.DoHelp, room.DoPodium, room.DoConfirm, room.DoReset, room.DoLock, room.DoUnlock,
	room.DoDelay, room.DoTake, room.DoEnd, room.DoTouch, "dance"}

func TestEachPhaseTakesTheStepsThatMakeSenseInItAndNoOthers(t *testing.T) {
	for _, at := range phases {
		for _, do := range everyStep {
			g := begin(t, planOf(4, elimination))
			at.reach(g)
			if g.Phase != at.phase {
				t.Fatalf("reached %s for %s", g.Phase, at.phase)
			}
			g.out = 1
			before := g.State
			err := g.try(room.Event{Do: do, Seconds: 10, Round: g.Round(), Right: []int{1}, Members: 3})
			to, may := allowed[at.phase][do]
			switch {
			case may && (err != nil || g.Phase != to):
				t.Errorf("%s in %s leads to %s (%v), not to %s", do, at.phase, g.Phase, err, to)
			case !may && err == nil:
				t.Errorf("%s in %s is taken, to %s", do, at.phase, g.Phase)
			case !may && !reflect.DeepEqual(before, g.State):
				t.Errorf("%s in %s is refused and changes the room", do, at.phase)
			}
		}
	}
}

func TestAHostIsOfferedWhatTheRoomWouldTake(t *testing.T) {
	unoffered := []room.Do{room.DoTake, room.DoTouch, room.DoTime}
	for _, at := range phases {
		g := begin(t, planOf(4, elimination))
		at.reach(g)
		may := g.May(g.State, 1, g.now)
		for do := range allowed[at.phase] {
			if !slices.Contains(unoffered, do) && !slices.Contains(may, do) {
				t.Errorf("%s is not offered in %s", do, at.phase)
			}
		}
		for _, do := range may {
			if _, ok := allowed[at.phase][do]; !ok {
				t.Errorf("%s is offered in %s", do, at.phase)
			}
		}
	}
}

func TestTheFirstStepOfferedIsTheNextOneInEachPhase(t *testing.T) {
	next := map[room.Phase]room.Do{room.Lobby: room.DoReady, room.Ready: room.DoOpen, room.Open: room.DoClose,
		room.Paused: room.DoResume, room.Closed: room.DoReveal, room.Revealed: room.DoStandings,
		room.Standings: room.DoReady, room.Podium: room.DoConfirm, room.Over: ""}
	after := map[room.Phase]room.Do{room.Revealed: room.DoPodium, room.Standings: room.DoPodium}
	for _, at := range phases {
		g := begin(t, planOf(4, nil))
		at.reach(g)
		if got := room.Next(g.May(g.State, 0, g.now)); got != next[at.phase] {
			t.Errorf("next in %s is %q, not %q", at.phase, got, next[at.phase])
		}
		g = begin(t, planOf(1, nil))
		at.reach(g)
		want, ok := after[at.phase]
		if !ok {
			want = next[at.phase]
		}
		if got := room.Next(g.May(g.State, 0, g.now)); got != want {
			t.Errorf("next in %s of the last question is %q, not %q", at.phase, got, want)
		}
	}
}

func TestNothingIsNextWhileTheCountdownRuns(t *testing.T) {
	g := begin(t, planOf(2, nil))
	g.do(room.DoReady, room.DoOpen)
	if may := g.May(g.State, 0, g.now); room.Next(may) != "" || !slices.Contains(may, room.DoPause) {
		t.Errorf("in the countdown %q is next of %v", room.Next(may), may)
	}
}

func TestAfterAWarmupTheFirstQuestionIsNext(t *testing.T) {
	g := begin(t, planOf(2, nil))
	g.do(room.DoWarmup, room.DoOpen)
	g.due()
	g.do(room.DoReveal)
	if next := room.Next(g.May(g.State, 0, g.now)); next != room.DoReady {
		t.Errorf("after a warm-up %q is next", next)
	}
}

func TestAnEarlierQuestionCanBeVoidedWhileALaterOneRuns(t *testing.T) {
	g := begin(t, planOf(3, nil))
	g.do(room.DoReady, room.DoOpen)
	g.due()
	g.do(room.DoReveal, room.DoReady)
	if may := g.May(g.State, 0, g.now); !slices.Contains(may, room.DoVoid) {
		t.Errorf("with a question ready, voiding is not offered: %v", may)
	}
	if err := g.try(room.Event{Do: room.DoVoid, Round: 1}); err != nil || !g.At(1).Voided {
		t.Errorf("voiding it: %v", err)
	}
	if err := g.try(room.Event{Do: room.DoVoid, Round: 2}); !errors.Is(err, room.ErrStep) {
		t.Errorf("voiding what nobody answered yet: %v", err)
	}
}

func TestAPauseTakesNothingOfTheTimeThatWasLeft(t *testing.T) {
	g := begin(t, planOf(1, nil))
	g.do(room.DoReady, room.DoOpen)
	g.now = g.Current().OpensAt + 4*second
	used, left := g.Current().Used(g.now), g.Current().ClosesAt-g.now
	g.do(room.DoPause)
	if g.Due != 0 {
		t.Errorf("time closes a question that is paused, at %d", g.Due)
	}
	g.now += 3600 * second
	g.do(room.DoResume)
	if r := g.Current(); r.Used(g.now) != used || r.ClosesAt-g.now != left || g.Due != r.ClosesAt+room.CommitGrace {
		t.Errorf("after the pause %d ms are used and %d left, of %d and %d", r.Used(g.now), r.ClosesAt-g.now, used, left)
	}
}

func TestAPauseInTheCountdownKeepsTheQuestionSecret(t *testing.T) {
	g := begin(t, planOf(1, nil))
	g.do(room.DoReady, room.DoOpen)
	g.now += second
	g.do(room.DoPause)
	g.now += 3600 * second
	if g.Opened(g.now) {
		t.Fatal("the question can be read while the countdown stands still")
	}
	g.do(room.DoResume)
	if g.Opened(g.now+2*second-1) || !g.Opened(g.now+2*second) {
		t.Errorf("it opens at %d, not 2 s after %d", g.Current().OpensAt, g.now)
	}
	g.now += 3 * second
	if g.do(room.DoPause); !g.Opened(g.now) {
		t.Error("a pause takes the question away")
	}
}

func TestAnExtensionMovesTheCloseAndNotTheOpening(t *testing.T) {
	g := begin(t, planOf(1, nil))
	g.do(room.DoReady, room.DoOpen)
	before := *g.Current()
	for _, seconds := range []int{0, -1, room.MaxExtend + 1} {
		if err := g.try(room.Event{Do: room.DoExtend, Seconds: seconds}); !errors.Is(err, room.ErrSeconds) {
			t.Errorf("%d s more: %v", seconds, err)
		}
	}
	g.do(room.DoExtend)
	if r := g.Current(); r.OpensAt != before.OpensAt || r.ClosesAt != before.ClosesAt+10*second ||
		g.Due != r.ClosesAt+room.CommitGrace {
		t.Errorf("extended: %+v", r)
	}
	g.now = g.Current().ClosesAt
	if err := g.try(room.Event{Do: room.DoExtend, Seconds: 5}); !errors.Is(err, room.ErrStep) {
		t.Errorf("after the close: %v", err)
	}
}

func TestAQuestionThatWasClosedTooEarlyGoesOnWhereItStood(t *testing.T) {
	g := begin(t, planOf(1, nil))
	g.do(room.DoReady, room.DoOpen)
	if err := g.try(room.Event{Do: room.DoClose}); !errors.Is(err, room.ErrStep) {
		t.Errorf("closed before it opened: %v", err)
	}
	g.now = g.Current().OpensAt + 4*second
	g.do(room.DoClose)
	if late, err := g.Takes(1, g.now+room.Grace); late != 0 || err != nil {
		t.Errorf("an answer under way at an early close: %d, %v", late, err)
	}
	g.due()
	g.now += 60 * second
	g.do(room.DoReopen)
	if r := g.Current(); r.Shut || r.Used(g.now) != 4*second || r.ClosesAt != g.now+10*second {
		t.Errorf("opened again: %+v, %d ms used", r, r.Used(g.now))
	}
}

func TestASkippedQuestionCountsForNobodyInWhateverPhase(t *testing.T) {
	for _, at := range phases[1:5] {
		g := begin(t, planOf(2, nil))
		at.reach(g)
		if g.do(room.DoSkip); g.Counts(1) || !g.Current().Shut || g.Due != 0 || g.PausedAt != 0 {
			t.Errorf("skipped in %s: %+v", at.phase, g.State)
		}
		if err := g.try(room.Event{Do: room.DoUnvoid, Round: 1}); !errors.Is(err, room.ErrStep) {
			t.Errorf("brought back after it was skipped in %s: %v", at.phase, err)
		}
	}
}

func TestWhatIsVoidedIsVoidedOnceAndComesBackOnce(t *testing.T) {
	g := begin(t, planOf(2, nil))
	phases[5].reach(g)
	for _, step := range []struct {
		do   room.Do
		want error
	}{{room.DoUnvoid, room.ErrStep}, {room.DoVoid, nil}, {room.DoVoid, room.ErrStep}, {room.DoUnvoid, nil}} {
		if err := g.try(room.Event{Do: step.do, Round: 1}); !errors.Is(err, step.want) {
			t.Errorf("%s: %v", step.do, err)
		}
	}
	for _, round := range []int{0, -1, 2, 1 << 40} {
		if err := g.try(room.Event{Do: room.DoVoid, Round: round}); !errors.Is(err, room.ErrRound) {
			t.Errorf("round %d: %v", round, err)
		}
	}
}

func TestACorrectionNamesOptionsThatThereAre(t *testing.T) {
	g := begin(t, planOf(2, nil))
	phases[5].reach(g)
	for _, right := range [][]int{nil, {}, {3}, {-1}, {0, 7}} {
		if err := g.try(room.Event{Do: room.DoRekey, Round: 1, Right: right}); !errors.Is(err, room.ErrRight) {
			t.Errorf("right is %v: %v", right, err)
		}
	}
	given := []int{2, 1, 2}
	if err := g.try(room.Event{Do: room.DoRekey, Round: 1, Right: given}); err != nil ||
		!slices.Equal(g.At(1).Right, []int{1, 2}) || !slices.Equal(given, []int{2, 1, 2}) {
		t.Errorf("corrected to %v: %v", g.At(1).Right, err)
	}
	for option, want := range []bool{false, true, true} {
		if got := g.Plan.Right(g.At(1), question.Choice{Options: []int{option}}); got != want {
			t.Errorf("after the correction option %d is right: %v", option, got)
		}
	}
	g = begin(t, planOf(2, nil))
	g.Questions[0].Kind = question.Fill
	phases[5].reach(g)
	if err := g.try(room.Event{Do: room.DoRekey, Round: 1, Right: []int{0}}); !errors.Is(err, room.ErrStep) {
		t.Errorf("a fill-in is corrected by options: %v", err)
	}
}

func TestAfterAResetNothingCountsAndNothingIsAskedTwice(t *testing.T) {
	g := begin(t, planOf(2, nil))
	phases[6].reach(g)
	g.do(room.DoReset)
	if g.Counts(1) || g.Phase != room.Lobby || g.Due != 0 {
		t.Errorf("after a reset: %+v", g.State)
	}
	if err := g.try(room.Event{Do: room.DoVoid, Round: 1}); !errors.Is(err, room.ErrRound) {
		t.Errorf("what was wiped is voided: %v", err)
	}
	if err := g.try(room.Event{Do: room.DoReset}); !errors.Is(err, room.ErrStep) {
		t.Errorf("reset twice: %v", err)
	}
	if g.do(room.DoReady); g.Current().Number != 2 {
		t.Errorf("question %d is asked after the reset", g.Current().Number)
	}
	g.do(room.DoOpen)
	g.due()
	g.do(room.DoReveal)
	if err := g.try(room.Event{Do: room.DoReset}); !errors.Is(err, room.ErrStep) {
		t.Errorf("reset with nothing left to ask: %v", err)
	}
}

func TestWarmupsComeBeforeTheFirstQuestionAndLeaveRoomForAll(t *testing.T) {
	g := begin(t, planOf(3, nil))
	for range room.MaxRounds {
		if g.try(room.Event{Do: room.DoWarmup}) != nil {
			break
		}
		g.do(room.DoSkip)
	}
	for question := 1; question <= 3; question++ {
		if g.do(room.DoReady, room.DoSkip); g.Asked() != question {
			t.Fatalf("%d asked, not %d", g.Asked(), question)
		}
	}
	g = begin(t, planOf(3, nil))
	g.do(room.DoReady, room.DoSkip)
	if err := g.try(room.Event{Do: room.DoWarmup}); !errors.Is(err, room.ErrStep) {
		t.Errorf("a warm-up after the first question: %v", err)
	}
	g.Plan.Warmup = nil
	g.State = room.New(g.Plan)
	if err := g.try(room.Event{Do: room.DoWarmup}); !errors.Is(err, room.ErrStep) {
		t.Errorf("a warm-up that the bank has not: %v", err)
	}
}

func TestADelayIsAddedToTheCountdown(t *testing.T) {
	g := begin(t, planOf(1, nil))
	for _, seconds := range []int{-1, 31, 18446744073709552, -18446744073709552} {
		if err := g.try(room.Event{Do: room.DoDelay, Seconds: seconds}); !errors.Is(err, room.ErrSeconds) {
			t.Errorf("a delay of %d s: %v", seconds, err)
		}
	}
	for _, seconds := range []int{0, 30} {
		g := begin(t, planOf(1, nil))
		if err := g.try(room.Event{Do: room.DoDelay, Seconds: seconds}); err != nil {
			t.Fatal(err)
		}
		g.do(room.DoReady, room.DoOpen)
		if wait := g.Current().OpensAt - g.now; wait != int64(3+seconds)*second {
			t.Errorf("with a delay of %d s it opens after %d ms", seconds, wait)
		}
	}
}

func TestOneHostLeadsUntilAnotherTakesOver(t *testing.T) {
	g := begin(t, planOf(2, nil))
	g.do(room.DoReady)
	for _, do := range everyStep {
		err := g.try(room.Event{Do: do, By: bob, Seconds: 10})
		switch {
		case do == room.DoTime || do == room.DoTouch || do == room.DoTake:
		case !errors.Is(err, room.ErrNotHost):
			t.Errorf("%s by another: %v", do, err)
		}
		if do == room.DoTake && (err != nil || g.Host != bob) {
			t.Fatalf("taking over: %v", err)
		}
		if do == room.DoTake {
			break
		}
	}
	if err := g.try(room.Event{Do: room.DoOpen, By: ann}); !errors.Is(err, room.ErrNotHost) {
		t.Errorf("who led before still leads: %v", err)
	}
	if err := g.try(room.Event{Do: room.DoOpen, By: bob}); err != nil {
		t.Errorf("who took over: %v", err)
	}
}

func TestWhoLooksAfterNamesDoesNotLead(t *testing.T) {
	g := begin(t, planOf(1, nil))
	if err := g.try(room.Event{Do: room.DoTouch, By: bob}); err != nil || g.Host.ID != 0 {
		t.Errorf("hiding a name makes %v the host: %v", g.Host, err)
	}
}

func TestAResultIsConfirmedOnceAndOnceMoreAfterEachCorrection(t *testing.T) {
	g := begin(t, planOf(2, nil))
	phases[7].reach(g)
	confirm := func(want error, why string) {
		t.Helper()
		if err := g.try(room.Event{Do: room.DoConfirm}); !errors.Is(err, want) {
			t.Errorf("%s: %v", why, err)
		}
	}
	confirm(nil, "at the podium")
	ended := g.EndedAt
	confirm(room.ErrStep, "twice")
	g.now += second
	g.do(room.DoVoid)
	if next := room.Next(g.May(g.State, 0, g.now)); next != room.DoConfirm {
		t.Errorf("after a correction %q is next", next)
	}
	confirm(nil, "after a correction")
	confirm(room.ErrStep, "twice after a correction")
	g.try(room.Event{Do: room.DoTouch})
	confirm(room.ErrStep, "after a name was hidden")
	g.try(room.Event{Do: room.DoTouch, Counts: true})
	confirm(nil, "after a member was removed")
	if g.Confirmed != 3 || g.EndedAt != ended {
		t.Errorf("confirmed %d times, over at %d", g.Confirmed, g.EndedAt)
	}
}

func TestARoomThatWasEndedHasNoResult(t *testing.T) {
	for _, at := range phases[:8] {
		g := begin(t, planOf(2, nil))
		at.reach(g)
		g.do(room.DoEnd)
		if g.Due != 0 || g.Round() > 0 && !g.Current().Shut {
			t.Errorf("ended in %s: %+v", at.phase, g.State)
		}
		if next := room.Next(g.May(g.State, 0, g.now)); next != "" {
			t.Errorf("ended in %s, %q is next", at.phase, next)
		}
		if err := g.try(room.Event{Do: room.DoConfirm}); !errors.Is(err, room.ErrStep) {
			t.Errorf("ended in %s and confirmed: %v", at.phase, err)
		}
	}
}

func TestAPodiumShownTooSoonIsNotTheEnd(t *testing.T) {
	g := begin(t, planOf(2, nil))
	phases[7].reach(g)
	if g.do(room.DoReady); g.Current().Number != 2 {
		t.Errorf("after the podium question %d is asked", g.Current().Number)
	}
}

func TestARevivalQuestionIsForSomebodyAndNeverTheLast(t *testing.T) {
	g := begin(t, planOf(3, elimination))
	phases[5].reach(g)
	if err := g.try(room.Event{Do: room.DoRevival}); !errors.Is(err, room.ErrStep) {
		t.Errorf("with nobody out: %v", err)
	}
	g.out = 1
	g.do(room.DoRevival, room.DoSkip)
	if err := g.try(room.Event{Do: room.DoRevival}); !errors.Is(err, room.ErrStep) {
		t.Errorf("as the last question: %v", err)
	}
	g = begin(t, planOf(3, nil))
	phases[5].reach(g)
	g.out = 1
	if err := g.try(room.Event{Do: room.DoRevival}); !errors.Is(err, room.ErrStep) {
		t.Errorf("where nobody is ever out: %v", err)
	}
}

func TestHelpIsAskedOnceAndOnlyWhileAQuestionForAllIsOpen(t *testing.T) {
	g := begin(t, planOf(4, elimination))
	g.do(room.DoReady, room.DoOpen)
	if err := g.try(room.Event{Do: room.DoHelp}); !errors.Is(err, room.ErrStep) {
		t.Errorf("before the opening: %v", err)
	}
	g.now = g.Current().OpensAt
	g.do(room.DoHelp)
	if err := g.try(room.Event{Do: room.DoHelp}); !errors.Is(err, room.ErrStep) {
		t.Errorf("twice: %v", err)
	}
	g.due()
	g.out = 1
	g.do(room.DoReveal, room.DoRevival, room.DoOpen)
	g.now = g.Current().OpensAt
	if err := g.try(room.Event{Do: room.DoHelp}); !errors.Is(err, room.ErrStep) {
		t.Errorf("with what those who are out answer for themselves: %v", err)
	}
}
