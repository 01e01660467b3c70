// Package contests hands tests contest definitions: those that ship with the
// program as their files hold them, changed, or from a text.
package contests

import (
	"path"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/questionbank"
)

// Text is the definition in questionbank/contests of that name, such as workmonth.
func Text(t testing.TB, name string) string {
	t.Helper()
	text, err := questionbank.Files.ReadFile("contests/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Names lists the contests that ship.
func Names(t testing.TB) []string {
	t.Helper()
	files, err := questionbank.Files.ReadDir("contests")
	if err != nil || len(files) < 10 {
		t.Fatalf("the shipped contests are %v, %v", files, err)
	}
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = strings.TrimSuffix(path.Base(file.Name()), ".yaml")
	}
	return names
}

// Shipped parses every contest that ships, by its name.
func Shipped(t testing.TB) map[string]*contest.Definition {
	t.Helper()
	all := map[string]*contest.Definition{}
	for _, name := range Names(t) {
		all[name] = Parsed(t, Text(t, name))
	}
	return all
}

// Changed parses a contest that ships as it is, and with some words replaced: old
// and new in turn.
func Changed(t testing.TB, name string, replace ...string) (before, after *contest.Definition) {
	t.Helper()
	text := Text(t, name)
	changed := strings.NewReplacer(replace...).Replace(text)
	if len(replace) > 0 && changed == text {
		t.Fatalf("%s does not hold %q", name, replace[0])
	}
	return Parsed(t, text), Parsed(t, changed)
}

// Parsed is the definition that a text holds, which must be right.
func Parsed(t testing.TB, text string) *contest.Definition {
	t.Helper()
	d, err := contest.Parse("demo.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}
