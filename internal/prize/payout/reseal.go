package payout

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/keyring/rotation"
)

// SealAgain seals anew to whom bills go, of some rows after a place (rotation.Sealed).
func (p *Payouts) SealAgain(ctx context.Context, after string) (rotation.Batch, error) {
	var rows []Payout
	err := p.DB.Select(ctx, &rows, "SELECT "+payoutColumns+" FROM payouts WHERE bill_no > ? ORDER BY bill_no LIMIT ?",
		after, rotation.AtOnce)
	if err != nil {
		return rotation.Batch{}, errs.Wrap(err, "read what is sealed")
	}
	var changes []rotation.Change
	for i := range rows {
		b := &rows[i]
		after = b.Number
		for column, sealed := range map[string]string{"payee": b.Payee, "payee_seen": b.Seen} {
			anew, err := p.Vault.AgainFor(b.ContestID, b.PlayerID, "payee", sealed)
			if err != nil {
				return rotation.Batch{}, errs.Wrap(err, "the payee of bill %s", b.Number)
			}
			if anew != "" {
				changes = append(changes, rotation.Change{
					Query: "UPDATE payouts SET " + column + " = ? WHERE bill_no = ? AND " + column + " = ?",
					Args:  []any{anew, b.Number, sealed}})
			}
		}
	}
	return rotation.Write(ctx, p.DB, len(rows), after, changes)
}
