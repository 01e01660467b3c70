package rulespage_test

import (
	"flag"
	"os"
	"path/filepath"
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

// idle are values of everything.yaml that another one puts out of force.
var idle = []string{
	"earnings[1].per", "earnings[3].per", "earnings[4].per", "earnings[6].per", // of a rule without a max
	"earnings[7].per",
	// of a rule without a number of right answers
	"earnings[1].each.over", "earnings[2].each.over", "earnings[3].each.over", "earnings[4].each.over",
	"earnings[5].each.over", "earnings[6].each.over", "earnings[7].each.over",
	"levels[0].unlock", "levels[2].unlock", // of one thing that opens it
	"prizes[1].tier", // that no limit names
	"prizes[2].tier", "prizes[3].tier",
	"prizes[2].stock", "prizes[3].stock", // that are only shared
	// of pots, which the check refuses
	"drawings[1].tickets", "drawings[1].repeat", "drawings[2].tickets", "drawings[2].repeat",
	// of a whole paper
	"levels[2].time.next", "levels[2].time.load", "levels[2].time.question", "levels[2].time.review",
	"live[1].time.ready", "live[1].time.reveal", "live[1].time.standings", // of a room that a host runs
}

// Changing any one value that binds a player changes the page: so nothing of the
// definition is left untold, and none is told by a number of the page's own.
func TestTheRulesPageChangesWithEveryValueThatBindsAPlayer(t *testing.T) {
	text, err := os.ReadFile("../testdata/everything.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, parts, told := contests.Parsed(t, string(text)), contests.Parts(t), map[string]bool{}
	before, tried := page(d), 0
	contests.Probe(t, d, func(p contests.Probed) {
		if slices.Contains(idle, p.Path) {
			return
		}
		tried++
		p.With(func() {
			if page(d) != before {
				told[p.Part] = true
			} else if parts[p.Part][contests.OnRulesPage] == "yes" {
				t.Errorf("%s: %v changes nothing on the page", p.Path, p.To)
			}
		})
	})
	if tried < 250 {
		t.Errorf("only %d values were tried", tried)
	}
	contests.Told(t, contests.OnRulesPage, told)
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
