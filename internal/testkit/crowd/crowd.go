// Package crowd lets a crowd of simulated players play a contest through the real
// capability code on real stores: honest ones, quick ones, those who give up, who
// share, who cheat, who press on two phones at once. What they did and saw is kept
// in a Log, from which a test works out by the contest's prose, and by nothing of
// ours, what everybody must hold in the end.
package crowd

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// Log is what happened, in order.
type Log []Event

// Event is one thing that a player did. One of Try and Deed is set.
type Event struct {
	Player int   // index in Crowd.Players
	At     int64 // UTC ms
	Try    *Try
	Deed   contest.DeedKind // share, checkin, pledge, found, invite (of Player, who invited)
	Spot   string           // of found
	Opened string           // the level whose material was opened
	// Refused is why a spot could not be found, empty when it was.
	Refused string
}

// Try is an attempt that a player wanted to begin.
type Try struct {
	Level    string
	Refused  string // the error's code; empty when it began
	Finished int64  // UTC ms
	Rights   []bool // of each answer given, in order
	Hard     []bool // whether the question is of difficulty 4 or 5
	Parts    []Part // of each answer
	TookMS   []int64
	UsedMS   int64
	Score    int // as the result said
	Passed   bool
}

// Part is an answer to a question of several right options: how many of them it chose, and
// no wrong one. It is of no others.
type Part struct {
	Kind    question.Kind
	Hit, Of int
}

// Correct counts the right answers.
func (t *Try) Correct() int {
	n := 0
	for _, right := range t.Rights {
		if right {
			n++
		}
	}
	return n
}

// Player is one of the crowd.
type Player struct {
	ID   sqldb.ID
	Unit string // code; empty for none
	// Right is the share of questions answered right, 0 to 1.
	Right    float64
	Division string
	// Guest is who has not filled in what earning needs.
	Guest bool
	// Unproven is who proved no person where the contest keeps something for those who
	// did: one of somebody's many made-up players.
	Unproven bool
}

// Crowd plays one contest on the stores of a test.
type Crowd struct {
	*arena.Arena
	Random  *rand.Rand
	Players []Player
	Log     Log

	byStem map[string]*question.Question
	shares map[string]int     // of a player on a day
	guests bool               // some players never register
	parts  bool               // some wrong answers are right in part
	put    Part               // of the response made last
	seen   map[opening]string // by player and level, what proves that its material was opened
}

// opening is a player at the material of a level.
type opening struct {
	player int
	level  string
}

// New starts a contest with its banks on the stores of a test, at its first
// moment.
func New(t testing.TB, s *testkit.Store, definition string, banks map[string][]question.Question, seed uint64) *Crowd {
	t.Helper()
	a := arena.NewWith(t, s, banks, definition)
	c := &Crowd{Arena: a, Random: rand.New(rand.NewPCG(seed, 616)), byStem: map[string]*question.Question{},
		shares: map[string]int{}, seen: map[opening]string{}}
	for _, questions := range banks {
		for i := range questions {
			c.byStem[questions[i].Stem] = &questions[i]
		}
	}
	c.GoTo(c.opens())
	a.RunBoards(a.Node)
	return c
}

// opens is when the first attempt may begin, the training included.
func (c *Crowd) opens() int64 {
	if c.Contest.Training != nil {
		return c.Contest.Training.Opens.MS
	}
	return c.Contest.Window.Opens.MS
}

// GoTo moves the clock to a moment, UTC ms; attempts whose time is over by then
// are ended.
func (c *Crowd) GoTo(ms int64) {
	c.Clock.Pass(time.Duration(ms-c.Clock.MS()) * time.Millisecond)
	c.sweep()
}

func (c *Crowd) sweep() {
	c.T.Helper()
	if err := c.Play.Sweep(c.T.Context()); err != nil {
		c.T.Fatal(err)
	}
}

// Join lets a player take part in a unit ("" for none).
func (c *Crowd) Join(unit string, right float64) int {
	c.T.Helper()
	id := c.Enrol(fmt.Sprintf("选手%d", len(c.Players)), unit)
	c.Players = append(c.Players, Player{ID: id, Unit: unit, Right: right, Guest: c.guests && c.Random.IntN(4) == 0})
	player := len(c.Players) - 1
	if divisions := c.Contest.Players.Divisions; len(divisions) > 0 {
		c.Players[player].Division = divisions[player%len(divisions)].Key
	}
	c.register(player)
	if c.Contest.ProvesPersons() {
		if c.Players[player].Unproven = player%6 == 5; !c.Players[player].Unproven {
			c.Prove(id, fmt.Sprint(13800000000+player))
		}
	}
	return player
}

// register chooses a division and, but for guests, fills in everything that the
// contest asks.
func (c *Crowd) register(player int) {
	c.T.Helper()
	var keys []string
	for _, field := range c.Contest.Players.Fields {
		if !c.Players[player].Guest {
			keys = append(keys, field.Key)
		}
	}
	err := c.DB.InTx(c.T.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(c.T.Context(),
			"UPDATE enrolments SET filled = ?, division = ? WHERE contest_id = ? AND player_id = ?",
			strings.Join(keys, " "), c.Players[player].Division, c.Contest.ContestID, c.Players[player].ID)
		return err
	})
	if err != nil {
		c.T.Fatal(err)
	}
}

// Do records a deed of a player. A check-in counts once a day; of shares each is
// one of its own, invite names who came.
func (c *Crowd) Do(player int, kind contest.DeedKind, invitee int) []contest.Grant {
	c.T.Helper()
	now := c.Clock.MS()
	day := fmt.Sprint(c.Contest.Day(now))
	ref := day
	switch kind {
	case contest.DeedShare:
		key := fmt.Sprint(player, "/", day)
		c.shares[key]++
		ref = fmt.Sprint(day, "-", c.shares[key])
	case contest.DeedInvite:
		ref = c.Players[invitee].ID.String()
	case contest.DeedPledge:
		ref = "once"
	}
	done, err := c.Play.Do(c.T.Context(), c.Contest, c.Players[player].ID, contest.Deed{Kind: kind, Ref: ref, At: now})
	if err != nil {
		c.T.Fatal(err)
	}
	if !done.Repeated {
		c.Log = append(c.Log, Event{Player: player, At: now, Deed: kind})
	}
	return done.Earned
}

// Find lets a player scan the code of a spot; finding it again is nothing.
func (c *Crowd) Find(player int, key string) {
	c.T.Helper()
	deed, err := c.Contest.FindSpot(c.Contest.Spot(key), c.Clock.MS())
	if err != nil {
		c.Log = append(c.Log, Event{Player: player, At: c.Clock.MS(), Deed: contest.DeedFound, Spot: key, Refused: code(err)})
		return
	}
	done, err := c.Play.Do(c.T.Context(), c.Contest, c.Players[player].ID, deed)
	if err != nil {
		c.T.Fatal(err)
	}
	if !done.Repeated {
		c.Log = append(c.Log, Event{Player: player, At: deed.At, Deed: deed.Kind, Spot: key})
	}
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return errs.From(err).Code
}
