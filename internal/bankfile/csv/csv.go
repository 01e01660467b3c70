// Package csv reads and writes banks as CSV files.
package csv

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/table"
	"anquanda/internal/sheet"
)

// Format is a table as text, in any usual encoding.
var Format = draft.Format{Name: "csv", Title: "CSV", Extension: ".csv",
	Sniff: looksCSV, Read: readCSV, Write: writeCSV, Keeps: draft.EverythingWithoutImage}

func looksCSV(p *draft.Probe) bool {
	if p.Text == "" {
		return false
	}
	if p.Extension == ".csv" || p.Extension == ".tsv" {
		return true
	}
	// Without the ending, a header that names the columns of a bank is needed.
	line, _, _ := strings.Cut(p.Text, "\n")
	return table.IsHeader(splitLine(line, sheet.Delimiter(line)))
}

func splitLine(line string, delimiter rune) []string {
	row, err := sheet.NewCSV(line, delimiter).Read()
	if err != nil {
		return nil
	}
	return row
}

func readCSV(r *draft.Reading) error {
	text, err := r.Text()
	if err != nil {
		return err
	}
	reader := sheet.NewCSV(text, csvDelimiter(text))
	reader.ReuseRecord = true
	s := table.New(r, "")
	lines, cells := 0, 0
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			d := r.Found(draft.Place{Line: wrong.StartLine})
			d.Note(draft.Malformed, "", "引号不成对", "")
			continue
		}
		if err != nil {
			return draft.Refuse(draft.FormatUnreadable, err.Error())
		}
		lines++
		if cells += len(row); cells > r.Limits.Cells {
			return draft.Refuse(draft.LimitNesting, "单元格太多")
		}
		if lines%1000 == 0 {
			r.Progress(int(reader.InputOffset()), len(text))
		}
		sheet.Unguard(row)
		// Rows of several lines leave gaps, which are not to be taken for empty rows.
		line, _ := reader.FieldPos(0)
		s.Row(row, line)
	}
	s.End()
	return nil
}

// csvDelimiter looks at the first line that names columns, else at the first.
func csvDelimiter(text string) rune {
	lines := strings.SplitN(text, "\n", table.HeaderRows+1)
	for _, line := range lines[:min(len(lines), table.HeaderRows)] {
		delimiter := sheet.Delimiter(line)
		if table.IsHeader(splitLine(line, delimiter)) {
			return delimiter
		}
	}
	return sheet.Delimiter(lines[0])
}
