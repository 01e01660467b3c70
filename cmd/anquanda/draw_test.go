package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDrawRFC3797PrintsTheExampleOfTheRFC(t *testing.T) {
	code, text := printed(t, "draw", "rfc3797", "--pool", "25", "--select", "10", "9319", "2 5 12 8 10",
		"9 18 26 34 41 45")
	if want := "9319./2.5.8.10.12./9.18.26.34.41.45./\n17 7 2 16 25 23 8 24 19 13\n"; code != 0 || text != want {
		t.Errorf("exit %d: %s", code, text)
	}
	for _, args := range [][]string{{"9319"}, {"--pool", "5", "--select", "6", "1"}, {"--pool", "5", "--select", "1"},
		{"--pool", "5", "--select", "1", "x y"}} {
		if code, _ := printed(t, append([]string{"draw", "rfc3797"}, args...)...); code == 0 {
			t.Errorf("%v is accepted", args)
		}
	}
}

// frozenAt freezes a list of 40 in a folder of its own.
func frozenAt(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	var list strings.Builder
	for i := range 40 {
		list.WriteString("T" + strings.Repeat("x", i) + "\n")
	}
	if err := os.WriteFile(filepath.Join(folder, "list.csv"), []byte(list.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	code, text := printed(t, "draw", "run", "--freeze", filepath.Join(folder, "list.csv"), "--select", "一等奖:1,二等奖:3:1",
		"--reserves", "2", "--named", "红球:6", "--named", "蓝球:1")
	if code != 0 || !strings.Contains(text, "fingerprint") {
		t.Fatalf("exit %d: %s", code, text)
	}
	return folder
}

func TestADrawingGoesFromFreezeToForfeit(t *testing.T) {
	folder := frozenAt(t)
	in := func(name string) string { return filepath.Join(folder, name) }
	if info, err := os.Stat(in("list.seed")); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the seed is open to others: %v %v", info, err)
	}
	seed, _ := os.ReadFile(in("list.seed"))
	if frozen, _ := os.ReadFile(in("list.frozen.json")); bytes.Contains(frozen, bytes.TrimSpace(seed)) {
		t.Error("the frozen file tells the seed")
	}
	steps := []struct {
		code int
		args []string
	}{
		{1, []string{"verify", in("list.frozen.json")}},
		// a number too few
		{1, []string{"run", in("list.frozen.json"), "--seed-file", in("list.seed"), "--source", "2 5 8 10 12",
			"--source", "7"}},
		// no seed
		{1, []string{"run", in("list.frozen.json"), "--source", "2 5 8 10 12 33", "--source", "7"}},
		{0, []string{"run", in("list.frozen.json"), "--seed-file", in("list.seed"), "--source", "33 2 5 08 10 12",
			"--source", "7"}},
		// would overwrite
		{1, []string{"run", in("list.frozen.json"), "--seed-file", in("list.seed"), "--source", "1 2 3 4 5 6",
			"--source", "7"}},
		{0, []string{"verify", in("list.transcript.json")}},
		{1, []string{"run", in("list.transcript.json"), "--seed-file", in("list.seed"), "--source", "1 2 3 4 5 6", "--source",
			"7", "-o", in("second.json")}},
		{1, []string{"run", in("list.transcript.json"), "--forfeit", "9:放弃", "-o", in("second.json")}}, // there is no place 9
		{0, []string{"run", in("list.transcript.json"), "--forfeit", "1:放弃", "-o", in("second.json")}},
		{0, []string{"verify", in("second.json")}},
		{1, []string{"verify", in("second.json"), "--fingerprint", strings.Repeat("0000-", 7) + "0000"}},
		{2, []string{"verify", in("none.json")}},
	}
	for _, step := range steps {
		if code, text := printed(t, append([]string{"draw"}, step.args...)...); code != step.code {
			t.Errorf("%v: exit %d, should be %d: %s", step.args, code, step.code, text)
		}
	}
	if _, text := printed(t, "draw", "verify", in("list.frozen.json")); !strings.Contains(text,
		"FAILED  seed: frozen, not drawn yet") {
		t.Error(text)
	}
}

func TestASeedOfAnotherFreezeIsRefused(t *testing.T) {
	one, other := frozenAt(t), frozenAt(t)
	code, _ := printed(t, "draw", "run", filepath.Join(one, "list.frozen.json"), "--seed-file",
		filepath.Join(other, "list.seed"), "--source", "1 2 3 4 5 6", "--source", "7")
	if _, err := os.Stat(filepath.Join(one, "list.transcript.json")); code == 0 || err == nil {
		t.Error("it draws")
	}
}

func TestARehearsalDrawsAtOnceAndVerifies(t *testing.T) {
	list := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(list, []byte("A\nB\nC\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(filepath.Dir(list), "out.json")
	for _, algorithm := range []string{"hmac-sha256", "rfc3797"} {
		os.Remove(out)
		if code, text := printed(t, "draw", "run", list, "--algorithm", algorithm, "--select", "2", "--source", "4 5 6", "-o",
			out); code != 0 || !strings.Contains(text, "rehearsal") {
			t.Errorf("exit %d: %s", code, text)
		}
		if code, text := printed(t, "draw", "verify", out); code != 0 {
			t.Errorf("%s: exit %d: %s", algorithm, code, text)
		}
	}
}
