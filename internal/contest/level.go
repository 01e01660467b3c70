package contest

// Level is one step of the contest.
type Level struct {
	Key       string    `yaml:"key"`
	Title     string    `yaml:"title"`
	Place     string    `yaml:"place"` // 家庭 社区 学校 农村 企业 综合
	Summary   string    `yaml:"summary"`
	Material  *Material `yaml:"material"` // stands before it; nil: nothing does
	Practice  bool      `yaml:"practice"` // its attempts count for nothing, like those of the training
	Mode      Mode      `yaml:"mode"`
	Shows     Shows     `yaml:"shows"` // of a whole paper
	Bank      string    `yaml:"bank"`  // empty: the contest's
	Questions []Draw    `yaml:"questions"`
	Drawn     Drawn     `yaml:"paper"`
	Papers    int       `yaml:"papers"` // of the same: how many there are; 0 or 1: one for everybody
	Time      Time      `yaml:"time"`
	Pass      int       `yaml:"pass"`    // right answers needed; steps where Steps is set
	Score     Worth     `yaml:"score"`   // for a right answer
	Partial   *Partial  `yaml:"partial"` // what lacks right options scores; nil: nothing
	Minus     Worth     `yaml:"minus"`   // taken off for a wrong answer; the level's score is never below 0
	Speed     *Speed    `yaml:"speed"`   // nil: the time makes no difference
	Streak    Streak    `yaml:"streak"`
	Ends      Ends      `yaml:"ends"`
	Steps     *Steps    `yaml:"steps"`
	Retry     Retry     `yaml:"retry"`
	Attempts  *Attempts `yaml:"attempts"`
	// When it may be played: within Opens to Closes (zero: the contest's window) and
	// Again, by players of these divisions (none: all), after what Unlock asks of After.
	Opens     Moment   `yaml:"opens"`
	Closes    Moment   `yaml:"closes"`
	Again     []Window `yaml:"again"`
	Divisions []string `yaml:"divisions"`
	After     []After  `yaml:"after"`
	Unlock    Unlock   `yaml:"unlock"`
}

// Draw is a number of questions drawn at random from those that fit. An empty
// list fits all; a question fits Topics and Audience when it shares one.
type Draw struct {
	Title      string   `yaml:"title"` // of the section of a whole paper; empty: what its kinds are called
	Count      int      `yaml:"count"`
	List       []string `yaml:"list"` // ids of the questions in the bank that it is drawn from
	Kinds      []string `yaml:"kinds"`
	Topics     []string `yaml:"topics"`
	Audience   []string `yaml:"audience"`
	Difficulty []int    `yaml:"difficulty"`
	Score      Worth    `yaml:"score"`   // for a right answer; 0: the level's
	Partial    *Partial `yaml:"partial"` // nil: the level's
	Minus      Worth    `yaml:"minus"`   // 0: the level's
}

// Drawn says whether every attempt draws its own questions.
type Drawn string

// How papers are drawn.
const (
	DrawnRandom Drawn = "random" // anew for each attempt
	DrawnSame   Drawn = "same"   // the same questions for everybody
)

// Streak adds Score for every Length right answers in a row.
type Streak struct {
	Length int   `yaml:"length"`
	Score  Worth `yaml:"score"`
}

// Ends says what ends an attempt before its last question.
type Ends struct {
	Wrong int  `yaml:"wrong"` // so many wrong answers (1: sudden death); 0: none
	Leave bool `yaml:"leave"` // to leave and come back
}

// Steps makes the level a stair: a right answer goes one step up, a wrong one
// Back steps down (never below the ground), and at Goal the level is passed and
// ends.
type Steps struct {
	Goal int `yaml:"goal"`
	Back int `yaml:"back"`
}

// Retry says what the next attempt after one that was not passed asks.
type Retry string

// What is asked again.
const (
	RetryAll   Retry = "all"   // a whole new paper
	RetryWrong Retry = "wrong" // only what was not answered right; the rest stays right
)

// Attempts bounds how often a level may be played; Max 0 is without bound.
type Attempts struct {
	Max int `yaml:"max"`
	Per Per `yaml:"per"`
}

// After is a level to play first, a spot to find, or a list to be on. By says what of the level is
// needed, Same how near: on the same day, or at any time of the contest.
type After struct {
	Level string `yaml:"level"`
	Spot  string `yaml:"spot"`
	List  string `yaml:"list"`
	By    By     `yaml:"by"`
	Same  Per    `yaml:"same"`
}

// Unlock is how much of After opens a level.
type Unlock string

// How much.
const (
	UnlockAll Unlock = "all"
	UnlockAny Unlock = "any"
)

// By is how far a level must have been played.
type By string

// How far.
const (
	ByPassed   By = "passed"
	ByFinished By = "finished"
)

// Limit bounds attempts over all levels together. Of levels, it bounds how many
// different ones may be begun. A given try raises it, unless it is Firm.
type Limit struct {
	Max  int     `yaml:"max"`
	Per  Per     `yaml:"per"`
	Of   LimitOf `yaml:"of"`
	Firm bool    `yaml:"firm"`
}

// LimitOf is what a limit counts.
type LimitOf string

// What limits count.
const (
	OfAttempts LimitOf = "attempts"
	OfLevels   LimitOf = "levels"
)

// Places are the five places of safety publicity (安全宣传“五进”) and the mix.
var Places = []string{"家庭", "社区", "学校", "农村", "企业", "综合"}

// trains reports whether an attempt at the level begun now counts for nothing.
func (d *Definition) trains(l *Level, now int64) bool { return l.Practice || d.Phase(now) == Training }

// Count is how many questions a whole paper has.
func (l *Level) Count() int {
	count := 0
	for _, draw := range l.Questions {
		count += draw.Count
	}
	return count
}

// Worth is what a right answer to a question of a draw scores.
func (l *Level) Worth(draw int) int {
	if worth := l.Questions[draw].Score; worth > 0 {
		return int(worth)
	}
	return int(l.Score)
}

// FullScore is the score of an attempt with every answer right.
func (l *Level) FullScore() int {
	full := 0
	for i := range l.Questions {
		full += l.Questions[i].Count * l.Worth(i)
	}
	if l.Streak.Length > 0 {
		full += l.Count() / l.Streak.Length * int(l.Streak.Score)
	}
	return full
}
