package form

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/errs"
	"anquanda/internal/report/offline"
)

var counted = []offline.Counted{{Name: "参与人数", Value: 12345, Measure: "人"}, {Name: "答题次数", Value: 20000, Measure: "人次"},
	{Name: "正确率", Value: 85.2, Measure: "%"}, {Name: "发放宣传资料", Value: 300, Measure: "份"}}

// sent is a table as offices send it.
func sent(t *testing.T) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for cell, text := range map[string]string{"A1": "安全生产月统计表", "A2": "参与人数", "B2": "{{参与人数}}", "A3": "答题次数（人次）",
		"A4": "说明", "B4": "共{{ 参与人数 }}人，正确率{{正确率}}%", "A5": "参加人次", "B5": "{{参加人次}}", "A6": "宣传资料",
		"A8": "半个", "B8": "{{参与人数"} {
		must(book.SetCellStr("Sheet1", cell, text))
	}
	must(book.MergeCell("Sheet1", "A1", "D1"))
	must(book.MergeCell("Sheet1", "C6", "D7"))
	must(book.SetCellFormula("Sheet1", "B7", "B2*2"))
	must(book.ProtectSheet("Sheet1", &excelize.SheetProtectionOptions{Password: "mima"}))
	_, err := book.NewSheet("存根")
	must(err)
	must(book.SetCellStr("存根", "A1", "{{参与人数}}"))
	must(book.SetSheetVisible("存根", false))
	var out bytes.Buffer
	must(book.Write(&out))
	return out.Bytes()
}

// slim is a table whose cells to fill have never held anything.
func slim(t *testing.T) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	var out bytes.Buffer
	if err := errors.Join(book.SetCellStr("Sheet1", "A2", "参与人数："), book.Write(&out)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestATableIsFilledAndWhatElseItHoldsStays(t *testing.T) {
	f := &Form{body: sent(t), Places: []Place{{"Sheet1", "D7", "发放宣传资料"}, {"Sheet1", "B7", "答题次数"},
		{"没有的页", "A1", "答题次数"}}}
	sight, err := f.See(counted)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, s := range sight.Findings {
		said = append(said, fmt.Sprint(s.Sheet, " ", s.Cell, " ", s.Wrong, " ", s.Message))
	}
	for _, want := range []string{
		"Sheet1 B2 false 这格有保护", "Sheet1 B5 true 没有叫“参加人次”的数，是不是“参与人数”", "Sheet1 B8 true 大括号没有写全",
		"Sheet1 D7 false 这格在合并的单元格里，数填在 C6", "Sheet1 B7 true 这格是公式", "没有的页 A1 true 新传的表格里没有这一页",
		"存根  false 这一页是隐藏的", "“参与人数”填了 3 处：Sheet1 B2、Sheet1 B4、存根 A1",
	} {
		if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("it is not said: %s; said is\n%s", want, strings.Join(said, "\n"))
		}
	}
	if narrow, err := read(slim(t)); err != nil || len(suggestions(narrow, nil, counted)) != 1 {
		t.Errorf("beside the last text is no room: %v, %v", narrow, err)
	}
	if !slices.Contains(sight.Suggested, Place{"Sheet1", "B3", "答题次数"}) {
		t.Errorf("suggested is %v", sight.Suggested)
	}

	var out bytes.Buffer
	if err := f.Write(&out, counted); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for cell, want := range map[string]string{"B2": "12345", "B4": "共12345人，正确率85.2%", "B5": "{{参加人次}}", "C6": "300",
		"B8": "{{参与人数"} {
		if got, err := book.GetCellValue("Sheet1", cell); err != nil || got != want {
			t.Errorf("%s is %q, %v, want %q", cell, got, err, want)
		}
	}
	if kind, err := book.GetCellType("Sheet1", "B2"); err != nil || kind == excelize.CellTypeSharedString {
		t.Errorf("a figure is text: %v %v", kind, err)
	}
	formula, err := book.GetCellFormula("Sheet1", "B7")
	worth, failed := book.CalcCellValue("Sheet1", "B7")
	if err != nil || failed != nil || formula != "B2*2" || worth != "24690" {
		t.Errorf("the formula is %q and worth %q, %v %v", formula, worth, err, failed)
	}
	if !protected(book, "Sheet1") {
		t.Error("the protection is gone")
	}
	if visible, err := book.GetSheetVisible("存根"); err != nil || visible {
		t.Error("the hidden sheet is shown")
	}
}

func TestWhatIsNoTableIsSaidSo(t *testing.T) {
	for name, body := range map[string][]byte{"text": []byte("单位,人数"), "xls": []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
		"half": sent(t)[:500]} {
		if _, err := read(body); err == nil || errs.From(err).Code != "form_unreadable" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
