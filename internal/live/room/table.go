package room

import (
	"cmp"
	"slices"

	"anquanda/internal/contest"
)

// Member is what the rules see of one who joined. Members are numbered from 1 in the
// order in which they joined; a slice of them holds number n at n-1.
type Member struct {
	Team    string // key of the team; empty for none
	Removed bool
}

// Answer is the last answer of a member to a round.
type Answer struct {
	Member int32 // number
	Used   int32 // ms from the opening to the receipt, pauses left out; never below 0
	Right  bool
	First  bool // was right before staff corrected the round, as Plan.FirstRight says
}

// Return is a card that a member who was out played after a round.
type Return struct {
	Member int32
	After  int // round
}

// Standing is where a member stands.
type Standing struct {
	Points int32
	Right  int32 // answered right
	Played int32 // rounds answered
	Used   int64 // ms for right answers
	Out    int32 // the round that put the member out, or came before joining; 0: in
	Sits   int32 // who is in sits out the rounds up to this one: the member was out when they were opened
	Cards  int32 // cards that brought the member back
	Gained int32 // points for the round asked last
	Rank   int32 // from 1; equal for equals; 0 for who is removed
	In     bool  // was there when an elimination began
}

// Table is where everybody stands.
type Table struct {
	Standings []Standing // by number-1
	Order     []int32    // numbers, the best first, without who is removed
	Alive     int        // who is left; in points mode all
	Out       int        // who was in and is out, and could come back
	Teams     []Team     // the best first
}

// Team is where a team stands.
type Team struct {
	Key     string
	Points  int32 // the sum, or the average of those who play, rounded
	Players int32 // who answered at least once
	Rank    int32 // from 1; equal for equals
}

// Of is the standing of a member by number; nil for one that joined since.
func (t *Table) Of(member int32) *Standing {
	if member < 1 || int(member) > len(t.Standings) {
		return nil
	}
	return &t.Standings[member-1]
}

// Points is what a right answer after used ms is worth: Right, and of Speed the share of
// the time that was left, counted from the room's opening, so that who came late gains
// nothing. An extension adds nothing to it.
func Points(l *contest.Live, used int64) int {
	limit := l.Time.Question.MS()
	left := min(max(limit-used, 0), limit)
	return l.Score.Right + int((int64(l.Score.Speed)*left+limit/2)/max(limit, 1))
}

// Fold is where everybody stands after the rounds of a state whose answers are given,
// by round-1. What a question came to stays as it is when a member is removed: the answer
// of who was removed may have been the only right one. Cost grows with members times
// rounds.
func (p *Plan) Fold(s *State, members []Member, answers [][]Answer, returns []Return) *Table {
	t := &Table{Standings: make([]Standing, len(members))}
	t.begin(p, s)
	marks := make([]mark, len(members))
	for round := s.From + 1; round <= min(s.Round(), len(answers)); round++ {
		r := s.At(round)
		switch {
		case !r.Shut || r.Skipped || r.Kind == Warmup:
		case r.Kind == Revival:
			t.revive(r, int32(round), answers[round-1])
		default:
			if !r.Voided {
				t.count(p, int32(round), round == s.Round(), answers[round-1])
			}
			if p.Live.Mode == contest.LiveElimination {
				t.eliminate(r, int32(round), answers[round-1], marks)
			}
		}
		t.comeBack(round, returns)
	}
	t.rank(p, members)
	t.team(p, members)
	return t
}

// begin marks who was there when an elimination began.
func (t *Table) begin(p *Plan, s *State) {
	there := len(t.Standings)
	for round := s.From + 1; round <= s.Round(); round++ {
		if r := s.At(round); r.Kind != Warmup && !r.Skipped && r.OpensAt > 0 {
			there = r.Members
			break
		}
	}
	for i := range t.Standings {
		t.Standings[i].In = p.Live.Mode != contest.LiveElimination || i < there
		if !t.Standings[i].In {
			t.Standings[i].Out = int32(s.From + 1)
		}
	}
}

// count adds the points of a round's right answers, for those who played it.
func (t *Table) count(p *Plan, round int32, last bool, answers []Answer) {
	for _, a := range answers {
		st := t.Of(a.Member)
		if st == nil || !st.plays(round) {
			continue // one of the audience
		}
		st.Played++
		if !a.Right {
			continue
		}
		points := int32(Points(&p.Live, int64(a.Used)))
		st.Right++
		st.Used += int64(a.Used)
		st.Points += points
		if last {
			st.Gained = points
		}
	}
}

// rank puts members in order: who is left, or was out later, comes first; then points;
// then, where the definition parts ties, the time for right answers.
func (t *Table) rank(p *Plan, members []Member) {
	t.Order = make([]int32, 0, len(members))
	for i := range members {
		if members[i].Removed {
			t.Standings[i] = Standing{}
			continue
		}
		t.Order = append(t.Order, int32(i+1))
		switch {
		case t.Standings[i].Out == 0:
			t.Alive++
		case t.Standings[i].In:
			t.Out++
		}
	}
	compare := func(a, b int32) int { return p.compare(&t.Standings[a-1], &t.Standings[b-1]) }
	slices.SortFunc(t.Order, func(a, b int32) int { return cmp.Or(compare(a, b), cmp.Compare(a, b)) })
	for i, member := range t.Order {
		rank := int32(i + 1)
		if i > 0 && compare(t.Order[i-1], member) == 0 {
			rank = t.Standings[t.Order[i-1]-1].Rank
		}
		t.Standings[member-1].Rank = rank
	}
}

func (p *Plan) compare(a, b *Standing) int {
	return cmp.Or(cmp.Compare(b.lasted(), a.lasted()), cmp.Compare(b.Points, a.Points), p.tie(a, b))
}

// lasted is how long a member was in: who is left longest of all, who never was in, not
// at all. In points mode all are alike.
func (s *Standing) lasted() int32 {
	switch {
	case !s.In:
		return -1
	case s.Out == 0:
		return MaxRounds + 1
	}
	return s.Out
}

func (p *Plan) tie(a, b *Standing) int {
	if p.Live.Score.Ties != contest.LiveTiesTime {
		return 0
	}
	return cmp.Compare(a.Used, b.Used)
}

// team sums members up by team; those of too few who play are left out.
func (t *Table) team(p *Plan, members []Member) {
	if p.Live.Teams == nil {
		return
	}
	sums := map[string]*Team{}
	for i := range members {
		st := &t.Standings[i]
		if members[i].Team == "" || members[i].Removed || st.Played == 0 {
			continue
		}
		team := sums[members[i].Team]
		if team == nil {
			team = &Team{Key: members[i].Team}
			sums[members[i].Team] = team
		}
		team.Points += st.Points
		team.Players++
	}
	for _, team := range sums {
		if int(team.Players) < p.Live.Teams.Least {
			continue
		}
		if p.Live.Teams.Measure == contest.TeamAverage {
			team.Points = (team.Points + team.Players/2) / team.Players
		}
		t.Teams = append(t.Teams, *team)
	}
	slices.SortFunc(t.Teams, func(a, b Team) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.Key, b.Key))
	})
	for i := range t.Teams {
		t.Teams[i].Rank = int32(i + 1)
		if i > 0 && t.Teams[i].Points == t.Teams[i-1].Points {
			t.Teams[i].Rank = t.Teams[i-1].Rank
		}
	}
}
