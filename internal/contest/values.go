package contest

import (
	"fmt"
	"time"

	"gopkg.in/yaml.v3"
)

// Span is a length of time, written 45s, 5m or 1h30m.
type Span time.Duration

// MS is the span in milliseconds.
func (s Span) MS() int64 { return time.Duration(s).Milliseconds() }

// UnmarshalYAML reads a span.
func (s *Span) UnmarshalYAML(node *yaml.Node) error {
	d, err := time.ParseDuration(node.Value)
	if err != nil {
		return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %q is no length of time; write 45s or 5m", node.Line, node.Value)}}
	}
	*s = Span(d)
	return nil
}

// Moment is a date and time of the contest's zone, written 2026-06-01 08:00 (or
// only the date, for midnight). It becomes UTC milliseconds when it is parsed.
type Moment struct {
	text string
	// MS is UTC milliseconds.
	MS int64
}

var momentLayouts = []string{"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02"}

// UnmarshalYAML keeps the text; resolve gives it a zone.
func (m *Moment) UnmarshalYAML(node *yaml.Node) error {
	m.text = node.Value
	return nil
}

func (m *Moment) resolve(zone *time.Location) error {
	for _, layout := range momentLayouts {
		if t, err := time.ParseInLocation(layout, m.text, zone); err == nil {
			m.MS = t.UnixMilli()
			return nil
		}
	}
	return fmt.Errorf("%q is no date; write 2026-06-01 08:00", m.text)
}
