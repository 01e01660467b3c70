package crowd_test

import (
	"os"
	"path/filepath"
	"testing"

	"anquanda/internal/contest/compliance"
	"anquanda/internal/testkit/contests"
	"anquanda/internal/testkit/crowd"
)

// invented is live for a contest of testdata, which nobody held.
func invented(t *testing.T, name string, script crowd.Script, check func(l *lived)) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	play(t, string(text), script, check)
}

// Together with stairs-and-papers, which ships.
func TestTwentyInventedContestsNeedNobodyToAnswerForThem(t *testing.T) {
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) < 19 {
		t.Fatalf("%d contests, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range compliance.Check(contests.Parsed(t, string(text))) {
			t.Errorf("%s: %s: %s", file, c.Path, c.Message)
		}
	}
}
