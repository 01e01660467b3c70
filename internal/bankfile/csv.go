package bankfile

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"anquanda/internal/sheet"
)

func looksCSV(p *probe) bool {
	if p.text == "" {
		return false
	}
	if p.extension == ".csv" || p.extension == ".tsv" {
		return true
	}
	// Without the ending, a header that names the columns of a bank is needed.
	line, _, _ := strings.Cut(p.text, "\n")
	return headerLayout(splitLine(line, sheet.Delimiter(line))) != nil
}

func splitLine(line string, delimiter rune) []string {
	row, err := sheet.NewCSV(line, delimiter).Read()
	if err != nil {
		return nil
	}
	return row
}

func readCSV(r *reading) error {
	text, err := r.text()
	if err != nil {
		return err
	}
	reader := sheet.NewCSV(text, csvDelimiter(text))
	reader.ReuseRecord = true
	s := &table{r: r}
	lines, cells := 0, 0
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			d := r.found(place{line: wrong.StartLine})
			d.note(Malformed, "", "引号不成对", "")
			continue
		}
		if err != nil {
			return unreadable(FormatUnreadable, err.Error())
		}
		lines++
		if cells += len(row); cells > r.limits.Cells {
			return unreadable(LimitNesting, "单元格太多")
		}
		if lines%1000 == 0 {
			r.progress(int(reader.InputOffset()), len(text))
		}
		sheet.Unguard(row)
		s.csvRow(row, reader)
	}
	s.end()
	return nil
}

// csvRow hands a row on with the line on which it begins; rows of several lines
// leave gaps, which the sheet must not take for empty rows.
func (s *table) csvRow(row []string, reader *csv.Reader) {
	line, _ := reader.FieldPos(0)
	s.row(row, line)
}

// csvDelimiter looks at the first line that names columns, else at the first.
func csvDelimiter(text string) rune {
	lines := strings.SplitN(text, "\n", headerRows+1)
	for _, line := range lines[:min(len(lines), headerRows)] {
		delimiter := sheet.Delimiter(line)
		if headerLayout(splitLine(line, delimiter)) != nil {
			return delimiter
		}
	}
	return sheet.Delimiter(lines[0])
}
