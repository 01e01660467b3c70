package unit

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Sheet is a table of plain texts and whole numbers, on its way to a file.
type Sheet struct {
	Name   string
	Header []string
	Widths []float64 // of columns, in characters
	Rows   [][]any   // string or int
	Help   []string  // lines of a second sheet
}

// TreeSheet is a tree as the table that ReadTable reads: reading it back makes
// the same tree. A nil tree gives the template.
func TreeSheet(tree *Tree) *Sheet {
	s := &Sheet{Name: "单位", Header: []string{"编码", "名称", "上级", "别名", "人数"}, Widths: []float64{16, 30, 16, 34, 10}}
	if tree == nil {
		s.Rows = [][]any{{"01", "青禾镇", "", "青禾镇政府", ""}, {"0101", "柳湾村", "01", "柳湾村委会、柳湾", 860}, {"02", "县应急管理局", "", "应急局", 46}}
		s.Help = templateHelp
		return s
	}
	for _, u := range tree.Units() {
		parent, heads := "", any("")
		if above, ok := tree.Get(u.ParentID); ok {
			parent = above.Code
		}
		if u.Headcount > 0 {
			heads = u.Headcount
		}
		s.Rows = append(s.Rows, []any{u.Code, u.Name, parent, writeAliases(u.Aliases), heads})
	}
	return s
}

var templateHelp = []string{
	"每行一个单位，第一行是表头，各列的先后不限；不用的列可以删去。前三行是例子，请换成自己的。",
	"编码：单位的代号，不能重复，1 到 32 个字符。改名、换上级时编码不变，成绩就跟着单位走。不写编码时，按“上级＋名称”认单位。",
	"名称：参赛者看到的名称，最多 40 个字。",
	"上级：上级单位的编码或名称；最上面一级空着。最多 8 级。",
	"别名：简称、曾用名，用、隔开。参赛者按别名也能找到单位。",
	"人数：单位应参加的人数，用来算参与率；不知道就空着，不算参与率。",
	"也可以不写“上级”，而写一列“路径”，如：青禾镇/柳湾村；或者一级一列，表头写“一级、二级、三级”或“县、镇、村”。",
	"上传后先看报告和改动，确认了才生效；可以随时下载现在的单位表，改好再传。",
}

// WriteXLSX writes a workbook. Texts are texts in it, which no spreadsheet takes
// for formulas.
func (s *Sheet) WriteXLSX(w io.Writer) error {
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", s.Name); err != nil {
		return err
	}
	heavy, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8F1EC"}}})
	if err != nil {
		return err
	}
	out, err := book.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	if err := s.stream(out, heavy); err != nil {
		return err
	}
	if s.Help != nil {
		if _, err := book.NewSheet("填写说明"); err != nil {
			return err
		}
		if err := book.SetColWidth("填写说明", "A", "A", 110); err != nil {
			return err
		}
		for i, line := range s.Help {
			if err := book.SetCellStr("填写说明", "A"+strconv.Itoa(i+1), line); err != nil {
				return err
			}
		}
	}
	return book.Write(w)
}

func (s *Sheet) stream(out *excelize.StreamWriter, heavy int) error {
	for i, width := range s.Widths {
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	header := make([]any, len(s.Header))
	for i, text := range s.Header {
		header[i] = excelize.Cell{StyleID: heavy, Value: text}
	}
	if err := out.SetRow("A1", header); err != nil {
		return err
	}
	for i, row := range s.Rows {
		if err := out.SetRow("A"+strconv.Itoa(i+2), row); err != nil {
			return err
		}
	}
	return out.Flush()
}

// WriteCSV writes UTF-8 with a byte order mark, without which Excel takes Chinese
// for another encoding. A text that a spreadsheet would run as a formula gets a '.
func (s *Sheet) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(s.Header); err != nil {
		return err
	}
	for _, row := range s.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			switch value := cell.(type) {
			case int:
				cells[i] = strconv.Itoa(value)
			case string:
				cells[i] = guard(value)
			}
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// guard is how bankfile.Rows expects it.
func guard(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r'", rune(text[0])) {
		return "'" + text
	}
	return text
}
