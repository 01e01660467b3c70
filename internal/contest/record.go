package contest

import "slices"

// Attempt is one attempt in a player's history, finished or under way.
type Attempt struct {
	ID         int64
	Level      string
	Period     int // see Definition.PeriodOf; negative in training
	Ordinal    int // from 1 within player, level and period
	StartedAt  int64
	DeadlineAt int64
	FinishedAt int64 // 0 while under way
	Correct    int
	Score      int
	Passed     bool
	Full       bool  // every question right
	UsedMS     int64 // thinking time
	Retries    int64 // the attempt whose wrong questions are asked again; 0 for a whole paper
}

// Training reports whether the attempt counts for nothing.
func (a Attempt) Training() bool { return a.Period < 0 }

// History is every attempt of one player in one contest, oldest first.
type History []Attempt

// Deed is something beside an attempt that a player did. Ref is unique among the
// player's deeds of the kind.
type Deed struct {
	Kind DeedKind
	Ref  string
	At   int64
}

// GrantKind is what a grant gives.
type GrantKind string

// What grants give.
const (
	GrantPoints GrantKind = "points"
	GrantChance GrantKind = "chance" // one draw; Amount is always 1
	GrantCard   GrantKind = "card"   // Source is the card's key
	GrantTry    GrantKind = "try"
)

// Grant is one entry of a player's ledger. It is never changed or taken away:
// what was earned by the rules of its time stays. Source says what it was given
// for and is unique among the player's grants of the kind, which bounds what a
// rule can give whatever races.
type Grant struct {
	Kind   GrantKind
	Source string
	Rule   string // key of the earning
	Amount int
	At     int64
}

// Record is all that the rules see of one player in one contest.
type Record struct {
	History
	Deeds      []Deed
	Grants     []Grant
	Division   string
	Registered bool // has filled in what earning needs
}

// Passed reports whether an attempt at the level was passed.
func (h History) Passed(level string) bool {
	return slices.ContainsFunc(h, func(a Attempt) bool { return a.Level == level && a.Passed })
}

// count is how many attempts at a level were begun in a period; "" counts all
// levels.
func (h History) count(level string, in func(Attempt) bool) int {
	n := 0
	for _, a := range h {
		if (level == "" || a.Level == level) && in(a) {
			n++
		}
	}
	return n
}

// Best is the best finished score at a level.
func (h History) Best(level string) int {
	best := 0
	for _, a := range h {
		if a.Level == level && a.FinishedAt != 0 {
			best = max(best, a.Score)
		}
	}
	return best
}

// UnderWay returns the attempt at level that still takes answers at now.
func (h History) UnderWay(level string, now int64) (Attempt, bool) {
	for _, a := range h {
		if a.Level == level && a.FinishedAt == 0 && now <= a.DeadlineAt {
			return a, true
		}
	}
	return Attempt{}, false
}

// Counting leaves out the attempts of the training.
func (h History) Counting() History { return h.of(false) }

// of keeps the attempts of the training, or the others.
func (h History) of(training bool) History {
	other := func(a Attempt) bool { return a.Training() != training }
	if !slices.ContainsFunc(h, other) {
		return h
	}
	return slices.DeleteFunc(slices.Clone(h), other)
}

// latest is the attempt at a level ("": at any) that finished last.
func (h History) latest(level string) (Attempt, bool) {
	var last Attempt
	found := false
	for _, a := range h {
		if a.FinishedAt != 0 && (level == "" || a.Level == level) && (!found || finishedBefore(last, a)) {
			last, found = a, true
		}
	}
	return last, found
}

// byFinish returns the finished attempts in the order in which they finished.
func (h History) byFinish() History {
	finished := make(History, 0, len(h))
	for _, a := range h {
		if a.FinishedAt == 0 {
			continue
		}
		at := len(finished)
		for at > 0 && finishedBefore(a, finished[at-1]) {
			at--
		}
		finished = slices.Insert(finished, at, a)
	}
	return finished
}

func finishedBefore(a, b Attempt) bool {
	return a.FinishedAt < b.FinishedAt || a.FinishedAt == b.FinishedAt && a.ID < b.ID
}

// Sum adds up the grants of a kind.
func (r *Record) Sum(kind GrantKind) int {
	sum := 0
	for i := range r.Grants {
		if r.Grants[i].Kind == kind {
			sum += r.Grants[i].Amount
		}
	}
	return sum
}

// Holds reports whether the player has a card.
func (r *Record) Holds(card string) bool {
	return slices.ContainsFunc(r.Grants, func(g Grant) bool { return g.Kind == GrantCard && g.Source == card })
}
