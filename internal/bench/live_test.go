package bench

import (
	"os"
	"strings"
	"testing"

	"anquanda/internal/bench/load"
	"anquanda/internal/testkit"
)

func TestEveryPhoneOfALiveRoomIsToldAndEveryAnswerIsStored(t *testing.T) {
	program := testkit.Binary(t)
	t.Setenv("TMPDIR", t.TempDir())
	phones := load.LiveInside()
	defer phones.Close()
	const players = 150 // at once: many join in one commit, and look on before they are numbered
	report, err := Live(t.Context(), LiveConfig{Players: players, Nodes: 1, Questions: 1, Churn: 2, Program: program,
		NodeArguments: []string{"serve"}}, phones, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := report.Rounds[0]
	away := players / 10 // who left before answering may come back too late
	if !report.ExactlyOnce || r.Acknowledged < players-away || len(r.Refused) > 0 || r.Late > away {
		t.Errorf("answers: %+v", r)
	}
	for name, reach := range map[string]Reach{"ready": r.Ready, "opened": r.Opened, "rank": r.Rank,
		"standings": r.Standings} {
		if reach.Missing > 0 || reach.Phones+reach.Returned < players/2 || reach.Phones > 0 && reach.Max <= 0 {
			t.Errorf("%s: %+v", name, reach)
		}
	}
	if report.Connects == players {
		t.Error("nobody left and came back")
	}
	if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
		t.Errorf("%v stayed behind", left)
	}
}

func TestALiveReportTellsTrouble(t *testing.T) {
	report := LiveReport{Players: 3, Rounds: []LiveRound{{Round: 1, Rank: Reach{Phones: 2, Missing: 1}, Acknowledged: 2,
		Stored: 1, Told: 2, Late: 4, Refused: map[string]int{"409 revision_taken": 5}}}, Lost: 6}
	report.ExactlyOnce = report.storedOnce()
	var text strings.Builder
	report.Print(&text)
	for _, want := range []string{"(1 never)", "4 too late", "5 refused: 409 revision_taken", "6 broke",
		"NOT EXACTLY ONCE"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not told in:\n%s", want, text.String())
		}
	}
}

func TestTooManyPhonesForTheFilesOfAProcessAreRefused(t *testing.T) {
	for _, c := range []struct {
		players, nodes, files int
		fits                  bool
	}{{19_000, 1, 20_000, true}, {19_001, 1, 20_000, false}, {38_000, 2, 20_000, true}, {100, 1, 1024, false}} {
		if err := LiveFits(c.players, c.nodes, c.files); (err == nil) != c.fits {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
