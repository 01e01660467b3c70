package selection

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ReadCSV adds the entrants of a UTF-8 CSV file to the roll. Its first row may
// name the columns entrant (入围者, 编号), person (参赛者: one person's several
// entries) and excluded (排除原因: not on the list, counted by reason); without
// known headings the first column holds the entrants. progress is told bytes.
func (r *Roll) ReadCSV(in io.Reader, size int, progress Progress) error {
	buffered := bufio.NewReader(in)
	if mark, _ := buffered.Peek(3); string(mark) == "\xef\xbb\xbf" {
		buffered.Discard(3)
	}
	rows := csv.NewReader(buffered)
	rows.FieldsPerRecord = -1
	rows.ReuseRecord = true
	var at [3]int
	for n := 0; ; n++ {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if n == 0 {
			var headed bool
			if at, headed = place(cells); headed {
				if at[0] < 0 {
					return errors.New("line 1: no column is headed entrant")
				}
				continue
			}
		}
		line, _ := rows.FieldPos(0)
		if err := r.addRow(cells, at, line); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		if progress != nil && n%progressEach == 0 {
			progress(int(rows.InputOffset()), size)
		}
	}
	if len(r.rows) == 0 {
		return errors.New("nobody is on the list")
	}
	return nil
}

func (r *Roll) addRow(cells []string, at [3]int, line int) error {
	cell := func(what int) string {
		if i := at[what]; i >= 0 && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	if reason := cell(2); reason != "" {
		return r.Exclude(reason)
	}
	return r.Add(cell(0), cell(1), line)
}
