package xlsx

import (
	"archive/zip"
	"regexp"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/sheet"
)

// Objects of other programs in a workbook, such as formulas of the old equation editor:
// they cannot be read, and a question that holds one must not lose it silently.

// holdsObjects reports whether a workbook embeds objects.
func holdsObjects(archive *zip.Reader) bool {
	for _, file := range archive.File {
		if strings.HasPrefix(strings.TrimPrefix(file.Name, "/"), "xl/embeddings/") {
			return true
		}
	}
	return false
}

// objects gives each embedded object to the question in whose row it begins. One whose
// place is not known rejects nothing and is reported.
func (s *bookSheet) objects(archive *zip.Reader) {
	for _, a := range s.odd {
		if a.Line == 0 {
			a.Line, a.Column = s.anchor(archive, a.Shape)
		}
		if a.Line > 0 && s.table.ObjectAt(a.Line, a.Column) {
			continue
		}
		s.r.Note(draft.ObjectLost, draft.Place{Sheet: s.name, Line: a.Line}, "", "")
	}
}

// anchors are the places of shapes in the drawings of older workbooks: the column and
// the row at the upper left are the first and the third number (ECMA-376 part 4, 19.4.2.2).
var anchors = regexp.MustCompile(`(?s)id="_x0000_s([0-9]+)".*?<x:Anchor>\s*([0-9]+)\s*,[^,]*,\s*([0-9]+)\s*,`)

// anchor finds where a shape begins; line 0 where the workbook does not say.
func (s *bookSheet) anchor(archive *zip.Reader, shape string) (line, column int) {
	for _, file := range archive.File {
		if !strings.HasPrefix(file.Name, "xl/drawings/") || !strings.HasSuffix(file.Name, ".vml") {
			continue
		}
		content, err := sheet.ReadEntry(file, s.r.Limits.Unpacked)
		if err != nil {
			continue
		}
		for _, found := range anchors.FindAllStringSubmatch(string(content), -1) {
			if found[1] == shape {
				column, _ = strconv.Atoi(found[2])
				line, _ = strconv.Atoi(found[3])
				return line + 1, column
			}
		}
	}
	return 0, 0
}
