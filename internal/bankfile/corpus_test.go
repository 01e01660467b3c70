package bankfile

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"
)

// corpus is where the banks that others made lie, beside the repository.
const corpus = "../../../shared/corpus"

func corpusFiles(t *testing.T, under string) []string {
	t.Helper()
	var files []string
	root := filepath.Join(corpus, under)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !entry.IsDir() {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Skip("the corpus is not beside this repository")
	}
	return files
}

func readCorpus(t *testing.T, file string) (*Result, error) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	result, err := Read(filepath.Base(file), data, Options{})
	if spent := time.Since(start); spent > 30*time.Second {
		t.Errorf("%s took %v", file, spent)
	}
	return result, err
}

func TestEveryCorpusFileIsReadOrRefusedWithAReason(t *testing.T) {
	for _, file := range corpusFiles(t, "") {
		name, _ := filepath.Rel(corpus, file)
		result, err := readCorpus(t, file)
		if err != nil {
			if len(result.Problems) != 1 || result.Problems[0].Message == "" || result.Accepted != 0 {
				t.Errorf("%s: refused without a reason: %v", name, err)
			}
			t.Logf("%-90s refused %s", name, result.Problems[0].Message)
			continue
		}
		if result.Accepted+result.Rejected != result.Found || len(result.Questions) != result.Accepted {
			t.Errorf("%s: %d + %d of %d", name, result.Accepted, result.Rejected, result.Found)
		}
		t.Logf("%-90s %-9s %-6s %5d %5d %5d %s", name, result.Format, result.Encoding, result.Found, result.Accepted, result.Rejected, tally(result))
	}
}

// tally counts the problems of a result by code.
func tally(result *Result) string {
	counts := map[Code]int{}
	for _, problem := range result.Problems {
		counts[problem.Code]++
	}
	var parts []string
	for code, n := range counts {
		mark := ""
		if code.Severity() == Error {
			mark = "!"
		}
		parts = append(parts, fmt.Sprintf("%s%s %d", mark, code, n))
	}
	sort.Strings(parts)
	return strings.Join(parts, ", ")
}

func TestSafetyBanksByCode(t *testing.T) {
	t.Logf("%-64s %6s %8s %8s  %s", "file", "found", "accepted", "rejected", "problems by code (! rejects)")
	found, accepted, rejected := 0, 0, 0
	for _, file := range corpusFiles(t, "safety") {
		result, err := readCorpus(t, file)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		found, accepted, rejected = found+result.Found, accepted+result.Accepted, rejected+result.Rejected
		t.Logf("%-64s %6d %8d %8d  %s", filepath.Base(file), result.Found, result.Accepted, result.Rejected, tally(result))
	}
	t.Logf("%-64s %6d %8d %8d", "all", found, accepted, rejected)
	// The banks hold 14,000 questions with options and 2,700 whose options are
	// lost; a reader that suddenly takes or refuses thousands more is wrong.
	if accepted < 13_000 || accepted > 13_500 || found != accepted+rejected {
		t.Errorf("accepted %d of %d", accepted, found)
	}
}
