package contests

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Places are where a part of a definition must be found beside its schema and its check,
// which hold for all parts alike: the columns of parts.md.
const (
	InForm       = "form"
	OnRulesPage  = "rules page"
	InSimulation = "simulation"
)

// Parts is the table of parts and places, internal/contest/testdata/parts.md: of each part
// what stands under each place: "yes", why it is not there, or "in part: " and when.
func Parts(t testing.TB) map[string]map[string]string {
	t.Helper()
	text := inCheckout(t, "internal/contest/testdata/parts.md")
	var head []string
	all := map[string]map[string]string{}
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) < 2 || strings.HasPrefix(line, "|--") {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if head == nil {
			head = cells
			continue
		}
		row := map[string]string{}
		for i, cell := range cells[1:] {
			row[head[i+1]] = cell
		}
		all[cells[0]] = row
	}
	return all
}

// inCheckout is the text of a file of the checkout that a test runs in some folder of.
func inCheckout(t testing.TB, name string) string {
	t.Helper()
	for up := "."; len(up) < 40; up = filepath.Join(up, "..") {
		if text, err := os.ReadFile(filepath.Join(up, name)); err == nil {
			return string(text)
		}
	}
	t.Fatalf("%s is in no folder above", name)
	return ""
}

// Told holds a place of the table against the parts that a test found there: a part with
// "yes" or "in part: …" must be found, and one with a reason why not must not be.
func Told(t testing.TB, place string, found map[string]bool) {
	t.Helper()
	for part, row := range Parts(t) {
		there := row[place] == "yes" || strings.HasPrefix(row[place], "in part: ")
		switch cell := row[place]; {
		case cell == "":
			t.Errorf("parts.md says neither yes nor why not for %s under %s", part, place)
		case there && !found[part]:
			t.Errorf("%s has no place under %s, though parts.md says so", part, place)
		case !there && found[part]:
			t.Errorf("%s is found under %s, though parts.md says why not: %s", part, place, cell)
		}
	}
}

// Properties lists the parts of the schema that hold a value, by the definition that they
// stand in: level.time.question. Keys, and what names a key, are left out.
func Properties(t testing.TB) []string {
	t.Helper()
	root := Schema(t)
	var all []string
	var walk func(part string, node Object) bool
	walk = func(part string, node Object) (group bool) {
		if ref, ok := node["$ref"].(string); ok {
			return !scalarDefinitions.MatchString(ref)
		}
		for _, choice := range list(node["anyOf"]) {
			group = walk(part, choice.(Object)) || group
		}
		if items, ok := node["items"].(Object); ok {
			group = walk(part, items) || group
		}
		properties, _ := node["properties"].(Object)
		for key, property := range properties {
			group = true
			if at := below(part, key); !walk(at, property.(Object)) && !isKey(property.(Object)) {
				all = append(all, at)
			}
		}
		return group
	}
	walk("", root)
	for name, definition := range root["$defs"].(Object) {
		walk(name, definition.(Object))
	}
	slices.Sort(all)
	return all
}

func list(node any) []any {
	all, _ := node.([]any)
	return all
}

// isKey reports whether a property is a key, or names some.
func isKey(property Object) bool {
	if items, ok := property["items"].(Object); ok {
		return isKey(items)
	}
	return property["$ref"] == "#/$defs/key"
}
