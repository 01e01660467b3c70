package bankfile

import (
	"archive/zip"
	"io"
	"path"
	"strings"

	"anquanda/internal/question"
)

// textLines writes a question as the lines of a pasted text.
func textLines(q *question.Question, number int) []string {
	lines := []string{itoa(number) + ". " + q.Stem}
	if q.Kind != question.TrueFalse {
		for i, option := range q.Options {
			lines = append(lines, letter(i)+". "+option)
		}
	}
	label := func(name, text string) {
		if text != "" {
			lines = append(lines, name+"："+text)
		}
	}
	label("题型", q.Kind.Name())
	label("编号", q.ID)
	if q.Kind == question.Matching {
		label("匹配项", strings.Join(lettersBefore(q.Matches), " ** "))
	}
	label("答案", answerCell(q))
	label("允许误差", toleranceCell(q.Tolerance))
	label("解析", q.Explanation)
	label("依据", q.Source.Title)
	label("条款", q.Source.Article)
	label("版本", q.Source.Version)
	label("施行日期", q.Source.Effective)
	label("知识点", strings.Join(q.Topics, "、"))
	label("难度", itoa(max(1, q.Difficulty)))
	label("适用对象", strings.Join(q.Audience, "、"))
	label("分值", scoreCell(q.Score))
	return lines
}

func lettersBefore(texts []string) []string {
	list := make([]string, len(texts))
	for i, text := range texts {
		list[i] = letter(i) + "." + text
	}
	return list
}

func writeText(w io.Writer, bank *Bank) error {
	for i := range bank.Questions {
		lines := textLines(&bank.Questions[i], i+1)
		if _, err := io.WriteString(w, strings.Join(lines, "\n")+"\n\n"); err != nil {
			return err
		}
	}
	return nil
}

// writeDOCX writes the same lines as paragraphs, with the pictures between them.
func writeDOCX(w io.Writer, bank *Bank) error {
	archive := zip.NewWriter(w)
	names := usedImages(bank)
	parts := [][2]string{
		{"[Content_Types].xml", contentTypes(names)},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
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

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

func contentTypes(names []string) string {
	var out strings.Builder
	out.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`)
	seen := map[string]bool{}
	for _, name := range names {
		if extension := strings.TrimPrefix(path.Ext(name), "."); !seen[extension] {
			seen[extension] = true
			out.WriteString(`<Default Extension="` + escapeXML(extension) + `" ContentType="image/` + escapeXML(strings.Replace(extension, "jpg", "jpeg", 1)) + `"/>`)
		}
	}
	return out.String() + `</Types>`
}

func imageRelations(names []string) string {
	var out strings.Builder
	out.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, name := range names {
		out.WriteString(`<Relationship Id="img` + itoa(i) + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/` + escapeXML(name) + `"/>`)
	}
	return out.String() + `</Relationships>`
}

func documentXML(bank *Bank, names []string) string {
	var out strings.Builder
	out.WriteString(xmlHead + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>`)
	relation := map[string]string{}
	for i, name := range names {
		relation[name] = "img" + itoa(i)
	}
	for i := range bank.Questions {
		q := &bank.Questions[i]
		for k, line := range textLines(q, i+1) {
			out.WriteString(`<w:p><w:r><w:t xml:space="preserve">` + escapeXML(line) + `</w:t></w:r></w:p>`)
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
	n := itoa(id)
	return `<w:p><w:r><w:drawing><wp:inline><wp:extent cx="2880000" cy="2160000"/><wp:docPr id="` + n + `" name="图片` + n + `"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="` + n + `" name="图片` + n + `"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="` + relation + `"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2880000" cy="2160000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
}
