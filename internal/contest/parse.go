package contest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	_ "time/tzdata" // old phones' servers often lack the zone files

	"gopkg.in/yaml.v3"
)

// MaxFileBytes bounds a definition.
const MaxFileBytes = 1 << 20

// Finding is one thing wrong with a definition.
type Finding struct {
	File    string
	Line    int    // from 1
	Path    string // as levels[2].pass
	Message string
}

// Error writes file:line: path: message.
func (f Finding) Error() string {
	if f.Path == "" {
		return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message)
	}
	return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Path, f.Message)
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
		return nil, Findings{{File: file, Line: 1, Message: "the file is over 1 MiB"}}
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
	d.fillDefaults()
	c := checker{source: source}
	c.definition(&d)
	if len(c.findings) > 0 {
		return nil, c.findings
	}
	return &d, nil
}

// Defaults that a definition may leave out.
const (
	defaultZone     = "Asia/Shanghai"
	defaultQuestion = Span(45 * time.Second)
	defaultReview   = Span(20 * time.Second)
	defaultScore    = 10
	defaultTries    = 3
)

func (d *Definition) fillDefaults() {
	setDefault(&d.TimeZone, defaultZone)
	setDefault(&d.Feedback, FeedbackEach)
	setDefault(&d.Players.Unit.Ask, AskNo)
	setDefault(&d.Players.Unit.Label, "参赛单位")
	for i := range d.Levels {
		level := &d.Levels[i]
		setDefault(&level.Time.Question, defaultQuestion)
		setDefault(&level.Time.Review, defaultReview)
		setDefault(&level.Time.Level, Span(level.Count())*(level.Time.Question+level.Time.Review))
		setDefault(&level.Score, defaultScore)
		setDefault(&level.Attempts.Max, defaultTries)
		setDefault(&level.Attempts.Per, PerDay)
		setDefault(&level.Place, "综合")
		if level.After == nil && i > 0 {
			level.After = []string{d.Levels[i-1].Key}
		}
	}
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}
