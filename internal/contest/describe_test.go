package contest_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/contest"
)

var update = flag.Bool("update", false, "write the golden files of the rules pages anew, to be read by eye")

const shippedContests = "../../questionbank/contests/"

// page is the rules page as text.
func page(d *contest.Definition) string {
	var text strings.Builder
	for _, section := range contest.Describe(d) {
		text.WriteString("【" + section.Title + "】\n")
		for _, line := range section.Lines {
			text.WriteString(line + "\n")
		}
		text.WriteString("\n")
	}
	return text.String()
}

// shipped reads every contest that ships, by its name.
func shipped(t testing.TB) map[string]*contest.Definition {
	t.Helper()
	files, err := filepath.Glob(shippedContests + "*.yaml")
	if err != nil || len(files) < 10 {
		t.Fatalf("the shipped contests are %v, %v", files, err)
	}
	all := map[string]*contest.Definition{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d, err := contest.Parse(file, text)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(file), ".yaml")] = d
	}
	return all
}

func TestTheRulesPagesOfTheShippedContestsReadAsTheyWereRead(t *testing.T) {
	for name, d := range shipped(t) {
		file := filepath.Join("testdata", "rules", name+".txt")
		got := page(d)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: the rules page has changed; read it, then run this test with -update:\n%s", name, got)
		}
	}
}

// unspoken are the values that the rules page does not tell, with why.
var unspoken = map[string]string{
	"accept":                      "the organizer's answers to concerns",
	"bank":                        "a name of the console's",
	"certificates.text":           "stands on the certificate",
	"levels.bank":                 "a name of the console's",
	"levels.place":                "stands beside the level",
	"levels.questions.audience":   "which questions fit binds nobody",
	"levels.questions.difficulty": "told only where harder questions are worth more",
	"levels.questions.topics":     "which questions fit binds nobody",
	"levels.summary":              "stands beside the level",
	"players.fields.kind":         "the label says it",
	"pledge.lines":                "stand on their own page",
	"pools.face":                  "how a draw looks changes nothing",
	"prizes.photo":                "a picture",
	"publish":                     "where the contest is made known",
	"share.text":                  "stands on the card that is shared",
	"share.title":                 "stands on the card that is shared",
	"subtitle":                    "stands above the page",
	"title":                       "stands above the page",
	"units":                       "stand in the list to choose from",
}

// idle are values of everything.yaml that another one puts out of force.
var idle = []string{
	"earnings[1].per", "earnings[3].per", // of a rule without a max
	"earnings[1].each.over", "earnings[2].each.over", "earnings[3].each.over", // of a rule without a number of right answers
	"prizes[1].tier", // that no limit names
}

// Changing any one value that binds a player changes the page: so nothing of the
// definition is left untold, and none is told by a number of the page's own.
func TestTheRulesPageChangesWithEveryValueThatBindsAPlayer(t *testing.T) {
	d, root := parsed(t, string(everything(t))), schemaDocument(t)
	before := page(d)
	tried := 0
	try := func(path string, value reflect.Value, to any) {
		was := reflect.ValueOf(value.Interface())
		value.Set(reflect.ValueOf(to).Convert(value.Type()))
		tried++
		if page(d) == before {
			t.Errorf("%s: %v instead of %v changes nothing on the page", path, to, was)
		}
		value.Set(was)
	}
	var walk func(path string, value reflect.Value, node object)
	walk = func(path string, value reflect.Value, node object) {
		if unspoken[itemNumbers.ReplaceAllString(path, "")] != "" || slices.Contains(idle, path) {
			return
		}
		if value.Kind() == reflect.Pointer {
			if value.IsNil() {
				return
			}
			value = value.Elem()
		}
		isKey := node["$ref"] == "#/$defs/key"
		node = resolved(root, node)
		switch {
		case isKey || formOf(node) == "text" && node["enum"] == nil && value.Kind() == reflect.String && value.String() == "":
		case value.Type() == reflect.TypeFor[contest.Moment]():
			if at := value.Field(1); at.Int() != 0 {
				try(path, at, at.Int()+60_000)
			}
		case value.Type() == reflect.TypeFor[contest.Span]():
			try(path, value, value.Int()+int64(time.Second))
		case node["enum"] != nil:
			for _, other := range node["enum"].([]any) {
				if other != value.String() && value.String() != "" {
					try(path, value, other)
				}
			}
		case value.Kind() == reflect.String:
			try(path, value, value.String()+"改")
		case value.Kind() == reflect.Int && value.Int() != 0:
			try(path, value, value.Int()+1)
		case value.Kind() == reflect.Bool:
			try(path, value, !value.Bool())
		case value.Kind() == reflect.Slice:
			for i := range value.Len() {
				walk(fmt.Sprintf("%s[%d]", path, i), value.Index(i), node["items"].(object))
			}
		case value.Kind() == reflect.Struct:
			if choices, ok := node["anyOf"].([]any); ok {
				node = choices[1].(object)
			}
			for key, at := range leaves(value) {
				walk(strings.TrimPrefix(path+"."+key, "."), at, node["properties"].(object)[key].(object))
			}
		}
	}
	walk("", reflect.ValueOf(d).Elem(), root)
	if tried < 250 {
		t.Errorf("only %d values were tried", tried)
	}
}

var itemNumbers = regexp.MustCompile(`\[\d+\]`)

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
