package contest

import (
	"reflect"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// rehearsalMark ends the slug of a rehearsal.
const rehearsalMark = "-rehearsal"

// RehearsalSlug is the slug under which a contest is rehearsed.
func RehearsalSlug(slug string) string {
	return strings.TrimRight(slug[:min(len(slug), 32-len(rehearsalMark))], "-") + rehearsalMark
}

// OfRehearsal reports whether a slug is one of those kept for rehearsals.
func OfRehearsal(slug string) bool { return strings.HasSuffix(slug, rehearsalMark) }

// Rehearsal is the text of a definition with the slug of its rehearsal, that of as, and
// with all its dates moved by whole days so that the window opened within the last day
// before now (UTC ms). Comments stay. The error is Findings.
func Rehearsal(file string, text []byte, as string, now int64) ([]byte, error) {
	d, err := Parse(file, text)
	if err != nil {
		return nil, err
	}
	opens := time.UnixMilli(d.Window.Opens.MS).In(d.zone)
	days := int(time.UnixMilli(now).In(d.zone).Sub(opens).Hours()) / 24
	for opens.AddDate(0, 0, days).UnixMilli() > now {
		days--
	}
	return retold(file, text, d, days, func(top *yaml.Node) {
		if slug, _ := childOf(top, "contest"); slug != nil {
			slug.Value = RehearsalSlug(as)
		}
	})
}

// Anew is the text of a definition as the beginning of another contest: with its
// slug and title, and with all dates moved so that the window opens on a day
// (2026-06-01, of the contest's zone). What organizers answered for stays behind.
// The error is Findings.
func Anew(text []byte, slug, title, day string) ([]byte, error) {
	const file = "活动"
	d, err := Parse(file, text)
	if err != nil {
		return nil, err
	}
	to, err := time.ParseInLocation(time.DateOnly, day, d.zone)
	if err != nil {
		return nil, Findings{newFinding(file, 1, "window.opens",
			"%q is no date; write 2026-06-01 08:00, or day 3, or week 2", day)}
	}
	year, month, date := time.UnixMilli(d.Window.Opens.MS).In(d.zone).Date()
	// In UTC every day has 24 hours.
	days := int(time.Date(to.Year(), to.Month(), to.Day(), 0, 0, 0, 0,
		time.UTC).Sub(time.Date(year, month, date, 0, 0, 0, 0, time.UTC)).Hours()) / 24
	return retold(file, text, d, days, func(top *yaml.Node) {
		put(top, []string{"contest"}, textNode(slug))
		put(top, []string{"title"}, textNode(title))
		put(top, []string{"accept"}, nil)
	})
}

func textNode(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
}

// retold is the text with its dates moved by so many days and its top changed.
func retold(file string, text []byte, d *Definition, days int, change func(top *yaml.Node)) ([]byte, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return nil, Findings{newFinding(file, 1, "", syntax, err)}
	}
	m := mover{zone: d.zone, days: days, moved: map[*yaml.Node]bool{}}
	m.walk(document.Content[0], reflect.TypeFor[Definition]())
	change(document.Content[0])
	out, err := written(&document, text)
	if err != nil {
		return nil, Findings{newFinding(file, 1, "", syntax, err)}
	}
	return out, nil
}

// mover moves the dates in the tree of a definition. A node that is used in
// several places (an anchor) is moved once.
type mover struct {
	zone  *time.Location
	days  int
	moved map[*yaml.Node]bool
}

func (m *mover) walk(n *yaml.Node, of reflect.Type) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	switch {
	case of == reflect.TypeFor[Moment]():
		m.move(n)
	case of.Kind() == reflect.Pointer:
		m.walk(n, of.Elem())
	case of.Kind() == reflect.Slice && n.Kind == yaml.SequenceNode:
		for _, item := range n.Content {
			m.walk(item, of.Elem())
		}
	case of.Kind() == reflect.Struct && n.Kind == yaml.MappingNode:
		m.fields(n, of)
	}
}

func (m *mover) fields(n *yaml.Node, of reflect.Type) {
	if merged, _ := childOf(n, "<<"); merged != nil {
		m.walk(merged, of)
	}
	for field := range of.Fields() {
		if field.Anonymous {
			m.fields(n, field.Type)
		} else if value, _ := childOf(n, field.Tag.Get("yaml")); value != nil {
			m.walk(value, field.Type)
		}
	}
}

// move moves one date; what counts from the opening (day 3) stays.
func (m *mover) move(n *yaml.Node) {
	if m.moved[n] {
		return
	}
	m.moved[n] = true
	for _, layout := range momentLayouts {
		if at, err := time.ParseInLocation(layout, n.Value, m.zone); err == nil {
			n.Value = at.AddDate(0, 0, m.days).Format(layout)
			return
		}
	}
}
