// Package closing makes what an office hands in when a contest is over: a summary in
// words, a workbook with every table behind it, a page to publish, and an archive that
// opens without the program. All of it is made from one value, Figures, so that a number
// is the same wherever it stands. It writes no table.
package closing

import (
	"time"

	"anquanda/internal/contest/rulespage"
	"anquanda/internal/honour"
	"anquanda/internal/identity/personal"
	"anquanda/internal/report"
	"anquanda/internal/report/offline"
	"anquanda/internal/report/tally"
)

// Figures are what a contest came to, as it was counted at one moment.
type Figures struct {
	Slug      string
	Title     string
	Organizer string
	Opens     time.Time // of the window, in the contest's zone
	Closes    time.Time
	At        time.Time // when it was counted, in the contest's zone
	Enrolled  int64     // who took part, with or without a finished attempt
	Whole     tally.Counts
	Events    map[tally.Series]int64
	Days      []tally.Day
	Levels    []Level
	Units     []report.UnitLine
	Channels  []Part
	Divisions []Part
	Choices   []personal.Choice
	Polls     []personal.Choice // what players answered after they had finished
	Missed    []Missed          // the least known first
	Prizes    []Prize
	Drawings  []Drawing
	Pledges   Pledges
	Rooms     Rooms
	Changes   []Change
	Honours   []honour.Decided
	Pairings  []Pairing         // that are decided
	Lists     []List            // that are made
	honoured  []honoured        // all of their units
	Offline   *offline.State    // nil where nothing is asked of units
	Before    []offline.Counted // when the last period of units ended
}

// Level is what was played of a level: finished attempts that count.
type Level struct {
	Key, Title string
	Players    int64
	Attempts   int64
	Passed     int64 // attempts
	Answers    int64
	Correct    int64
}

// Part is what a channel or a division did.
type Part struct {
	Title string
	tally.Counts
}

// Hidden reports whether there are too few players for the figures to be told.
func (p Part) Hidden() bool { return p.Players > 0 && p.Players < report.SmallGroup }

// missedFrom is how many people must have met a question before it is told of.
const missedFrom = 30

// missedMost is how many of the least known questions are told.
const missedMost = 10

// Missed is a question that many answered wrongly at their first meeting with it.
type Missed struct {
	Stem   string
	Answer string // the right one, in words
	Source string // the law or guide, as players see it
	People int64  // who met it
	Wrong  int64  // of them, at the first meeting
}

// Part is which part of the people was wrong, 0 to 1.
func (m Missed) Part() float64 { return float64(m.Wrong) / float64(m.People) }

// Prize is what became of a prize.
type Prize struct {
	Title   string
	Won     int64 // without those that went back
	Given   int64 // of them, handed out, credited or surely paid
	Back    int64 // that went back to the stock or to a reserve
	Cents   int64 // worth of those won, in cents of yuan; 0 for points
	Settled int64 // worth of those given, in cents of yuan
}

// Drawing is a public drawing whose result is published.
type Drawing struct {
	Title       string
	At          time.Time
	People      int64
	Winners     int64
	Fingerprint string
}

// Pledges are the signatures of the relay.
type Pledges struct {
	Signed  int64
	Deepest int64 // the longest relay, in people
}

// Rooms are the live rooms that were played, rehearsals left out.
type Rooms struct {
	Played  int64
	Members int64
	Answers int64 // revisions left out
}

// Change is a published change of the contest.
type Change struct {
	At          time.Time
	Reason      string
	Differences []rulespage.Difference
}

// Accuracy is which part of answers was right, 0 to 1; 0 without answers.
func accuracy(correct, answers int64) float64 {
	if answers == 0 {
		return 0
	}
	return float64(correct) / float64(answers)
}
