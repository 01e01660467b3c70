package contest

import (
	"fmt"
	"time"
)

// Span is a length of time, written 45s, 5m or 1h30m.
type Span time.Duration

// MS is the span in milliseconds.
func (s Span) MS() int64 { return time.Duration(s).Milliseconds() }

// UnmarshalYAML reads a span.
func (s *Span) UnmarshalYAML(unmarshal func(any) error) error {
	var text string
	if err := unmarshal(&text); err != nil {
		return err
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return fmt.Errorf("%q is no length of time; write 45s or 5m", text)
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
func (m *Moment) UnmarshalYAML(unmarshal func(any) error) error { return unmarshal(&m.text) }

func (m *Moment) resolve(zone *time.Location) error {
	for _, layout := range momentLayouts {
		if t, err := time.ParseInLocation(layout, m.text, zone); err == nil {
			m.MS = t.UnixMilli()
			return nil
		}
	}
	return fmt.Errorf("%q is no date; write 2026-06-01 08:00", m.text)
}
