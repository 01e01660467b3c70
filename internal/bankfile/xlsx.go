package bankfile

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/sheet"
)

func looksXLSX(p *probe) bool {
	return sheet.HasEntry(p.data, "xl/workbook.xml")
}

func readXLSX(r *reading) error {
	archive, err := r.archive()
	if err != nil {
		return err
	}
	book, err := sheet.OpenWorkbook(archive, r.limits.Unpacked)
	if err != nil {
		return unreadable(FormatUnreadable, "Excel 文件的内部结构不对")
	}
	pictures := r.pictureBook(archive)
	if pictures != nil {
		defer pictures.Close()
	}
	cells := 0
	for i, name := range book.Sheets() {
		s := &table{r: r, name: name}
		if pictures != nil {
			s.byLine = map[int]*record{}
		}
		if err := s.rows(book, i, &cells); err != nil {
			return err
		}
		s.pictures(pictures)
		s.end()
	}
	return nil
}

func (s *table) rows(book *sheet.Workbook, part int, cells *int) error {
	err := book.Rows(part, func(line int, row []string) error {
		if *cells += 1 + len(row); *cells > s.r.limits.Cells || line > s.r.limits.Cells {
			return unreadable(LimitNesting, "单元格太多")
		}
		if line%500 == 0 {
			s.r.progress(line, 0)
		}
		s.row(row, line)
		return nil
	})
	var limit *Unreadable
	if err != nil && !errors.As(err, &limit) {
		return unreadable(FormatUnreadable, "工作表 "+s.name)
	}
	return err
}

// pictureBook opens the workbook with excelize, which knows where pictures are;
// nil when there are none. A damaged workbook must not take the server down,
// whatever the library makes of it: then there are no pictures, and the questions
// that need one say so.
func (r *reading) pictureBook(archive *zip.Reader) (pictures *excelize.File) {
	defer func() {
		if recover() != nil {
			pictures = nil
		}
	}()
	for _, file := range archive.File {
		if strings.HasPrefix(strings.TrimPrefix(file.Name, "/"), "xl/media/") {
			pictures, err := excelize.OpenReader(bytes.NewReader(r.data), excelize.Options{
				UnzipSizeLimit: r.limits.Unpacked, UnzipXMLSizeLimit: r.limits.Unpacked})
			if err != nil {
				return nil
			}
			return pictures
		}
	}
	return nil
}

// pictures gives each picture to the question in whose row it begins.
func (s *table) pictures(book *excelize.File) {
	if book == nil {
		return
	}
	defer func() { _ = recover() }() // as in pictureBook
	places, err := book.GetPictureCells(s.name)
	if err != nil {
		return
	}
	for _, ref := range places {
		_, line, err := excelize.CellNameToCoordinates(ref)
		if err != nil {
			continue
		}
		pictures, err := book.GetPictures(s.name, ref)
		if err != nil {
			continue
		}
		for _, picture := range pictures {
			s.picture(ref, line, picture)
		}
	}
}

func (s *table) picture(ref string, line int, picture excelize.Picture) {
	name := imageNameOf(picture.File, picture.Extension)
	rec := s.byLine[line]
	if rec == nil {
		s.r.note(ImageUnused, place{s.name, line, ref}, "", name)
		return
	}
	given := rec.text(fieldImage)
	if _, taken := s.r.result.Images[given]; taken {
		s.r.note(ImageUnused, place{s.name, line, ref}, "一道题只能有一张图片", name)
		return
	}
	// A name in the picture's cell of our own sheet is what the picture is called.
	if given != "" && rec.exact {
		name = given
	}
	rec.set(fieldImage, cell{name, ref})
	s.r.result.Images[name] = picture.File
}

const imagePrefix = "img-"

// imageNameOf names a picture by its content, so that the same one is kept once.
func imageNameOf(content []byte, extension string) string {
	sum := sha256.Sum256(content)
	return imagePrefix + hex.EncodeToString(sum[:8]) + strings.ToLower(path.Ext("x"+extension))
}
