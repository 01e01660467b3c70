// Package xlsx reads and writes banks as Excel workbooks, with pictures.
package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/bankfile/table"
	"anquanda/internal/sheet"
)

// Format is the Excel workbook.
var Format = draft.Format{Name: "xlsx", Title: "Excel", Extension: ".xlsx",
	Sniff: looksXLSX, Read: readXLSX, Write: writeXLSX, Keeps: append(slices.Clone(draft.Everything), "material_image"),
	Drawings: "Excel 里只能放 PNG、JPEG 这样的图，SVG、WebP 图放不进去；要留下请选 JSON"}

func looksXLSX(p *draft.Probe) bool {
	return sheet.HasEntry(p.Data, "xl/workbook.xml")
}

func readXLSX(r *draft.Reading) error {
	archive, err := r.Archive()
	if err != nil {
		return err
	}
	book, err := sheet.OpenWorkbook(archive, r.Limits.Unpacked)
	if err != nil {
		return draft.Refuse(draft.FormatUnreadable, "Excel 文件的内部结构不对")
	}
	pictures := pictureBook(r, archive)
	if pictures != nil {
		defer pictures.Close()
	}
	cells, objects := 0, holdsObjects(archive)
	for i, name := range book.Sheets() {
		s := &bookSheet{r: r, name: name, table: table.New(r, name)}
		if pictures != nil || objects {
			s.table.KeepLines()
		}
		book.Aside = s.aside
		if err := s.rows(book, i, &cells); err != nil {
			return err
		}
		s.hidden(book.Hidden(i))
		s.objects(archive)
		s.pictures(pictures)
		s.table.End()
	}
	return nil
}

// bookSheet is the reading of one sheet.
type bookSheet struct {
	r     *draft.Reading
	name  string
	table *table.Table
	hides []int         // lines that the sheet hides
	odd   []sheet.Aside // objects of other programs
}

// aside takes what is no text.
func (s *bookSheet) aside(a sheet.Aside) {
	switch a.Kind {
	case sheet.HiddenRow:
		s.hides = append(s.hides, a.Line)
	case sheet.ObjectCell:
		s.odd = append(s.odd, a)
	default:
		s.table.Asides(a)
	}
}

// hidden reports that rows were read which nobody sees.
func (s *bookSheet) hidden(whole bool) {
	switch {
	case whole:
		s.r.Note(draft.HiddenRead, draft.Place{Sheet: s.name}, "工作表“"+s.name+"”", s.name)
	case len(s.hides) > 0:
		s.r.Note(draft.HiddenRead, draft.Place{Sheet: s.name, Line: s.hides[0]},
			strconv.Itoa(len(s.hides))+" 行，从第 "+strconv.Itoa(s.hides[0])+" 行起", "")
	}
}

func (s *bookSheet) rows(book *sheet.Workbook, part int, cells *int) error {
	err := book.Rows(part, func(line int, row []string) error {
		if *cells += 1 + len(row); *cells > s.r.Limits.Cells || line > s.r.Limits.Cells {
			return draft.Refuse(draft.LimitNesting, "单元格太多")
		}
		if line%500 == 0 {
			s.r.Progress(line, 0)
		}
		s.table.Row(row, line)
		return nil
	})
	var limit *draft.Unreadable
	if err != nil && !errors.As(err, &limit) {
		return draft.Refuse(draft.FormatUnreadable, "工作表 "+s.name)
	}
	return err
}

// pictureBook opens the workbook with excelize, which knows where pictures are;
// nil when there are none. A damaged workbook must not take the server down,
// whatever the library makes of it: then there are no pictures, and the questions
// that need one say so.
func pictureBook(r *draft.Reading, archive *zip.Reader) (pictures *excelize.File) {
	defer func() {
		if recover() != nil {
			pictures = nil
		}
	}()
	for _, file := range archive.File {
		if strings.HasPrefix(strings.TrimPrefix(file.Name, "/"), "xl/media/") {
			pictures, err := excelize.OpenReader(bytes.NewReader(r.Data), excelize.Options{
				UnzipSizeLimit: r.Limits.Unpacked, UnzipXMLSizeLimit: r.Limits.Unpacked})
			if err != nil {
				return nil
			}
			return pictures
		}
	}
	return nil
}

// pictures gives each picture to the question in whose row it begins.
func (s *bookSheet) pictures(book *excelize.File) {
	if book == nil {
		return
	}
	defer func() { _ = recover() }() // as in pictureBook
	places, err := book.GetPictureCells(s.name)
	if err != nil {
		return
	}
	for _, ref := range places {
		column, line, err := excelize.CellNameToCoordinates(ref)
		if err != nil {
			continue
		}
		pictures, err := book.GetPictures(s.name, ref)
		if err != nil {
			continue
		}
		for _, picture := range pictures {
			s.picture(ref, line, column-1, picture)
		}
	}
}

func (s *bookSheet) picture(ref string, line, column int, picture excelize.Picture) {
	name := draft.ImageName(picture.File, picture.Extension)
	rec := s.table.RecordAt(line)
	if rec == nil {
		s.r.Note(draft.ImageUnused, draft.Place{Sheet: s.name, Line: line, Cell: ref}, "", name)
		return
	}
	if kind := strings.ToLower(picture.Extension); kind == ".wmf" || kind == ".emf" {
		rec.Object, rec.ObjectCode = ref, draft.ImageUnshowable
		return
	}
	if kept := s.table.PictureAt(line, column, name); kept != "" {
		s.r.Result.Images[kept] = picture.File
		return
	}
	given := rec.Text(judge.FieldImage)
	if _, taken := s.r.Result.Images[given]; taken {
		s.r.Note(draft.ImageUnused, draft.Place{Sheet: s.name, Line: line, Cell: ref}, "一道题只能有一张图片", name)
		return
	}
	// A name in the picture's cell of our own sheet is what the picture is called.
	if given != "" && rec.Exact {
		name = given
	}
	rec.Set(judge.FieldImage, judge.Cell{Text: name, Ref: ref})
	s.r.Result.Images[name] = picture.File
}
