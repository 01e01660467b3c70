package contest_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
