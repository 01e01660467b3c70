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
)

func looksXLSX(p *probe) bool {
	archive, err := openZip(p.data)
	return err == nil && hasEntry(archive, "xl/workbook.xml")
}

func openZip(data []byte) (*zip.Reader, error) {
	return zip.NewReader(bytes.NewReader(data), int64(len(data)))
}

func hasEntry(archive *zip.Reader, name string) bool {
	for _, file := range archive.File {
		if file.Name == name {
			return true
		}
	}
	return false
}

// maxEntries bounds the files in a package; real ones hold some hundreds.
const maxEntries = 20_000

// checkZip refuses a package that would unpack to too much. The sizes are those
// that the archive states; archive/zip stops reading beyond them.
func (r *reading) checkZip() (*zip.Reader, error) {
	archive, err := openZip(r.data)
	if err != nil {
		return nil, unreadable(FormatUnreadable, "压缩包打不开")
	}
	if len(archive.File) > maxEntries {
		return nil, unreadable(LimitUnpacked, "里面有太多文件")
	}
	var total uint64
	for _, file := range archive.File {
		total += file.UncompressedSize64
		// Deflate cannot honestly reach 1000 to 1 except on emptiness.
		bomb := file.UncompressedSize64 > 1<<20 && file.UncompressedSize64 > 1000*(file.CompressedSize64+1)
		if total > uint64(r.limits.Unpacked) || file.UncompressedSize64 > uint64(r.limits.Unpacked) || bomb {
			return nil, unreadable(LimitUnpacked, file.Name)
		}
	}
	return archive, nil
}

func readXLSX(r *reading) error {
	archive, err := r.checkZip()
	if err != nil {
		return err
	}
	book, err := openWorkbook(archive, r.limits.Unpacked)
	if err != nil || len(book.sheets) == 0 {
		return unreadable(FormatUnreadable, "Excel 文件的内部结构不对")
	}
	pictures := r.pictureBook(book)
	if pictures != nil {
		defer pictures.Close()
	}
	cells := 0
	for _, part := range book.sheets {
		s := &sheet{r: r, name: part.name}
		if pictures != nil {
			s.byLine = map[int]*record{}
		}
		if err := s.rows(book, part.part, &cells); err != nil {
			return err
		}
		s.pictures(pictures)
		s.end()
	}
	return nil
}

func (s *sheet) rows(book *workbook, part string, cells *int) error {
	err := book.rows(part, func(line int, row []string) error {
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
func (r *reading) pictureBook(book *workbook) (pictures *excelize.File) {
	defer func() {
		if recover() != nil {
			pictures = nil
		}
	}()
	for name := range book.entries {
		if strings.HasPrefix(name, "xl/media/") {
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
func (s *sheet) pictures(book *excelize.File) {
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

func (s *sheet) picture(ref string, line int, picture excelize.Picture) {
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
