package payout

import (
	"context"
	"io"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// WayCredit is the way whose bills go into the file for an operator of phone credit.
const WayCredit = "credit"

// winnersAtOnce bounds how many phone numbers are opened together.
const winnersAtOnce = 1000

// fileAtMost bounds the bills of one file.
const fileAtMost = 20_000

// WriteFile writes the bills of phone credit that wait to be charged, with phone
// numbers in full: seeing them stands in the audit log before a line is written.
// Bills whose winner has told no number are left out. It returns the number of
// bills.
func (p *Payouts) WriteFile(ctx context.Context, by staff.Actor, c *catalog.Contest, players *identity.Players,
	out io.Writer) (int, error) {
	var rows []Payout
	err := p.db.Select(ctx, &rows,
		"SELECT "+payoutColumns+` FROM payouts
			WHERE contest_id = ? AND way = ? AND state = ? ORDER BY made_at, bill_no LIMIT ?`,
		c.ContestID, WayCredit, string(Waiting), fileAtMost)
	if err != nil {
		return 0, errs.Wrap(err, "read bills of phone credit")
	}
	phones, err := p.phones(ctx, by, c, players, rows)
	if err != nil {
		return 0, err
	}
	var bills []Bill
	for _, b := range rows {
		if to := phones[b.PlayerID]; to != "" {
			bills = append(bills, Bill{Number: b.Number, To: to, Cents: b.Cents, Remark: b.Remark})
		}
	}
	return len(bills), WriteCredit(out, bills)
}

// phones opens the phone numbers of winners, some hundred at a time.
func (p *Payouts) phones(ctx context.Context, by staff.Actor, c *catalog.Contest, players *identity.Players,
	rows []Payout) (map[sqldb.ID]string, error) {
	var keys []string
	for _, f := range c.Players.Fields {
		if f.Kind == contest.FieldPhone {
			keys = append(keys, f.Key)
		}
	}
	phones := map[sqldb.ID]string{}
	for start := 0; start < len(rows); start += winnersAtOnce {
		part := rows[start:min(start+winnersAtOnce, len(rows))]
		winners := make([]sqldb.ID, len(part))
		for i := range part {
			winners[i] = part[i].PlayerID
		}
		told, err := players.Personal.Reveal(ctx, c.ContestID, winners, keys,
			func(ctx context.Context, tx *sqldb.Tx, seen personal.Revealed) error {
				return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "payouts.file", Subject: c.Slug,
					Detail: map[string]any{"bills": len(part), "people": len(seen)}})
			})
		if err != nil {
			return nil, err
		}
		for player, values := range told {
			for _, key := range keys {
				if values[key] != "" {
					phones[player] = values[key]
				}
			}
		}
	}
	return phones, nil
}
