package room_test

import (
	"slices"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/live/room"
)

// table is a game that was played: rounds with who answered what.
type table struct {
	*room.Plan
	state   room.State
	members []room.Member
	answers [][]room.Answer
	returns []room.Return
}

func tableOf(members int, change func(*contest.Live)) *table {
	return &table{Plan: planOf(20, change), members: make([]room.Member, members)}
}

func right(member, used int32) room.Answer {
	return room.Answer{Member: member, Used: used, Right: true, First: true}
}

func missed(member int32) room.Answer { return room.Answer{Member: member, Used: 1} }

// play adds a round that is shut.
func (t *table) play(kind room.Kind, answers ...room.Answer) {
	r := room.Round{Kind: kind, Number: t.state.Asked() + 1, OpensAt: noon, ClosesAt: noon + 10*second,
		Members: len(t.members), Shut: true}
	if kind == room.Warmup {
		r.Number = 0
	}
	t.state.Rounds = append(t.state.Rounds, r)
	t.answers = append(t.answers, answers)
}

// normal adds a round that those members answered right and nobody else did.
func (t *table) normal(members ...int32) {
	var answers []room.Answer
	for _, m := range members {
		answers = append(answers, right(m, 1000))
	}
	t.play(room.Normal, answers...)
}

func (t *table) round(n int) *room.Round { return t.state.At(n) }

// void voids a round now.
func (t *table) void(round int) {
	t.round(round).Voided, t.round(round).Fixed = true, t.state.Round()
}

func (t *table) fold() *room.Table { return t.Fold(&t.state, t.members, t.answers, t.returns) }

// left lists who is in.
func (t *table) left() (left []int) {
	for i, st := range t.fold().Standings {
		if st.In && st.Out == 0 && !t.members[i].Removed {
			left = append(left, i+1)
		}
	}
	return left
}

func (t *table) ranks() (ranks []int) {
	for _, st := range t.fold().Standings {
		ranks = append(ranks, int(st.Rank))
	}
	return ranks
}

func same(t *testing.T, why string, got []int, want ...int) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, not %v", why, got, want)
	}
}

func TestSpeedIsASmallerPartThatShrinksToNothingAtTheLimit(t *testing.T) {
	l := &planOf(1, func(l *contest.Live) { l.Score.Speed = 50 }).Live
	for used, want := range map[int64]int{-5: 150, 0: 150, 5 * second: 125, 5*second + 1: 125, 10 * second: 100,
		10*second - 100: 101, 10*second - 99: 100, 300 * second: 100} {
		if got := room.Points(l, used); got != want {
			t.Errorf("a right answer after %d ms is worth %d, not %d", used, got, want)
		}
	}
	l = &planOf(1, nil).Live
	if first, last := room.Points(l, 0), room.Points(l, 10*second); first != 100 || last != 100 {
		t.Errorf("without speed the first gets %d and the last %d", first, last)
	}
}

func TestEqualsShareARankAndTheNextRankIsLeftOut(t *testing.T) {
	g := tableOf(4, nil)
	g.play(room.Normal, right(1, 900), right(2, 100), missed(4))
	same(t, "two right", g.ranks(), 1, 1, 3, 3)
	if order := g.fold().Order; !slices.Equal(order, []int32{1, 2, 3, 4}) {
		t.Errorf("equals stand as %v, not in the order of joining", order)
	}
	g.Live.Score.Ties = contest.LiveTiesTime
	same(t, "parted by time", g.ranks(), 2, 1, 3, 3)
}

func TestWarmupsVoidedAndSkippedQuestionsAndThoseBeforeAResetAreNoPoints(t *testing.T) {
	for why, change := range map[string]func(*table){
		"warm-up": func(g *table) { g.round(1).Kind = room.Warmup },
		"voided":  func(g *table) { g.void(1) },
		"skipped": func(g *table) { g.round(1).Voided, g.round(1).Skipped = true, true },
		"reset":   func(g *table) { g.state.From = 1 },
		"open":    func(g *table) { g.round(1).Shut = false },
	} {
		g := tableOf(1, nil)
		g.normal(1)
		change(g)
		if st := g.fold().Standings[0]; st.Points != 0 || st.Right != 0 || st.Played != 0 || st.Gained != 0 {
			t.Errorf("%s: %+v", why, st)
		}
	}
}

func TestWhoIsRemovedHasNoRankAndChangesNobodyElses(t *testing.T) {
	g := tableOf(3, nil)
	g.normal(1, 2)
	g.members[0].Removed = true
	same(t, "one removed", g.ranks(), 0, 1, 2)
	g = tableOf(3, elimination)
	g.normal(1)
	g.members[0].Removed = true
	same(t, "the only one who was right was removed", g.left())
	if got := g.fold(); got.Alive != 0 || got.Out != 2 {
		t.Errorf("%d are left and %d out", got.Alive, got.Out)
	}
}

func TestAQuestionPutsOutWhoDidNotAnswerItRightUnlessNobodyDid(t *testing.T) {
	g := tableOf(4, elimination)
	g.play(room.Normal, missed(1), missed(2))
	same(t, "all wrong", g.left(), 1, 2, 3, 4)
	g.play(room.Normal, right(1, 1), right(2, 1), missed(3))
	same(t, "one wrong, one silent", g.left(), 1, 2)
	g.play(room.Normal, right(3, 1), missed(1), missed(2))
	same(t, "all wrong but the audience", g.left(), 1, 2)
	if st := g.fold().Standings[2]; st.Points != 0 || st.Out != 2 || st.Gained != 0 {
		t.Errorf("one of the audience: %+v", st)
	}
	g.normal(2)
	same(t, "ranked by how long they lasted", g.ranks(), 2, 1, 3, 3)
}

func TestLateComersOfAnEliminationNeverAreIn(t *testing.T) {
	g := tableOf(2, elimination)
	g.normal(1, 2)
	g.members = append(g.members, room.Member{})
	g.normal(1, 2, 3)
	same(t, "one came late", g.left(), 1, 2)
	g.returns = []room.Return{{Member: 3, After: 1}}
	g.play(room.Revival, right(3, 1))
	same(t, "with a card and a revival question", g.left(), 1, 2)
	g.round(1).Skipped, g.round(1).Voided = true, true
	same(t, "the question before them was skipped", g.left(), 1, 2, 3)
}

func TestVoidingAQuestionBringsBackWhomItPutOut(t *testing.T) {
	g := tableOf(3, elimination)
	g.normal(1, 2)
	g.void(1)
	same(t, "voided at once", g.left(), 1, 2, 3)
	g.normal(1, 3)
	same(t, "who came back plays", g.left(), 1, 3)
}

func TestWhoComesBackLateIsNotPutOutByWhatWasAskedMeanwhile(t *testing.T) {
	g := tableOf(3, elimination)
	g.normal(1, 2)
	g.normal(1, 2, 3) // 3 is one of the audience
	g.play(room.Normal, right(1, 1), right(2, 1), missed(3))
	g.void(1)
	same(t, "voided two questions later", g.left(), 1, 2, 3)
	if st := g.fold().Standings[2]; st.Points != 0 || st.Played != 0 {
		t.Errorf("answers of the audience became points: %+v", st)
	}
	g.normal(1, 3)
	same(t, "from the next question on", g.left(), 1, 3)
	if st := g.fold().Standings[2]; st.Points != 100 || st.Gained != 100 {
		t.Errorf("who came back and was right: %+v", st)
	}
	g.round(1).Voided, g.round(1).Fixed = false, 4
	same(t, "and the question counts again", g.left(), 1)
}

func TestACorrectionBringsBackWhoWasRightAllAlong(t *testing.T) {
	g := tableOf(3, elimination)
	corrected := room.Answer{Member: 3, Used: 1, Right: true}
	wrongly := room.Answer{Member: 1, Used: 1, First: true}
	g.play(room.Normal, wrongly, right(2, 1), corrected)
	g.normal(1, 2)
	g.round(1).Right, g.round(1).Fixed = []int{1}, 2
	same(t, "corrected a question later", g.left(), 2, 3)
	points := g.fold().Standings
	if points[2].Points != 100 || points[2].Played != 1 || points[0].Points != 0 {
		t.Errorf("points after the correction: %+v", points)
	}
}

func TestARevivalQuestionBringsBackWhoAnswersItRightAndGivesNothingElse(t *testing.T) {
	g := tableOf(4, elimination)
	g.normal(1)
	g.play(room.Revival, right(2, 1), missed(3), right(1, 1))
	same(t, "one right of those out", g.left(), 1, 2)
	if st := g.fold().Standings; st[1].Points != 0 || st[0].Points != 100 {
		t.Errorf("a revival question gives points: %+v", st)
	}
	g.normal(2)
	same(t, "then all play", g.left(), 2)
	g.void(2)
	same(t, "voided", g.left(), 1)
}

func TestACardBringsBackAfterItsRoundAndIsKeptWhereItWasNotNeeded(t *testing.T) {
	g := tableOf(3, elimination)
	g.normal(1)
	g.returns = []room.Return{{Member: 2, After: 1}}
	same(t, "played after the round", g.left(), 1, 2)
	g.normal(1, 2)
	same(t, "plays on", g.left(), 1, 2)
	g.normal(1)
	same(t, "out again", g.left(), 1)
	if st := g.fold().Standings[1]; st.Cards != 1 || st.Points != 100 {
		t.Errorf("after a card: %+v", st)
	}
	g = tableOf(3, elimination)
	g.normal(1)
	g.returns = []room.Return{{Member: 2, After: 1}}
	g.void(1)
	if st := g.fold().Standings[1]; st.Cards != 0 || st.Out != 0 {
		t.Errorf("the question was voided after all: %+v", st)
	}
	g = tableOf(3, elimination)
	g.normal(1)
	g.returns = []room.Return{{Member: 2, After: 1}}
	g.normal(1, 2)
	g.void(1)
	if st := g.fold().Standings; st[1].Cards != 1 || st[1].Points != 100 || st[2].Sits != 2 || st[2].Out != 0 {
		t.Errorf("voided after the card was used: %+v", st)
	}
	g.state.From = 2
	if st := g.fold().Standings[1]; st.Cards != 0 {
		t.Errorf("a card of before the reset: %+v", st)
	}
}

func TestTeamsAreCountedByWhoPlays(t *testing.T) {
	g := tableOf(6, func(l *contest.Live) { l.Teams = &contest.LiveTeams{Measure: contest.TeamSum, Least: 1} })
	for i, team := range []string{"red", "red", "blue", "blue", "", "green"} {
		g.members[i].Team = team
	}
	g.play(room.Normal, right(1, 1), missed(2), right(3, 1), right(5, 1))
	want := func(why string, teams ...room.Team) {
		t.Helper()
		if got := g.fold().Teams; !slices.Equal(got, teams) {
			t.Errorf("%s: %+v", why, got)
		}
	}
	want("the sum", room.Team{Key: "blue", Points: 100, Players: 1, Rank: 1},
		room.Team{Key: "red", Points: 100, Players: 2, Rank: 1})
	g.Live.Teams.Measure = contest.TeamAverage
	want("the average of those who play", room.Team{Key: "blue", Points: 100, Players: 1, Rank: 1},
		room.Team{Key: "red", Points: 50, Players: 2, Rank: 2})
	g.Live.Teams.Least = 2
	want("of two at least", room.Team{Key: "red", Points: 50, Players: 2, Rank: 1})
	g.members[0].Removed = true
	want("without who was removed")
}

func TestATableAnswersForThoseItKnows(t *testing.T) {
	g := tableOf(2, nil)
	g.play(room.Normal, right(3, 1), right(-1, 1), right(0, 1), right(1, 1))
	got := g.fold()
	for _, member := range []int32{-1, 0, 3, 1 << 30} {
		if got.Of(member) != nil {
			t.Errorf("member %d has a standing", member)
		}
	}
	same(t, "answers of nobody", g.ranks(), 1, 2)
}

func BenchmarkFoldOfAWholeCounty(b *testing.B) {
	const members, rounds = 50_000, 15
	for _, mode := range []struct {
		name   string
		change func(*contest.Live)
	}{
		{"points", func(l *contest.Live) {
			l.Score.Speed, l.Score.Ties = 50, contest.LiveTiesTime
			l.Teams = &contest.LiveTeams{Measure: contest.TeamAverage, Least: 3}
		}},
		{"elimination", elimination},
	} {
		b.Run(mode.name, func(b *testing.B) {
			g := tableOf(members, mode.change)
			for i := range g.members {
				g.members[i].Team = string(rune('a' + i%26))
			}
			for round := range rounds {
				answers := make([]room.Answer, 0, members)
				for m := range int32(members) {
					hash := uint32(m*31+int32(round)) * 2654435761
					ok := hash>>28 < 13
					used := int32(hash >> 8 % 10_000)
					answers = append(answers, room.Answer{Member: m + 1, Used: used, Right: ok, First: ok})
				}
				g.play(room.Normal, answers...)
			}
			b.ReportAllocs()
			for b.Loop() {
				g.fold()
			}
		})
	}
}
