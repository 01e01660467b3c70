package contest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Span is a length of time, written 45s, 5m, 1h30m or 7d.
type Span time.Duration

// MS is the span in milliseconds.
func (s Span) MS() int64 { return time.Duration(s).Milliseconds() }

// UnmarshalYAML reads a span.
func (s *Span) UnmarshalYAML(node *yaml.Node) error {
	d, err := time.ParseDuration(node.Value)
	if days, isDays := strings.CutSuffix(node.Value, "d"); isDays {
		var n int
		n, err = strconv.Atoi(days)
		if n < 0 || n > 36_500 {
			err = strconv.ErrRange
		}
		d = time.Duration(n) * 24 * time.Hour
	}
	if err != nil {
		return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %q is no length of time; write 45s, 5m or 7d",
			node.Line, node.Value)}}
	}
	*s = Span(d)
	return nil
}

// Moment is a date and time of the contest's zone, written 2026-06-01 08:00 (or
// only the date, for midnight), or the beginning of the so-manieth day or week of
// the contest, written day 3 or week 2. It becomes UTC milliseconds when it is
// parsed.
type Moment struct {
	text string
	// MS is UTC milliseconds.
	MS int64
}

var momentLayouts = []string{"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02"}

// UnmarshalYAML keeps the text; resolve gives it a zone.
func (m *Moment) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode {
		return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: this must be a date such as 2026-06-01 08:00",
			node.Line)}}
	}
	m.text = node.Value
	return nil
}

// MarshalJSON writes UTC milliseconds, 0 for a moment that is not set.
func (m Moment) MarshalJSON() ([]byte, error) { return strconv.AppendInt(nil, m.MS, 10), nil }

// UnmarshalJSON reads what MarshalJSON writes.
func (m *Moment) UnmarshalJSON(text []byte) (err error) {
	m.MS, err = strconv.ParseInt(string(text), 10, 64)
	return err
}

// given reports whether the definition holds the moment.
func (m *Moment) given() bool { return m.text != "" }

// resolve reads the text, and reports whether it could; days and weeks count from
// the day of opens (UTC ms).
func (m *Moment) resolve(zone *time.Location, opens int64) bool {
	for _, layout := range momentLayouts {
		if t, err := time.ParseInLocation(layout, m.text, zone); err == nil {
			m.MS = t.UnixMilli()
			return true
		}
	}
	// Midnight at the end of a day is written 24:00 on the rules page (ISO 8601-1, 4.2.3).
	if day, midnight := strings.CutSuffix(m.text, " 24:00"); midnight {
		if t, err := time.ParseInLocation(time.DateOnly, day, zone); err == nil {
			m.MS = t.AddDate(0, 0, 1).UnixMilli()
			return true
		}
	}
	word, number, _ := strings.Cut(m.text, " ")
	n, err := strconv.Atoi(number)
	days, known := map[string]int{"day": 1, "week": 7}[word]
	if err != nil || !known || n < 1 || n > 3_660 || opens == 0 {
		return false
	}
	year, month, day := time.UnixMilli(opens).In(zone).Date()
	m.MS = time.Date(year, month, day+(n-1)*days, 0, 0, 0, 0, zone).UnixMilli()
	return true
}

// UnmarshalYAML reads what opens a level: the key of a level to play first, or in full.
func (a *After) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		a.Level = node.Value
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if key := node.Content[i]; !slices.Contains([]string{"level", "spot", "list", "by", "same"}, key.Value) {
			return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: field %s not found in type contest.After",
				key.Line, key.Value)}}
		}
	}
	type plain After // without this method
	return node.Decode((*plain)(a))
}
