package prize

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/sheet"
	"anquanda/internal/typed"
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
	list := codeList{seen: map[string]bool{}}
	if len(data) > MaxCodesFile {
		return nil, errCodesMany
	}
	limits := sheet.Limits{Bytes: MaxCodesFile, Unpacked: maxUnpacked}
	var refused error
	_, err := sheet.Rows(data, limits, func(_ string, line int, cells []string) error {
		refused = list.add(line, cells)
		return refused
	})
	switch {
	case refused != nil:
		return nil, refused
	case err != nil:
		return nil, errCodesFile.Because(err)
	case len(list.codes) == 0:
		return nil, errCodesNone
	}
	return list.codes, nil
}

// codeList is the codes of a file, each once.
type codeList struct {
	codes []string
	seen  map[string]bool
}

func (l *codeList) add(line int, cells []string) error {
	code := codeOf(cells)
	if code == "" || len(l.codes) == 0 && isHeader(cells) {
		return nil
	}
	if err := checkCode(line, code); err != nil {
		return err
	}
	if l.seen[code] {
		return nil
	}
	l.seen[code] = true
	if l.codes = append(l.codes, code); len(l.codes) > maxCodes {
		return errCodesMany
	}
	return nil
}

// codeOf joins number and password of a row.
func codeOf(cells []string) string {
	var parts []string
	for _, cell := range cells[:min(2, len(cells))] {
		if cell = typed.Trim(cell); cell != "" {
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
