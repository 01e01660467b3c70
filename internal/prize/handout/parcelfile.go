package handout

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/sheet"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// MaxParcelsFile bounds a file of parcels, in bytes.
const MaxParcelsFile = 8 << 20

const parcelsAtMost = 5000

// What can be wrong with a file of parcels as a whole.
var (
	ErrParcelsFile = errs.New(errs.Invalid, "parcels_unreadable", "这个文件读不出来，请用 xlsx 或 csv 文件")
	errNoColumns   = errs.New(errs.Invalid, "parcels_columns", "没有找到表头：要有“中奖编号”“快递公司”和“快递单号”三列")
	errManyParcels = errs.New(errs.TooLarge, "parcels_too_many",
		fmt.Sprintf("一个文件最多 %d 行，请分成几个", parcelsAtMost))
	ErrOtherParcels = errs.New(errs.Conflict, "parcels_changed", "文件和刚才查看的不一样，请重新查看")
)

// parcelHeader is what the columns may be called.
var parcelHeader = map[string][]string{
	"award":   {"中奖编号", "奖品编号", "award"},
	"courier": {"快递公司", "快递", "承运公司", "物流公司", "courier"},
	"number":  {"快递单号", "运单号", "物流单号", "邮件号", "number"},
}

type parcelRow struct {
	line                   int
	award, courier, number string
}

func readParcels(data []byte) ([]parcelRow, error) {
	var rows []parcelRow
	var columns sheet.Columns
	var refused error
	limits := sheet.Limits{Bytes: MaxParcelsFile, Unpacked: 16 * MaxParcelsFile}
	_, err := sheet.Rows(data, limits, func(_ string, line int, cells []string) error {
		if columns == nil {
			columns = sheet.Header(cells, parcelHeader, "award", "courier", "number")
			return nil
		}
		r := parcelRow{line, columns.Of(cells, "award"), columns.Of(cells, "courier"), columns.Of(cells, "number")}
		if r.award != "" && r.courier+r.number != "" { // else it is not posted yet
			rows = append(rows, r)
		}
		if len(rows) > parcelsAtMost {
			refused = errManyParcels
		}
		return refused
	})
	switch {
	case refused != nil:
		return nil, refused
	case err != nil:
		return nil, ErrParcelsFile.Because(err)
	case columns == nil:
		return nil, errNoColumns
	}
	return rows, nil
}

// Parcels is what a file of parcels would change.
type Parcels struct {
	SHA256  string // of the file, hex
	Posted  int    // prizes that go out by it
	Changed int    // numbers that are put right
	Same    int
	Wrong   []WrongParcel

	rows  []parcelRow
	posts []*posting
}

// WrongParcel is a row that is not taken.
type WrongParcel struct {
	Line  int
	Award string
	Why   string
}

// CheckParcels tells what a file of parcels (columns 中奖编号, 快递公司, 快递单号, as in the sheet
// of winners with two columns more) would change, and changes nothing. Errors:
// ErrParcelsFile and those beside it.
func (s *Claims) CheckParcels(ctx context.Context, c *catalog.Contest, data []byte) (*Parcels, error) {
	return s.parcels(ctx, s.db, c, data)
}

// PostAll takes a file of parcels, all rows that are right in one transaction; taken
// twice it changes nothing the second time. sha256 is that of the file which was looked
// at. Errors: those of CheckParcels, ErrOtherParcels.
func (s *Claims) PostAll(ctx context.Context, by staff.Actor, c *catalog.Contest, data []byte,
	sha256 string) (*Parcels, error) {
	var found *Parcels
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		if found, err = s.parcels(ctx, tx, c, data); err != nil {
			return err
		}
		if found.SHA256 != sha256 {
			return ErrOtherParcels
		}
		if len(found.posts) == 0 {
			return nil
		}
		for i, p := range found.posts {
			if err := s.post(ctx, tx, by, p, found.rows[i].courier, found.rows[i].number); err != nil {
				return err
			}
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "prize.post", Subject: c.Slug,
			Detail: map[string]any{"posted": found.Posted, "changed": found.Changed, "sha256": found.SHA256}})
	})
	return found, errs.Wrap(err, "post prizes")
}

func (s *Claims) parcels(ctx context.Context, from sqldb.Reader, c *catalog.Contest, data []byte) (*Parcels, error) {
	rows, err := readParcels(data)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	found := &Parcels{SHA256: hex.EncodeToString(sum[:])}
	seen := map[sqldb.ID]bool{}
	for _, r := range rows {
		if err := s.parcel(ctx, from, c, r, found, seen); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// parcel sorts one row of a file.
func (s *Claims) parcel(ctx context.Context, from sqldb.Reader, c *catalog.Contest, r parcelRow, found *Parcels,
	seen map[sqldb.ID]bool) error {
	id, ok := sqldb.ParseID(r.award)
	refused := checkParcel(r.courier, r.number)
	var p *posting
	if !ok {
		refused = ErrAwardUnknown
	}
	if refused == nil {
		p, refused = s.postable(ctx, from, c, id)
	}
	if refused == nil && seen[id] {
		refused = errs.New(errs.Invalid, "parcel_twice", "这份奖品在文件里出现了两次")
	}
	if e := errs.From(refused); refused != nil {
		if e.Kind == errs.Internal {
			return refused
		}
		found.Wrong = append(found.Wrong, WrongParcel{r.line, r.award, e.Message})
		return nil
	}
	seen[id] = true
	switch {
	case p.parcel == nil:
		found.Posted++
	case p.parcel.Courier == r.courier && p.parcel.Number == r.number:
		found.Same++
		return nil
	default:
		found.Changed++
	}
	found.rows, found.posts = append(found.rows, r), append(found.posts, p)
	return nil
}
