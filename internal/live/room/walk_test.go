package room_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/live/room"
	"anquanda/internal/question"
)

// FuzzWhateverIsPressedWheneverTheRoomStaysWhole walks at random through steps and times,
// sensible and senseless.
func FuzzWhateverIsPressedWheneverTheRoomStaysWhole(f *testing.F) {
	for seed := range uint64(200) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		dice := rand.New(rand.NewPCG(seed, 1))
		p := planOf(1+dice.IntN(4), func(l *contest.Live) {
			if dice.IntN(2) == 0 {
				elimination(l)
			}
			if dice.IntN(2) == 0 {
				byClock(l)
			}
		})
		s, now := room.New(p), noon
		for range 120 {
			if now += dice.Int64N(4 * second); dice.IntN(3) == 0 && s.Due != 0 {
				now = max(now, s.Due)
			}
			e := room.Event{Do: everyStep[dice.IntN(len(everyStep)-1)], By: ann, Round: dice.IntN(6) - 1,
				Seconds: dice.IntN(40) - 2, Members: dice.IntN(9), Out: dice.IntN(2), Bars: []int32{1},
				Right: []int{dice.IntN(4)}, Counts: dice.IntN(2) == 0}
			if e.Do == room.DoEnd && dice.IntN(8) > 0 {
				continue // or most walks are short
			}
			before := copied(t, s)
			next, err := p.Step(s, e, now)
			if !reflect.DeepEqual(copied(t, s), before) {
				t.Fatalf("%s changed the state that it was given", e.Do)
			}
			if err != nil {
				if !reflect.DeepEqual(next, s) {
					t.Fatalf("%s was refused (%v) and moved the room", e.Do, err)
				}
				continue
			}
			whole(t, p, &before, &next, e.Do, now)
			s = next
		}
	})
}

// copied is a state as it comes back from the store.
func copied(t *testing.T, s room.State) (back room.State) {
	t.Helper()
	text, err := json.Marshal(s)
	if err == nil {
		err = json.Unmarshal(text, &back)
	}
	if err != nil || !reflect.DeepEqual(s, back) {
		t.Fatalf("stored and read again %+v is %+v: %v", s, back, err)
	}
	return back
}

// whole checks what is true of a room after each step.
func whole(t *testing.T, p *room.Plan, before, s *room.State, do room.Do, now int64) {
	t.Helper()
	if s.Seq != before.Seq+1 {
		t.Fatalf("%s: seq %d after %d", do, s.Seq, before.Seq)
	}
	if s.Taking() != (s.Phase == room.Open || s.Phase == room.Paused) {
		t.Fatalf("%s: answers are taken in %s", do, s.Phase)
	}
	inRound := s.Taking() || s.Phase == room.Ready
	for n := 1; n <= s.Round(); n++ {
		r := s.At(n)
		if open := n == s.Round() && inRound; r.Shut == open {
			t.Fatalf("%s leads to %s with round %d of %d shut: %v", do, s.Phase, n, s.Round(), r.Shut)
		}
		if r.ClosesAt < r.OpensAt || r.OpensAt == 0 != (r.ClosesAt == 0) {
			t.Fatalf("%s: round %d opens at %d and closes at %d", do, n, r.OpensAt, r.ClosesAt)
		}
		if s.Counts(n) && (n <= s.From || r.Voided || r.Skipped || !r.Shut) || r.Skipped && !r.Voided {
			t.Fatalf("%s: round %d counts: %+v", do, n, r)
		}
	}
	clock := p.Live.Runs == contest.RunByClock
	brings := s.Phase == room.Open || clock && slices.Contains([]room.Phase{room.Ready, room.Closed, room.Revealed,
		room.Standings}, s.Phase)
	if s.Phase != room.Lobby && brings != (s.Due != 0) || s.Phase == room.Lobby && s.Due != 0 && !clock {
		t.Fatalf("%s in %s: the next step is due at %d", do, s.Phase, s.Due)
	}
	if due := *s; s.Due != 0 {
		if next, err := p.Step(due, room.Event{Do: room.DoTime}, s.Due); err != nil || next.Phase == s.Phase {
			t.Fatalf("in %s time brings nothing: %v", s.Phase, err)
		}
	}
	if (s.Phase == room.Over) != (s.EndedAt != 0) || (s.PausedAt != 0) != (s.Phase == room.Paused) {
		t.Fatalf("%s in %s: ended at %d, paused at %d", do, s.Phase, s.EndedAt, s.PausedAt)
	}
	if s.Asked() > len(p.Questions) || s.Confirmed < before.Confirmed || s.Delay < 0 || s.Delay > room.MaxDelay {
		t.Fatalf("%s: %+v", do, s)
	}
	if inRound && !s.Opened(now) && s.Phase == room.Ready != (s.Current().OpensAt == 0) {
		t.Fatalf("%s in %s: opens at %d", do, s.Phase, s.Current().OpensAt)
	}
	for _, may := range p.May(*s, 1, now) {
		e := room.Event{Do: may, By: s.Host, Seconds: 10, Out: 1, Right: []int{0}}
		taken := false
		for e.Round = s.Round(); !taken && e.Round >= 0; e.Round-- {
			_, err := p.Step(*s, e, now)
			taken = err == nil
		}
		if !taken {
			t.Fatalf("%s is offered in %s and refused", may, s.Phase)
		}
	}
}

func TestAPlanComesBackFromTheStoreAsItWas(t *testing.T) {
	p := planOf(3, func(l *contest.Live) {
		elimination(l)
		byClock(l)
		l.Teams = &contest.LiveTeams{Of: contest.TeamsOfUnits, Level: 2, Measure: contest.TeamSum, Least: 3}
		l.Pot = &contest.LivePot{Prize: "cents", Total: 100_00}
		l.Time.Delay = contest.Span(12e9)
	})
	p.Questions[1] = question.Question{ID: "f", Kind: question.Fill, Stem: "____", Difficulty: 1,
		Blanks: [][]string{{"十", "10"}}, Tolerance: []float64{0.5}}
	p.Questions[2].Kind, p.Questions[2].Image, p.Questions[2].Right = question.Ordering, "p", []int{2, 0, 1}
	text, err := json.Marshal(p)
	var back room.Plan
	if err == nil {
		err = json.Unmarshal(text, &back)
	}
	if err != nil || !reflect.DeepEqual(&back, p) {
		t.Errorf("stored and read again:\n%#v\nwas\n%#v\n%v", back, p, err)
	}
}
