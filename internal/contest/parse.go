package contest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	_ "time/tzdata" // old phones' servers often lack the zone files

	"go.yaml.in/yaml/v3"
)

// MaxFileBytes bounds a definition.
const MaxFileBytes = 1 << 20

// Finding is one thing wrong with a definition.
type Finding struct {
	File    string
	Line    int    // from 1
	Path    string // as levels[2].pass
	Message string
	Words   string // the same in Chinese, for who organizes
}

// Error writes file:line: path: message.
func (f Finding) Error() string {
	if f.Path == "" {
		return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message)
	}
	return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Path, f.Message)
}

// Told writes file:line: path: and the message in Chinese.
func (f Finding) Told() string {
	f.Message = f.Words
	return f.Error()
}

// Findings is every thing wrong with a definition, up to maxFindings; it is the
// error of Parse.
type Findings []Finding

// Error joins the findings, one a line.
func (fs Findings) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Parse reads and checks a definition. The error is Findings; file only names
// the source in them.
func Parse(file string, text []byte) (*Definition, error) {
	if len(text) > MaxFileBytes {
		return nil, Findings{newFinding(file, 1, "", "the file is over 1 MiB")}
	}
	source, finding := readSource(file, text)
	if finding != nil {
		return nil, Findings{*finding}
	}
	var d Definition
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&d); err != nil && !errors.Is(err, io.EOF) {
		return nil, source.typeFindings(err)
	}
	if findings := source.wholeNumbers(); len(findings) > 0 {
		return nil, findings
	}
	if findings := d.toScale(source); len(findings) > 0 {
		return nil, findings
	}
	d.fillDefaults()
	c := checker{source: source, mostScore: MaxTotal / d.Scale()}
	c.definition(&d)
	if len(c.findings) > 0 {
		return nil, c.findings
	}
	return &d, nil
}

// DefaultZone is the time zone of a definition that names none.
const DefaultZone = "Asia/Shanghai"

// Defaults that a definition may leave out.
const (
	defaultQuestion = Span(45 * time.Second)
	defaultReview   = Span(60 * time.Second)
	defaultLoad     = Span(10 * time.Second)
	defaultScore    = 10
	defaultTries    = 3
	defaultInvitees = 20
	defaultClaim    = Span(7 * 24 * time.Hour)
)

func (d *Definition) fillDefaults() {
	setDefault(&d.TimeZone, DefaultZone)
	setDefault(&d.Feedback, FeedbackEach)
	setDefault(&d.Players.Unit.Ask, AskNo)
	setDefault(&d.Players.Unit.Label, "参赛单位")
	setDefault(&d.Players.Names.Unfit, UnfitRefused)
	setDefault(&d.Players.Names.Mask, MaskNone)
	d.Players.fillProofDefaults()
	for i := range d.Players.Fields {
		setDefault(&d.Players.Fields[i].Ask, AskRequired)
	}
	counting := "" // the level before that is no practice
	for i := range d.Levels {
		d.Levels[i].fillModeDefaults(d.Feedback)
		d.Levels[i].fillDefaults(d.scale)
		if d.Feedback == FeedbackNone { // what is asked again would tell what was right
			d.Levels[i].Retry = RetryAll
		}
		if d.Levels[i].After == nil && counting != "" && !d.Levels[i].Practice {
			d.Levels[i].After = []After{{Level: counting}}
		}
		if !d.Levels[i].Practice {
			counting = d.Levels[i].Key
		}
		setDefault(&d.Levels[i].Unlock, UnlockAll)
		for j := range d.Levels[i].After {
			a := &d.Levels[i].After[j]
			if a.List != "" { // which stands by itself
				continue
			}
			if a.Spot == "" {
				setDefault(&a.By, ByPassed)
			}
			setDefault(&a.Same, PerContest)
		}
	}
	for i := range d.Attempts {
		setDefault(&d.Attempts[i].Per, PerDay)
		setDefault(&d.Attempts[i].Of, OfAttempts)
	}
	for i := range d.Earnings {
		setDefault(&d.Earnings[i].For, DeedAttempt)
		if d.Earnings[i].Days > 0 {
			setDefault(&d.Earnings[i].Per, EarnPerContest)
		}
		setDefault(&d.Earnings[i].Per, EarnPerDay)
		setDefault(&d.Earnings[i].Each.Over, OverAttempt)
	}
	for i := range d.Caps {
		setDefault(&d.Caps[i].Of, GrantPoints)
		setDefault(&d.Caps[i].Per, PerDay)
	}
	for i := range d.Boards {
		setDefault(&d.Boards[i].Ties, TiesReached)
	}
	setDefault(&d.Share.Title, d.Title)
	setDefault(&d.Share.Counts, CountsFinished)
	setDefault(&d.Share.PerDay, defaultInvitees)
	for i := range d.Polls {
		setDefault(&d.Polls[i].Kind, PollSingle)
	}
	for i := range d.Live {
		d.Live[i].fillDefaults()
	}
	d.Teams.fillDefaults()
	d.fillPrizeDefaults()
	d.fillGuestDefaults()
}

func (l *Level) fillDefaults(scale int) {
	l.Time.fillDefaults(l.Count())
	setDefault(&l.Score, Worth(defaultScore*scale))
	setDefault(&l.Drawn, DrawnRandom)
	setDefault(&l.Retry, RetryAll)
	if l.Attempts == nil {
		l.Attempts = &Attempts{Max: defaultTries}
	}
	setDefault(&l.Attempts.Per, PerDay)
	setDefault(&l.Place, "综合")
}

func (t *Time) fillDefaults(questions int) {
	setDefault(&t.Question, defaultQuestion)
	if t.Review == nil {
		review := defaultReview
		t.Review = &review
	}
	setDefault(&t.Next, NextTimer)
	setDefault(&t.Large, LargeDouble)
	if t.Load == nil {
		load := defaultLoad
		t.Load = &load
	}
	// With room for who reads longer than Review, which does not count: an attempt that
	// nobody goes on with must end, and nobody else need feel it.
	setDefault(&t.Level, Span(questions)*(t.Question+*t.Review+*t.Load))
}

func (d *Definition) fillPrizeDefaults() {
	for i := range d.Pools {
		setDefault(&d.Pools[i].Face, FaceWheel)
		for j := range d.Pools[i].Limits {
			setDefault(&d.Pools[i].Limits[j].By, ByPlayer)
			setDefault(&d.Pools[i].Limits[j].Per, PerContest)
		}
	}
	for i := range d.Prizes {
		setDefault(&d.Prizes[i].Kind, PrizeGoods)
		setDefault(&d.Prizes[i].Tier, d.Prizes[i].Key)
	}
	for i := range d.Drawings {
		setDefault(&d.Drawings[i].Tickets, TicketsOne)
		if pot := d.Drawings[i].Pot; pot != nil {
			setDefault(&pot.Rest, RestDrawn)
		}
	}
	for i := range d.Boards {
		switch d.Boards[i].Measure {
		case MeasureAccuracy:
			setDefault(&d.Boards[i].Answers, defaultAnswers)
		case MeasureTime: // who passed anything
			setDefault(&d.Boards[i].Answers, 1)
		}
	}
	for i := range d.Certificates {
		setDefault(&d.Certificates[i].Name, NameNick)
	}
	setDefault(&d.Claims.Within, defaultClaim)
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}
