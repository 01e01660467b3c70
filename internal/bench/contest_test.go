package bench

import (
	"os"
	"strings"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

func TestTheFiguresOfAMadeUpContestAreThoseOfAPlainRecount(t *testing.T) {
	program := testkit.Binary(t)
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		stores := Stores{}
		if s.MySQLDSN != "" {
			stores = Stores{MySQL: s.MySQLDSN, Redis: s.RedisAddr()}
		}
		t.Setenv("TMPDIR", t.TempDir())
		report, err := Contest(t.Context(), ContestConfig{Stores: stores, Players: 40, Answers: 30, Units: 12, Weeks: 3,
			Loads: 2, Seed: 616, Program: program}, func(string) {})
		if err != nil {
			t.Fatal(err)
		}
		rows := report.Counted.Rows
		if !report.Agree() {
			t.Errorf("%+v", report.Counted)
		}
		for name, n := range map[string]int64{"players": rows.Players - 30, "answers": rows.Answers - 300,
			"wrong": rows.Answers - rows.Correct, "entries": rows.Entries, "shared": rows.Shared} {
			if n <= 0 {
				t.Errorf("too few %s to hold anything against: %+v", name, rows)
			}
		}
		for _, f := range report.Figures {
			if f.Count == 0 || f.P50 <= 0 || f.P95 < f.P50 {
				t.Errorf("%+v", f)
			}
		}
		if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
			t.Errorf("%v stayed behind", left)
		}
	})
}

func TestMadeUpAttemptsScoreWhatTheirRightAnswersAreWorth(t *testing.T) {
	a, err := app.New(t.Context(), app.Config{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	config := ContestConfig{Players: 40, Answers: 30, Units: 12, Seed: 616}
	in, err := a.Catalog.Apply(t.Context(), "bench-report.yaml", []byte(definition(config, time.Now())), "test")
	if err != nil {
		t.Fatal(err)
	}
	ids, err := sqldb.NewIDs(t.Context(), a.DB)
	if err != nil {
		t.Fatal(err)
	}
	c := newCrowd(in, ids, config, time.Now())
	wrong := 0
	for _, g := range c.goes {
		row, _ := c.attempt(g)
		if want := row.Correct * in.Levels[g.level].Worth(0); row.Score != want {
			t.Fatalf("%d of %d answers are right and score %d, want %d", row.Correct, row.Answered, row.Score, want)
		}
		wrong += row.Answered - row.Correct
	}
	if wrong == 0 {
		t.Error("nobody answers wrongly")
	}
}

func TestAReportOfAContestTellsWhatIsShort(t *testing.T) {
	report := ContestReport{Wanted: ContestConfig{Players: 3}}
	report.add(ContestFigure{Step: "quick", Times: []float64{0.2, 0.1}, aimSeconds: 0.3})
	report.add(ContestFigure{Step: "slow", Times: []float64{0.4, 0.1}, aimSeconds: 0.3})
	report.add(ContestFigure{Step: "large", Times: []float64{0.1}, PeakBytes: 3 << 20, aimSeconds: 0.3, aimPeak: 2 << 20})
	report.Counted.Rows.Answers = 7
	var text strings.Builder
	report.Print(&text)
	for step, verdict := range map[string]string{"quick": "MET", "slow": "SHORT", "large": "SHORT"} {
		for line := range strings.Lines(text.String()) {
			if strings.HasPrefix(line, step) && !strings.HasSuffix(line, verdict+"\n") {
				t.Errorf("%q does not end with %s", line, verdict)
			}
		}
	}
	if !strings.Contains(text.String(), "NOT THE SAME") || report.Agree() {
		t.Errorf("figures that differ are not told in:\n%s", text.String())
	}
}
