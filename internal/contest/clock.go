package contest

// Time limits a level. Question is the time to think about one question, Level the
// time to think about all of them. Review is how long an explanation may be read
// before the level's time goes on, and Next who turns the page then. Load is by how
// much a slow network may put off the end of a question. Large tells what large type
// makes of all that. Least is what an answer takes at least (LeastFor).
type Time struct {
	Question Span  `yaml:"question"`
	Review   *Span `yaml:"review"`
	Next     Next  `yaml:"next"`
	Level    Span  `yaml:"level"`
	Load     *Span `yaml:"load"`
	Large    Large `yaml:"large"`
	Least    *Span `yaml:"least"`
}

// Reading is how long an explanation may be read.
func (t *Time) Reading() Span {
	if t.Review == nil {
		return 0
	}
	return *t.Review
}

// Next says what brings the next question after an explanation.
type Next string

// What brings it.
const (
	NextTimer  Next = "timer"  // the player, or the end of Time.Review
	NextPlayer Next = "player" // the player alone
)

// Large says how much time players have who play in large type.
type Large string

// How much time that is.
const (
	LargeDouble Large = "double" // twice as much
	LargeSame   Large = "same"
)

// Clock is how time runs in one attempt. All are milliseconds.
type Clock struct {
	Question int64 // to think about a question, from when it was handed out
	Level    int64 // to think about all; reading does not count, up to Review each
	Review   int64 // to read an explanation; 0 where none is shown after an answer
	Load     int64 // that the question may take to come before the player
}

// Clock is how time runs at the level, for a player in large type or not.
func (d *Definition) Clock(l *Level, large bool) Clock {
	c := Clock{Question: l.Time.Question.MS(), Level: l.Time.Level.MS()}
	if l.Whole() { // one time for all of it, and nothing to read in between
		c.Question = c.Level
		if large && l.Time.Large == LargeDouble {
			c.Question, c.Level = 2*c.Question, 2*c.Level
		}
		return c
	}
	if l.Time.Load != nil {
		c.Load = l.Time.Load.MS()
	}
	if d.Feedback == FeedbackEach {
		c.Review = l.Time.Reading().MS()
	}
	if large && l.Time.Large == LargeDouble {
		c.Question, c.Level, c.Review = 2*c.Question, 2*c.Level, 2*c.Review
	}
	return c
}

// Read is how much of a pause after an explanation does not count in the level's time.
func (c Clock) Read(pause int64) int64 { return min(max(pause, 0), c.Review) }

// Deadline is the last moment of an attempt begun at now: the level's time and all
// that reading may take, cut where the level, the training or the contest ends.
func (l *Level) Deadline(d *Definition, now int64, large bool) int64 {
	end := d.Window.Closes.MS
	if d.Phase(now) == Training {
		end = d.Training.Closes.MS
	}
	if closes, _ := l.openAt(now); closes != 0 {
		end = min(end, closes)
	}
	c := d.Clock(l, large)
	return min(now+c.Level+int64(l.Count()-1)*c.Review, end)
}
