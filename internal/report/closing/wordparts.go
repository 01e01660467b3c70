package closing

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	_ "image/jpeg" // the pictures of units are kept so
	"io"
	"strconv"
	"strings"
)

// shot is a picture on a page, with what stands below it.
type shot struct {
	caption string
	jpeg    []byte
}

// drawn is something on a page that is a part of the file by itself.
type drawn struct {
	name    string // of the part, below word/
	kind    string // of the relationship
	body    []byte
	inside  string // what stands in a:graphicData
	says    string // for who cannot see it
	mm      [2]int // width and height on paper
	caption string
}

const (
	imageRelates = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
	wordDrawing  = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
	pictureType  = "http://schemas.openxmlformats.org/drawingml/2006/picture"
	emuInMM      = 36_000 // ECMA-376 measures drawings in English Metric Units
	textWidth    = 156    // mm of A4 between the margins
	shotMost     = 95     // mm that a picture is high at most
)

// drawings are the charts and pictures of a paper.
func (p *paper) drawings() (all []drawn, err error) {
	for i := range p.shots {
		d, err := p.shots[i].drawn(i + 1)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	for i := range p.charts {
		c := &p.charts[i]
		n := strconv.Itoa(i + 1)
		all = append(all, drawn{name: "charts/chart" + n + ".xml", kind: chartRelates, body: []byte(c.document()),
			inside: `<a:graphic xmlns:a="` + drawingML + `"><a:graphicData uri="` + drawingChart + `"><c:chart xmlns:c="` +
				drawingChart + `" r:id="%s"/></a:graphicData></a:graphic>`,
			says: c.title + "，数字见附表", mm: [2]int{textWidth, c.height()}})
	}
	return all, nil
}

func (s *shot) drawn(number int) (drawn, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(s.jpeg))
	if err != nil || size.Width == 0 || size.Height == 0 {
		return drawn{}, fmt.Errorf("a picture of the summary cannot be read: %w", err)
	}
	mm := [2]int{textWidth * 3 / 4, textWidth * 3 / 4 * size.Height / size.Width}
	if mm[1] > shotMost {
		mm = [2]int{shotMost * size.Width / size.Height, shotMost}
	}
	n := strconv.Itoa(number)
	return drawn{name: "media/picture" + n + ".jpg", kind: imageRelates, body: s.jpeg, says: s.caption, mm: mm,
		caption: "图" + n + "　" + s.caption,
		inside: `<a:graphic xmlns:a="` + drawingML + `"><a:graphicData uri="` + pictureType + `"><pic:pic xmlns:pic="` +
			pictureType + `"><pic:nvPicPr><pic:cNvPr id="0" name="picture` + n + `"/><pic:cNvPicPr/></pic:nvPicPr>` +
			`<pic:blipFill><a:blip r:embed="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>` +
			`<a:off x="0" y="0"/>` + extent("a:ext", mm) + `</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>` +
			`</pic:spPr></pic:pic></a:graphicData></a:graphic>`}, nil
}

func extent(tag string, mm [2]int) string {
	return fmt.Sprintf(`<%s cx="%d" cy="%d"/>`, tag, max(mm[0], 1)*emuInMM, max(mm[1], 1)*emuInMM)
}

// place writes the drawing into the text, in a paragraph of its own.
func (d *drawn) place(out *strings.Builder, number int) {
	keep := ""
	if d.caption != "" {
		keep = `<w:keepNext/>`
	}
	out.WriteString(`<w:p><w:pPr>` + keep + `<w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline xmlns:wp="` +
		wordDrawing + `" distT="0" distB="0" distL="0" distR="0">` + extent("wp:extent", d.mm) +
		fmt.Sprintf(`<wp:docPr id="%d" name="图 %d" descr="%s"/>`, number, number, escaped(d.says)) +
		fmt.Sprintf(d.inside, d.relation(number)) + `</wp:inline></w:drawing></w:r></w:p>`)
	if d.caption != "" {
		paragraph(out, d.caption, captionType)
	}
}

func (d *drawn) relation(number int) string { return "rId" + strconv.Itoa(number) }

// write writes a Word document (ECMA-376, WordprocessingML), in the type of official
// papers: title 22 pt, text 16 pt.
func (p *paper) write(w io.Writer) error {
	all, err := p.drawings()
	if err != nil {
		return err
	}
	types := xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="jpg" ContentType="image/jpeg"/><Default Extension="xml" ` +
		`ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`
	relations := xml.Header + `<Relationships xmlns="` + relationships + `">`
	for i := range all {
		d := &all[i]
		relations += `<Relationship Id="` + d.relation(i+1) + `" Type="` + d.kind + `" Target="` + d.name + `"/>`
		if d.kind == chartRelates {
			types += `<Override PartName="/word/` + d.name + `" ContentType="` + chartType + `"/>`
		}
	}
	archive := zip.NewWriter(w)
	parts := [][2]string{
		{"[Content_Types].xml", types + `</Types>`},
		{"_rels/.rels", xml.Header + `<Relationships xmlns="` + relationships + `"><Relationship Id="rId1" Type="` +
			officeDocument + `" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", p.document(all)},
		{"word/_rels/document.xml.rels", relations + `</Relationships>`},
	}
	for i := range all {
		parts = append(parts, [2]string{"word/" + all[i].name, string(all[i].body)})
	}
	for _, part := range parts {
		file, err := archive.Create(part[0])
		if err == nil {
			_, err = io.WriteString(file, part[1])
		}
		if err != nil {
			return err
		}
	}
	return archive.Close()
}

// escaped is a text within XML.
func escaped(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a strings.Builder takes everything
	return out.String()
}
