package bankfile

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestHandCheckedRowsGetTheirVerdict holds 200 rows of the safety banks that were
// read by eye against what a careful organizer would say: accepted, or the code of
// why not. The fixture names rows only; none of their text is copied.
func TestHandCheckedRowsGetTheirVerdict(t *testing.T) {
	corpusFiles(t, "safety")
	table, err := os.ReadFile("testdata/verdicts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	type spot struct {
		sheet string
		line  int
	}
	verdicts := map[string]map[spot]string{}
	read := func(file string) map[spot]string {
		data, err := os.ReadFile(filepath.Join(corpus, "safety", file))
		if err != nil {
			t.Fatal(err)
		}
		r := &reading{name: file, data: data, limits: DefaultLimits, result: &Result{Images: map[string][]byte{}}}
		if err := r.read(); err != nil {
			t.Fatal(err)
		}
		found := map[spot]string{}
		for _, d := range r.drafts {
			verdict := "accepted"
			if d.rejected {
				verdict = string(d.problems[0].Code)
			}
			found[spot{d.at.sheet, d.at.line}] = verdict
		}
		return found
	}
	rows := 0
	for _, line := range strings.Split(strings.TrimSpace(string(table)), "\n")[1:] {
		columns := strings.Split(line, "\t")
		number, err := strconv.Atoi(columns[2])
		if err != nil {
			t.Fatal(line)
		}
		if verdicts[columns[0]] == nil {
			verdicts[columns[0]] = read(columns[0])
		}
		rows++
		if got := verdicts[columns[0]][spot{columns[1], number}]; got != columns[3] {
			t.Errorf("%s %s row %d: %q, should be %q", columns[0], columns[1], number, got, columns[3])
		}
	}
	if rows < 200 {
		t.Errorf("only %d rows", rows)
	}
}
