package shortlist

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

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
	errFileColumns = errs.New(errs.Invalid, "list_file_columns", "没有找到表头：要有“参赛者编号”或“手机号”一列，按单位加人的要有“单位编码”或“单位”一列")
	errFileMany    = errs.New(errs.TooLarge, "list_file_too_many",
		fmt.Sprintf("一个文件最多 %d 行，请分成几个", mostAtOnce))
	ErrFileChanged = errs.New(errs.Conflict, "list_file_changed", "文件和刚才查看的不一样，请重新查看")
	errFileWrong   = errs.New(errs.Invalid, "list_file_wrong", "文件里有行不对，改好再传；一行也没有写入")
)

// fileHeader is what the columns may be called. A file that names players may tell their
// units beside them: it names units only where it has no column of players.
var fileHeader = map[string][]string{
	"code":   {"单位编码", "单位编号", "单位代码", "编码", "代码", "unitcode", "code"},
	"unit":   {"单位", "单位名称", "参赛单位", "名称", "路径", "单位路径", "unit", "unitname", "name", "path"},
	"player": {"参赛者编号", "编号", "参赛编号", "player"},
	"phone":  {"手机号", "手机号码", "手机", "电话", "联系电话", "phone"},
}

// File is what a file would put on a list. Where a row of it is wrong, it puts nobody there.
type File struct {
	SHA256 string // of the file, hex
	Fresh  int    // who comes onto the list
	Same   int    // who is on it already
	Wrong  []WrongRow

	// Units are those that the file names, where it names units: all who take part and belong
	// to them or to units below come onto the list. Off are those among them whom staff took
	// off it before: they stay off.
	Units []FileUnit
	Off   int

	players []sqldb.ID // who comes onto it
	detail  map[string]any
}

// FileUnit is a unit that a file names.
type FileUnit struct {
	Path    string
	Players int // who belong to it and count

	unit sqldb.ID
}

// WrongRow is a row that names nobody, or more than one.
type WrongRow struct {
	Line int
	Text string // by which it names somebody
	Why  string
}

type fileRow struct {
	line int
	text string // names a player, or a unit by name
	code string // names a unit
}

// readFile reads whom the rows of a file name: by number where it tells one, else by phone;
// or units, by code, name or both.
func readFile(data []byte, unitLabel string) (rows []fileRow, units bool, err error) {
	header := maps.Clone(fileHeader)
	header["unit"] = append(slices.Clone(header["unit"]), sheet.Fold(unitLabel), sheet.Fold(unitLabel+"名称"))
	var columns sheet.Columns
	var refused error
	_, err = sheet.Rows(data, sheet.Limits{Bytes: MaxFile, Unpacked: 16 * MaxFile},
		func(_ string, line int, cells []string) error {
			if columns == nil {
				if columns = sheet.Header(cells, header); len(columns) == 0 {
					columns = nil
				}
				units = !has(columns, "player") && !has(columns, "phone")
				return nil
			}
			row := fileRow{line: line, text: cmp.Or(columns.Of(cells, "player"), columns.Of(cells, "phone"))}
			if units {
				row.text, row.code = columns.Of(cells, "unit"), columns.Of(cells, "code")
			}
			if rows = append(rows, row); len(rows) > mostAtOnce {
				refused = errFileMany
			}
			return refused
		})
	switch {
	case refused != nil:
		return nil, false, refused
	case err != nil:
		return nil, false, ErrFile.Because(err)
	case columns == nil:
		return nil, false, errFileColumns
	}
	return rows, units, nil
}

func has(columns sheet.Columns, name string) bool {
	_, there := columns[name]
	return there
}

// CheckFile tells whom a file would put on a list, and changes nothing: players (columns
// 参赛者编号 or 手机号), or all who belong to units (单位编码, 单位). Errors: ErrUnknown, ErrFile
// and those beside it.
func (s *Store) CheckFile(ctx context.Context, players *identity.Players, c *catalog.Contest, key string,
	data []byte) (*File, error) {
	if c.List(key) == nil {
		return nil, ErrUnknown
	}
	rows, units, err := readFile(data, c.Players.Unit.Label)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	file := &File{SHA256: hex.EncodeToString(sum[:])}
	listed, err := s.everListed(ctx, c.ContestID, key)
	if err != nil {
		return nil, err
	}
	if units {
		return file, s.takeUnits(ctx, file, c, rows, listed)
	}
	texts := make([]string, len(rows))
	for i := range rows {
		texts[i] = rows[i].text
	}
	found, err := Find(ctx, players, c.ContestID, texts)
	if err != nil {
		return nil, err
	}
	seen := map[sqldb.ID]int{}
	for i, r := range rows {
		file.take(r, found[i], seen, listed)
	}
	return file, nil
}

// everListed tells who is on a list, and who was and is not (false).
func (s *Store) everListed(ctx context.Context, contestID sqldb.ID, key string) (map[sqldb.ID]bool, error) {
	var rows []Row
	err := s.db.Select(ctx, &rows, "SELECT "+columns+" FROM shortlisted WHERE contest_id = ? AND list_key = ?",
		contestID, key)
	listed := make(map[sqldb.ID]bool, len(rows))
	for _, row := range rows {
		listed[row.PlayerID] = row.On
	}
	return listed, errs.Wrap(err, "read who is on the list %s", key)
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

// PutFile puts on a list whom a file names as CheckFile tells it, all in one transaction, for
// a reason; taken twice it changes nothing the second time. fingerprint is that of the file which was
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
	return file, s.change(ctx, by, c, key, file.players, true, reason, file.detail, now)
}
