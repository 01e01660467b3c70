package bankfile

import (
	"testing"

	"anquanda/internal/sheet"
)

// sheetOf packs the XML of one sheet as the smallest workbook.
func sheetOf(t *testing.T, rows, strings string) string {
	t.Helper()
	return packed(t, "xl/workbook.xml", `<workbook><sheets><sheet name="题目" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Target="/xl/worksheets/a.xml"/>`+
			`</Relationships>`,
		"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d;@"/></numFmts><cellXfs>`+
			`<xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="2"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml", `<sst>`+strings+`</sst>`, "xl/worksheets/a.xml",
		`<worksheet><sheetData>`+rows+`</sheetData></worksheet>`)
}

func TestCellsAreReadAsTheSheetShowsThem(t *testing.T) {
	const head = `<row r="1"><c r="A1" t="inlineStr"><is><t>题型</t></is></c><c r="B1" t="inlineStr"><is><t>题干</t></is>` +
		`</c><c r="C1" t="inlineStr"><is><t>选项</t></is></c><c r="D1" t="inlineStr"><is><t>答案</t></is></c></row>`
	row := func(cell string) string {
		return `<row r="9"><c r="A9" t="inlineStr"><is><t>填空题</t></is></c><c r="B9" t="s"><v>0</v></c>` + cell +
			`</row>`
	}
	const stem = `<si><r><t>这是</t></r><r><t>____</t></r><rPh><t>zhèshì</t></rPh></si>`
	cases := map[string]string{
		`<c r="D9"><v>119</v></c>`:                             "119",
		`<c r="D9"><v>0.30000000000000004</v></c>`:             "0.3",
		`<c r="D9" s="1"><v>0.125</v></c>`:                     "12.50%",
		`<c r="D9" s="2"><v>44440</v></c>`:                     "2021/9/1",
		`<c r="D9" s="3"><v>1.5</v></c>`:                       "1.50",
		`<c r="D9" t="str"><f>A1</f><v>甲</v></c>`:              "甲",
		`<c r="D9" t="b"><v>1</v></c>`:                         "TRUE",
		`<c r="D9" t="inlineStr"><is><t>a_x000D_</t></is></c>`: "a",
		`<c r="D9" t="inlineStr"><is><t>_x005F_x</t></is></c>`: "_x",
		`<c r="C9"/><c><v>7</v></c>`:                           "7",
	}
	for cell, want := range cases {
		expect(t, all(t, "x.xlsx", sheetOf(t, head+row(cell), stem), Options{}), "fill | 这是____ | "+want)
	}
}

func TestADamagedWorkbookIsRefused(t *testing.T) {
	for _, rows := range []string{"<row><c>", `<row r="99999999"><c r="A1"><v>1</v></c></row>`} {
		result, err := Read("x.xlsx", []byte(sheetOf(t, rows, "")), Options{})
		if err == nil || result.Problems[0].Severity != Error {
			t.Errorf("%s: %v", rows, err)
		}
	}
	expect(t, all(t, "x.xlsx", packed(t, "xl/workbook.xml", "<workbook/>"), Options{}), "format_unreadable")
	expect(t, all(t, "x.xlsx",
		string(sheet.OLE2)+"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e", Options{}),
		"format_unreadable")
}
