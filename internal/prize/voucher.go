package prize

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Errors of voucher codes.
var (
	ErrPrizeUnknown = errs.New(errs.NotFound, "prize_unknown", "没有这个奖品")
	ErrNoVoucher    = errs.New(errs.Conflict, "prize_no_voucher", "这个奖品不是兑换码类奖品")
	ErrCodesTwice   = errs.New(errs.Conflict, "codes_known", "这些兑换码以前导入过")
)

// codeAt is what a sealed code is bound to: moved to another row it does not open.
func codeAt(contestID sqldb.ID, prizeKey string, unit int) []byte {
	return fmt.Appendf(nil, "%d %s %d", contestID, prizeKey, unit)
}

func (l *Ledger) sealCode(contestID sqldb.ID, prizeKey string, unit int, code string) string {
	return base64.StdEncoding.EncodeToString(l.codes.Seal([]byte(code), codeAt(contestID, prizeKey, unit)))
}

func (l *Ledger) openCode(contestID sqldb.ID, prizeKey string, unit int, sealed string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return "", errs.Wrap(err, "open a voucher code")
	}
	code, err := l.codes.Open(raw, codeAt(contestID, prizeKey, unit))
	return string(code), errs.Wrap(err, "open a voucher code")
}

// hashCode finds a code again without holding it: by one hash for each key, the newest
// first.
func (l *Ledger) hashCode(contestID sqldb.ID, prizeKey, code string) (hashes []string) {
	for _, key := range l.hashes.All() {
		mac := hmac.New(sha256.New, key.Bytes)
		fmt.Fprintf(mac, "%d %s %s", contestID, prizeKey, code)
		hashes = append(hashes, hex.EncodeToString(mac.Sum(nil)))
	}
	return hashes
}

func countCodes(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, prizeKey string) (n int, err error) {
	err = from.Get(ctx, &n, "SELECT COALESCE(MAX(unit_no), 0) FROM voucher_codes WHERE contest_id = ? AND prize_key = ?",
		contestID, prizeKey)
	return n, errs.Wrap(err, "count voucher codes")
}

// Imported is what an import of codes came to.
type Imported struct {
	Added int
	Known int // left out: imported before
	Total int // codes of the prize now
}

// ImportCodes adds codes to a voucher prize; those that are there already are left
// out. It is all or nothing, and stands in the audit log without the codes.
// Errors: ErrPrizeUnknown, ErrNoVoucher, ErrRehearsal, ErrCodesTwice when all are known.
func (l *Ledger) ImportCodes(ctx context.Context, by staff.Actor, c *catalog.Contest, prizeKey string,
	codes []string) (*Imported, error) {
	p := c.Prize(prizeKey)
	switch {
	case p == nil:
		return nil, ErrPrizeUnknown
	case p.Kind != contest.PrizeVoucher:
		return nil, ErrNoVoucher
	case c.RehearsalOf != 0:
		return nil, ErrRehearsal
	}
	var done *Imported
	err := l.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if err := TakeTurn(ctx, tx, c.ContestID); err != nil {
			return err
		}
		var err error
		if done, err = l.addCodes(ctx, tx, c.ContestID, prizeKey, codes); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "prize.codes.import", Subject: c.Slug + "/" + prizeKey,
			Detail: map[string]any{"added": done.Added, "known": done.Known, "total": done.Total}})
	})
	return done, errs.Wrap(err, "import voucher codes")
}

func (l *Ledger) addCodes(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, prizeKey string,
	codes []string) (*Imported, error) {
	var hashes []string
	if err := tx.Select(ctx, &hashes, "SELECT code_hash FROM voucher_codes WHERE contest_id = ? AND prize_key = ?",
		contestID, prizeKey); err != nil {
		return nil, errs.Wrap(err, "read which codes are known")
	}
	known := make(map[string]bool, len(hashes)+len(codes))
	for _, hash := range hashes {
		known[hash] = true
	}
	unit, err := countCodes(ctx, tx, contestID, prizeKey)
	if err != nil {
		return nil, err
	}
	done := &Imported{}
	var rows []voucherRow
	for _, code := range codes {
		hashes := l.hashCode(contestID, prizeKey, code)
		if slices.ContainsFunc(hashes, func(hash string) bool { return known[hash] }) {
			done.Known++
			continue
		}
		known[hashes[0]] = true
		unit++
		rows = append(rows, voucherRow{
			ContestID: contestID, PrizeKey: prizeKey, UnitNo: unit,
			CodeHash: hashes[0], Sealed: l.sealCode(contestID, prizeKey, unit, code), ImportedAt: l.now().UnixMilli(),
		})
	}
	if done.Added, done.Total = len(rows), unit; done.Added == 0 {
		return nil, ErrCodesTwice
	}
	err = sqldb.Insert(ctx, tx, "INSERT INTO voucher_codes", rows)
	if sqldb.IsDuplicate(err) {
		return nil, sqldb.ErrStale
	}
	return done, errs.Wrap(err, "store voucher codes")
}

// voucherRow is one row of voucher_codes.
type voucherRow struct {
	ContestID  sqldb.ID `db:"contest_id"`
	PrizeKey   string   `db:"prize_key"`
	UnitNo     int      `db:"unit_no"` // from 1, of the prize
	CodeHash   string   `db:"code_hash"`
	Sealed     string   `db:"sealed"`
	ImportedAt int64    `db:"imported_at"` // UTC ms
}

// VoucherCode is the code of an award of a voucher, for its winner alone: the player is
// who asks. ErrNoVoucher when the award has none, is no longer the winner's, or the retention of
// the contest is over.
func (l *Ledger) VoucherCode(ctx context.Context, player, award sqldb.ID) (string, error) {
	var row struct {
		ContestID sqldb.ID `db:"contest_id"`
		PrizeKey  string   `db:"prize_key"`
		UnitNo    int      `db:"unit_no"`
		Sealed    string   `db:"sealed"`
	}
	err := l.db.Get(ctx, &row, `SELECT v.contest_id, v.prize_key, v.unit_no, v.sealed
		FROM awards a
		JOIN voucher_codes v ON v.contest_id = a.contest_id AND v.prize_key = a.prize_key AND v.unit_no = a.unit_no
		WHERE a.id = ? AND a.player_id = ? AND a.kind = ? AND a.status <> ?`, award, player, contest.PrizeVoucher, Forfeited)
	if errors.Is(err, sql.ErrNoRows) || err == nil && row.Sealed == "" {
		return "", ErrNoVoucher
	}
	if err != nil {
		return "", errs.Wrap(err, "read a voucher code")
	}
	return l.openCode(row.ContestID, row.PrizeKey, row.UnitNo, row.Sealed)
}
