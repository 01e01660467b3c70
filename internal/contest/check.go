package contest

import (
	"fmt"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"
)

// hostName is a name of DNS of two labels or more: no number, no wildcard.
var hostName = regexp.MustCompile(`^([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]$`)

var keyPattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$`)

// Bounds of a definition.
const (
	maxLevels        = 100
	maxQuestions     = 100 // in an attempt; positions fit one byte
	maxListed        = 500 // questions that a draw names
	maxUnitsInYAML   = 5_000
	maxTries         = 1_000
	longestLevel     = 24 * time.Hour
	shortestQuestion = 3 * time.Second
	longestLoad      = time.Minute
	longestLeast     = 10 * time.Second
	longestMaterial  = 10 * time.Minute
)

// MaxTotal is the most points that a player can hold: what fits into a board
// entry beside the time.
const MaxTotal = 1<<22 - 1

// checker collects findings with their lines.
type checker struct {
	*source
	mostScore int // in points, as MaxTotal is in the contest's unit
	findings  Findings
}

func (c *checker) add(path, message string, args ...any) {
	if len(c.findings) < maxFindings {
		c.findings = append(c.findings, newFinding(c.file, c.line(path), path, message, args...))
	}
}

func (c *checker) definition(d *Definition) {
	c.key("contest", d.Slug)
	c.text("title", d.Title, 1, 60)
	c.text("subtitle", d.Subtitle, 0, 60)
	c.text("organizer", d.Organizer, 1, 60)
	c.text("contact", d.Contact, 0, 100)
	if d.Bank != "" || d.needsBank() {
		c.key("bank", d.Bank)
	}
	c.oneOf("feedback", string(d.Feedback), string(FeedbackEach), string(FeedbackEnd), string(FeedbackNone))
	c.window(d)
	c.players(d)
	c.units(d)
	if len(d.Levels) == 0 || len(d.Levels) > maxLevels {
		c.add("levels", "there must be 1 to %d levels", maxLevels)
	}
	c.spots(d)
	c.lists(d)
	keys := map[string]bool{}
	for i := range d.Levels {
		c.level(fmt.Sprintf("levels[%d]", i), d, &d.Levels[i], keys)
		keys[d.Levels[i].Key] = true
	}
	c.total(d)
	c.limits("attempts", d)
	c.boards(d)
	c.pairings(d)
	c.teams(d)
	c.earnings(d)
	c.sharing(d)
	c.prizes(d)
	c.honours(d)
	c.live(d)
	c.polls(d)
	c.sponsors(d.Sponsors)
	for i, rule := range d.Rules {
		c.text(fmt.Sprintf("rules[%d]", i), rule, 1, 300)
	}
}

// maxSponsors is how many a strip of the big screen names so that they are read.
const maxSponsors = 12

func (c *checker) sponsors(sponsors []Sponsor) {
	if len(sponsors) > maxSponsors {
		c.add("sponsors", "there may be %d sponsors at most", maxSponsors)
	}
	for i, s := range sponsors {
		path := fmt.Sprintf("sponsors[%d]", i)
		c.text(path+".name", s.Name, 1, 30)
		c.picture(path+".logo", s.Logo)
	}
}

// needsBank reports whether something draws from the contest's own bank.
func (d *Definition) needsBank() bool {
	return len(d.Levels) == 0 || slices.ContainsFunc(d.Levels, func(l Level) bool { return l.Bank == "" }) ||
		slices.ContainsFunc(d.Live, func(l Live) bool { return l.Bank == "" })
}

func (c *checker) window(d *Definition) {
	zone, err := time.LoadLocation(d.TimeZone)
	if err != nil || d.TimeZone == "Local" {
		c.add("timezone", "%q is no time zone; write Asia/Shanghai", d.TimeZone)
		return
	}
	d.zone = zone
	c.span("window", &d.Window, zone, 0)
	if d.Training != nil {
		c.span("training", d.Training, zone, 0)
		if d.Training.Closes.MS > d.Window.Opens.MS {
			c.add("training.closes", "the training must be over when the contest opens")
		}
	}
	for i := range d.Periods {
		path := fmt.Sprintf("periods[%d]", i)
		c.text(path+".title", d.Periods[i].Title, 1, 20)
		c.span(path, &d.Periods[i].Window, zone, d.Window.Opens.MS)
		if i > 0 && d.Periods[i].Opens.MS < d.Periods[i-1].Closes.MS {
			c.add(path+".opens", "the period begins before the one above it is over")
		}
	}
}

// span reads the ends of a window; days count from opens.
func (c *checker) span(path string, w *Window, zone *time.Location, opens int64) {
	c.moment(path+".opens", &w.Opens, zone, opens)
	c.moment(path+".closes", &w.Closes, zone, opens)
	if w.Opens.MS != 0 && w.Closes.MS != 0 && w.Opens.MS >= w.Closes.MS {
		c.add(path+".closes", "this closes before it opens")
	}
}

func (c *checker) moment(path string, m *Moment, zone *time.Location, opens int64) {
	switch {
	case m.resolve(zone, opens):
	case opens == 0: // days and weeks count from this one
		c.add(path, "%q is no date; write 2026-06-01 08:00", m.text)
	default:
		c.add(path, "%q is no date; write 2026-06-01 08:00, or day 3, or week 2", m.text)
	}
}

// optionalMoment reads a moment that may be left out.
func (c *checker) optionalMoment(path string, m *Moment, d *Definition) {
	if m.given() && d.zone != nil {
		c.moment(path, m, d.zone, d.Window.Opens.MS)
	}
}

// total holds the sum of all levels to what a board can rank.
func (c *checker) total(d *Definition) {
	left := MaxTotal // in the contest's unit: that is what boards rank
	for i := range d.Levels {
		level := &d.Levels[i]
		full := level.FullScore()
		if level.Count() > maxQuestions || full < 1 {
			continue // a finding of its own
		}
		if full > left {
			c.add(fmt.Sprintf("levels[%d].score", i), "all levels together must come to at most %d points", c.mostScore)
			return
		}
		left -= full
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
