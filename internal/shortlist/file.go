package shortlist

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sheet"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// MaxFile bounds a file of who goes on, in bytes.
const MaxFile = 4 << 20

// What can be wrong with a file of who goes on as a whole. Nothing of it is then written.
var (
	ErrFile        = errs.New(errs.Invalid, "list_file_unreadable", "这个文件读不出来，请用 xlsx 或 csv 文件")
	errFileColumns = errs.New(errs.Invalid, "list_file_columns", "没有找到表头：要有“参赛者编号”或“手机号”一列")
	errFileMany    = errs.New(errs.TooLarge, "list_file_too_many",
		fmt.Sprintf("一个文件最多 %d 人，请分成几个", mostAtOnce))
	ErrFileChanged = errs.New(errs.Conflict, "list_file_changed", "文件和刚才查看的不一样，请重新查看")
	errFileWrong   = errs.New(errs.Invalid, "list_file_wrong", "文件里有行不对，改好再传；一行也没有写入")
)

// fileHeader is what the columns may be called.
var fileHeader = map[string][]string{
	"player": {"参赛者编号", "编号", "参赛编号", "player"},
	"phone":  {"手机号", "手机号码", "手机", "电话", "联系电话", "phone"},
}

// File is what a file would put on a list. Where a row of it is wrong, it puts nobody there.
type File struct {
	SHA256 string // of the file, hex
	Fresh  int    // who comes onto the list
	Same   int    // who is on it already
	Wrong  []WrongRow

	players []sqldb.ID // who comes onto it
}

// WrongRow is a row that names nobody, or more than one.
type WrongRow struct {
	Line int
	Text string // by which it names somebody
	Why  string
}

type fileRow struct {
	line int
	text string
}

// readFile reads whom the rows of a file name: by number where it tells one, else by phone.
func readFile(data []byte) ([]fileRow, error) {
	var rows []fileRow
	var columns sheet.Columns
	var refused error
	_, err := sheet.Rows(data, sheet.Limits{Bytes: MaxFile, Unpacked: 16 * MaxFile},
		func(_ string, line int, cells []string) error {
			if columns == nil {
				if columns = sheet.Header(cells, fileHeader); len(columns) == 0 {
					columns = nil
				}
				return nil
			}
			text := columns.Of(cells, "player")
			if text == "" {
				text = columns.Of(cells, "phone")
			}
			if rows = append(rows, fileRow{line, text}); len(rows) > mostAtOnce {
				refused = errFileMany
			}
			return refused
		})
	switch {
	case refused != nil:
		return nil, refused
	case err != nil:
		return nil, ErrFile.Because(err)
	case columns == nil:
		return nil, errFileColumns
	}
	return rows, nil
}

// CheckFile tells whom a file (columns 参赛者编号 or 手机号) would put on a list, and changes
// nothing. Errors: ErrUnknown, ErrFile and those beside it.
func (s *Store) CheckFile(ctx context.Context, players *identity.Players, c *catalog.Contest, key string,
	data []byte) (*File, error) {
	if c.List(key) == nil {
		return nil, ErrUnknown
	}
	rows, err := readFile(data)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(rows))
	for i := range rows {
		texts[i] = rows[i].text
	}
	found, err := Find(ctx, players, c.ContestID, texts)
	if err != nil {
		return nil, err
	}
	var on []sqldb.ID
	err = s.db.Select(ctx, &on, "SELECT player_id FROM shortlisted WHERE contest_id = ? AND list_key = ? AND on_list = 1",
		c.ContestID, key)
	if err != nil {
		return nil, errs.Wrap(err, "read who is on the list %s", key)
	}
	sum := sha256.Sum256(data)
	file, seen, listed := &File{SHA256: hex.EncodeToString(sum[:])}, map[sqldb.ID]int{}, map[sqldb.ID]bool{}
	for _, player := range on {
		listed[player] = true
	}
	for i, r := range rows {
		file.take(r, found[i], seen, listed)
	}
	return file, nil
}

// take sorts one row, which names some players.
func (f *File) take(r fileRow, named []sqldb.ID, seen map[sqldb.ID]int, listed map[sqldb.ID]bool) {
	why := ""
	switch {
	case r.text == "":
		why = "没有写编号或手机号"
	case len(named) == 0:
		why = "没有这个参赛者"
	case len(named) > 1:
		why = fmt.Sprintf("有 %d 个参赛者登记了这个手机号，请写编号", len(named))
	case seen[named[0]] > 0:
		why = fmt.Sprintf("和第 %d 行是同一个人", seen[named[0]])
	}
	switch {
	case why != "":
		f.Wrong = append(f.Wrong, WrongRow{r.line, r.text, why})
		return
	case listed[named[0]]:
		f.Same++
	default:
		f.Fresh++
		f.players = append(f.players, named[0])
	}
	seen[named[0]] = r.line
}

// PutFile puts on a list whom a file names, all in one transaction, for a reason; taken
// twice it changes nothing the second time. fingerprint is that of the file which was
// looked at. Errors: those of CheckFile and of Put, ErrFileChanged, list_file_wrong.
func (s *Store) PutFile(ctx context.Context, players *identity.Players, by staff.Actor, c *catalog.Contest, key string,
	data []byte, fingerprint, reason string, now int64) (*File, error) {
	file, err := s.CheckFile(ctx, players, c, key, data)
	switch {
	case err != nil:
		return nil, err
	case file.SHA256 != fingerprint:
		return nil, ErrFileChanged
	case len(file.Wrong) > 0:
		return nil, errFileWrong
	case len(file.players) == 0:
		return file, nil
	}
	return file, s.Put(ctx, by, c, key, file.players, true, reason, now)
}
