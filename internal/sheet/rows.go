// Package sheet reads and writes tables as offices have them: rows of an Excel
// workbook or of a CSV file of any usual encoding. It does not ask what cells mean.
//
// Reading is bounded in bytes, unpacked bytes and cells. What is written cannot
// carry formulas: cells of a workbook are texts and whole numbers, and a text of a
// CSV file that a spreadsheet would run gets a ' before it, which Rows takes away.
//
// The package is pure: it touches no file, clock or network. Its functions may be
// called from several goroutines.
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// OLE2 is the signature of the container of .xls and .doc, which are not read.
var OLE2 = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

// zipSignature begins .xlsx and every other package in a zip archive.
var zipSignature = []byte("PK\x03\x04")

// IsArchive reports whether data begins as a zip archive.
func IsArchive(data []byte) bool { return bytes.HasPrefix(data, zipSignature) }

// RowFunc takes a row of a table; see Rows.
type RowFunc func(name string, line int, cells []string) error

// Rows reads the cells of an Excel workbook or a CSV file of any kind. Formulas
// are read as the values that the file holds for them.
//
// row gets each row that holds something: name is that of the sheet, "" for CSV,
// line counts from 1, cells is used again for the next row. An error of row ends
// the reading and is returned; other errors are those of this package. encoding is
// that of a CSV file, as it is named to people.
func Rows(data []byte, limits Limits, row RowFunc) (encoding string, err error) {
	limits = limits.orDefault()
	switch {
	case int64(len(data)) > limits.Bytes:
		return "", ErrBytes
	case bytes.HasPrefix(data, OLE2):
		return "", ErrOldExcel
	case IsArchive(data):
		return "", bookRows(data, limits, row)
	}
	text, encoding, err := Text(data)
	if err != nil {
		return "", err
	}
	return encoding, csvRows(text, limits, row)
}

func bookRows(data []byte, limits Limits, row RowFunc) error {
	archive, err := OpenArchive(data, limits.Unpacked)
	if err != nil {
		return err
	}
	book, err := OpenWorkbook(archive, limits.Unpacked)
	if err != nil {
		return err
	}
	cells := 0
	for i, name := range book.Sheets() {
		var refused error
		err := book.Rows(i, func(line int, held []string) error {
			if cells += 1 + len(held); cells > limits.Cells || line > limits.Cells {
				refused = ErrCells
			} else {
				refused = row(name, line, held)
			}
			return refused
		})
		switch {
		case refused != nil:
			return refused
		case err != nil:
			return ErrDamaged.Because(err)
		}
	}
	return nil
}

func csvRows(text string, limits Limits, row RowFunc) error {
	first := strings.SplitN(text, "\n", 6) // a title may stand above the header
	reader := NewCSV(text, Delimiter(strings.Join(first[:min(len(first), 5)], "\n")))
	reader.ReuseRecord = true
	cells := 0
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return ErrDamaged.Because(csvPlace(err))
		}
		if cells += len(record); cells > limits.Cells {
			return ErrCells
		}
		if strings.TrimSpace(strings.Join(record, " ")) == "" {
			continue
		}
		Unguard(record)
		line, _ := reader.FieldPos(0)
		if err := row("", line, record); err != nil {
			return err
		}
	}
}

// csvPlace says where quotes do not pair.
func csvPlace(err error) error {
	var wrong *csv.ParseError
	if errors.As(err, &wrong) {
		return fmt.Errorf("第 %d 行的引号不成对", wrong.StartLine)
	}
	return err
}
