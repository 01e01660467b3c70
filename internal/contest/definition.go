// Package contest is the contest definition and its rules. A definition is one
// YAML file; the rules are pure functions from a player's history to what is
// allowed and what was earned. Nothing here reads a clock, a store or chance.
//
// All times are UTC milliseconds; a day is a calendar day in the contest's own
// time zone, written as the number yyyymmdd.
package contest

import "time"

// Definition is a checked contest. It is not changed after Parse.
type Definition struct {
	Slug      string   `yaml:"contest"` // in addresses: a-z, 0-9 and -
	Title     string   `yaml:"title"`
	Subtitle  string   `yaml:"subtitle"`
	Organizer string   `yaml:"organizer"`
	Contact   string   `yaml:"contact"`
	TimeZone  string   `yaml:"timezone"`
	Window    Window   `yaml:"window"`
	Bank      string   `yaml:"bank"` // the bank that levels draw from
	Feedback  Feedback `yaml:"feedback"`
	Players   Players  `yaml:"players"`
	Units     []Unit   `yaml:"units"`
	Levels    []Level  `yaml:"levels"`
	Boards    []Board  `yaml:"boards"`
	Rules     []string `yaml:"rules"` // sentences for the rules page

	zone *time.Location
}

// Window is when answers are taken: from Opens up to, not including, Closes.
type Window struct {
	Opens  Moment `yaml:"opens"`
	Closes Moment `yaml:"closes"`
}

// Feedback says when a player learns whether an answer was right, and why.
type Feedback string

// When right answers are shown.
const (
	FeedbackEach Feedback = "each" // after each answer
	FeedbackEnd  Feedback = "end"  // after the attempt
	FeedbackNone Feedback = "none" // not at all
)

// Players says what is asked of who takes part.
type Players struct {
	Unit AskUnit `yaml:"unit"`
}

// AskUnit says how the unit is asked for.
type AskUnit struct {
	Ask   Ask    `yaml:"ask"`
	Label string `yaml:"label"`
}

// Ask is whether a field is asked for.
type Ask string

// The ways to ask.
const (
	AskNo       Ask = "no"
	AskOptional Ask = "optional"
	AskRequired Ask = "required"
)

// Unit is one unit of the tree with those below it.
type Unit struct {
	Code      string `yaml:"code"`
	Name      string `yaml:"name"`
	Headcount int    `yaml:"headcount"` // people; 0 when it is not known
	Children  []Unit `yaml:"children"`
}

// Level is one step of the contest.
type Level struct {
	Key       string   `yaml:"key"`
	Title     string   `yaml:"title"`
	Place     string   `yaml:"place"` // 家庭 社区 学校 农村 企业 综合
	Summary   string   `yaml:"summary"`
	Questions []Draw   `yaml:"questions"`
	Time      Time     `yaml:"time"`
	Pass      int      `yaml:"pass"`  // right answers needed
	Score     int      `yaml:"score"` // points for a right answer
	Attempts  Attempts `yaml:"attempts"`
	After     []string `yaml:"after"` // levels to pass first
}

// Draw is a number of questions drawn at random from those that fit. An empty
// list fits all; a question fits Topics and Audience when it shares one.
type Draw struct {
	Count      int      `yaml:"count"`
	Kinds      []string `yaml:"kinds"`
	Topics     []string `yaml:"topics"`
	Audience   []string `yaml:"audience"`
	Difficulty []int    `yaml:"difficulty"`
}

// Time limits a level. Question is the time to think about one question, Review
// the time that reading the last explanation may take before the next question's
// clock must start, Level the time for all, explanations included.
type Time struct {
	Question Span `yaml:"question"`
	Review   Span `yaml:"review"`
	Level    Span `yaml:"level"`
}

// Attempts bounds how often a level may be played.
type Attempts struct {
	Max int `yaml:"max"`
	Per Per `yaml:"per"`
}

// Per is the period in which attempts are counted.
type Per string

// The periods.
const (
	PerDay     Per = "day"
	PerContest Per = "contest"
)

// Board is one ranking.
type Board struct {
	Key     string  `yaml:"key"`
	Title   string  `yaml:"title"`
	Subject Subject `yaml:"subject"`
	Measure Measure `yaml:"measure"`
	Daily   bool    `yaml:"daily"` // ranked for each day too
	Depth   int     `yaml:"depth"` // of units: 1 ranks the top ones, with all below; 0 each unit by itself
}

// Subject is who is ranked.
type Subject string

// Who can be ranked.
const (
	SubjectPlayer Subject = "player"
	SubjectUnit   Subject = "unit"
)

// Measure is what is ranked by.
type Measure string

// What can be ranked by. A unit's points are the sum over its players.
const (
	MeasureBest    Measure = "best"    // sum over levels of the best attempt's score
	MeasurePlayers Measure = "players" // players who finished an attempt; of units only
)

// Places are the five places of safety publicity (安全宣传“五进”) and the mix.
var Places = []string{"家庭", "社区", "学校", "农村", "企业", "综合"}

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

// Count is how many questions an attempt at the level has.
func (l *Level) Count() int {
	count := 0
	for _, draw := range l.Questions {
		count += draw.Count
	}
	return count
}

// FullScore is the score of an attempt with every answer right.
func (l *Level) FullScore() int { return l.Count() * l.Score }

// Day is the calendar day of a moment in the contest's zone, as yyyymmdd.
func (d *Definition) Day(ms int64) int {
	year, month, day := time.UnixMilli(ms).In(d.zone).Date()
	return year*10_000 + int(month)*100 + day
}
