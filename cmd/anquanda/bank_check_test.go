package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// printed runs a command and returns its exit code and what it printed.
func printed(t *testing.T, args ...string) (int, string) {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = out
	code := run(context.Background(), args)
	os.Stdout = stdout
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	return code, string(text)
}

func bankAt(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestBankCheckExitsByTheWorstFileAndKeepsItsKeys(t *testing.T) {
	good := bankAt(t, "good.csv", "题型,题干,答案\n判断题,水导电。,对\n")
	bad := bankAt(t, "bad.csv", "题型,题干,答案\n判断题,水导电。,对\n单选题,选哪个？,A\n")
	broken := bankAt(t, "broken.json", "{\"format\":")
	cases := []struct {
		code  int
		files []string
	}{{0, []string{good}}, {1, []string{good, bad}}, {2, []string{broken, bad}},
		{2, []string{filepath.Join(t.TempDir(), "none.csv")}}, {2, nil}}
	for _, c := range cases {
		if code, _ := printed(t, append([]string{"bank", "check", "--json"}, c.files...)...); code != c.code {
			t.Errorf("%v: exit %d, should be %d", c.files, code, c.code)
		}
	}
	_, text := printed(t, "bank", "check", bad, "--json")
	var report struct {
		Files []map[string]any `json:"files"`
	}
	if err := json.Unmarshal([]byte(text), &report); err != nil || len(report.Files) != 1 {
		t.Fatalf("%v: %s", err, text)
	}
	for _, key := range []string{"file", "format", "encoding", "questions", "accepted", "rejected", "problems"} {
		if _, ok := report.Files[0][key]; !ok {
			t.Errorf("the file lacks %q", key)
		}
	}
	problem := report.Files[0]["problems"].([]any)[0].(map[string]any)
	for key, want := range map[string]any{"line": 3.0, "cell": "B3", "question": 2.0, "code": "options_none",
		"severity": "error"} {
		if problem[key] != want {
			t.Errorf("%s is %v, should be %v", key, problem[key], want)
		}
	}
	if problem["message"] == "" {
		t.Error("no message")
	}
}

func TestBankConvertWritesWhatWasAcceptedAndSaysWhatIsLost(t *testing.T) {
	source := bankAt(t, "source.csv", "题型,题干,答案\n判断题,水导电。,对\n单选题,选哪个？,A\n")
	target := filepath.Join(t.TempDir(), "target.gift")
	if code, _ := printed(t, "bank", "convert", source, "--to", "gift", "-o", target); code != 1 {
		t.Errorf("exit %d, should be 1 for the rejected question", code)
	}
	if code, _ := printed(t, "bank", "check", target); code != 0 {
		t.Errorf("what was written is not read: exit %d", code)
	}
	for _, args := range [][]string{{source}, {source, "--to", "nonsense"}} {
		if code, _ := printed(t, append([]string{"bank", "convert"}, args...)...); code != 2 {
			t.Errorf("%v: exit %d, should be 2", args, code)
		}
	}
}
