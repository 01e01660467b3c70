package bankfile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// Rows reads the cells of an Excel workbook or a CSV file of any kind, without
// asking what they mean: other packages read their own tables by it, under the
// same bounds (Bytes, Unpacked, Cells; zero ones take the default). Formulas are
// read as the values that the file holds for them.
//
// row gets each row that holds something: sheet is "" for CSV, line counts from 1,
// cells is used again for the next row. An error of row ends the reading and is
// returned. Other errors are *Unreadable.
func Rows(name string, data []byte, limits Limits, row func(sheet string, line int, cells []string) error) (encoding string, err error) {
	r := &reading{name: name, data: data, limits: limits.orDefault(), result: &Result{}}
	switch {
	case int64(len(data)) > r.limits.Bytes:
		return "", unreadable(LimitBytes, "")
	case bytes.HasPrefix(data, oldExcel):
		return "", unreadable(FormatOld, "")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return "", r.bookRows(row)
	}
	text, err := r.text()
	if err != nil {
		return "", err
	}
	return r.result.Encoding, r.csvRows(text, row)
}

func (r *reading) bookRows(row func(string, int, []string) error) error {
	archive, err := r.checkZip()
	if err != nil {
		return err
	}
	book, err := openWorkbook(archive, r.limits.Unpacked)
	if err != nil || len(book.sheets) == 0 {
		return unreadable(FormatUnreadable, "")
	}
	cells := 0
	for _, sheet := range book.sheets {
		var refused error
		err := book.rows(sheet.part, func(line int, held []string) error {
			if cells += 1 + len(held); cells > r.limits.Cells || line > r.limits.Cells {
				refused = unreadable(LimitNesting, "")
			} else {
				refused = row(sheet.name, line, held)
			}
			return refused
		})
		switch {
		case refused != nil:
			return refused
		case err != nil:
			return unreadable(FormatUnreadable, "")
		}
	}
	return nil
}

func (r *reading) csvRows(text string, row func(string, int, []string) error) error {
	first := strings.SplitN(text, "\n", 6) // a title may stand above the header
	reader := newCSV(text, delimiterOf(strings.Join(first[:min(len(first), 5)], "\n")))
	reader.ReuseRecord = true
	cells := 0
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unreadable(FormatUnreadable, csvPlace(err))
		}
		if cells += len(record); cells > r.limits.Cells {
			return unreadable(LimitNesting, "")
		}
		if joined(record) == "" {
			continue
		}
		unguard(record)
		line, _ := reader.FieldPos(0)
		if err := row("", line, record); err != nil {
			return err
		}
	}
}

// csvPlace says where quotes do not pair.
func csvPlace(err error) string {
	var wrong *csv.ParseError
	if errors.As(err, &wrong) {
		return "第 " + itoa(wrong.StartLine) + " 行的引号不成对"
	}
	return ""
}
