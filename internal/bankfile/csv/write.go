package csv

import (
	"encoding/csv"
	"io"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/table"
	"anquanda/internal/sheet"
)

// writeCSV writes UTF-8 with a byte order mark, without which Excel takes Chinese
// for another encoding. A cell that a spreadsheet would run as a formula gets a '.
func writeCSV(w io.Writer, bank *draft.Bank) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	columns := table.ColumnsOf(bank)
	if err := out.Write(columns.Header()); err != nil {
		return err
	}
	for i := range bank.Questions {
		q := bank.Questions[i]
		q.Image, q.ImageAlt, q.Material = "", "", q.Material.WithoutPicture() // a CSV file carries no pictures
		row := columns.Row(&q)
		for k, text := range row {
			row[k] = sheet.Guard(text)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
