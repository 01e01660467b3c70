package contest

import "time"

// Live is a room of a live quiz, as it is planned: a host asks, everybody answers at
// once. A room that is made from it carries a copy, as JSON; a later change does not
// reach it.
type Live struct {
	Key    string   `yaml:"key" json:"key"`
	Title  string   `yaml:"title" json:"title"`
	Starts Moment   `yaml:"starts" json:"starts_ms"` // zero: when the host begins
	Runs   RunBy    `yaml:"runs" json:"runs"`
	Bank   string   `yaml:"bank" json:"bank,omitempty"` // empty: the contest's
	Draw   []Draw   `yaml:"draw" json:"draw,omitempty"` // drawn once, when the room is made
	List   []string `yaml:"list" json:"list,omitempty"` // or these, by the bank's ids, in this order

	Mode     LiveMode    `yaml:"mode" json:"mode"`
	Time     LiveTime    `yaml:"time" json:"time"`
	Change   bool        `yaml:"change" json:"change"` // an answer may be changed until the close
	Score    LiveScore   `yaml:"score" json:"score"`
	Teams    *LiveTeams  `yaml:"teams" json:"teams,omitempty"`
	Revival  LiveRevival `yaml:"revival" json:"revival"`
	Audience bool        `yaml:"audience" json:"audience"` // who is out may answer along; a host may show what they chose
	Pot      *LivePot    `yaml:"pot" json:"pot,omitempty"`
	Gives    []LiveGive  `yaml:"gives" json:"gives,omitempty"`
}

// RunBy says who takes the steps of a room.
type RunBy string

// Who takes them.
const (
	RunByHost  RunBy = "host"
	RunByClock RunBy = "clock" // the room begins at Starts and goes on by LiveTime
)

// LiveMode is what a wrong answer means.
type LiveMode string

// The modes.
const (
	LivePoints      LiveMode = "points"
	LiveElimination LiveMode = "elimination" // who does not answer right is out
)

// LiveTime is how long the parts of a question last. Countdown is between the
// host's press and the opening; Delay is added to it, for viewers of a broadcast that
// comes late. Ready, Reveal and Standings matter where the clock takes the steps.
type LiveTime struct {
	Question  Span `yaml:"question" json:"question"`
	Countdown Span `yaml:"countdown" json:"countdown"`
	Delay     Span `yaml:"delay" json:"delay"`
	Ready     Span `yaml:"ready" json:"ready"`
	Reveal    Span `yaml:"reveal" json:"reveal"`
	Standings Span `yaml:"standings" json:"standings"`
}

// LiveScore is what a right answer is worth, in points: Right for being right, and up
// to Speed more for being fast. Ties says whether time parts players of the same points.
type LiveScore struct {
	Right int      `yaml:"right" json:"right"`
	Speed int      `yaml:"speed" json:"speed"`
	Ties  LiveTies `yaml:"ties" json:"ties"`
}

// LiveTies is what becomes of players with the same points.
type LiveTies string

// What becomes of them.
const (
	LiveTiesShared LiveTies = "shared" // they share a rank
	LiveTiesTime   LiveTies = "time"   // the less time for right answers, the better
)

// LiveTeams lets teams play against each other, by the sum of their members' points
// or the average of those who play. A team of fewer than Least is not ranked.
type LiveTeams struct {
	Of      TeamsOf     `yaml:"of" json:"of"`
	Level   int         `yaml:"level" json:"level"` // of the tree of units, from 1; of units
	Measure TeamMeasure `yaml:"measure" json:"measure"`
	Least   int         `yaml:"least" json:"least"`
}

// TeamsOf is what makes a team.
type TeamsOf string

// What makes one.
const (
	TeamsOfUnits     TeamsOf = "units"
	TeamsOfDivisions TeamsOf = "divisions"
)

// TeamMeasure is how a team's points are counted.
type TeamMeasure string

// How they are counted.
const (
	TeamSum     TeamMeasure = "sum"
	TeamAverage TeamMeasure = "average"
)

// LiveRevival brings back who is out: by a card that was earned in the contest (never
// by inviting), so often in a room, or by a question for those who are out. Neither
// works for the last question.
type LiveRevival struct {
	Card     string `yaml:"card" json:"card,omitempty"`
	Most     int    `yaml:"most" json:"most,omitempty"`
	Question bool   `yaml:"question" json:"question,omitempty"`
}

// LivePot is shared by those who are left at the end, in whole cents or points: an
// equal part each, rounded down, of Total.
type LivePot struct {
	Prize string `yaml:"prize" json:"prize"` // of kind points or money
	Total int    `yaml:"total" json:"total"` // points, or cents
}

// LiveGive is what a room gives in the contest when its result is confirmed: to
// everybody who answered at least Least questions right, up to rank Rank (0: any), and
// who is left where Left is set.
type LiveGive struct {
	Key   string `yaml:"key" json:"key"`
	Least int    `yaml:"least" json:"least"`
	Rank  int    `yaml:"rank" json:"rank"`
	Left  bool   `yaml:"left" json:"left"`
	Give  Give   `yaml:"give" json:"give"`
}

// Defaults of a live room.
const (
	defaultLiveQuestion = Span(15 * time.Second)
	defaultCountdown    = Span(3 * time.Second)
	defaultReady        = Span(5 * time.Second)
	defaultReveal       = Span(8 * time.Second)
	defaultStandings    = Span(5 * time.Second)
	defaultLiveRight    = 100
)

func (l *Live) fillDefaults() {
	setDefault(&l.Runs, RunByHost)
	setDefault(&l.Mode, LivePoints)
	setDefault(&l.Time.Question, defaultLiveQuestion)
	setDefault(&l.Time.Countdown, defaultCountdown)
	setDefault(&l.Time.Ready, defaultReady)
	setDefault(&l.Time.Reveal, defaultReveal)
	setDefault(&l.Time.Standings, defaultStandings)
	setDefault(&l.Score.Right, defaultLiveRight)
	setDefault(&l.Score.Ties, LiveTiesShared)
	if l.Teams != nil {
		setDefault(&l.Teams.Measure, TeamAverage)
		setDefault(&l.Teams.Level, 1)
		setDefault(&l.Teams.Least, 1)
	}
	if l.Revival.Card != "" {
		setDefault(&l.Revival.Most, 1)
	}
}
