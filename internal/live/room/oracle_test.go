package room_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"sort"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/live/room"
)

// slow works out a table from the rules page, one member at a time and without a thought
// for time: the rules in other words than Fold's.
type slow struct {
	*table
	out  map[int]int // the round that put a member out; members that are out alone
	back map[int]int // the round from which on a member who came back late plays again
	was  map[int]bool
}

// wasThere says whether a member was there when the first question opened.
func (s *slow) wasThere(member int) bool {
	if s.Live.Mode != contest.LiveElimination {
		return true
	}
	for n := s.state.From + 1; n <= s.state.Round(); n++ {
		if r := s.state.At(n); r.Kind != room.Warmup && !r.Skipped && r.OpensAt > 0 {
			return member <= r.Members
		}
	}
	return member <= len(s.members)
}

func (s *slow) playing(member, round int) bool {
	_, out := s.out[member]
	return s.was[member] && !out && round >= s.back[member]
}

func (s *slow) answer(member, round int) (a room.Answer, ok bool) {
	for _, a := range s.answers[round-1] {
		if int(a.Member) == member {
			return a, true
		}
	}
	return a, false
}

func standingsOf(t *table) []room.Standing {
	s := &slow{table: t, out: map[int]int{}, back: map[int]int{}, was: map[int]bool{}}
	got := make([]room.Standing, len(t.members)+1)
	for m := 1; m <= len(t.members); m++ {
		s.was[m] = s.wasThere(m)
	}
	for n := t.state.From + 1; n <= t.state.Round(); n++ {
		r := t.state.At(n)
		if r.Shut && !r.Skipped && r.Kind != room.Warmup {
			s.round(n, r, got)
		}
		for _, card := range t.returns {
			m := int(card.Member)
			_, out := s.out[m]
			if card.After == n && s.was[m] && (out || s.back[m] > n+1) {
				delete(s.out, m)
				delete(s.back, m)
				got[m].Cards++
			}
		}
	}
	return s.ranked(got)
}

func (s *slow) round(n int, r *room.Round, got []room.Standing) {
	var players, right, first []int // who plays, who is right now, who was before a correction
	for m := 1; m <= len(s.members); m++ {
		a, answered := s.answer(m, n)
		if r.Kind == room.Revival {
			if !s.was[m] || s.playing(m, n) || !answered {
				continue
			}
			if _, out := s.out[m]; a.Right && !r.Voided {
				delete(s.out, m)
			} else if out {
				continue
			}
			if a.First {
				delete(s.back, m)
			} else if a.Right && !r.Voided {
				s.back[m] = max(s.back[m], r.Fixed+1)
			}
			continue
		}
		if !s.playing(m, n) {
			continue
		}
		players = append(players, m)
		if answered && a.Right && !r.Voided {
			right = append(right, m)
			points := int32(room.Points(&s.Live, int64(a.Used)))
			got[m].Right++
			got[m].Points += points
			got[m].Used += int64(a.Used)
			if n == s.state.Round() {
				got[m].Gained = points
			}
		}
		if answered && a.First {
			first = append(first, m)
		}
		if answered && !r.Voided {
			got[m].Played++
		}
	}
	if s.Live.Mode != contest.LiveElimination || r.Kind == room.Revival {
		return
	}
	for _, m := range players {
		if len(right) > 0 && !slices.Contains(right, m) {
			s.out[m] = n
		} else if len(first) > 0 && !slices.Contains(first, m) && r.Fixed > n {
			s.back[m] = r.Fixed + 1
		}
	}
}

// ranked gives ranks: one more than the number of those who are better.
func (s *slow) ranked(got []room.Standing) []room.Standing {
	for m := 1; m < len(got); m++ {
		got[m].In, got[m].Out = s.was[m], int32(s.out[m])
		if !s.was[m] {
			got[m].Out = int32(s.state.From + 1)
		}
		got[m].Sits = int32(max(s.back[m]-1, 0))
	}
	for m := 1; m < len(got); m++ {
		if s.members[m-1].Removed {
			continue
		}
		got[m].Rank = 1
		for o := 1; o < len(got); o++ {
			if !s.members[o-1].Removed && s.better(&got[o], &got[m]) {
				got[m].Rank++
			}
		}
	}
	for m := 1; m < len(got); m++ {
		if s.members[m-1].Removed {
			got[m] = room.Standing{}
		}
	}
	return got[1:]
}

func (s *slow) better(a, b *room.Standing) bool {
	lasted := func(st *room.Standing) int {
		switch {
		case !st.In:
			return -1
		case st.Out == 0:
			return 1 << 30
		}
		return int(st.Out)
	}
	if lasted(a) != lasted(b) {
		return lasted(a) > lasted(b)
	}
	if a.Points != b.Points {
		return a.Points > b.Points
	}
	return s.Live.Score.Ties == contest.LiveTiesTime && a.Used < b.Used
}

// played is a game that chance played.
func played(seed uint64) (*table, *rand.Rand) {
	dice := rand.New(rand.NewPCG(seed, 2))
	one := func(in int) bool { return dice.IntN(in) == 0 }
	g := tableOf(1+dice.IntN(8), func(l *contest.Live) {
		if !one(3) {
			elimination(l)
		}
		if one(2) {
			l.Score.Speed = 50
		}
		if one(2) {
			l.Score.Ties = contest.LiveTiesTime
		}
		l.Teams = &contest.LiveTeams{Measure: contest.TeamSum, Least: 1 + dice.IntN(2)}
		if one(2) {
			l.Teams.Measure = contest.TeamAverage
		}
	})
	for i := range g.members {
		g.members[i] = room.Member{Team: []string{"", "red", "blue"}[dice.IntN(3)], Removed: one(6)}
	}
	rounds := dice.IntN(7)
	there := dice.IntN(len(g.members) + 1)
	for n := 1; n <= rounds; n++ {
		var answers []room.Answer
		corrected := one(4)
		for m := range g.members {
			if one(4) {
				continue
			}
			a := room.Answer{Member: int32(m + 1), Used: dice.Int32N(3) * 5000, Right: !one(3)}
			if a.First = a.Right; corrected {
				a.First = one(2)
			}
			answers = append(answers, a)
		}
		kind := room.Normal
		if n > 1 && one(4) {
			kind = room.Revival
		} else if one(8) {
			kind = room.Warmup
		}
		g.play(kind, answers...)
		r := g.state.Current()
		there = min(there+dice.IntN(2), len(g.members))
		r.Members, r.Voided, r.Shut = there, one(4), n < rounds || !one(4)
		if r.Skipped = one(8); r.Skipped {
			r.Voided, r.Shut = true, true
		}
		if corrected || r.Voided {
			r.Fixed = n + dice.IntN(rounds-n+1)
		}
		for m := range g.members {
			if one(6) {
				g.returns = append(g.returns, room.Return{Member: int32(m + 1), After: n})
			}
		}
	}
	if one(6) {
		g.state.From = dice.IntN(rounds + 1)
	}
	return g, dice
}

// FuzzStandingsAreWhatTheRulesPageSays holds Fold against the slow reading of the rules.
func FuzzStandingsAreWhatTheRulesPageSays(f *testing.F) {
	for seed := range uint64(2000) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		g, _ := played(seed)
		if got, want := g.fold().Standings, standingsOf(g); !reflect.DeepEqual(got, want) {
			t.Errorf("rounds %+v\nanswers %+v\ncards %+v\nFold says %+v\nthe rules %+v", g.state.Rounds, g.answers, g.returns,
				got, want)
		}
	})
}

// FuzzATableIsWholeWhateverWasPlayed checks what is true of every table.
func FuzzATableIsWholeWhateverWasPlayed(f *testing.F) {
	for seed := range uint64(500) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		g, dice := played(seed)
		got := g.fold()
		counted(t, g, got)
		for i := range g.answers {
			dice.Shuffle(len(g.answers[i]), func(a, b int) {
				g.answers[i][a], g.answers[i][b] = g.answers[i][b], g.answers[i][a]
			})
		}
		if again := g.fold(); !reflect.DeepEqual(got, again) {
			t.Errorf("in another order of answers %+v is %+v", got, again)
		}
		for n := g.state.From + 1; n <= g.state.Round(); n++ {
			neverAsked(t, g, n)
		}
	})
}

// neverAsked checks that a round that is voided gives as much as one that nobody was asked.
func neverAsked(t *testing.T, g *table, n int) {
	t.Helper()
	r := g.round(n)
	if r.Skipped || !r.Shut || r.Kind == room.Revival { // who came back by it came back before it was voided
		return
	}
	kept, answers := *r, g.answers[n-1]
	r.Voided, r.Fixed = true, n
	voided := g.fold()
	g.answers[n-1] = nil
	if silent := g.fold(); !reflect.DeepEqual(voided, silent) {
		t.Errorf("round %d voided leaves %+v, never asked %+v", n, voided, silent)
	}
	*r, g.answers[n-1] = kept, answers
}

// counted checks the sums and the ranks of a table.
func counted(t *testing.T, g *table, got *room.Table) {
	t.Helper()
	never, here := 0, 0
	for i, st := range got.Standings {
		if g.members[i].Removed {
			if st != (room.Standing{}) {
				t.Errorf("who was removed has %+v", st)
			}
			continue
		}
		if here++; !st.In {
			never++
		}
		if st.Points < 0 || st.Used < 0 || st.Right > st.Played || st.Gained > st.Points || st.Rank < 1 {
			t.Errorf("member %d has %+v", i+1, st)
		}
	}
	if got.Alive+got.Out+never != here || len(got.Order) != here {
		t.Errorf("%d left, %d out and %d never in are not %d", got.Alive, got.Out, never, here)
	}
	ranks := make([]int, 0, here)
	for _, member := range got.Order {
		ranks = append(ranks, int(got.Of(member).Rank))
	}
	for i, rank := range ranks {
		if rank != i+1 && (i == 0 || rank != ranks[i-1]) || !sort.IntsAreSorted(ranks) {
			t.Errorf("ranks are %v", ranks)
			break
		}
	}
	teams := map[string]int32{}
	for i, st := range got.Standings {
		if g.members[i].Team != "" && st.Played > 0 {
			teams[g.members[i].Team] += st.Points
		}
	}
	for _, team := range got.Teams {
		want := teams[team.Key]
		if g.Live.Teams.Measure == contest.TeamAverage {
			want = int32(float64(want)/float64(team.Players) + 0.5)
		}
		if team.Points != want || int(team.Players) < g.Live.Teams.Least {
			t.Errorf("team %+v has %d points", team, want)
		}
	}
}
