package bankfile

import (
	"archive/zip"
	"bytes"
	"path"
	"sort"
	"strings"

	"anquanda/internal/sheet"
)

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
func looksQTI(version string) func(*probe) bool {
	return func(p *probe) bool {
		if looksXML(p) {
			return qtiVersion(p.text) == version
		}
		archive, err := zip.NewReader(bytes.NewReader(p.data), int64(len(p.data)))
		if err != nil || !sheet.HasEntry(p.data, "imsmanifest.xml") {
			return false
		}
		for _, file := range archive.File {
			if strings.HasSuffix(file.Name, ".xml") && file.Name != "imsmanifest.xml" && file.UncompressedSize64 < probed*16 {
				if content, err := sheet.ReadEntry(file, probed*16); err == nil {
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
func readQTI(r *reading) error {
	if strings.HasPrefix(string(r.data[:min(len(r.data), 4)]), "PK") {
		return readQTIPackage(r)
	}
	text, err := r.text()
	if err != nil {
		return err
	}
	root, err := r.budget().parseXML(text)
	if err != nil {
		return err
	}
	if root.name == "assessmenttest" {
		return unreadable(NoQuestions, "这是试卷的结构，题目在别的文件里，请导入整个压缩包")
	}
	readQTIRoot(r, root, "", nil)
	return nil
}

// readQTIRoot reads the items of one document.
func readQTIRoot(r *reading, root *node, name string, files map[string][]byte) {
	switch root.name {
	case "assessmentitem":
		item := &qtiItem{r: r, n: root, files: files, dir: path.Dir(name)}
		item.d = r.found(place{sheet: name, line: root.line})
		item.read()
	case "questestinterop":
		root.walk(func(n *node) bool {
			if n.name != "item" {
				return true
			}
			d := r.found(place{sheet: name, line: n.line})
			d.note(KindUnsupported, "", "QTI 1.x", strings.Join(strings.Fields(n.inner()), " "))
			return false
		})
	}
}

func readQTIPackage(r *reading) error {
	archive, err := r.archive()
	if err != nil {
		return err
	}
	files := map[string][]byte{}
	var names []string
	for _, file := range archive.File {
		if file.FileInfo().IsDir() {
			continue
		}
		content, err := sheet.ReadEntry(file, r.limits.Unpacked)
		if err != nil {
			return unreadable(FormatUnreadable, file.Name)
		}
		files[file.Name] = content
		if strings.HasSuffix(file.Name, ".xml") {
			names = append(names, file.Name)
		}
	}
	sort.Strings(names)
	budget := r.budget()
	for _, name := range names {
		text, _, ok := sheet.Decode(files[name])
		if !ok || qtiVersion(text[:min(len(text), probed)]) == "" {
			continue
		}
		root, err := budget.parseXML(text)
		if err != nil {
			d := r.found(place{sheet: name})
			d.note(Malformed, "", "XML 读不通", name)
			continue
		}
		readQTIRoot(r, root, name, files)
	}
	return nil
}
