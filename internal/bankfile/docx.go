package bankfile

import (
	"archive/zip"
	"path"
	"strings"

	"anquanda/internal/sheet"
)

func looksDOCX(p *probe) bool {
	return sheet.HasEntry(p.data, "word/document.xml")
}

// readDOCX reads a Word document: its paragraphs as pasted text, its tables as
// sheets. A table without a header that names columns is read as paragraphs.
func readDOCX(r *reading) error {
	archive, err := r.archive()
	if err != nil {
		return err
	}
	w := &word{r: r, budget: r.budget(), entries: map[string]*zip.File{}}
	for _, file := range archive.File {
		w.entries[file.Name] = file
	}
	root, err := w.part("word/document.xml")
	if err != nil {
		return err
	}
	if root == nil || root.child("body") == nil {
		return unreadable(FormatUnreadable, "没有正文")
	}
	if err := w.loadNumbering(); err != nil {
		return err
	}
	if err := w.loadRelations(); err != nil {
		return err
	}
	for _, n := range root.child("body").children {
		w.block(n)
	}
	if token := lineToken(w.lines); token != "" {
		readDelimited(r, w.lines, token)
	} else {
		readPasted(r, w.lines)
	}
	return nil
}

// word is the reading of one document.
type word struct {
	r         *reading
	budget    *xmlBudget
	entries   map[string]*zip.File
	lines     []string
	relations map[string]string // id of a relation → file
	numbering numbering
	tables    int
}

// part parses one file of the package; nil when there is none.
func (w *word) part(name string) (*node, error) {
	file := w.entries[name]
	if file == nil {
		return nil, nil
	}
	content, err := sheet.ReadEntry(file, w.r.limits.Unpacked)
	if err != nil {
		return nil, unreadable(FormatUnreadable, name)
	}
	text, _, ok := sheet.Decode(content)
	if !ok {
		return nil, unreadable(EncodingUnknown, name)
	}
	return w.budget.parseXML(text)
}

func (w *word) loadRelations() error {
	root, err := w.part("word/_rels/document.xml.rels")
	w.relations = map[string]string{}
	if err != nil || root == nil {
		return err
	}
	for _, n := range root.all("relationship") {
		w.relations[n.attr("id")] = path.Join("word", n.attr("target"))
	}
	return nil
}

func (w *word) block(n *node) {
	switch n.name {
	case "p":
		w.paragraph(n)
	case "tbl":
		w.table(n)
	case "sdt":
		if content := n.child("sdtcontent"); content != nil {
			for _, child := range content.children {
				w.block(child)
			}
		}
	}
}

// paragraph adds the lines of a paragraph, with the number or letter that Word
// itself puts before it, and a line for each picture.
func (w *word) paragraph(n *node) {
	text, pictures := w.runs(n)
	if strings.TrimSpace(text) != "" {
		text = w.numbering.label(n) + text
	}
	w.lines = append(w.lines, strings.Split(text, "\n")...)
	for _, name := range pictures {
		w.lines = append(w.lines, "图片："+name)
	}
}

// runs is the text of a paragraph as it shows: without what was deleted while
// changes were tracked, and without the codes of fields.
func (w *word) runs(n *node) (text string, pictures []string) {
	var out strings.Builder
	n.walk(func(m *node) bool {
		switch m.name {
		case "t":
			out.WriteString(m.inner())
			return false
		case "tab":
			out.WriteByte('\t')
		case "br", "cr":
			out.WriteByte('\n')
		case "del", "instrtext", "ppr", "rpr", "txbxcontent", "fallback":
			return false
		case "blip":
			if name := w.picture(m.attr("embed")); name != "" {
				pictures = append(pictures, name)
			}
		}
		return true
	})
	return out.String(), pictures
}

func (w *word) picture(relation string) string {
	name := w.relations[relation]
	file := w.entries[name]
	if file == nil {
		return path.Base("missing-" + relation)
	}
	content, err := sheet.ReadEntry(file, w.r.limits.Unpacked)
	if err != nil {
		return ""
	}
	image := imageNameOf(content, path.Ext(name))
	w.r.result.Images[image] = content
	return image
}

// table reads a table with a header as a sheet, any other cell by cell as text.
func (w *word) table(n *node) {
	w.tables++
	var rows [][]string
	header := false
	for _, tr := range n.all("tr") {
		var cells []string
		for _, tc := range tr.all("tc") {
			var lines []string
			for _, p := range tc.all("p") {
				text, _ := w.runs(p)
				lines = append(lines, text)
			}
			cells = append(cells, strings.TrimSpace(strings.Join(lines, "\n")))
		}
		header = header || len(rows) < headerRows && headerLayout(cells) != nil
		rows = append(rows, cells)
	}
	if !header {
		for _, row := range rows {
			for _, text := range row {
				w.lines = append(w.lines, strings.Split(text, "\n")...)
			}
		}
		return
	}
	s := &table{r: w.r, name: "表格 " + itoa(w.tables)}
	for i, row := range rows {
		s.row(row, i+1)
	}
	s.end()
}
