package sheet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/sheet"
)

func table() *sheet.Table {
	return &sheet.Table{Name: "名单", Header: []string{"名称", "人数"}, Widths: []float64{20, 8}, Help: []string{"第一行是表头。"},
		Rows: [][]any{{"=1+1", 3}, {"-柳湾\n村", 0}, {"'引", 12}, {"@所有人", ""}}}
}

// readRows lists the rows of a file as "sheet line:cells".
func readRows(t *testing.T, data []byte) []string {
	t.Helper()
	var got []string
	_, err := sheet.Rows(data, sheet.Limits{}, func(name string, line int, cells []string) error {
		got = append(got, fmt.Sprintf("%s %d:%s", name, line, strings.Join(cells, "|")))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAWorkbookIsReadAsItWasWrittenAndCarriesNoFormula(t *testing.T) {
	var out bytes.Buffer
	if err := table().WriteXLSX(&out); err != nil {
		t.Fatal(err)
	}
	want := []string{"名单 1:名称|人数", "名单 2:=1+1|3", "名单 3:-柳湾\n村|0", "名单 4:'引|12", "名单 5:@所有人", "填写说明 1:第一行是表头。"}
	if got := readRows(t, out.Bytes()); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("read %q", got)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if formula, err := book.GetCellFormula("名单", "A2"); err != nil || formula != "" {
		t.Errorf("A2 holds the formula %q, %v", formula, err)
	}
	if kind, err := book.GetCellType("名单", "A2"); err != nil || kind != excelize.CellTypeInlineString {
		t.Errorf("A2 is of type %v, %v", kind, err)
	}
}

func TestACSVFileIsReadAsItWasWrittenAndItsFormulasAreGuarded(t *testing.T) {
	var out bytes.Buffer
	if err := table().WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	for _, guarded := range []string{"'=1+1,3", "'@所有人", "''引", "\"'-柳湾"} {
		if !strings.Contains(out.String(), guarded) {
			t.Errorf("%q is not in %q", guarded, out.String())
		}
	}
	want := []string{" 1:名称|人数", " 2:=1+1|3", " 3:-柳湾\n村|0", " 5:'引|12", " 6:@所有人|"}
	if got := readRows(t, out.Bytes()); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("read %q", got)
	}
}

func TestAWriterWritesRowByRow(t *testing.T) {
	w, err := sheet.NewWriter("甲", nil, []string{"号"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for i := range 3 {
		if err := w.Row([]any{i}); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := w.Write(&out); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(readRows(t, out.Bytes()), " "); got != "甲 1:号 甲 2:0 甲 3:1 甲 4:2" {
		t.Errorf("read %q", got)
	}
}

func TestCellsAreNamedAsInASpreadsheet(t *testing.T) {
	for column, want := range map[int]string{0: "A7", 25: "Z7", 26: "AA7", 701: "ZZ7", 702: "AAA7"} {
		if got := sheet.CellName(column, 7); got != want {
			t.Errorf("column %d is %s, should be %s", column, got, want)
		}
	}
}
