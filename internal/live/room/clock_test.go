package room_test

import (
	"slices"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/live/room"
)

func byClock(l *contest.Live) {
	l.Runs = contest.RunByClock
	l.Starts.MS = noon + 60*second
}

func TestARoomOfTheClockPlaysFromItsStartToThePodiumByItself(t *testing.T) {
	g := begin(t, planOf(2, byClock))
	g.now = g.Due - 1
	if err := g.try(room.Event{Do: room.DoTime}); err == nil {
		t.Fatal("it begins before its time")
	}
	var went []room.Phase
	for g.Due != 0 {
		g.due()
		went = append(went, g.Phase)
	}
	round := []room.Phase{room.Ready, room.Open, room.Closed, room.Revealed, room.Standings}
	if want := append(slices.Concat(round, round), room.Podium); !slices.Equal(went, want) {
		t.Errorf("it went %v", went)
	}
	// 2 × (ready 5 s, countdown 3 s, question 10 s, commits, reveal 8 s, standings 5 s)
	if took := g.now - g.Live.Starts.MS; took != 2*(31_000+room.CommitGrace) {
		t.Errorf("it took %d ms", took)
	}
	if g.Confirmed != 0 || g.Host.ID != 0 {
		t.Errorf("the clock confirmed a result, or leads: %+v", g.State)
	}
	g.do(room.DoConfirm)
}

func TestAHostMayPressInARoomOfTheClock(t *testing.T) {
	g := begin(t, planOf(2, byClock))
	g.do(room.DoReady, room.DoOpen) // before its time
	g.now = g.Current().OpensAt + second
	g.do(room.DoPause)
	g.now += 100 * second
	g.do(room.DoResume, room.DoClose)
	g.due()
	g.do(room.DoReveal, room.DoStandings)
	for g.Due != 0 {
		g.due()
	}
	if g.Phase != room.Podium || g.Asked() != 2 {
		t.Errorf("the clock goes on to %s after %d questions", g.Phase, g.Asked())
	}
}

func TestAWarmupDoesNotBeginTheGameBeforeItsTime(t *testing.T) {
	for _, wipes := range []bool{false, true} {
		g := begin(t, planOf(2, byClock))
		g.do(room.DoWarmup)
		for g.Phase != room.Standings {
			g.due()
		}
		if wipes {
			g.do(room.DoReset)
		}
		if g.Due != g.Live.Starts.MS {
			t.Errorf("after a warm-up (reset: %v) the first question comes at %d, not %d", wipes, g.Due, g.Live.Starts.MS)
		}
	}
}

func TestAResetAfterTheStartWaitsForAHost(t *testing.T) {
	g := begin(t, planOf(3, byClock))
	for g.Phase != room.Standings {
		g.due()
	}
	if g.do(room.DoReset); g.Due != 0 {
		t.Errorf("after a reset the clock asks at %d", g.Due)
	}
	g.do(room.DoReady)
	for g.Due != 0 {
		g.due()
	}
	if g.Phase != room.Podium {
		t.Errorf("then it goes on to %s", g.Phase)
	}
}

func TestTheClockSkipsNothingWhenItWakesUpLate(t *testing.T) {
	g := begin(t, planOf(1, byClock))
	g.now = g.Due + 3600*second
	g.do(room.DoTime)
	if g.Phase != room.Ready || g.Due != g.now+5*second {
		t.Errorf("an hour late: %s, next at %d", g.Phase, g.Due-g.now)
	}
}
