package bankfile

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

var update = flag.Bool("update", false, "write what is read as what is expected, to be checked by eye")

// TestEachFileIsReadAsExpected reads files in the layouts in which banks really
// come, and what their makers get wrong: testdata/twins holds each with what is
// expected of it.
func TestEachFileIsReadAsExpected(t *testing.T) {
	files, err := filepath.Glob("testdata/twins/*")
	if err != nil {
		t.Fatal(err)
	}
	formats := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, ".want") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Base(file)
			if strings.HasSuffix(name, ".sheets") {
				data, name = workbook(t, string(data)), strings.TrimSuffix(name, ".sheets")+".xlsx"
			}
			result, err := Read(name, data, Options{})
			if (err != nil) != (result.Found == 0) {
				t.Errorf("%d found, %v", result.Found, err)
			}
			formats[result.Format] = true
			got := verdicts(t, result)
			if *update {
				if err := os.WriteFile(file+".want", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file + ".want")
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("read as\n%s\nexpected\n%s", got, want)
			}
		})
	}
	for _, format := range Formats() {
		if !formats[format.Name] && format.Name != "docx" { // documents are made in package_test.go
			t.Errorf("no file of the format %s", format.Name)
		}
	}
}

// verdicts writes a line for each thing found: the question, or the codes that
// reject it, then the warnings.
func verdicts(t *testing.T, result *Result) string {
	t.Helper()
	var out bytes.Buffer
	out.WriteString(strings.TrimSpace(result.Format+" "+result.Encoding) + "\n")
	lines := make([]string, result.Found+1)
	for i := range result.Questions {
		data, err := json.Marshal(&result.Questions[i])
		if err != nil {
			t.Fatal(err)
		}
		lines[result.Numbers[i]] = string(data)
	}
	for _, reject := range result.Rejects {
		lines[reject.Number] = strings.TrimSpace("rejected: " + reject.Question.Stem)
	}
	for _, p := range result.Problems {
		parts := strings.Fields(strings.Join([]string{string(p.Severity), string(p.Code), p.Sheet, p.Cell}, " "))
		lines[p.Question] += "\n  " + strings.Join(parts, " ")
	}
	for _, line := range lines {
		out.WriteString(strings.TrimRight(line, "\n ") + "\n")
	}
	return out.String()
}

// workbook makes an Excel file of a text: # begins a sheet, tabs part the cells.
func workbook(t *testing.T, text string) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	name, row := "", 0
	for _, line := range strings.Split(text, "\n") {
		if title, ok := strings.CutPrefix(line, "# "); ok {
			if name, row = title, 0; book.GetSheetName(0) == "Sheet1" {
				if err := book.SetSheetName("Sheet1", name); err != nil {
					t.Fatal(err)
				}
			} else if _, err := book.NewSheet(name); err != nil {
				t.Fatal(err)
			}
			continue
		}
		row++
		for i, cell := range strings.Split(line, "\t") {
			ref, err := excelize.CoordinatesToCellName(i+1, row)
			if err != nil {
				t.Fatal(err)
			}
			if err := book.SetCellStr(name, ref, cell); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
