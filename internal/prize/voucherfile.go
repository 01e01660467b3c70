package prize

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"anquanda/internal/errs"
)

// Bounds of a file of codes.
const (
	// MaxCodesFile bounds the file, in bytes.
	MaxCodesFile = 20 << 20
	maxUnpacked  = 200 << 20
	maxCodes     = 200_000
	maxCode      = 80 // characters, number and password together
)

// What can be wrong with a file of codes. Nothing of it is then imported.
var (
	errCodesFile  = errs.New(errs.Invalid, "codes_unreadable", "这个文件读不出来，请用 txt、csv 或 xlsx 文件，每行一个兑换码")
	errCodesNone  = errs.New(errs.Invalid, "codes_none", "文件里没有找到兑换码，请每行放一个")
	errCodesMany  = errs.New(errs.TooLarge, "codes_too_many", fmt.Sprintf("一次最多导入 %d 个兑换码，请分几次导入", maxCodes))
	errCodesWrong = errs.New(errs.Invalid, "codes_wrong", "")
)

// headers are first cells that name a column and are no code.
var headers = []string{"兑换码", "券码", "卡号", "卡密", "序列号", "码", "code", "voucher", "number", "card", "cdkey", "key"}

// ReadCodes reads the codes of a text, CSV or Excel file: one a row, in the first
// cell; a second cell is its password and goes with it. A code twice in the file
// is read once. Errors name the row that is wrong.
func ReadCodes(data []byte) ([]string, error) {
	rows, err := tableOf(data)
	if err != nil {
		return nil, err
	}
	var codes []string
	seen := map[string]bool{}
	for i, cells := range rows {
		code := codeOf(cells)
		if code == "" || len(seen) == 0 && isHeader(cells) {
			continue
		}
		if err := checkCode(i+1, code); err != nil {
			return nil, err
		}
		if !seen[code] {
			seen[code] = true
			codes = append(codes, code)
		}
	}
	switch {
	case len(codes) == 0:
		return nil, errCodesNone
	case len(codes) > maxCodes:
		return nil, errCodesMany
	}
	return codes, nil
}

// codeOf joins number and password of a row.
func codeOf(cells []string) string {
	var parts []string
	for _, cell := range cells[:min(2, len(cells))] {
		if cell = strings.TrimSpace(cell); cell != "" {
			parts = append(parts, cell)
		}
	}
	return strings.Join(parts, " ")
}

func isHeader(cells []string) bool {
	first := strings.ToLower(strings.TrimSpace(cells[0]))
	for _, h := range headers {
		if first == h {
			return true
		}
	}
	return false
}

func checkCode(row int, code string) error {
	wrong := ""
	switch {
	case utf8.RuneCountInString(code) > maxCode:
		wrong = fmt.Sprintf("第 %d 行的兑换码超过 %d 个字", row, maxCode)
	case strings.ContainsFunc(code, func(r rune) bool { return !unicode.IsPrint(r) }):
		wrong = fmt.Sprintf("第 %d 行有不能显示的字符", row)
	default:
		return nil
	}
	e := *errCodesWrong
	e.Message = wrong
	return &e
}

// tableOf reads rows of cells out of a file of any of the forms.
func tableOf(data []byte) ([][]string, error) {
	if len(data) > MaxCodesFile {
		return nil, errCodesMany
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return sheetRows(data)
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	if !utf8.ValidString(text) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().String(text)
		if err != nil {
			return nil, errCodesFile.Because(err)
		}
		text = decoded
	}
	if strings.ContainsRune(text, 0) || strings.ContainsRune(text, utf8.RuneError) {
		return nil, errCodesFile
	}
	table := csv.NewReader(strings.NewReader(text))
	table.FieldsPerRecord, table.LazyQuotes, table.ReuseRecord = -1, true, false
	if strings.Contains(text, "\t") {
		table.Comma = '\t'
	}
	var rows [][]string
	for len(rows) <= 2*maxCodes {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, errCodesFile.Because(err)
		}
		rows = append(rows, row)
	}
	return nil, errCodesMany
}

// sheetRows reads the first sheet row by row. Cells are read as shown, so a
// formula is what it last came to.
func sheetRows(data []byte) ([][]string, error) {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: 16 << 20})
	if err != nil {
		return nil, errCodesFile.Because(err)
	}
	defer book.Close()
	names := book.GetSheetList()
	if len(names) == 0 {
		return nil, errCodesNone
	}
	scan, err := book.Rows(names[0])
	if err != nil {
		return nil, errCodesFile.Because(err)
	}
	defer scan.Close()
	var rows [][]string
	for scan.Next() {
		cells, err := scan.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, errCodesFile.Because(err)
		}
		if rows = append(rows, cells[:min(2, len(cells))]); len(rows) > 2*maxCodes {
			return nil, errCodesMany
		}
	}
	return rows, errs.Wrap(scan.Error(), "read a sheet of codes")
}
