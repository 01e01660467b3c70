package contest

import (
	"errors"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // old phones' servers often lack the zone files

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// MaxFileBytes bounds a definition.
const MaxFileBytes = 1 << 20

// Finding is one thing wrong with a definition.
type Finding struct {
	File    string
	Line    int    // from 1; 0 when no line can be named
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

// Findings is every thing wrong with a definition; it is the error of Parse.
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
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, Findings{syntaxFinding(file, err)}
	}
	var d Definition
	if err := yaml.UnmarshalWithOptions(text, &d, yaml.Strict()); err != nil {
		return nil, Findings{syntaxFinding(file, err)}
	}
	d.fillDefaults()
	c := checker{file: file, tree: tree}
	c.definition(&d)
	if len(c.findings) > 0 {
		return nil, c.findings
	}
	return &d, nil
}

func syntaxFinding(file string, err error) Finding {
	finding := Finding{File: file, Line: 1, Message: err.Error()}
	var located yaml.Error
	if errors.As(err, &located) {
		finding.Message = located.GetMessage()
		if token := located.GetToken(); token != nil && token.Position != nil {
			finding.Line = token.Position.Line
		}
	}
	return finding
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

// line finds where path stands in the file; when it is missing there, where the
// nearest part above it stands.
func line(tree *ast.File, path string) int {
	for path != "" {
		if p, err := yaml.PathString("$." + path); err == nil {
			if node, err := p.FilterFile(tree); err == nil && node != nil && node.GetToken() != nil {
				return node.GetToken().Position.Line
			}
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return 1
}
