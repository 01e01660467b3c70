package prize

import (
	"context"
	"encoding/base64"

	"anquanda/internal/errs"
	"anquanda/internal/keyring/rotation"
	"anquanda/internal/sqldb"
)

// SealAgain seals anew voucher codes, of some rows after a place (rotation.Sealed), and
// with each its hash, as the code is at hand.
func (l *Ledger) SealAgain(ctx context.Context, after string) (rotation.Batch, error) {
	var contestID sqldb.ID
	var unit int
	var key string
	if err := rotation.ReadPlace(after, &contestID, &unit, &key); err != nil {
		return rotation.Batch{}, err
	}
	var rows []voucherRow
	err := l.db.Select(ctx, &rows, "SELECT "+sqldb.Columns[voucherRow]("")+` FROM voucher_codes
		WHERE contest_id > ? OR contest_id = ? AND (prize_key > ? OR prize_key = ? AND unit_no > ?)
		ORDER BY contest_id, prize_key, unit_no LIMIT ?`, contestID, contestID, key, key, unit, rotation.AtOnce)
	if err != nil {
		return rotation.Batch{}, errs.Wrap(err, "read what is sealed")
	}
	var changes []rotation.Change
	for _, row := range rows {
		after = rotation.Place(row.ContestID, row.UnitNo, row.PrizeKey)
		if row.Sealed == "" { // its time is over
			continue
		}
		change, err := l.codeAgain(row)
		if err != nil {
			return rotation.Batch{}, err
		}
		if change != nil {
			changes = append(changes, *change)
		}
	}
	return rotation.Write(ctx, l.db, len(rows), after, changes)
}

func (l *Ledger) codeAgain(row voucherRow) (*rotation.Change, error) {
	raw, err := base64.StdEncoding.DecodeString(row.Sealed)
	if err != nil {
		return nil, errs.Wrap(err, "open a voucher code")
	}
	at := codeAt(row.ContestID, row.PrizeKey, row.UnitNo)
	anew, err := l.codes.Again(raw, at)
	if err != nil || anew == nil {
		return nil, errs.Wrap(err, "code %d of prize %s", row.UnitNo, row.PrizeKey)
	}
	code, err := l.codes.Open(anew, at)
	if err != nil {
		return nil, err
	}
	return &rotation.Change{Query: `UPDATE voucher_codes SET sealed = ?, code_hash = ?
		WHERE contest_id = ? AND prize_key = ? AND unit_no = ? AND sealed = ?`,
		Args: []any{base64.StdEncoding.EncodeToString(anew), l.hashCode(row.ContestID, row.PrizeKey, string(code))[0],
			row.ContestID, row.PrizeKey, row.UnitNo, row.Sealed}}, nil
}
