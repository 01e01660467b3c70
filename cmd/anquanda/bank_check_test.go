package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
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

// dated is a bank whose one source ends on 1 February 2027 and whose one question was
// checked in May 2026.
const dated = `{"format": "anquanda-bank/1", "name": "县", "references": [
	{"key": "gb-1", "title": "GB 1-2017 导则", "until": "2027-02-01", "by": "GB 1-2026 导则"}], "questions": [
	{"id": "a", "kind": "truefalse", "stem": "水能导电。", "answer": true, "source": {"key": "gb-1", "article": "第1条"},
	 "review": {"by": "张三", "on": "2026-05-20", "against": "标准原文", "seen": "text"}}]}`

// codesOn are the problem codes that bank check finds in a file on a day.
func codesOn(t *testing.T, file, day string) string {
	t.Helper()
	code, text := printed(t, "bank", "check", file, "--on", day, "--json")
	var report struct {
		Files []struct {
			Problems []struct{ Code, Severity string }
		}
	}
	if err := json.Unmarshal([]byte(text), &report); err != nil || code != 0 {
		t.Fatalf("exit %d, %v: %s", code, err, text)
	}
	var codes []string
	for _, p := range report.Files[0].Problems {
		if p.Severity != "warning" {
			t.Errorf("%s is an %s", p.Code, p.Severity)
		}
		codes = append(codes, p.Code)
	}
	return strings.Join(codes, " ")
}

func TestBankCheckOnADayWarnsOfWhatShouldBeReadAgain(t *testing.T) {
	file := bankAt(t, "county.json", dated)
	for day, want := range map[string]string{"2027-01-31": "", "2027-02-01": "source_superseded",
		"2028-05-20": "source_superseded review_two_years_old"} {
		if got := codesOn(t, file, day); got != want {
			t.Errorf("on %s: %q, want %q", day, got, want)
		}
	}
	shipped := strings.ReplaceAll(dated, `"key": "gb-1", "article"`, `"key": "aha-2020", "article"`)
	if got := codesOn(t, bankAt(t, "old.json", shipped), "2027-01-31"); got != "source_superseded" {
		t.Errorf("a source of the list that ships: %q", got)
	}
	if code, _ := printed(t, "bank", "check", file, "--on", "明天"); code == 0 {
		t.Error("a day that is none is taken")
	}
}

func TestAListOfLawsIsImportedAloneAndExportedWithItsBank(t *testing.T) {
	data := t.TempDir()
	store := func(args ...string) (int, string) { return printed(t, append(args, "--data", data)...) }
	if code, _ := store("bank", "import", bankAt(t, "county.json", dated), "--bank", "county"); code != 0 {
		t.Fatalf("exit %d", code)
	}
	list := bankAt(t, "list.json", `{"format": "anquanda-bank/1", "references": [
		{"key": "gb-1", "title": "GB 1-2017 导则", "until": "2026-12-01", "by": "GB 1-2026 导则"}]}`)
	code, said := store("bank", "import", list, "--bank", "county")
	if code != 0 || !strings.Contains(said, "questions stay") {
		t.Fatalf("exit %d: %s", code, said)
	}
	out := filepath.Join(t.TempDir(), "county.json")
	if code, _ := store("bank", "export", "county", "--to", "json", "-o", out); code != 0 {
		t.Fatalf("exit %d", code)
	}
	if got := codesOn(t, out, "2026-12-01"); got != "source_superseded" {
		t.Errorf("what was exported warns of %q", got)
	}
	text, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(text), "标准原文") {
		t.Errorf("%v: the review is not in %s", err, text)
	}
}

func TestABankFindsThePicturesInTheFolderBesideIt(t *testing.T) {
	file := bankAt(t, "signs.json", `{"format":"anquanda-bank/1","questions":[{"id":"s1","kind":"truefalse",`+
		`"stem":"图中是出口标志。","image":"exit.svg","answer":true,"difficulty":1}]}`)
	if code, text := printed(t, "bank", "check", file); code != 1 {
		t.Errorf("without the picture: %d %s", code, text)
	}
	folder := filepath.Join(filepath.Dir(file), "pictures")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	picture := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>`
	if err := os.WriteFile(filepath.Join(folder, "exit.svg"), []byte(picture), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, text := printed(t, "bank", "check", file); code != 0 {
		t.Errorf("with the picture beside it: %d %s", code, text)
	}
}
