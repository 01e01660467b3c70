package archtest

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// The house of the pages, in static/: each audience has a folder, and what they
// share stands in lib. They know no other's folder.
var audiences = []string{"phone", "live", "console", "screen", "look", "fill", "cert"}

// shared may be imported by every page; "" stands for the files of static/ itself.
var shared = []string{"", "lib", "vendor", "art"}

// maxColumns is the hard limit of a line. The Chinese in it does not count: a
// sentence for people stays whole.
const maxColumns = 120

func TestThePagesKeepToTheirHouse(t *testing.T) {
	sources, err := readPages(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) < 100 {
		t.Fatalf("only %d sources of the pages found", len(sources))
	}
	for _, problem := range inspectPages(sources) {
		t.Error(problem)
	}
}

// readPages reads the hand-written sources of the pages, by their path below static/.
func readPages(root fs.FS) (map[string]string, error) {
	sources := map[string]string{}
	err := fs.WalkDir(root, "static", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if entry.Name() == "vendor" {
				return fs.SkipDir
			}
			return nil
		}
		if !slices.Contains([]string{".js", ".css", ".ts"}, path.Ext(name)) {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err == nil && !strings.HasPrefix(string(text), "// Made by ") {
			sources[strings.TrimPrefix(name, "static/")] = string(text)
		}
		return err
	})
	return sources, err
}

func inspectPages(sources map[string]string) (problems []string) {
	graph := map[string][]string{}
	for _, name := range sortedKeys(setOf(sources)) {
		graph[name] = importsOf(name, sources[name])
		for _, to := range graph[name] {
			if !mayPageImport(name, to) {
				problems = append(problems,
					fmt.Sprintf("static/%s may not import static/%s: what pages share stands in static/lib", name, to))
			}
		}
		for i, line := range strings.Split(sources[name], "\n") {
			if n := utf8.RuneCountInString(chinese.ReplaceAllString(line, "")); n > maxColumns {
				problems = append(problems, fmt.Sprintf("static/%s:%d: %d columns, more than %d", name, i+1, n, maxColumns))
			}
		}
	}
	return append(problems, circles(graph)...)
}

// chinese is what people read.
var chinese = regexp.MustCompile(`[\p{Han}\x{2014}\x{2018}-\x{201d}\x{2026}\x{3000}-\x{303f}\x{ff00}-\x{ffef}]+`)

var (
	comment = regexp.MustCompile(`(?s)/\*.*?\*/|(?m)^\s*//.*$`)
	// A module, one that is fetched later, or a style sheet.
	imported = regexp.MustCompile(`(?:\bfrom|\bimport|\bimport\(|@import)\s*"(\.[^"]+)"`)
)

// importsOf lists what a source imports, by path below static/. What a comment
// imports is a type, which is gone when the page runs.
func importsOf(name, text string) (found []string) {
	for _, m := range imported.FindAllStringSubmatch(comment.ReplaceAllString(text, ""), -1) {
		found = append(found, path.Join(path.Dir(name), m[1]))
	}
	return found
}

func mayPageImport(from, to string) bool {
	home, target := folder(from), folder(to)
	if home == "" || home == target {
		return true
	}
	if slices.Contains(audiences, home) {
		return slices.Contains(shared, target)
	}
	return slices.Contains(shared, target) && !slices.Contains(audiences, target)
}

// folder is the first folder of a path; "" for a file of static/ itself.
func folder(name string) string {
	first, _, deeper := strings.Cut(name, "/")
	if !deeper {
		return ""
	}
	return first
}

// circles finds the files that import themselves by way of others, one report a circle.
func circles(graph map[string][]string) (problems []string) {
	const under, done = 1, 2
	state := map[string]int{}
	var way []string
	var walk func(name string)
	walk = func(name string) {
		switch state[name] {
		case done:
			return
		case under:
			circle := append(slices.Clone(way[slices.Index(way, name):]), name)
			problems = append(problems, "a circle of imports: "+strings.Join(circle, " → "))
			return
		}
		state[name] = under
		way = append(way, name)
		for _, to := range graph[name] {
			walk(to)
		}
		way = way[:len(way)-1]
		state[name] = done
	}
	for _, name := range sortedKeys(setOf(graph)) {
		walk(name)
	}
	return problems
}

func setOf[T any](of map[string]T) map[string]bool {
	set := map[string]bool{}
	for key := range of {
		set[key] = true
	}
	return set
}

func TestWhatIsWrongWithPagesIsFound(t *testing.T) {
	long := strings.Repeat("a", maxColumns)
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"a page takes what is shared", map[string]string{
			"phone/a.js": `import { b } from "../lib/b.js";`,
			"lib/b.js":   `import "../html.js";`,
		}, ""},
		{"a page takes its own", map[string]string{"phone/a.js": `import("./parts/b.js");`}, ""},
		{"the console takes from the phone", map[string]string{
			"console/a.js": `import { b } from "../phone/lib/b.js";`,
		}, "may not import"},
		{"the screen fetches from the phone later", map[string]string{
			"screen/a.js": `import("../phone/b.js");`,
		}, "may not import"},
		{"a style sheet of another page", map[string]string{
			"console/a.css": `@import "../phone/css/b.css";`,
		}, "may not import"},
		{"an import of several lines", map[string]string{
			"console/a.js": "import {\n  b,\n} from \"../phone/b.js\";",
		}, "may not import"},
		{"the library knows no page", map[string]string{
			"lib/a.js": `export { b } from "../phone/b.js";`,
		}, "may not import"},
		{"the drawings know no page", map[string]string{"art/a.js": `import "../screen/b.js";`}, "may not import"},
		{"a type in a comment", map[string]string{
			"console/a.js": `/** @typedef {import("../phone/app.js").Parts} Parts */`,
		}, ""},
		{"a circle", map[string]string{
			"lib/a.js": `import "./b.js";`,
			"lib/b.js": `import "./c.js";`,
			"lib/c.js": `import "./a.js";`,
		}, "lib/a.js → lib/b.js → lib/c.js → lib/a.js"},
		{"a circle by what is fetched later", map[string]string{
			"phone/a.js": `import("./b.js");`,
			"phone/b.js": `import "./a.js";`,
		}, "a circle"},
		{"two ways to one file", map[string]string{
			"lib/a.js": `import "./b.js"; import "./c.js";`,
			"lib/b.js": `import "./c.js";`,
		}, ""},
		{"a line at the limit", map[string]string{"lib/a.js": long}, ""},
		{"a long line", map[string]string{"lib/a.js": "\n" + long + "b"}, "static/lib/a.js:2: 121 columns"},
		{"a long line of a test", map[string]string{"lib/a.test.js": long + "b"}, "121 columns"},
		{"a long line of a style sheet", map[string]string{"base.css": long + "b"}, "121 columns"},
		{"a long sentence", map[string]string{
			"lib/a.js": `tell("` + strings.Repeat("安全第一，", maxColumns) + `");`,
		}, ""},
		{"a long line around a sentence", map[string]string{"lib/a.js": long + `b安全`}, "121 columns"},
		{"a made file", map[string]string{"lib/a.d.ts": "// Made by scripts/x.\n" + long + long}, ""},
		{"somebody else's file", map[string]string{"vendor/a.js": long + long}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree := fstest.MapFS{}
			for name, text := range c.files {
				tree["static/"+name] = &fstest.MapFile{Data: []byte(text)}
			}
			sources, err := readPages(tree)
			if err != nil {
				t.Fatal(err)
			}
			problems := inspectPages(sources)
			switch {
			case c.want == "" && len(problems) > 0:
				t.Errorf("found %q, want nothing", problems)
			case c.want != "" && (len(problems) != 1 || !strings.Contains(problems[0], c.want)):
				t.Errorf("found %q, want one problem: %s", problems, c.want)
			}
		})
	}
}

func TestALongScriptIsRefused(t *testing.T) {
	tree := fstest.MapFS{"static/phone/a.js": &fstest.MapFile{Data: []byte(strings.Repeat("\n", maxLines+1))}}
	files, err := readHouse(tree)
	if err != nil {
		t.Fatal(err)
	}
	if problems := inspect(files); len(problems) != 1 || !strings.Contains(problems[0], "more than 400") {
		t.Errorf("found %q, want one problem: more than 400", problems)
	}
}
