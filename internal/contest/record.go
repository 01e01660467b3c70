package contest

import "slices"

// Attempt is one attempt in a player's history, finished or under way.
type Attempt struct {
	ID         int64  `json:"id"`
	Level      string `json:"level"`
	Period     int    `json:"period"`  // see Definition.PeriodOf; negative in training
	Ordinal    int    `json:"ordinal"` // from 1 within player, level and period
	StartedAt  int64  `json:"started_at"`
	DeadlineAt int64  `json:"deadline_at"`
	FinishedAt int64  `json:"finished_at,omitempty"` // 0 while under way
	Correct    int    `json:"correct,omitempty"`
	Reached    int    `json:"reached,omitempty"` // questions that came before the player
	Score      int    `json:"score,omitempty"`
	Passed     bool   `json:"passed,omitempty"`
	Full       bool   `json:"full,omitempty"` // every question right
	// UsedMS is thinking time: of one that asks wrong questions again with that of those
	// before, whose right answers it keeps.
	UsedMS  int64 `json:"used_ms,omitempty"`
	Retries int64 `json:"retries,omitempty"` // the attempt whose wrong questions are asked again; 0 for a whole paper
	Held    Held  `json:"held,omitempty"`
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

// Record is all of one player in one contest. Rules decide by its Summary; what
// looks at a stretch of time (drawings, checks) looks at the record.
type Record struct {
	History
	Deeds      []Deed
	Grants     []Grant
	Division   string
	Registered bool // has filled in what earning needs
}

// Passed reports whether an attempt at the level was passed.
func (h History) Passed(level string) bool {
	return slices.ContainsFunc(h, func(a Attempt) bool { return a.Level == level && a.Passed && a.Held == HeldNot })
}

// Best is the best finished score at a level.
func (h History) Best(level string) int {
	best := 0
	for _, a := range h {
		if a.Level == level && a.FinishedAt != 0 && a.Held == HeldNot {
			best = max(best, a.Score)
		}
	}
	return best
}

// Counting leaves out the attempts of the training, and those that are held back.
func (h History) Counting() History {
	counts := func(a Attempt) bool { return !a.Training() && a.Held == HeldNot }
	if !slices.ContainsFunc(h, func(a Attempt) bool { return !counts(a) }) {
		return h
	}
	return slices.DeleteFunc(slices.Clone(h), func(a Attempt) bool { return !counts(a) })
}

// Waits reports whether an attempt waits for staff to look.
func (h History) Waits() bool {
	return slices.ContainsFunc(h, func(a Attempt) bool { return a.Held == HeldWaits })
}

// Released is the history as it would be if nothing that waits were held back.
func (h History) Released() History {
	released := slices.Clone(h)
	for i := range released {
		if released[i].Held == HeldWaits {
			released[i].Held = HeldNot
		}
	}
	return released
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
