package payout

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// Manual is paying by hand: staff work through a list and mark what is done, so
// sending only puts a bill on the list.
type Manual struct{}

// Send puts the bill on the list.
func (Manual) Send(context.Context, Bill) (Outcome, error) {
	return Outcome{State: Waiting, Detail: "等待人工发放"}, nil
}

// Ask knows nothing that the ledger does not.
func (Manual) Ask(context.Context, string) (Outcome, error) { return Outcome{State: Waiting}, nil }

// WriteCredit writes bills as the file that operators of phone credit take: one
// line a number, UTF-8 with a byte order mark so that Excel reads it. Cells that a
// table program would take for a formula are written as text.
func WriteCredit(w io.Writer, bills []Bill) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	table := csv.NewWriter(w)
	if err := table.Write([]string{"单号", "手机号", "金额（元）", "备注"}); err != nil {
		return err
	}
	for _, b := range bills {
		yuan := strconv.Itoa(b.Cents/100) + "." + strconv.Itoa(b.Cents%100/10) + strconv.Itoa(b.Cents%10)
		if err := table.Write([]string{plain(b.Number), plain(b.To), yuan, plain(b.Remark)}); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

// plain keeps a table program from running a cell as a formula.
func plain(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
