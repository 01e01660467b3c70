package room_test

import (
	"errors"
	"testing"

	"anquanda/internal/live/room"
)

func TestAnAnswerCountsFromTheOpeningToTheEndOfTheGrace(t *testing.T) {
	g := begin(t, planOf(2, nil))
	g.do(room.DoReady, room.DoOpen)
	r := g.Current()
	for _, c := range []struct {
		at   int64
		late int64
		err  error
	}{
		{r.OpensAt - 1, 0, room.ErrNotOpen},
		{r.OpensAt, 0, nil},
		{r.ClosesAt, 0, nil},
		{r.ClosesAt + room.Grace, 0, nil},
		{r.ClosesAt + room.Grace + 1, room.Grace + 1, nil},
		{r.ClosesAt + 3600*second, 3600 * second, nil},
	} {
		late, err := g.Takes(1, c.at)
		if late != c.late || !errors.Is(err, c.err) {
			t.Errorf("%d ms after the opening: late %d, %v", c.at-r.OpensAt, late, err)
		}
	}
	if used := r.Used(r.ClosesAt + room.Grace); used != 10*second {
		t.Errorf("an answer in the grace used %d ms", used)
	}
	if used := r.Used(r.OpensAt - 5); used != 0 {
		t.Errorf("an answer of a clock that is behind used %d ms", used)
	}
	if room.Grace >= room.CommitGrace {
		t.Error("what came in the grace has no time to be stored")
	}
}

func TestTheGraceIsTheSameHoweverOftenThePhoneIsSlow(t *testing.T) {
	g := begin(t, planOf(2, nil))
	g.do(room.DoReady, room.DoOpen)
	before := g.State
	for range 100 {
		g.Takes(1, g.Current().ClosesAt+room.Grace)
	}
	if late, _ := g.Takes(1, g.Current().ClosesAt+room.Grace+1); late == 0 || g.Due != before.Due {
		t.Error("answers in the grace lengthen it")
	}
}

func TestWhatIsTakenInEachPhase(t *testing.T) {
	want := map[room.Phase]struct {
		late bool
		err  error
	}{
		room.Lobby: {false, room.ErrNotOpen}, room.Ready: {false, room.ErrNotOpen}, room.Open: {false, nil},
		room.Paused: {false, room.ErrPaused}, room.Closed: {true, nil}, room.Revealed: {true, nil},
		room.Standings: {true, nil}, room.Podium: {true, nil}, room.Over: {true, nil},
	}
	for _, at := range phases {
		g := begin(t, planOf(2, nil))
		at.reach(g)
		late, err := g.Takes(1, g.now)
		if w := want[at.phase]; (late > 0) != w.late || !errors.Is(err, w.err) {
			t.Errorf("in %s: late %d, %v", at.phase, late, err)
		}
	}
}

func TestAPauseRefusesAnswersHoweverLongItLasts(t *testing.T) {
	g := begin(t, planOf(2, nil))
	phases[3].reach(g)
	if late, err := g.Takes(1, g.now+3600*second); late != 0 || !errors.Is(err, room.ErrPaused) {
		t.Errorf("an hour into a pause: late %d, %v", late, err)
	}
}

func TestAnAnswerToASkippedQuestionIsTooLate(t *testing.T) {
	for _, at := range phases[2:5] {
		g := begin(t, planOf(2, nil))
		at.reach(g)
		g.do(room.DoSkip)
		if late, err := g.Takes(1, g.now); late < 1 || late > 3600*second || err != nil {
			t.Errorf("skipped in %s: late %d, %v", at.phase, late, err)
		}
	}
	g := begin(t, planOf(2, nil))
	g.do(room.DoReady, room.DoSkip)
	if _, err := g.Takes(1, g.now); !errors.Is(err, room.ErrNotOpen) {
		t.Errorf("to one that nobody has seen: %v", err)
	}
}

func TestAnAnswerToAnOlderQuestionIsTooLateAndToAMadeUpOneIsNone(t *testing.T) {
	g := begin(t, planOf(3, nil))
	phases[5].reach(g)
	closed := g.Current().ClosesAt
	g.do(room.DoReady, room.DoOpen)
	g.now = g.Current().OpensAt
	if late, err := g.Takes(1, g.now); late != g.now-closed || err != nil {
		t.Errorf("to the question before: late %d, %v", late, err)
	}
	for _, round := range []int{0, -1, 3, 1 << 62, -1 << 63} {
		if late, err := g.Takes(round, g.now); late != 0 || !errors.Is(err, room.ErrNotOpen) {
			t.Errorf("to round %d: late %d, %v", round, late, err)
		}
	}
}

func TestOnlyWhoWasThereAtTheFirstOpeningPlaysAnElimination(t *testing.T) {
	g := begin(t, planOf(4, elimination))
	g.do(room.DoReady, room.DoOpen) // three members
	in, out := &room.Standing{In: true}, &room.Standing{In: true, Out: 1}
	back := &room.Standing{In: true, Sits: 1}
	for _, c := range []struct {
		who           string
		member        int32
		st            *room.Standing
		may, audience bool
	}{
		{"who was there", 3, in, true, false},
		{"who came after the press", 4, in, true, true},
		{"who came since", 4, nil, true, true},
		{"who is out", 1, out, true, true},
		{"who comes back with the next question", 1, back, true, true},
	} {
		if may, audience := g.Plays(&g.State, c.member, c.st); may != c.may || audience != c.audience {
			t.Errorf("%s: may answer %v, as audience %v", c.who, may, audience)
		}
	}
	g.Live.Audience = false
	if may, _ := g.Plays(&g.State, 1, out); may {
		t.Error("who is out answers where there is no audience")
	}
	g.due()
	g.out = 1
	g.do(room.DoReveal, room.DoRevival)
	if may, _ := g.Plays(&g.State, 2, in); may {
		t.Error("who is in answers a question for those who are out")
	}
	if may, audience := g.Plays(&g.State, 1, out); !may || audience {
		t.Error("who is out does not answer a question for those who are out")
	}
}

func TestEverybodyPlaysAWarmupAndForPoints(t *testing.T) {
	g := begin(t, planOf(4, elimination))
	g.do(room.DoWarmup, room.DoOpen)
	if may, audience := g.Plays(&g.State, 9, nil); !may || audience {
		t.Error("who comes late does not play a warm-up")
	}
	g = begin(t, planOf(4, nil))
	if may, _ := g.Plays(&g.State, 1, nil); may {
		t.Error("somebody may answer before anything was asked")
	}
	g.do(room.DoReady, room.DoOpen)
	if may, audience := g.Plays(&g.State, 9, nil); !may || audience {
		t.Error("who comes late does not play for points")
	}
}

func TestACardIsPlayedBetweenQuestionsNotBeforeTheLastAndNotTooOften(t *testing.T) {
	out := &room.Standing{In: true, Out: 1}
	for _, at := range phases {
		g := begin(t, planOf(4, elimination))
		at.reach(g)
		want := at.phase == room.Revealed || at.phase == room.Standings
		if got := g.MayReturn(&g.State, out); got != want {
			t.Errorf("in %s: %v", at.phase, got)
		}
	}
	g := begin(t, planOf(3, elimination))
	phases[5].reach(g)
	for why, st := range map[string]*room.Standing{"who is in": {In: true}, "who never was in": {Out: 1}, "nobody": nil,
		"who has played it": {In: true, Out: 1, Cards: 1}} {
		if g.MayReturn(&g.State, st) {
			t.Errorf("%s comes back", why)
		}
	}
	if g = begin(t, planOf(2, elimination)); true {
		phases[5].reach(g)
		if g.MayReturn(&g.State, out) {
			t.Error("a card is played before the last question")
		}
	}
}
