package closing

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"anquanda/internal/report/tally"
	"anquanda/internal/sheet"
)

// WriteSummary writes the draft of the summary as a Word document: the text, the pictures that
// were chosen, charts, and the tables behind them.
func (f *Figures) WriteSummary(w io.Writer, shots []shot) error {
	summary := f.Summary()
	tables := []sheet.Table{f.daysInShort(), f.unitsInShort(), f.prizesTable(), f.honoursInShort(),
		f.PairingsInShort()}
	return (&paper{summary.Title, summary.Sections, shots, f.charts(), tables}).write(w)
}

// paper is a text with pictures, charts and tables behind it.
type paper struct {
	title    string
	sections []Section
	shots    []shot
	charts   []chart
	tables   []sheet.Table
}

const (
	officeRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

	relationships  = "http://schemas.openxmlformats.org/package/2006/relationships"
	officeDocument = officeRelationships + "/officeDocument"
	wordprocessing = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
)

// document is the text, then what is drawn, then the tables, on A4.
func (p *paper) document(all []drawn) string {
	var out strings.Builder
	out.WriteString(xml.Header + `<w:document xmlns:w="` + wordprocessing + `" xmlns:r="` + officeRelationships +
		`"><w:body>`)
	paragraph(&out, p.title, titleType)
	for _, section := range p.sections {
		if section.Heading != "" {
			paragraph(&out, section.Heading, headingType)
		}
		for _, text := range section.Paragraphs {
			paragraph(&out, text, textType)
		}
	}
	for i := range all {
		all[i].place(&out, i+1)
	}
	for i, table := range p.tables {
		if len(table.Rows) > 0 {
			paragraph(&out, "附表"+strconv.Itoa(i+1)+"　"+table.Name, headingType)
			writeTable(&out, &table)
		}
	}
	out.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984"` +
		` w:left="1587" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return out.String()
}

// face is how a paragraph looks: w:pPr and w:rPr, sizes in half points.
type face struct{ paragraph, run string }

var (
	titleType = face{`<w:jc w:val="center"/><w:spacing w:after="360"/>`,
		`<w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="44"/>`}
	headingType = face{`<w:keepNext/><w:spacing w:before="160"/>`, `<w:rFonts w:eastAsia="黑体"/><w:sz w:val="32"/>`}
	textType    = face{`<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/>`,
		`<w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/>`}
	captionType = face{`<w:jc w:val="center"/><w:spacing w:after="240"/>`, `<w:rFonts w:eastAsia="楷体"/><w:sz w:val="24"/>`}
	cellType    = face{``, `<w:rFonts w:eastAsia="宋体"/><w:sz w:val="21"/>`}
)

func paragraph(out *strings.Builder, text string, in face) {
	out.WriteString(`<w:p><w:pPr>` + in.paragraph + `</w:pPr><w:r><w:rPr>` + in.run +
		`</w:rPr><w:t xml:space="preserve">`)
	out.WriteString(escaped(text) + `</w:t></w:r></w:p>`)
}

func writeTable(out *strings.Builder, t *sheet.Table) {
	out.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		out.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="808080"/>`)
	}
	out.WriteString(`</w:tblBorders></w:tblPr>`)
	header := make([]any, len(t.Header))
	for i, text := range t.Header {
		header[i] = text
	}
	writeRow(out, header, `<w:trPr><w:tblHeader/></w:trPr>`)
	for _, row := range t.Rows {
		writeRow(out, row, `<w:trPr><w:cantSplit/></w:trPr>`)
	}
	out.WriteString(`</w:tbl>`)
}

func writeRow(out *strings.Builder, cells []any, properties string) {
	out.WriteString(`<w:tr>` + properties)
	for _, cell := range cells {
		text, _ := cell.(string)
		if number, ok := cell.(int); ok {
			text = strconv.Itoa(number)
		}
		out.WriteString(`<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>`)
		paragraph(out, text, cellType)
		out.WriteString(`</w:tc>`)
	}
	out.WriteString(`</w:tr>`)
}

// daysInShort shows the days on which something was played.
func (f *Figures) daysInShort() sheet.Table {
	t := sheet.Table{Name: "每日参与", Header: []string{"日期", "参与人数", "答题次数", "正确率"}}
	for _, d := range f.Days {
		if d.Counts != (tally.Counts{}) {
			t.Rows = append(t.Rows, []any{dayText(d.Day), int(d.Players), int(d.Attempts), percent(d.Correct, d.Answers)})
		}
	}
	return t
}

// unitsInShort shows the units of the first two levels that have players.
func (f *Figures) unitsInShort() sheet.Table {
	t := sheet.Table{Name: "各单位参与", Header: []string{"单位", "应参加人数", "参与人数", "参与率", "正确率"}}
	for i := range f.Units {
		l := &f.Units[i]
		if l.Depth > 2 || l.Players == 0 || l.Unit == nil {
			continue
		}
		row := unitRow(l)
		if l.Hidden() {
			row[6], row[7], row[10] = tooFew, "", ""
		}
		t.Rows = append(t.Rows, []any{strings.Repeat("　", l.Depth-1) + l.Unit.Name, row[4], row[6], row[7], row[10]})
	}
	return t
}
