package contests

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"anquanda/internal/contest"
)

// Probed is one value of a definition with another one that may stand in its place.
type Probed struct {
	Path string // as levels[0].time.question
	Part string // the same in the schema, by its definitions: level.time.question
	To   any

	value reflect.Value
}

// With calls f while the other value stands in the definition.
func (p Probed) With(f func()) {
	was := reflect.ValueOf(p.value.Interface())
	p.value.Set(reflect.ValueOf(p.To).Convert(p.value.Type()))
	defer p.value.Set(was)
	f()
}

// prober walks a definition and its schema together.
type prober struct {
	root  Object
	visit func(Probed)
}

// Probe visits every value of a definition that is set, once with each other value that
// is worth a try: the other words of a choice, one more, a second later. Keys are left
// out: they say which part is meant, and nothing of it.
func Probe(t testing.TB, d *contest.Definition, visit func(Probed)) {
	t.Helper()
	p := prober{Schema(t), visit}
	p.walk("", "", reflect.ValueOf(d).Elem(), p.root)
}

func (p *prober) walk(path, part string, value reflect.Value, node Object) {
	if value.Kind() == reflect.Pointer {
		if value.IsNil() {
			return
		}
		value = value.Elem()
	}
	ref, part := node["$ref"], inDefinitions(part, node)
	if ref == "#/$defs/key" {
		return
	}
	node = Resolved(p.root, node)
	switch {
	case value.Type() == reflect.TypeFor[contest.Moment]():
		p.leaf(Probed{Path: path, Part: part, value: value.Field(1)}, node)
	case value.Kind() == reflect.Slice:
		for i := range value.Len() {
			p.walk(fmt.Sprintf("%s[%d]", path, i), part, value.Index(i), node["items"].(Object))
		}
	case value.Kind() == reflect.Struct:
		if choices, ok := node["anyOf"].([]any); ok {
			part, node = inDefinitions(part, choices[1].(Object)), Resolved(p.root, choices[1].(Object))
		}
		for key, at := range leaves(value) {
			p.walk(below(path, key), below(part, key), at, node["properties"].(Object)[key].(Object))
		}
	default:
		p.leaf(Probed{Path: path, Part: part, value: value}, node)
	}
}

// scalarDefinitions are those that only say how a value is written.
var scalarDefinitions = regexp.MustCompile(`/(key|date|moment|span|worth)$`)

// inDefinitions is the name of a node's part: that of the definition that it refers to.
func inDefinitions(part string, node Object) string {
	ref, ok := node["$ref"].(string)
	if !ok || scalarDefinitions.MatchString(ref) {
		return part
	}
	return strings.TrimPrefix(ref, "#/$defs/")
}

func below(at, key string) string { return strings.TrimPrefix(at+"."+key, ".") }

// leaf tries other values in place of one that is set.
func (p *prober) leaf(at Probed, node Object) {
	try := func(to any) {
		at.To = to
		p.visit(at)
	}
	switch value := at.value; {
	case value.Kind() == reflect.Bool:
		try(!value.Bool())
	case value.IsZero():
	case node["enum"] != nil:
		for _, other := range node["enum"].([]any) {
			if other != value.String() {
				try(other)
			}
		}
	case value.Kind() == reflect.String:
		try(value.String() + "改")
	case value.Kind() == reflect.Int:
		try(value.Int() + 1)
	case value.Type() == reflect.TypeFor[contest.Span]():
		try(value.Int() + int64(time.Second))
	default: // of a moment, in ms
		try(value.Int() + time.Minute.Milliseconds())
	}
}

// leaves are the fields of a struct by their keys in YAML.
func leaves(of reflect.Value) map[string]reflect.Value {
	all := map[string]reflect.Value{}
	for i := range of.NumField() {
		field := of.Type().Field(i)
		switch key := strings.Split(field.Tag.Get("yaml"), ",")[0]; {
		case field.Anonymous:
			maps.Copy(all, leaves(of.Field(i)))
		case key != "":
			all[key] = of.Field(i)
		}
	}
	return all
}
