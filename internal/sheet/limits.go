package sheet

import "anquanda/internal/errs"

// Limits bound what a file may cost. Zero fields take the default.
type Limits struct {
	Bytes    int64 // of the file
	Unpacked int64 // of a workbook after unpacking, in bytes
	Cells    int   // of all sheets; no row's number may be larger
}

// DefaultLimits let through a table of some 200,000 rows.
var DefaultLimits = Limits{Bytes: 64 << 20, Unpacked: 256 << 20, Cells: 8_000_000}

func (l Limits) orDefault() Limits {
	d := DefaultLimits
	if l.Bytes > 0 {
		d.Bytes = l.Bytes
	}
	if l.Unpacked > 0 {
		d.Unpacked = l.Unpacked
	}
	if l.Cells > 0 {
		d.Cells = l.Cells
	}
	return d
}

// What keeps a file from being read. The cause, where there is one, says more in
// Chinese.
var (
	ErrBytes    = errs.New(errs.TooLarge, "sheet_bytes", "文件太大，请分成几个文件")
	ErrUnpacked = errs.New(errs.TooLarge, "sheet_unpacked", "文件解开后太大，请去掉大图片，或分成几个文件")
	ErrCells    = errs.New(errs.TooLarge, "sheet_cells", "单元格太多，请分成几个文件")
	ErrOldExcel = errs.New(errs.Invalid, "sheet_old_excel",
		"这是旧版 Excel 文件（.xls），请在 Excel 或 WPS 中“另存为”“Excel 工作簿（.xlsx）”")
	ErrDamaged  = errs.New(errs.Invalid, "sheet_damaged", "文件已损坏，或不是 Excel、CSV 表格，请重新保存后再试")
	ErrEncoding = errs.New(errs.Invalid, "sheet_encoding", "认不出文字编码，请用记事本打开，“另存为”时编码选 UTF-8")
)
