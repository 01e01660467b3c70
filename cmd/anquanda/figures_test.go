package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/VictoriaMetrics/metrics"
	"go.yaml.in/yaml/v3"
)

// labelsOf are the figures of the program with the names of their labels: ours as they stand in
// the source, since most come into being with their first event, and those of the process.
func labelsOf(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{"up": {"job", "instance"}}
	figure := regexp.MustCompile("[\"`](anquanda_[a-z_]+)(?:\\{([^}]*)\\})?[\"`]")
	label := regexp.MustCompile(`([a-z]+)=`)
	err := filepath.WalkDir("../../internal", func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, found := range figure.FindAllStringSubmatch(string(text), -1) {
			names := []string{"instance", "job"}
			for _, l := range label.FindAllStringSubmatch(found[2], -1) {
				names = append(names, l[1])
			}
			for _, suffix := range []string{"", "_count", "_sum"} {
				if suffix == "" || strings.HasSuffix(found[1], "_seconds") {
					all[found[1]+suffix] = names
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var process bytes.Buffer
	metrics.WritePrometheus(&process, true)
	for _, found := range regexp.MustCompile(`(?m)^(\w+)`).FindAllString(process.String(), -1) {
		if all[found] == nil {
			all[found] = []string{"instance", "job"}
		}
	}
	return all
}

var (
	figureAsked = regexp.MustCompile(`\b(up|(?:anquanda|process|go)_[a-z_]+)(?:\{([^}]*)\})?`)
	labelAsked  = regexp.MustCompile(`([a-z]+)\s*(?:=~|!=|!~|=)\s*"`)
	grouped     = regexp.MustCompile(`by \(([a-z, ]+)\)`)
)

// checkExpression reports what an expression asks for that the program does not tell.
func checkExpression(t *testing.T, where, expression string, known map[string][]string) {
	t.Helper()
	asked := figureAsked.FindAllStringSubmatch(expression, -1)
	if len(asked) == 0 {
		t.Errorf("%s asks for no figure: %s", where, expression)
	}
	for _, of := range asked {
		labels, exists := known[of[1]]
		if !exists {
			t.Errorf("%s: there is no figure %s", where, of[1])
			continue
		}
		var names []string
		for _, l := range labelAsked.FindAllStringSubmatch(of[2], -1) {
			names = append(names, l[1])
		}
		for _, by := range grouped.FindAllStringSubmatch(expression, -1) {
			names = append(names, strings.Split(by[1], ", ")...)
		}
		for _, name := range names {
			if !slices.Contains(labels, name) {
				t.Errorf("%s: %s has no label %s, only %v", where, of[1], name, labels)
			}
		}
	}
}

func TestAlertsAskForFiguresThatThereAreAndSayWhatToDo(t *testing.T) {
	text, err := os.ReadFile("../../scripts/deploy/alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr string
				Annotations struct{ Summary, Action string }
			}
		}
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	known, rules := labelsOf(t), 0
	chinese := regexp.MustCompile(`\p{Han}{4}`)
	for _, group := range file.Groups {
		for _, rule := range group.Rules {
			rules++
			checkExpression(t, rule.Alert, rule.Expr, known)
			if !chinese.MatchString(rule.Annotations.Summary) || !chinese.MatchString(rule.Annotations.Action) {
				t.Errorf("%s does not say in Chinese what happened and what to do", rule.Alert)
			}
		}
	}
	if rules < 10 {
		t.Errorf("%d rules", rules)
	}
}

func TestTheDashboardShowsFiguresThatThereAre(t *testing.T) {
	text, err := os.ReadFile("../../scripts/deploy/dashboard.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	known := labelsOf(t)
	for _, panel := range file.Panels {
		if len(panel.Targets) == 0 {
			t.Errorf("%s shows nothing", panel.Title)
		}
		for _, target := range panel.Targets {
			checkExpression(t, panel.Title, target.Expr, known)
		}
	}
	if len(file.Panels) < 10 {
		t.Errorf("%d panels", len(file.Panels))
	}
}
