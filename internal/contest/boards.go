package contest

// Board is one ranking.
type Board struct {
	Key      string  `yaml:"key"`
	Title    string  `yaml:"title"`
	Subject  Subject `yaml:"subject"`
	Measure  Measure `yaml:"measure"`
	Ties     Ties    `yaml:"ties"`
	Level    string  `yaml:"level"`    // only its attempts; empty: those of all levels
	Purse    string  `yaml:"purse"`    // of boards by points: what was earned in this one instead
	Period   Round   `yaml:"period"`   // ranked by rounds, and not over the whole contest
	Daily    bool    `yaml:"daily"`    // ranked for each day too
	Division string  `yaml:"division"` // only its players; empty: all
	// Least is the smallest total with which a player is ranked, or counted for a unit.
	Least Worth `yaml:"least"`
	// Of units and, but for Depth and Under, of teams. Depth 1 ranks the top ones, with all below; 0 each unit by
	// itself. Under ranks only what stands below that unit. Top adds up only so many
	// best players of a unit; 0 all. Average ranks by the average a head of those who are
	// counted, of units that have at least so many of them; 0: by the sum. A board by
	// accuracy or time ranks units that have at least so many, LeastPeople where it is less.
	Depth   int    `yaml:"depth"`
	Under   string `yaml:"under"`
	Top     int    `yaml:"top"`
	Average int    `yaml:"average"`
	// Answers is how many questions must have come before a player, or before all of a unit
	// together, to be ranked by accuracy; by time, before each player who counts.
	Answers int `yaml:"answers"`
}

// Subject is who is ranked.
type Subject string

// Who can be ranked.
const (
	SubjectPlayer Subject = "player"
	SubjectUnit   Subject = "unit"
	SubjectTeam   Subject = "team" // which players form
)

// Measure is what is ranked by.
type Measure string

// What can be ranked by. A unit's points are the sum over its players.
const (
	MeasureBest     Measure = "best"     // sum over levels of the best attempt's score
	MeasureSum      Measure = "sum"      // sum of the scores of all attempts
	MeasureFirst    Measure = "first"    // sum over levels of the first attempt's score
	MeasureLast     Measure = "last"     // sum over levels of the last attempt's score
	MeasurePoints   Measure = "points"   // points earned
	MeasureAttempts Measure = "attempts" // attempts finished
	MeasureAccuracy Measure = "accuracy" // share of right answers, in 1/10000
	MeasureTime     Measure = "time"     // median time to a pass, see SwiftnessOf
	MeasurePlayers  Measure = "players"  // players who finished an attempt; of units only
	MeasureRate     Measure = "rate"     // those, of the headcount, in 1/10000; of units only
)

// Ties is what ranks equals.
type Ties string

// What ranks equals.
const (
	TiesReached Ties = "reached" // who got there first
	TiesTime    Ties = "time"    // who used less time in the attempts that count
)
