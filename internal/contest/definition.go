// Package contest is the contest definition and its rules. A definition is one
// YAML file; the rules are pure functions from a player's history to what is
// allowed and what was earned. Nothing here reads a clock, a store or chance. The
// words for people stand in rulespage, what laws ask in compliance, a crowd that
// plays by the rules in simulation.
//
// All times are UTC milliseconds; a day is a calendar day in the contest's own
// time zone, written as the number yyyymmdd.
package contest

import (
	"slices"
	"time"
)

// Definition is a checked contest. It is not changed after Parse.
type Definition struct {
	Slug      string    `yaml:"contest"` // in addresses: a-z, 0-9 and -
	Title     string    `yaml:"title"`
	Subtitle  string    `yaml:"subtitle"`
	Organizer string    `yaml:"organizer"`
	Contact   string    `yaml:"contact"`
	TimeZone  string    `yaml:"timezone"`
	Window    Window    `yaml:"window"`
	Training  *Window   `yaml:"training"` // before the window: attempts that count for nothing
	Periods   []Period  `yaml:"periods"`  // what `per: period` counts in
	Bank      string    `yaml:"bank"`     // the bank that levels draw from
	Feedback  Feedback  `yaml:"feedback"`
	Players   Players   `yaml:"players"`
	Units     []Unit    `yaml:"units"`
	Teams     *Teams    `yaml:"teams"` // that players form; nil: none
	Levels    []Level   `yaml:"levels"`
	Spots     []Spot    `yaml:"spots"`    // places whose codes players find
	Lists     []List    `yaml:"lists"`    // of players whom levels are open to
	Attempts  []Limit   `yaml:"attempts"` // over all levels together
	Cards     []Card    `yaml:"cards"`
	Purses    []Purse   `yaml:"purses"` // beside the points
	Earnings  []Earning `yaml:"earnings"`
	Caps      []Cap     `yaml:"caps"`
	Makeup    *Makeup   `yaml:"makeup"` // of missed days; nil: none
	Boards    []Board   `yaml:"boards"`
	Pairings  []Pairing `yaml:"pairings"` // of units, each in a round
	Share     Share     `yaml:"share"`
	Pledge    *Pledge   `yaml:"pledge"`
	Live      []Live    `yaml:"live"`
	Polls     []Poll    `yaml:"poll"` // asked after something was finished

	Prizes       []Prize       `yaml:"prizes"`
	Pools        []PrizePool   `yaml:"pools"`
	Drawings     []Drawing     `yaml:"drawings"`
	Claims       Claims        `yaml:"claims"`
	Certificates []Certificate `yaml:"certificates"`
	Honours      []Honour      `yaml:"honours"` // of units, when it is over

	Sponsors   []Sponsor  `yaml:"sponsors"` // who supports the contest, as the big screen names them
	Rules      []string   `yaml:"rules"`    // sentences for the rules page, beside those made from the definition
	Publish    []string   `yaml:"publish"`
	Assessment bool       `yaml:"assessment"` // rankings of units are used to judge them
	Retention  Span       `yaml:"retention"`  // how long after the end personal data is kept
	Accept     []Accepted `yaml:"accept"`     // findings of compliance that the organizer answers for

	zone  *time.Location
	scale int // see Scale
}

// Window is when answers are taken: from Opens up to, not including, Closes.
type Window struct {
	Opens  Moment `yaml:"opens"`
	Closes Moment `yaml:"closes"`
}

// Holds reports whether a moment (UTC ms) lies in the window.
func (w Window) Holds(ms int64) bool { return w.Opens.MS <= ms && ms < w.Closes.MS }

// Sponsor is somebody who supports a contest.
type Sponsor struct {
	Name string `yaml:"name"`
	Logo string `yaml:"logo"` // name of a picture; empty: none
}

// Period is a named part of the window, such as a month of a contest that counts
// by months of its own.
type Period struct {
	Title  string `yaml:"title"`
	Window `yaml:",inline"`
}

// Feedback says when a player learns whether an answer was right, and why.
type Feedback string

// When right answers are shown.
const (
	FeedbackEach Feedback = "each" // after each answer
	FeedbackEnd  Feedback = "end"  // after the attempt
	FeedbackNone Feedback = "none" // not at all
)

// Unit is one unit of the tree with those below it.
type Unit struct {
	Code      string   `yaml:"code"`
	Name      string   `yaml:"name"`
	Aliases   []string `yaml:"aliases"`
	Headcount int      `yaml:"headcount"` // people; 0 when it is not known
	Children  []Unit   `yaml:"children"`
}

// Per is the period in which something is counted.
type Per string

// The periods. Days and weeks (from Monday) are those of the contest's zone.
const (
	PerDay     Per = "day"
	PerWeek    Per = "week"
	PerMonth   Per = "month"
	PerPeriod  Per = "period" // the definition's own
	PerContest Per = "contest"
)

// Zone is the contest's time zone.
func (d *Definition) Zone() *time.Location { return d.zone }

// Level returns the level of that key and its index; ok is false for none.
func (d *Definition) Level(key string) (level *Level, index int, ok bool) {
	for i := range d.Levels {
		if d.Levels[i].Key == key {
			return &d.Levels[i], i, true
		}
	}
	return nil, 0, false
}

// Board returns the board of that key.
func (d *Definition) Board(key string) (Board, bool) {
	for _, board := range d.Boards {
		if board.Key == key {
			return board, true
		}
	}
	return Board{}, false
}

// LiveRoom returns the planned live room of that key; nil when there is none.
func (d *Definition) LiveRoom(key string) *Live {
	i := slices.IndexFunc(d.Live, func(l Live) bool { return l.Key == key })
	if i < 0 {
		return nil
	}
	return &d.Live[i]
}

// Banks are the names of the banks that levels and live rooms draw from, the
// contest's own first. BankIndex and LiveBankIndex count in them.
func (d *Definition) Banks() []string {
	var names []string
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	add(d.Bank)
	for i := range d.Levels {
		add(d.Levels[i].Bank)
	}
	for i := range d.Live {
		add(d.Live[i].Bank)
	}
	return names
}

// BankIndex is which of Banks the level draws from.
func (d *Definition) BankIndex(level int) int { return d.bankIndex(d.Levels[level].Bank) }

// LiveBankIndex is which of Banks the live room of that index takes its questions
// from.
func (d *Definition) LiveBankIndex(room int) int { return d.bankIndex(d.Live[room].Bank) }

func (d *Definition) bankIndex(name string) int {
	if name == "" {
		return 0
	}
	return slices.Index(d.Banks(), name)
}

// keptByDefault is how long personal data is kept where a definition does not say
// it: no longer than prizes take to arrive (PIPL, article 19).
const keptByDefault = Span(180 * 24 * time.Hour)

// Kept is how long after the end personal data is kept.
func (d *Definition) Kept() Span {
	if d.Retention == 0 {
		return keptByDefault
	}
	return d.Retention
}
