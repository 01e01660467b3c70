package payout

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Errors of files.
var (
	ErrFile     = errs.New(errs.NotFound, "payout_file_unknown", "没有这个充值文件")
	ErrNoBills  = errs.New(errs.Conflict, "payout_file_empty", "没有还不在文件里的话费要充值")
	ErrCopy     = errs.New(errs.Conflict, "payout_file_sent", "这个文件已经下载过。要再下载一份，请写明原因，由另一位同事同意")
	ErrCopySafe = errs.New(errs.Conflict, "payout_file_fresh", "这个文件还没有下载过，直接下载就可以")
	ErrFileGone = errs.New(errs.Gone, "payout_file_gone", "号码已经按保存期限删除，这个文件不能再下载")
)

// billsAFile bounds the bills of one file.
const billsAFile = 20_000

// File is a file for an operator of phone credit. A bill is in one at most.
type File struct {
	ContestID  sqldb.ID `db:"contest_id"`
	Number     int      `db:"file_no"` // within the contest, from 1
	Bills      int      `db:"bills"`
	Cents      int64    `db:"cents"`
	SHA256     string   `db:"sha256"` // of the file, hex
	MadeBy     sqldb.ID `db:"made_by"`
	MadeName   string   `db:"made_name"`
	MadeAt     int64    `db:"made_at"`     // UTC ms
	Downloads  int      `db:"downloads"`   // each after the first is a copy
	CopiesLeft int      `db:"copies_left"` // that two persons have agreed to
}

var fileColumns = sqldb.Columns[File]("")

// Files lists the files of a contest, the newest first.
func (p *Payouts) Files(ctx context.Context, contestID sqldb.ID) ([]File, error) {
	files := []File{}
	err := p.DB.Select(ctx, &files, "SELECT "+fileColumns+" FROM payout_files WHERE contest_id = ? ORDER BY file_no DESC",
		contestID)
	return files, errs.Wrap(err, "list files of phone credit")
}

// Unfiled counts the bills of phone credit that are to be charged and in no file, and
// adds up their cents.
func (p *Payouts) Unfiled(ctx context.Context, contestID sqldb.ID) (bills int, cents int64, err error) {
	var sum struct {
		Bills int   `db:"bills"`
		Cents int64 `db:"cents"`
	}
	err = p.DB.Get(ctx, &sum, `SELECT COUNT(*) AS bills, COALESCE(SUM(cents), 0) AS cents FROM payouts
		WHERE `+unfiledWhere, contestID, WayCredit, string(Waiting))
	return sum.Bills, sum.Cents, errs.Wrap(err, "count bills without a file")
}

const unfiledWhere = "contest_id = ? AND way = ? AND state = ? AND file_no = 0 AND payee <> ''"

// MakeFile puts all bills of phone credit that are approved and in no file into the next
// one. Nothing leaves by it. Errors: ErrNoBills; prize.ErrRehearsal cannot come, there
// are no bills.
func (p *Payouts) MakeFile(ctx context.Context, by staff.Actor, c *catalog.Contest) (*File, error) {
	if _, err := p.HoldChanged(ctx); err != nil {
		return nil, err
	}
	var file *File
	err := p.DB.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		file, err = p.makeFile(ctx, tx, by, c.ContestID)
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "payouts.file", Subject: fileSubject(c, file.Number),
			Detail: map[string]any{"bills": file.Bills, "cents": file.Cents, "sha256": file.SHA256}})
	})
	return file, errs.Wrap(err, "make a file of phone credit")
}

func (p *Payouts) makeFile(ctx context.Context, tx *sqldb.Tx, by staff.Actor, contestID sqldb.ID) (*File, error) {
	var bills []Payout
	err := tx.Select(ctx, &bills, "SELECT "+payoutColumns+" FROM payouts WHERE "+unfiledWhere+" ORDER BY bill_no LIMIT ?",
		contestID, WayCredit, string(Waiting), billsAFile)
	if err != nil {
		return nil, errs.Wrap(err, "read bills of phone credit")
	}
	if len(bills) == 0 {
		return nil, ErrNoBills
	}
	f := &File{ContestID: contestID, MadeBy: by.ID, MadeName: by.Name, MadeAt: p.millis(), Bills: len(bills)}
	if err := tx.Get(ctx, &f.Number, "SELECT COALESCE(MAX(file_no), 0) + 1 FROM payout_files WHERE contest_id = ?",
		contestID); err != nil {
		return nil, err
	}
	numbers := make([]string, len(bills))
	for i := range bills {
		numbers[i], f.Cents = bills[i].Number, f.Cents+int64(bills[i].Cents)
	}
	text, err := p.contentOf(bills)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	f.SHA256 = hex.EncodeToString(sum[:])
	matched, err := tx.ExecIn(ctx, `UPDATE payouts SET file_no = ?, changed_at = ?
		WHERE file_no = 0 AND state = ? AND bill_no IN (?)`,
		f.Number, p.millis(), string(Waiting), numbers)
	if err == nil && matched != int64(len(bills)) {
		err = sqldb.ErrStale // marked, or put into a file at the same time
	}
	if err == nil {
		err = sqldb.Insert(ctx, tx, "INSERT INTO payout_files", []File{*f})
	}
	if sqldb.IsDuplicate(err) {
		err = sqldb.ErrStale
	}
	return f, errs.Wrap(err, "number a file")
}

func fileSubject(c *catalog.Contest, number int) string { return c.Slug + " " + strconv.Itoa(number) }

// Download hands a file out: the first time as it is, then as a copy, which its name
// says, and which two persons have agreed to. The phone numbers in it are told to the
// audit log before. Errors: ErrFile, ErrCopy, ErrFileGone.
func (p *Payouts) Download(ctx context.Context, by staff.Actor, c *catalog.Contest, number int) (name string,
	text []byte, err error) {
	err = p.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		f, err := readFile(ctx, tx, c.ContestID, number)
		if err != nil {
			return err
		}
		if text, err = p.rebuilt(ctx, tx, f); err != nil {
			return err
		}
		copies, action := 0, "payouts.download"
		if f.Downloads > 0 {
			if copies, action = 1, "payouts.copy"; f.CopiesLeft == 0 {
				return ErrCopy
			}
		}
		matched, err := tx.Exec(ctx, `UPDATE payout_files SET downloads = downloads + 1, copies_left = copies_left - ?
			WHERE contest_id = ? AND file_no = ? AND downloads = ?`, copies, c.ContestID, number, f.Downloads)
		if err == nil && matched == 0 {
			err = sqldb.ErrStale
		}
		if err != nil {
			return err
		}
		name = fmt.Sprintf("%s-话费-第%d号.csv", c.Slug, number)
		if f.Downloads > 0 {
			name = fmt.Sprintf("%s-话费-第%d号-副本%d.csv", c.Slug, number, f.Downloads)
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: action, Subject: fileSubject(c, number),
			Detail: map[string]any{"bills": f.Bills, "cents": f.Cents, "sha256": f.SHA256, "copy": f.Downloads}})
	})
	return name, text, errs.Wrap(err, "hand out a file of phone credit")
}

func readFile(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, number int) (*File, error) {
	var f File
	err := from.Get(ctx, &f, "SELECT "+fileColumns+" FROM payout_files WHERE contest_id = ? AND file_no = ?", contestID,
		number)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrFile
	}
	return &f, errs.Wrap(err, "read a file of phone credit")
}

// rebuilt writes a file anew from its bills: byte for byte the one of before.
func (p *Payouts) rebuilt(ctx context.Context, tx *sqldb.Tx, f *File) ([]byte, error) {
	var bills []Payout
	err := tx.Select(ctx, &bills, "SELECT "+payoutColumns+` FROM payouts
		WHERE contest_id = ? AND file_no = ? ORDER BY bill_no`,
		f.ContestID, f.Number)
	if err != nil {
		return nil, errs.Wrap(err, "read the bills of a file")
	}
	text, err := p.contentOf(bills)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != f.SHA256 {
		return nil, ErrFileGone
	}
	return text, nil
}

func (p *Payouts) contentOf(bills []Payout) ([]byte, error) {
	lines := make([]Bill, len(bills))
	for i := range bills {
		b := &bills[i]
		to, err := p.opened(b, b.Payee)
		if err != nil {
			return nil, err
		}
		lines[i] = Bill{Number: b.Number, To: to, Cents: b.Cents, Remark: b.Remark}
	}
	var text bytes.Buffer
	err := WriteCredit(&text, lines)
	return text.Bytes(), err
}

// ProposeCopy asks for another copy of a file, with the reason; another person has to
// agree. Errors: ErrFile, ErrCopySafe, ErrActOpen, invalid_field reason.
func (p *Payouts) ProposeCopy(ctx context.Context, by staff.Actor, c *catalog.Contest, number int,
	reason string) error {
	if err := checkWords("reason", reason, "请写明为什么要再下载一份"); err != nil {
		return err
	}
	return p.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		f, err := readFile(ctx, tx, c.ContestID, number)
		if err != nil {
			return err
		}
		if f.Downloads == 0 || f.CopiesLeft > 0 {
			return ErrCopySafe
		}
		return propose(ctx, tx, by, p.newAct(by, Act{ContestID: c.ContestID, Kind: ActCopy, Subject: strconv.Itoa(number),
			Way: WayCredit, Bills: f.Bills, Cents: f.Cents, Words: reason}), "payouts.copying")
	})
}

func (p *Payouts) allowCopy(ctx context.Context, tx *sqldb.Tx, act *Act) error {
	number, err := strconv.Atoi(act.Subject)
	if err != nil {
		return errs.Wrap(err, "read an act over a file")
	}
	_, err = tx.Exec(ctx, "UPDATE payout_files SET copies_left = copies_left + 1 WHERE contest_id = ? AND file_no = ?",
		act.ContestID, number)
	return errs.Wrap(err, "allow a copy")
}

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
		if err := table.Write([]string{plain(b.Number), plain(b.To), yuan(int64(b.Cents)), plain(b.Remark)}); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

// yuan writes cents as yuan: 30.05.
func yuan(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

// plain keeps a table program from running a cell as a formula.
func plain(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
