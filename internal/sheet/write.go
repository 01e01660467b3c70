package sheet

import (
	"encoding/csv"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Table is a table of plain texts and whole numbers, on its way to a file.
type Table struct {
	Name   string
	Header []string
	Widths []float64 // of columns, in characters
	Rows   [][]any   // string or int
	// Each, where it is set, makes the rows one by one in place of Rows: of a table that is too
	// long to be held.
	Each func(visit func(row []any) error) error
	Help []string // lines of a second sheet
}

// EachRow goes through the rows.
func (t *Table) EachRow(visit func(row []any) error) error {
	if t.Each != nil {
		return t.Each(visit)
	}
	for _, row := range t.Rows {
		if err := visit(row); err != nil {
			return err
		}
	}
	return nil
}

// WriteXLSX writes a workbook.
func (t *Table) WriteXLSX(w io.Writer) error {
	out, err := NewWriter(t.Name, t.Widths, t.Header)
	if err != nil {
		return err
	}
	defer out.Close()
	if err := out.fill(t); err != nil {
		return err
	}
	if err := out.help(t.Help); err != nil {
		return err
	}
	return out.Write(w)
}

// WriteWorkbook writes tables as the sheets of one workbook, without their help.
func WriteWorkbook(w io.Writer, tables []Table) error {
	out, err := NewWriter(tables[0].Name, tables[0].Widths, tables[0].Header)
	if err != nil {
		return err
	}
	defer out.Close()
	for i := range tables {
		if t := &tables[i]; i > 0 {
			if err := out.next(t.Name, t.Widths, t.Header); err != nil {
				return err
			}
		}
		if err := out.fill(&tables[i]); err != nil {
			return err
		}
	}
	return out.Write(w)
}

// WriteCSV writes UTF-8 with a byte order mark, without which Excel takes Chinese
// for another encoding. Help is left out.
func (t *Table) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(t.Header); err != nil {
		return err
	}
	err := t.EachRow(func(row []any) error {
		cells := make([]string, len(row))
		for i, cell := range row {
			switch value := cell.(type) {
			case int:
				cells[i] = strconv.Itoa(value)
			case string:
				cells[i] = Guard(value)
			}
		}
		return out.Write(cells)
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// Writer writes the rows of a workbook one after another, so that a long table
// needs no memory of its size. Texts are texts in it, which no spreadsheet takes
// for formulas. It is for one goroutine.
type Writer struct {
	book *excelize.File
	rows *excelize.StreamWriter
	line int
}

// NewWriter begins a workbook of one sheet with its header, which stays in sight.
// widths are those of the columns, in characters. Close frees what it holds.
func NewWriter(name string, widths []float64, header []string) (*Writer, error) {
	w := &Writer{book: excelize.NewFile()}
	if err := w.begin(name, widths, header); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

func (w *Writer) begin(name string, widths []float64, header []string) error {
	if err := w.book.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	return w.open(name, widths, header)
}

// next ends the sheet and begins another one.
func (w *Writer) next(name string, widths []float64, header []string) error {
	if err := w.rows.Flush(); err != nil {
		return err
	}
	if _, err := w.book.NewSheet(name); err != nil {
		return err
	}
	w.line = 0
	return w.open(name, widths, header)
}

func (w *Writer) open(name string, widths []float64, header []string) error {
	heavy, err := w.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8F1EC"}}})
	if err != nil {
		return err
	}
	if w.rows, err = w.book.NewStreamWriter(name); err != nil {
		return err
	}
	for i, width := range widths {
		if err := w.rows.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := w.rows.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	cells := make([]any, len(header))
	for i, text := range header {
		cells[i] = excelize.Cell{StyleID: heavy, Value: text}
	}
	return w.Row(cells)
}

// Row writes the next row; a cell is a string or an int.
func (w *Writer) Row(cells []any) error {
	w.line++
	return w.rows.SetRow(CellName(0, w.line), cells)
}

func (w *Writer) fill(t *Table) error { return t.EachRow(w.Row) }

// help writes the instructions as a second sheet.
func (w *Writer) help(lines []string) error {
	if lines == nil {
		return nil
	}
	const name = "填写说明"
	if _, err := w.book.NewSheet(name); err != nil {
		return err
	}
	if err := w.book.SetColWidth(name, "A", "A", 110); err != nil {
		return err
	}
	for i, line := range lines {
		if err := w.book.SetCellStr(name, CellName(0, i+1), line); err != nil {
			return err
		}
	}
	return nil
}

// Write ends the sheet and writes the workbook.
func (w *Writer) Write(out io.Writer) error {
	if err := w.rows.Flush(); err != nil {
		return err
	}
	return w.book.Write(out)
}

// Close removes what a long table keeps on the disk meanwhile.
func (w *Writer) Close() { _ = w.book.Close() } // only temporary files, which the system removes as well
