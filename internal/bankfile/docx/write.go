package docx

import (
	"archive/zip"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/paragraphs"
	"anquanda/internal/bankfile/xmltree"
)

// writeDOCX writes the same lines as paragraphs, with the pictures between them.
func writeDOCX(w io.Writer, bank *draft.Bank) error {
	archive := zip.NewWriter(w)
	// Word shows a drawing only beside a picture made of it, which we have not.
	names := slices.DeleteFunc(draft.UsedImages(bank), func(name string) bool { return path.Ext(name) == ".svg" })
	parts := [][2]string{
		{"[Content_Types].xml", contentTypes(names)},
		{"_rels/.rels", xmltree.Header +
			`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", documentXML(bank, names)},
		{"word/_rels/document.xml.rels", imageRelations(names)},
	}
	for _, name := range names {
		parts = append(parts, [2]string{"word/media/" + name, string(bank.Images[name])})
	}
	for _, part := range parts {
		file, err := archive.Create(part[0])
		if err != nil {
			return err
		}
		if _, err := io.WriteString(file, part[1]); err != nil {
			return err
		}
	}
	return archive.Close()
}

func contentTypes(names []string) string {
	var out strings.Builder
	out.WriteString(xmltree.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`)
	seen := map[string]bool{}
	for _, name := range names {
		if extension := strings.TrimPrefix(path.Ext(name), "."); !seen[extension] {
			seen[extension] = true
			out.WriteString(`<Default Extension="` + xmltree.Escape(extension) + `" ContentType="image/` +
				xmltree.Escape(strings.Replace(extension, "jpg", "jpeg", 1)) + `"/>`)
		}
	}
	return out.String() + `</Types>`
}

func imageRelations(names []string) string {
	var out strings.Builder
	out.WriteString(xmltree.Header +
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, name := range names {
		out.WriteString(`<Relationship Id="img` + strconv.Itoa(i) +
			`" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/` +
			xmltree.Escape(name) + `"/>`)
	}
	return out.String() + `</Relationships>`
}

func documentXML(bank *draft.Bank, names []string) string {
	var out strings.Builder
	out.WriteString(xmltree.Header +
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>`)
	relation := map[string]string{}
	for i, name := range names {
		relation[name] = "img" + strconv.Itoa(i)
	}
	for i := range bank.Questions {
		q := &bank.Questions[i]
		for k, line := range paragraphs.Lines(q, i+1) {
			out.WriteString(`<w:p><w:r><w:t xml:space="preserve">` + xmltree.Escape(line) + `</w:t></w:r></w:p>`)
			if k == 0 && relation[q.Image] != "" {
				out.WriteString(drawing(relation[q.Image], i+1))
			}
		}
		out.WriteString(`<w:p/>`)
	}
	return out.String() + `</w:body></w:document>`
}

// drawing shows a picture 8 by 6 centimetres large; 360,000 units are one.
func drawing(relation string, id int) string {
	n := strconv.Itoa(id)
	return `<w:p><w:r><w:drawing><wp:inline><wp:extent cx="2880000" cy="2160000"/><wp:docPr id="` + n +
		`" name="图片` + n + `"/><a:graphic>` +
		`<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>` +
		`<pic:cNvPr id="` + n + `" name="图片` + n + `"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>` +
		`<a:blip r:embed="` + relation + `"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>` +
		`<a:off x="0" y="0"/><a:ext cx="2880000" cy="2160000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>` +
		`</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
}
