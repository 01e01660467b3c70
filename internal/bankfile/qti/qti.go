// Package qti reads and writes QTI 2.0 to 3.0, as single items and as packages.
package qti

import (
	"archive/zip"
	"bytes"
	"path"
	"sort"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/bankfile/xmltree"
	"anquanda/internal/sheet"
)

// The versions of QTI, as single items and as packages.
var (
	V21 = versionFormat("qti21", "QTI 2.1", qti21)
	V22 = versionFormat("qti22", "QTI 2.2", qti22)
	V30 = versionFormat("qti30", "QTI 3.0", qti30)
)

func versionFormat(name, title string, d qtiDialect) draft.Format {
	return draft.Format{Name: name, Title: title, Extension: ".zip",
		Sniff: looksQTI(name), Read: readQTI, Write: writeQTI(d),
		Cannot: judge.NoIndefinite, Keeps: []string{"id", "image", "tolerance", "explanation", "score"}}
}

// qtiVersion tells which version of QTI a document is.
func qtiVersion(text string) string {
	switch {
	case strings.Contains(text, "imsqtiasi_v3p0"), strings.Contains(text, "<qti-assessment"):
		return "qti30"
	case strings.Contains(text, "imsqti_v2p2"):
		return "qti22"
	case strings.Contains(text, "<assessmentItem"), strings.Contains(text, "<assessmentTest"),
		strings.Contains(text, ":assessmentItem"), strings.Contains(text, "imsqti_v2p"):
		return "qti21"
	case strings.Contains(text, "<questestinterop"):
		return "qti21" // version 1, which the reader names and refuses
	}
	return ""
}

// looksQTI recognises a single item and a package of that version.
func looksQTI(version string) func(*draft.Probe) bool {
	return func(p *draft.Probe) bool {
		if draft.LooksXML(p) {
			return qtiVersion(p.Text) == version
		}
		archive, err := zip.NewReader(bytes.NewReader(p.Data), int64(len(p.Data)))
		if err != nil || !sheet.HasEntry(p.Data, "imsmanifest.xml") {
			return false
		}
		for _, file := range archive.File {
			if strings.HasSuffix(file.Name, ".xml") && file.Name != "imsmanifest.xml" &&
				file.UncompressedSize64 < draft.Probed*16 {
				if content, err := sheet.ReadEntry(file, draft.Probed*16); err == nil {
					if found := qtiVersion(string(content)); found != "" {
						return found == version
					}
				}
			}
		}
		return version == "qti21"
	}
}

// readQTI reads an item, or all items of a package. 2.0 to 3.0 differ in names
// only, which the tree evens out.
func readQTI(r *draft.Reading) error {
	if strings.HasPrefix(string(r.Data[:min(len(r.Data), 4)]), "PK") {
		return readQTIPackage(r)
	}
	text, err := r.Text()
	if err != nil {
		return err
	}
	budget := xmltree.NewBudget(r)
	root, err := budget.Parse(text)
	if err != nil {
		return err
	}
	if root.Name == "assessmenttest" {
		return draft.Refuse(draft.NoQuestions, "这是试卷的结构，题目在别的文件里，请导入整个压缩包")
	}
	readQTIRoot(r, root, "", nil, budget)
	return nil
}

// readQTIRoot reads the items of one document.
func readQTIRoot(
	r *draft.Reading, root *xmltree.Node, name string, files map[string][]byte, budget *xmltree.Budget,
) {
	switch root.Name {
	case "assessmentitem":
		item := &qtiItem{r: r, n: root, files: files, dir: path.Dir(name), budget: budget}
		item.d = r.Found(draft.Place{Sheet: name, Line: root.Line})
		item.read()
	case "questestinterop":
		root.Walk(func(n *xmltree.Node) bool {
			if n.Name != "item" {
				return true
			}
			d := r.Found(draft.Place{Sheet: name, Line: n.Line})
			d.Note(draft.KindUnsupported, "", "QTI 1.x", strings.Join(strings.Fields(n.Inner()), " "))
			return false
		})
	}
}

func readQTIPackage(r *draft.Reading) error {
	archive, err := r.Archive()
	if err != nil {
		return err
	}
	files := map[string][]byte{}
	var names []string
	for _, file := range archive.File {
		if file.FileInfo().IsDir() {
			continue
		}
		content, err := sheet.ReadEntry(file, r.Limits.Unpacked)
		if err != nil {
			return draft.Refuse(draft.FormatUnreadable, file.Name)
		}
		files[file.Name] = content
		if strings.HasSuffix(file.Name, ".xml") {
			names = append(names, file.Name)
		}
	}
	sort.Strings(names)
	budget := xmltree.NewBudget(r)
	for _, name := range names {
		text, _, ok := sheet.Decode(files[name])
		if !ok || qtiVersion(text[:min(len(text), draft.Probed)]) == "" {
			continue
		}
		root, err := budget.Parse(text)
		if err != nil {
			d := r.Found(draft.Place{Sheet: name})
			d.Note(draft.Malformed, "", "XML 读不通", name)
			continue
		}
		readQTIRoot(r, root, name, files, budget)
	}
	return nil
}
