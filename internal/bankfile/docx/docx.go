// Package docx reads and writes banks as Word documents: paragraphs, tables, Word's
// own numbering, pictures.
package docx

import (
	"archive/zip"
	"path"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/bankfile/paragraphs"
	"anquanda/internal/bankfile/table"
	"anquanda/internal/bankfile/xmltree"
	"anquanda/internal/sheet"
)

// Format is the Word document.
var Format = draft.Format{Name: "docx", Title: "Word", Extension: ".docx",
	Sniff: looksDOCX, Read: readDOCX, Write: writeDOCX, Keeps: draft.AllKeys,
	Drawings: "Word 里只能放 PNG、JPEG 这样的图，SVG 图放不进去；要留下请选 JSON"}

func looksDOCX(p *draft.Probe) bool {
	return sheet.HasEntry(p.Data, "word/document.xml")
}

// readDOCX reads a Word document: its paragraphs as pasted text, its tables as
// sheets. A table without a header that names columns is read as paragraphs.
func readDOCX(r *draft.Reading) error {
	archive, err := r.Archive()
	if err != nil {
		return err
	}
	w := &word{r: r, budget: xmltree.NewBudget(r), entries: map[string]*zip.File{}}
	for _, file := range archive.File {
		w.entries[file.Name] = file
	}
	root, err := w.part("word/document.xml")
	if err != nil {
		return err
	}
	if root == nil || root.Child("body") == nil {
		return draft.Refuse(draft.FormatUnreadable, "没有正文")
	}
	if err := w.loadNumbering(); err != nil {
		return err
	}
	if err := w.loadRelations(); err != nil {
		return err
	}
	for _, n := range root.Child("body").Children {
		if n.Name == "altchunk" {
			return draft.Refuse(draft.FormatUnreadable, "正文是嵌在里面的网页，请在 Word 里打开，另存为 Word 文档")
		}
		w.block(n)
	}
	paragraphs.Read(r, w.lines)
	return nil
}

// word is the reading of one document.
type word struct {
	r         *draft.Reading
	budget    *xmltree.Budget
	entries   map[string]*zip.File
	lines     []string
	relations map[string]string // id of a relation → file
	numbering numbering
	tables    int
}

// part parses one file of the package; nil when there is none.
func (w *word) part(name string) (*xmltree.Node, error) {
	file := w.entries[name]
	if file == nil {
		return nil, nil
	}
	content, err := sheet.ReadEntry(file, w.r.Limits.Unpacked)
	if err != nil {
		return nil, draft.Refuse(draft.FormatUnreadable, name)
	}
	text, _, ok := sheet.Decode(content)
	if !ok {
		return nil, draft.Refuse(draft.EncodingUnknown, name)
	}
	return w.budget.Parse(text)
}

func (w *word) loadRelations() error {
	root, err := w.part("word/_rels/document.xml.rels")
	w.relations = map[string]string{}
	if err != nil || root == nil {
		return err
	}
	for _, n := range root.All("relationship") {
		w.relations[n.Attr("id")] = path.Join("word", n.Attr("target"))
	}
	return nil
}

func (w *word) block(n *xmltree.Node) {
	switch n.Name {
	case "p":
		w.paragraph(n)
	case "tbl":
		w.table(n)
	case "sdt":
		if content := n.Child("sdtcontent"); content != nil {
			for _, child := range content.Children {
				w.block(child)
			}
		}
	}
}

// paragraph adds the lines of a paragraph, with the number or letter that Word
// itself puts before it, and a line for each picture.
func (w *word) paragraph(n *xmltree.Node) {
	text, pictures := w.runs(n)
	if strings.TrimSpace(text) != "" {
		text = w.numbering.label(n) + text
	}
	letter, rest, pointed := judge.LetterOf(text)
	if len(pictures) == 0 || !pointed {
		w.lines = append(w.lines, strings.Split(text, "\n")...)
		for _, name := range pictures {
			w.lines = append(w.lines, "图片："+name)
		}
		return
	}
	// A line with an option and its picture; which of several options has which is not known.
	if rest == "" {
		text += paragraphs.Unnamed(letter)
	}
	w.lines = append(w.lines, strings.Split(text, "\n")...)
	if len(pictures) > 1 {
		pictures[0] = unreadObject
	}
	w.lines = append(w.lines, paragraphs.InOption(letter, pictures[0]))
}

// runs is the text of a paragraph as it shows, and its pictures.
func (w *word) runs(n *xmltree.Node) (text string, pictures []string) {
	t := &runText{w: w}
	t.walk(n)
	if strings.TrimSpace(t.hidden) != "" {
		w.r.Note(draft.HiddenLeft, draft.Place{Line: len(w.lines) + 1}, "", t.hidden)
	}
	return t.String(), t.pictures
}

// unreadObject stands for an object that is no text, where its picture would be named.
const unreadObject = "〔公式或对象〕"

func (w *word) picture(relation string) string {
	name := w.relations[relation]
	file := w.entries[name]
	if file == nil {
		return path.Base("missing-" + relation)
	}
	content, err := sheet.ReadEntry(file, w.r.Limits.Unpacked)
	if err != nil {
		return ""
	}
	image := draft.ImageName(content, path.Ext(name))
	w.r.Result.Images[image] = content
	return image
}

// table reads a table with a header as a sheet, any other cell by cell as text.
func (w *word) table(n *xmltree.Node) {
	w.tables++
	var rows [][]string
	header := false
	for _, tr := range n.All("tr") {
		var cells []string
		for _, tc := range tr.All("tc") {
			var lines []string
			for _, p := range tc.All("p") {
				text, _ := w.runs(p)
				lines = append(lines, text)
			}
			cells = append(cells, strings.TrimSpace(strings.Join(lines, "\n")))
		}
		header = header || len(rows) < table.HeaderRows && table.IsHeader(cells)
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
	s := table.New(w.r, "表格 "+strconv.Itoa(w.tables))
	for i, row := range rows {
		s.Row(row, i+1)
	}
	s.End()
}
