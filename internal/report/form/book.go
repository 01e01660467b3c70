package form

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/errs"
)

const (
	// MaxUpload bounds a table that is sent, in bytes.
	MaxUpload   = 2 << 20
	mostUnzip   = 32 << 20
	mostSheets  = 20
	mostRows    = 300 // that are looked at in a sheet
	mostColumns = 60
	mostCell    = 300 // characters of a cell that are shown
)

// Errors of tables that cannot be filled.
var (
	ErrLarge  = errs.New(errs.TooLarge, "form_too_large", "表格超过 2 MB，请删去图片或多余的页以后再传")
	errNoBook = errs.New(errs.Invalid, "form_unreadable", "这不是能打开的 xlsx 表格。xls、et 请另存为 xlsx，有打开密码的请先去掉密码")
	errSheets = errs.New(errs.Invalid, "form_unreadable", fmt.Sprintf("表格超过 %d 页，请删去用不上的页", mostSheets))
)

// Cell is a cell as the console shows it.
type Cell struct {
	Text    string
	Formula bool
	Locked  bool   // in a sheet that is protected
	Across  int    // columns that it takes, where merged; 1 else
	Down    int    // rows
	Within  string // the cell that it is hidden behind, as "B3"; "" for none
}

// Sheet is a sheet as the console shows it; Rows[0][0] is A1.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   [][]Cell
	Cut    bool // it has more rows or columns than are shown
}

// cell is the cell of that name; nil outside of what is shown.
func (s *Sheet) cell(name string) *Cell {
	column, row, err := excelize.CellNameToCoordinates(name)
	if err != nil || row > len(s.Rows) || column > len(s.Rows[row-1]) {
		return nil
	}
	return &s.Rows[row-1][column-1]
}

// open reads a workbook within bounds; what is no xlsx, or needs a password, is said so.
func open(body []byte) (*excelize.File, error) {
	book, err := excelize.OpenReader(bytes.NewReader(body),
		excelize.Options{UnzipSizeLimit: mostUnzip, UnzipXMLSizeLimit: mostUnzip})
	if err != nil {
		return nil, errNoBook.Because(err)
	}
	if len(book.GetSheetList()) > mostSheets {
		return nil, errors.Join(errSheets, book.Close())
	}
	return book, nil
}

// read reads the sheets of a workbook.
func read(body []byte) (sheets []Sheet, err error) {
	book, err := open(body)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	for _, name := range book.GetSheetList() {
		sheet, err := readSheet(book, name)
		if err != nil {
			return nil, errNoBook.Because(err)
		}
		sheets = append(sheets, sheet)
	}
	return sheets, nil
}

func readSheet(book *excelize.File, name string) (Sheet, error) {
	s := Sheet{Name: name}
	visible, err := book.GetSheetVisible(name)
	if err != nil {
		return s, err
	}
	s.Hidden = !visible
	merged, err := book.GetMergeCells(name)
	if err != nil {
		return s, err
	}
	texts, err := firstRows(book, name)
	if err != nil {
		return s, err
	}
	if s.Cut = len(texts) > mostRows; s.Cut {
		texts = texts[:mostRows]
	}
	wide := 0
	for _, row := range texts {
		wide = max(wide, len(row))
	}
	for _, m := range merged { // what is merged may reach further than the texts
		right, down, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return s, err
		}
		wide = max(wide, right)
		for len(texts) < min(down, mostRows) {
			texts = append(texts, nil)
		}
	}
	s.Cut = s.Cut || wide > mostColumns
	wide = min(wide+1, mostColumns) // beside the last text, and below, there is room for a figure
	texts = append(texts, nil)
	locked := protected(book, name)
	for y, row := range texts {
		cells := make([]Cell, wide)
		for x := range cells {
			c := &cells[x]
			c.Across, c.Down = 1, 1
			if x < len(row) {
				c.Text = cut(row[x])
			}
			at, _ := excelize.CoordinatesToCellName(x+1, y+1) // from 1, so it is one
			formula, err := book.GetCellFormula(name, at)
			if err != nil {
				return s, err
			}
			c.Formula = formula != ""
			c.Locked = locked && isLocked(book, name, at)
		}
		s.Rows = append(s.Rows, cells)
	}
	for _, m := range merged {
		s.merge(m.GetStartAxis(), m.GetEndAxis())
	}
	return s, nil
}

// firstRows are the texts of the rows that are looked at, and one more where there is.
func firstRows(book *excelize.File, name string) (rows [][]string, err error) {
	reading, err := book.Rows(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, reading.Close()) }()
	for len(rows) <= mostRows && reading.Next() {
		row, err := reading.Columns()
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, reading.Error()
}

// merge notes which cells are hidden behind the first of a merged area.
func (s *Sheet) merge(start, end string) {
	left, top, err := excelize.CellNameToCoordinates(start)
	right, down, failed := excelize.CellNameToCoordinates(end)
	if err != nil || failed != nil || s.cell(start) == nil {
		return
	}
	for y := top; y <= min(down, len(s.Rows)); y++ {
		for x := left; x <= min(right, len(s.Rows[y-1])); x++ {
			s.Rows[y-1][x-1].Within = start
		}
	}
	first := s.cell(start)
	first.Within, first.Across, first.Down = "", right-left+1, down-top+1
}

// protected reports whether a sheet is. excelize tells of newer passwords by their
// algorithm; of the rest, by trying to end it: book is only read, and not written
// afterwards. Newer ones are not tried, as the file says how much work that is.
func protected(book *excelize.File, name string) bool {
	if options, err := book.GetSheetProtection(name); err == nil && options.AlgorithmName != "" {
		return true
	}
	return !errors.Is(book.UnprotectSheet(name, "?"), excelize.ErrUnprotectSheet)
}

// isLocked reports whether a cell of a protected sheet may not be changed by hand; that is
// so of every cell that does not say otherwise.
func isLocked(book *excelize.File, sheet, cell string) bool {
	index, err := book.GetCellStyle(sheet, cell)
	if err != nil || index == 0 {
		return true
	}
	style, err := book.GetStyle(index)
	return err != nil || style.Protection == nil || style.Protection.Locked
}

func cut(text string) string {
	if utf8.RuneCountInString(text) > mostCell {
		return string([]rune(text)[:mostCell]) + "…"
	}
	return text
}

// mark is a name as a table asks for it.
var mark = regexp.MustCompile(`\{\{([^{}]{1,60})\}\}`)

// marks are the names that a cell asks for.
func marks(text string) (names []string) {
	for _, m := range mark.FindAllStringSubmatch(text, -1) {
		names = append(names, strings.TrimSpace(m[1]))
	}
	return names
}

// write fills values into a workbook: those of marks within the text of their cell, those
// of places as numbers. Formulas stay, and are worked out anew when the table is opened.
func write(w io.Writer, body []byte, filled []filling) (err error) {
	book, err := open(body)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	for _, f := range filled {
		if f.text != "" {
			err = book.SetCellStr(f.sheet, f.cell, f.text)
		} else {
			err = book.SetCellValue(f.sheet, f.cell, f.number)
		}
		if err != nil {
			return errs.Wrap(err, "fill %s of %s", f.cell, f.sheet)
		}
	}
	if err := book.UpdateLinkedValue(); err != nil {
		return errs.Wrap(err, "have formulas worked out anew")
	}
	always := true
	if err := book.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &always}); err != nil {
		return errs.Wrap(err, "have formulas worked out anew")
	}
	return book.Write(w)
}

// filling is what one cell gets.
type filling struct {
	sheet, cell string
	text        string // where words stand around the number
	number      float64
}
