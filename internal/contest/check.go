package contest

import (
	"fmt"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"anquanda/internal/question"
)

var keyPattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$`)

// Bounds of a definition.
const (
	maxLevels        = 100
	maxQuestions     = 100 // in an attempt; positions fit one byte
	maxUnitsInYAML   = 5_000
	maxTries         = 1_000
	longestLevel     = 24 * time.Hour
	shortestQuestion = 3 * time.Second
)

// MaxTotal is the most points that a player can hold: what fits into a board
// entry beside the time.
const MaxTotal = 1<<22 - 1

// checker collects findings with their lines.
type checker struct {
	*source
	findings Findings
}

func (c *checker) add(path, message string, args ...any) {
	if len(c.findings) < maxFindings {
		c.findings = append(c.findings, Finding{File: c.file, Line: c.line(path), Path: path, Message: fmt.Sprintf(message, args...)})
	}
}

func (c *checker) definition(d *Definition) {
	c.key("contest", d.Slug)
	c.text("title", d.Title, 1, 60)
	c.text("subtitle", d.Subtitle, 0, 60)
	c.text("organizer", d.Organizer, 1, 60)
	c.text("contact", d.Contact, 0, 100)
	c.key("bank", d.Bank)
	c.oneOf("feedback", string(d.Feedback), string(FeedbackEach), string(FeedbackEnd), string(FeedbackNone))
	c.oneOf("players.unit.ask", string(d.Players.Unit.Ask), string(AskNo), string(AskOptional), string(AskRequired))
	c.text("players.unit.label", d.Players.Unit.Label, 1, 20)
	c.window(d)
	c.units(d)
	if len(d.Levels) == 0 || len(d.Levels) > maxLevels {
		c.add("levels", "there must be 1 to %d levels", maxLevels)
	}
	keys := map[string]bool{}
	for i := range d.Levels {
		c.level(fmt.Sprintf("levels[%d]", i), &d.Levels[i], keys)
		keys[d.Levels[i].Key] = true
	}
	c.total(d)
	c.boards(d)
	for i, rule := range d.Rules {
		c.text(fmt.Sprintf("rules[%d]", i), rule, 1, 300)
	}
}

func (c *checker) window(d *Definition) {
	zone, err := time.LoadLocation(d.TimeZone)
	if err != nil || d.TimeZone == "Local" {
		c.add("timezone", "%q is no time zone; write Asia/Shanghai", d.TimeZone)
		return
	}
	d.zone = zone
	if err := d.Window.Opens.resolve(zone); err != nil {
		c.add("window.opens", "%s", err)
	}
	if err := d.Window.Closes.resolve(zone); err != nil {
		c.add("window.closes", "%s", err)
	}
	if d.Window.Opens.MS != 0 && d.Window.Closes.MS != 0 && d.Window.Opens.MS >= d.Window.Closes.MS {
		c.add("window.closes", "the contest closes before it opens")
	}
}

func (c *checker) level(path string, l *Level, earlier map[string]bool) {
	c.key(path+".key", l.Key)
	if earlier[l.Key] {
		c.add(path+".key", "another level has the key %q", l.Key)
	}
	c.text(path+".title", l.Title, 1, 20)
	c.text(path+".summary", l.Summary, 0, 80)
	c.oneOf(path+".place", l.Place, Places...)
	for i := range l.Questions {
		c.draw(fmt.Sprintf("%s.questions[%d]", path, i), &l.Questions[i])
	}
	count := l.Count()
	if count < 1 || count > maxQuestions {
		c.add(path+".questions", "an attempt must have 1 to %d questions; this one has %d", maxQuestions, count)
	}
	if l.Pass < 0 || l.Pass > count {
		c.add(path+".pass", "pass is the number of right answers needed, 0 to %d", count)
	}
	if l.Score < 1 || l.Score > MaxTotal {
		c.add(path+".score", "score must be 1 to %d", MaxTotal)
	}
	if l.Attempts.Max < 1 || l.Attempts.Max > maxTries {
		c.add(path+".attempts.max", "attempts must be 1 to %d", maxTries)
	}
	c.oneOf(path+".attempts.per", string(l.Attempts.Per), string(PerDay), string(PerContest))
	if l.Time.Question < Span(shortestQuestion) || l.Time.Question > Span(longestLevel) {
		c.add(path+".time.question", "the time for a question is %s (nobody can read one in less) to %s", shortestQuestion, longestLevel)
	}
	if l.Time.Review < 0 || l.Time.Review > Span(longestLevel) {
		c.add(path+".time.review", "review is 0s to %s", longestLevel)
	}
	if l.Time.Level <= 0 || l.Time.Level > Span(longestLevel) {
		c.add(path+".time.level", "a level lasts at most %s", longestLevel)
	}
	for i, key := range l.After {
		if !earlier[key] {
			c.add(fmt.Sprintf("%s.after[%d]", path, i), "%q is no level above this one", key)
		}
	}
}

// total holds the sum of all levels to what a board can rank.
func (c *checker) total(d *Definition) {
	left := MaxTotal
	for i := range d.Levels {
		level := &d.Levels[i]
		count := level.Count()
		if level.Score < 1 || count < 1 {
			continue // a finding of its own
		}
		if level.Score > left/count {
			c.add(fmt.Sprintf("levels[%d].score", i), "all levels together must come to at most %d points", MaxTotal)
			return
		}
		left -= level.Score * count
	}
}

func (c *checker) draw(path string, d *Draw) {
	if d.Count < 1 || d.Count > maxQuestions {
		c.add(path+".count", "count must be 1 to %d", maxQuestions)
	}
	for i, kind := range d.Kinds {
		if !question.Kind(kind).Known() {
			c.add(fmt.Sprintf("%s.kinds[%d]", path, i), "%q is no kind of question", kind)
		}
	}
	for i, difficulty := range d.Difficulty {
		if difficulty < 1 || difficulty > 5 {
			c.add(fmt.Sprintf("%s.difficulty[%d]", path, i), "difficulty is 1 to 5")
		}
	}
}

func (c *checker) boards(d *Definition) {
	keys := map[string]bool{}
	for i, board := range d.Boards {
		path := fmt.Sprintf("boards[%d]", i)
		c.key(path+".key", board.Key)
		if keys[board.Key] {
			c.add(path+".key", "another board has the key %q", board.Key)
		}
		keys[board.Key] = true
		c.text(path+".title", board.Title, 1, 12)
		c.oneOf(path+".subject", string(board.Subject), string(SubjectPlayer), string(SubjectUnit))
		c.oneOf(path+".measure", string(board.Measure), string(MeasureBest), string(MeasurePlayers))
		if board.Subject == SubjectPlayer && board.Measure == MeasurePlayers {
			c.add(path+".measure", "players counts people, so it ranks units only")
		}
		if board.Depth < 0 || board.Depth > 8 || board.Depth > 0 && board.Subject != SubjectUnit {
			c.add(path+".depth", "depth is 0 to 8, and of boards of units only")
		}
		if board.Subject == SubjectUnit && len(d.Units) == 0 {
			c.add(path+".subject", "the contest has no units to rank")
		}
	}
}

func (c *checker) units(d *Definition) {
	codes := map[string]bool{}
	var walk func(path string, units []Unit, depth int)
	walk = func(path string, units []Unit, depth int) {
		if depth > 8 {
			c.add(path, "the tree of units is over 8 deep")
			return
		}
		for i, unit := range units {
			at := fmt.Sprintf("%s[%d]", path, i)
			if unit.Code == "" || len(unit.Code) > 32 || codes[unit.Code] {
				c.add(at+".code", "a unit's code must be unique, 1 to 32 characters; this one is %q", unit.Code)
			}
			codes[unit.Code] = true
			c.text(at+".name", unit.Name, 1, 40)
			if unit.Headcount < 0 {
				c.add(at+".headcount", "headcount cannot be negative")
			}
			walk(at+".children", unit.Children, depth+1)
		}
	}
	walk("units", d.Units, 1)
	if len(codes) > maxUnitsInYAML {
		c.add("units", "a definition holds at most %d units", maxUnitsInYAML)
	}
	if len(codes) == 0 && d.Players.Unit.Ask != AskNo {
		c.add("players.unit.ask", "the contest asks for a unit but has none")
	}
}

func (c *checker) key(path, key string) {
	if !keyPattern.MatchString(key) {
		c.add(path, "%q must be 1 to 32 of a-z, 0-9 and -", key)
	}
}

func (c *checker) text(path, text string, least, most int) {
	n := utf8.RuneCountInString(text)
	if n < least {
		c.add(path, "the text is missing")
	} else if n > most {
		c.add(path, "the text is over %d characters", most)
	}
}

func (c *checker) oneOf(path, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		c.add(path, "%q is not one of %v", value, allowed)
	}
}
