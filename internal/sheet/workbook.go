package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Workbook reads the cells of an Excel file in one pass, straight from the
// archive. excelize keeps each sheet's XML and a tree of all texts, 400 MB for
// 50,000 rows; here only the texts are kept, once each, and rows share them.
type Workbook struct {
	entries map[string]*zip.File
	limit   int64 // of one part, in bytes
	texts   []string
	formats []string // of numbers, by style
	sheets  []bookSheet
	// Aside, where it is set before Rows, is told what stands in a sheet beside the texts
	// of its cells.
	Aside func(Aside)
}

type bookSheet struct {
	name, part string
	hidden     bool
}

// tokens calls start and text for what is in a part. Errors of XML end it.
func (b *Workbook) tokens(part string, start func(xml.StartElement) error, end func(string) error,
	text func([]byte)) error {
	file := b.entries[part]
	if file == nil {
		return nil
	}
	reader, err := file.Open()
	if err != nil {
		return err
	}
	defer reader.Close()
	decoder := xml.NewDecoder(io.LimitReader(reader, b.limit))
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	for {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = start(t)
		case xml.EndElement:
			err = end(t.Name.Local)
		case xml.CharData:
			text(t)
		}
		if err != nil {
			return err
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for i := range e.Attr {
		if e.Attr[i].Name.Local == name {
			return e.Attr[i].Value
		}
	}
	return ""
}

// OpenWorkbook reads what the sheets of a workbook share. limit bounds each of its
// parts, in bytes. Without any sheet, or with parts that cannot be read, the error
// is ErrDamaged.
func OpenWorkbook(archive *zip.Reader, limit int64) (*Workbook, error) {
	b := &Workbook{entries: map[string]*zip.File{}, limit: limit}
	if err := b.load(archive); err != nil {
		return nil, ErrDamaged.Because(err)
	}
	if len(b.sheets) == 0 {
		return nil, ErrDamaged
	}
	return b, nil
}

func (b *Workbook) load(archive *zip.Reader) error {
	for _, file := range archive.File {
		b.entries[strings.TrimPrefix(file.Name, "/")] = file
	}
	none := func([]byte) {}
	leave := func(string) error { return nil }
	targets := map[string]string{}
	err := b.tokens("xl/_rels/workbook.xml.rels", func(e xml.StartElement) error {
		target := attribute(e, "Target")
		if strings.HasPrefix(target, "/") {
			targets[attribute(e, "Id")] = strings.TrimPrefix(target, "/")
		} else {
			targets[attribute(e, "Id")] = path.Join("xl", target)
		}
		return nil
	}, leave, none)
	if err != nil {
		return err
	}
	err = b.tokens("xl/workbook.xml", func(e xml.StartElement) error {
		if e.Name.Local == "sheet" {
			state := attribute(e, "state")
			b.sheets = append(b.sheets, bookSheet{attribute(e, "name"), targets[attribute(e, "id")],
				state == "hidden" || state == "veryHidden"})
		}
		return nil
	}, leave, none)
	if err != nil {
		return err
	}
	if err := b.loadFormats(); err != nil {
		return err
	}
	return b.loadTexts()
}

// loadTexts reads the texts that cells share. Readings of characters that
// Japanese and Chinese workbooks add (rPh) are no part of them.
func (b *Workbook) loadTexts() error {
	var text runText
	return b.tokens("xl/sharedStrings.xml", func(e xml.StartElement) error {
		if e.Name.Local == "si" {
			text.reset()
		}
		text.start(e)
		return nil
	}, func(name string) error {
		text.end(name)
		if name == "si" {
			b.texts = append(b.texts, unescapeCell(text.String()))
		}
		return nil
	}, text.take)
}

// loadFormats finds how each style shows numbers.
func (b *Workbook) loadFormats() error {
	custom := map[string]string{}
	cells := false
	return b.tokens("xl/styles.xml", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			custom[attribute(e, "numFmtId")] = attribute(e, "formatCode")
		case "cellXfs":
			cells = true
		case "xf":
			if cells {
				id := attribute(e, "numFmtId")
				code := custom[id]
				if code == "" {
					code = builtinFormats[id]
				}
				b.formats = append(b.formats, code)
			}
		}
		return nil
	}, func(name string) error {
		if name == "cellXfs" {
			cells = false
		}
		return nil
	}, func([]byte) {})
}

// maxColumns is how many columns are read; Excel has 16,384, banks some thirty.
const maxColumns = 512

// Sheets are the names of the sheets, in their order.
func (b *Workbook) Sheets() []string {
	names := make([]string, len(b.sheets))
	for i := range b.sheets {
		names[i] = b.sheets[i].name
	}
	return names
}

// Hidden reports whether a sheet is not shown.
func (b *Workbook) Hidden(sheet int) bool { return b.sheets[sheet].hidden }

// Rows calls row for each row of a sheet that is not empty, with its number from
// 1. The slice is used again for the next row. Errors are those of row and of XML.
func (b *Workbook) Rows(sheet int, row func(line int, cells []string) error) error {
	r := &rowScan{book: b, row: row}
	return b.tokens(b.sheets[sheet].part, r.start, r.end, r.text)
}

// rowScan follows one sheet.
type rowScan struct {
	book   *Workbook
	row    func(int, []string) error
	line   int
	column int
	cells  []string
	kind   string // of the cell under way: s, inlineStr, str, b, e, n
	style  int
	value  strings.Builder
	inline runText // of a cell that holds its text itself
	taking bool
	inCell bool
	object objectPlace
}

func (r *rowScan) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		r.line++
		if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n > 0 {
			r.line = n
		}
		r.cells, r.column = r.cells[:0], -1
		if attribute(e, "hidden") == "1" {
			r.aside(Aside{Kind: HiddenRow, Line: r.line})
		}
	case "c":
		r.column++
		if column, ok := columnOf(attribute(e, "r")); ok {
			r.column = column
		}
		r.kind, r.inCell = attribute(e, "t"), true
		r.style, _ = strconv.Atoi(attribute(e, "s"))
		r.value.Reset()
		r.inline.reset()
	case "v":
		r.taking = r.inCell
	case "oleObject":
		r.object = objectPlace{open: true, shape: attribute(e, "shapeId")}
	}
	r.object.at(e.Name.Local)
	if r.inCell {
		r.inline.start(e)
	}
	return nil
}

func (r *rowScan) end(name string) error {
	switch name {
	case "v":
		r.taking = false
	case "oleObject":
		if r.object.open {
			r.aside(Aside{ObjectCell, r.object.line, r.object.column, r.object.shape})
		}
		r.object = objectPlace{}
	case "c":
		r.inCell = false
		value := r.value.String()
		if r.kind == "inlineStr" {
			value = r.inline.String()
		}
		if r.column < maxColumns {
			if r.kind == "" || r.kind == "n" {
				r.date(value)
			}
			if text := r.book.shown(value, r.kind, r.style); text != "" {
				for len(r.cells) <= r.column {
					r.cells = append(r.cells, "")
				}
				r.cells[r.column] = text
			}
		}
	case "row":
		if len(r.cells) > 0 {
			return r.row(r.line, r.cells)
		}
	}
	r.object.end(name)
	r.inline.end(name)
	return nil
}

func (r *rowScan) text(data []byte) {
	if r.taking {
		r.value.Write(data)
	}
	r.inline.take(data)
	if r.object.part != "" {
		r.object.take(data)
	}
}

// shown is a cell as the sheet shows it.
func (b *Workbook) shown(value, kind string, style int) string {
	switch kind {
	case "s":
		index, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || index < 0 || index >= len(b.texts) {
			return ""
		}
		return b.texts[index]
	case "inlineStr", "str":
		return unescapeCell(value)
	case "b":
		if value == "1" {
			return "TRUE"
		}
		return "FALSE"
	case "e":
		return value
	}
	format := ""
	if style >= 0 && style < len(b.formats) {
		format = b.formats[style]
	}
	return formatNumber(strings.TrimSpace(value), format)
}

var cellEscape = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// unescapeCell resolves _x000D_, in which Excel writes what XML cannot hold.
func unescapeCell(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return cellEscape.ReplaceAllStringFunc(text, func(escape string) string {
		code, err := strconv.ParseUint(escape[2:6], 16, 16)
		if err != nil {
			return escape
		}
		return string(rune(code))
	})
}
