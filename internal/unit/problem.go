package unit

import (
	"strings"
	"unicode/utf8"
)

// Code names one thing that can be wrong with a table of units. Codes are stable:
// the console filters by them.
type Code string

// What can be wrong with the file as a whole: nothing is read.
const (
	FileOld        Code = "file_old_excel"
	FileUnreadable Code = "file_unreadable"
	FileEncoding   Code = "file_encoding"
	FileTooLarge   Code = "file_too_large"
	FileEmpty      Code = "file_empty"
	HeaderMissing  Code = "header_missing"
	TooManyUnits   Code = "too_many_units"
)

// What rejects a row.
const (
	NameMissing     Code = "name_missing"
	NameUnclear     Code = "name_unclear"
	NameLong        Code = "name_long"
	NameRepeated    Code = "name_repeated"
	CodeUnclear     Code = "code_unclear"
	CodeRepeated    Code = "code_repeated"
	ParentMissing   Code = "parent_missing"
	ParentAmbiguous Code = "parent_ambiguous"
	ParentRejected  Code = "parent_rejected"
	Loop            Code = "loop"
	TooDeep         Code = "too_deep"
	HeadcountNumber Code = "headcount_number"
	AliasUnclear    Code = "alias_unclear"
	LevelGap        Code = "level_gap"
)

// What keeps a row, but should be looked at.
const (
	ColumnIgnored Code = "column_ignored"
	SheetSkipped  Code = "sheet_skipped"
	RowsAbove     Code = "rows_above"
	FilledDown    Code = "filled_down"
	NameShared    Code = "name_shared"
	ZerosLost     Code = "zeros_lost"
	RowTwice      Code = "row_twice"
)

// Severity of a problem: an error rejects its row (or the whole file), a warning
// keeps it.
type Severity string

// The two severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Problem is one thing found in a table. Line counts from 1 (0: the whole file),
// Cell is its name as C12; Text is what stands there.
type Problem struct {
	Sheet    string   `json:"sheet,omitempty"`
	Line     int      `json:"line"`
	Cell     string   `json:"cell"`
	Code     Code     `json:"code"`
	Message  string   `json:"message"`
	Severity Severity `json:"severity"`
	Text     string   `json:"text,omitempty"`
}

var messages = map[Code]string{
	FileOld:        "这是旧版 Excel 文件（.xls），不能读取。请在 Excel 或 WPS 中“另存为”“Excel 工作簿（.xlsx）”，再上传",
	FileUnreadable: "文件已损坏，或不是 Excel、CSV 表格。请用原来的软件打开检查，重新保存后再试",
	FileEncoding:   "认不出文字编码。请用记事本打开，“另存为”时编码选 UTF-8",
	FileTooLarge:   "文件太大，或单元格太多。单位表最多 10 MB、40 万个单元格",
	FileEmpty:      "表里没有单位。请下载模板，照着填写",
	HeaderMissing:  "没有找到表头。请在第一行写上：编码、名称、上级、别名、人数；或写“路径”一列",
	TooManyUnits:   "单位太多，一个活动最多 20000 个",

	NameMissing:     "没有写单位名称。请补上，或删去这一行",
	NameUnclear:     "名称里有不能显示的字符。请重新输入这个名称",
	NameLong:        "名称太长，最多 40 个字。请写简称",
	NameRepeated:    "同一个上级下面已经有这个名称，两行又没有不同的编码，分不清是不是同一个单位。请删去一行，或写上不同的编码",
	CodeUnclear:     "编码要是 1 到 32 个字节，不含空格和不能显示的字符。请改短或改正",
	CodeRepeated:    "编码与前面一行相同。请改成不同的编码，或删去一行",
	ParentMissing:   "找不到这个上级单位。请核对上级的编码或名称；上级自己也要在表里",
	ParentAmbiguous: "有几个单位都叫这个名称，分不清哪个是上级。请在“上级”里写编码",
	ParentRejected:  "上级那一行有问题，没有通过，所以这一行也放不进去。请先改好上级",
	Loop:            "上级绕成了一个圈。请改正其中一个的上级",
	TooDeep:         "层级太多，最多 8 级。请去掉中间的层级",
	HeadcountNumber: "人数不是 0 或正整数。请只写数字，不知道就空着",
	AliasUnclear:    "别名太多、太长或有不能显示的字符：最多 20 个，每个最多 40 个字。请改正",
	LevelGap:        "中间的层级空着。请把上级单位填完整",

	ColumnIgnored: "这一列的表头认不出，没有读取。如果有用，请改成模板里的名称",
	SheetSkipped:  "这个工作表没有表头，没有读取。如果里面有单位，请写上表头",
	RowsAbove:     "表头以上的文字没有读取",
	RowTwice:      "这一行与前面一行完全相同，只读取了一次",
	FilledDown:    "空着的上级按上面一行读取（合并单元格就是这样）。请核对几行",
	ZerosLost:     "编码前面的 0 像是被 Excel 去掉了，已按原来的编码读取。以后请下载 Excel 格式，它不会去掉 0",
	NameShared:    "同一个上级下面有两个同名的单位，参赛者分不清。编码不同，已分别读取；最好改一个名称",
}

// Title is what the problem is, without what to do about it.
func (c Code) Title() string {
	title, _, _ := strings.Cut(messages[c], "。")
	return title
}

// Severity tells whether a problem rejects its row.
func (c Code) Severity() Severity {
	switch c {
	case ColumnIgnored, SheetSkipped, RowsAbove, FilledDown, NameShared, ZerosLost, RowTwice:
		return Warning
	}
	return Error
}

// at is where something stands in a table.
type at struct {
	sheet string
	line  int
	cell  string
}

// shown is how much of the text in question a problem carries, in characters.
const shown = 60

func problemAt(code Code, where at, text string) Problem {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > shown {
		text = string([]rune(text)[:shown]) + "…"
	}
	return Problem{Sheet: where.sheet, Line: where.line, Cell: where.cell, Code: code,
		Message: messages[code] + "。", Severity: code.Severity(), Text: text}
}
