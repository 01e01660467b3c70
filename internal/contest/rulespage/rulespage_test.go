package rulespage_test

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
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/testkit/contests"
)

var update = flag.Bool("update", false, "write the golden files of the rules pages anew, to be read by eye")

// page is the rules page as text.
func page(d *contest.Definition) string {
	var text strings.Builder
	for _, section := range rulespage.Describe(d) {
		text.WriteString("【" + section.Title + "】\n")
		for _, line := range section.Lines {
			text.WriteString(line + "\n")
		}
		text.WriteString("\n")
	}
	return text.String()
}

func TestTheRulesPagesOfTheShippedContestsReadAsTheyWereRead(t *testing.T) {
	for name, d := range contests.Shipped(t) {
		file := filepath.Join("testdata", name+".txt")
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
	"live.list":                   "which questions are asked is no rule",
	"levels.place":                "stands beside the level",
	"levels.questions.audience":   "which questions fit binds nobody",
	"levels.questions.difficulty": "told only where harder questions are worth more",
	"levels.questions.topics":     "which questions fit binds nobody",
	"levels.questions.list":       "which questions are named binds nobody, and would tell them before",
	"levels.summary":              "stands beside the level",
	"players.fields.kind":         "the label says it",
	"players.places":              "lifts what no honest player meets",
	"pledge.lines":                "stand on their own page",
	"pools.face":                  "how a draw looks changes nothing",
	"prizes.photo":                "a picture",
	"sponsors.logo":               "a picture",
	"spots.issue":                 "a new print of the code binds nobody",
	"publish":                     "where the contest is made known",
	"share.picture":               "stands on the card that is shared",
	"share.text":                  "stands on the card that is shared",
	"share.title":                 "stands on the card that is shared",
	"subtitle":                    "stands above the page",
	"title":                       "stands above the page",
	"units":                       "stand in the list to choose from",
}

// idle are values of everything.yaml that another one puts out of force.
var idle = []string{
	"earnings[1].per", "earnings[3].per", "earnings[4].per", // of a rule without a max
	// of a rule without a number of right answers
	"earnings[1].each.over", "earnings[2].each.over", "earnings[3].each.over", "earnings[4].each.over",
	"levels[0].unlock", "levels[2].unlock", // of one thing that opens it
	"prizes[1].tier", // that no limit names
	"prizes[2].tier",
	// of a whole paper
	"levels[2].time.next", "levels[2].time.load", "levels[2].time.question", "levels[2].time.review",
	"live[1].time.ready", "live[1].time.reveal", "live[1].time.standings", // of a room that a host runs
}

// prober changes one value of a definition after the other and looks at the page.
type prober struct {
	t      *testing.T
	d      *contest.Definition
	root   contests.Object // the schema
	before string
	tried  int
}

// Changing any one value that binds a player changes the page: so nothing of the
// definition is left untold, and none is told by a number of the page's own.
func TestTheRulesPageChangesWithEveryValueThatBindsAPlayer(t *testing.T) {
	text, err := os.ReadFile("../testdata/everything.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d := contests.Parsed(t, string(text))
	p := prober{t: t, d: d, root: contests.Schema(t), before: page(d)}
	p.walk("", reflect.ValueOf(d).Elem(), p.root)
	if p.tried < 250 {
		t.Errorf("only %d values were tried", p.tried)
	}
}

func (p *prober) walk(path string, value reflect.Value, node contests.Object) {
	if unspoken[itemNumbers.ReplaceAllString(path, "")] != "" || slices.Contains(idle, path) ||
		node["$ref"] == "#/$defs/key" {
		return
	}
	if value.Kind() == reflect.Pointer {
		if value.IsNil() {
			return
		}
		value = value.Elem()
	}
	node = contests.Resolved(p.root, node)
	switch {
	case value.Type() == reflect.TypeFor[contest.Moment]():
		p.leaf(path, value.Field(1), node)
	case value.Kind() == reflect.Slice:
		for i := range value.Len() {
			p.walk(fmt.Sprintf("%s[%d]", path, i), value.Index(i), node["items"].(contests.Object))
		}
	case value.Kind() == reflect.Struct:
		if choices, ok := node["anyOf"].([]any); ok {
			node = choices[1].(contests.Object)
		}
		for key, at := range leaves(value) {
			p.walk(strings.TrimPrefix(path+"."+key, "."), at, node["properties"].(contests.Object)[key].(contests.Object))
		}
	default:
		p.leaf(path, value, node)
	}
}

// leaf tries other values in place of one that is set.
func (p *prober) leaf(path string, value reflect.Value, node contests.Object) {
	switch {
	case value.Kind() == reflect.Bool:
		p.try(path, value, !value.Bool())
	case value.IsZero():
	case node["enum"] != nil:
		for _, other := range node["enum"].([]any) {
			if other != value.String() {
				p.try(path, value, other)
			}
		}
	case value.Kind() == reflect.String:
		p.try(path, value, value.String()+"改")
	case value.Kind() == reflect.Int:
		p.try(path, value, value.Int()+1)
	case value.Type() == reflect.TypeFor[contest.Span]():
		p.try(path, value, value.Int()+int64(time.Second))
	default: // of a moment, in ms
		p.try(path, value, value.Int()+time.Minute.Milliseconds())
	}
}

func (p *prober) try(path string, value reflect.Value, to any) {
	was := reflect.ValueOf(value.Interface())
	value.Set(reflect.ValueOf(to).Convert(value.Type()))
	p.tried++
	if page(p.d) == p.before {
		p.t.Errorf("%s: %v instead of %v changes nothing on the page", path, to, was)
	}
	value.Set(was)
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

func TestTheRulesPageTellsHowLongPersonalDataIsKeptWhereTheDefinitionDoesNot(t *testing.T) {
	d := *contests.Shipped(t)["shenzhen-library-2020"]
	for retention, want := range map[contest.Span]string{0: "180 天", contest.Span(48 * time.Hour): "2 天"} {
		d.Retention = retention
		if text := page(&d); !strings.Contains(text, "个人信息保存到活动结束后 "+want+"，到期删除。") {
			t.Errorf("kept %v, the page tells\n%s", d.Kept(), text)
		}
	}
}
