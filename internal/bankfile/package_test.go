package bankfile

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/sheet"
)

// packed makes a zip of names and contents, in pairs.
func packed(t *testing.T, pairs ...string) string {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for i := 0; i < len(pairs); i += 2 {
		file, err := archive.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write([]byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func docxOf(t *testing.T, body, numbering string) string {
	t.Helper()
	return packed(t, "[Content_Types].xml", "<Types/>", "word/document.xml",
		`<w:document xmlns:w="w"><w:body>`+body+`</w:body></w:document>`,
		"word/numbering.xml", `<w:numbering xmlns:w="w">`+numbering+`</w:numbering>`)
}

func TestWordNumbersThatAreNotInTheTextAreCounted(t *testing.T) {
	const numbering = `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>` +
		`<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>` +
		`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%2."/></w:lvl>` +
		`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`
	p := func(level, text string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r>` +
			`<w:t>` + text + `</w:t></w:r></w:p>`
	}
	body := p("0", "火警电话是") + p("1", "110") + p("1", "119") + `<w:p><w:r><w:t>答案：B</w:t></w:r></w:p>` +
		p("0", "急救电话是") + p("1", "120") + p("1", "119") + `<w:p><w:r><w:t>答案：</w:t></w:r><w:del><w:r><w:t>B</w:t>` +
		`</w:r></w:del><w:r><w:t>A</w:t></w:r></w:p>`
	expect(t, all(t, "x.docx", docxOf(t, body, numbering), Options{}), "single | 火警电话是 | 110/119 | B",
		"single | 急救电话是 | 120/119 | A")
}

func TestAWordTableWithAHeaderIsASheet(t *testing.T) {
	row := func(cells ...string) string {
		out := "<w:tr>"
		for _, text := range cells {
			out += "<w:tc><w:p><w:r><w:t>" + text + "</w:t></w:r></w:p></w:tc>"
		}
		return out + "</w:tr>"
	}
	body := "<w:tbl>" + row("题干", "选项", "答案") + row("火警电话是", "A.110**B.119", "B") + "</w:tbl>"
	expect(t, all(t, "x.docx", docxOf(t, body, ""), Options{}), "single | 火警电话是 | 110/119 | B")
}

func TestExcelSheetsHeadersAndKindsBySheetName(t *testing.T) {
	book := excelize.NewFile()
	rows := map[string][][]any{
		"Sheet1": {{"题干", "A", "B", "答案"}, {"火警电话", 110, 119, "B"}, {}, {"急救电话", 120, 119, "A"}},
		"判断题":    {{"本表只有判断题"}, {"题目", "答案"}, {"水导电", "√"}},
		"参考":     {{"联系人", "电话"}, {"张三", "123"}},
		"续": {{"单选题", "1.厂内安全色中红色表示什么意思？", "**A.禁止**B.警告", "A"},
			{"单选题", "2.厂内安全色中黄色表示什么意思？", "**A.禁止**B.警告", "B"}},
	}
	for _, name := range []string{"Sheet1", "判断题", "参考", "续"} {
		if name != "Sheet1" {
			if _, err := book.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		for i, row := range rows[name] {
			ref, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := book.SetSheetRow(name, ref, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	data, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	expect(t, all(t, "x.xlsx", data.String(), Options{}), "single | 火警电话 | 110/119 | B",
		"single | 急救电话 | 120/119 | A", "truefalse | 水导电 | 正确",
		"single | 厂内安全色中红色表示什么意思？ | 禁止/警告 | A", "single | 厂内安全色中黄色表示什么意思？ | 禁止/警告 | B")
	result, _ := Read("x.xlsx", data.Bytes(), Options{})
	if got := tally(result); got != "header_inferred 1, number_removed 2, sheet_skipped 1, text_ignored 1" {
		t.Errorf("reported %s", got)
	}
	if p := result.Problems[len(result.Problems)-1]; p.Sheet != "续" || p.Cell != "B2" || p.Line != 2 ||
		p.File != "x.xlsx" {
		t.Errorf("the place is %+v", p)
	}
}

func TestMoodleXMLKeepsPicturesAndRefusesSound(t *testing.T) {
	question := func(kind, stem, more string) string {
		return `<question type="` + kind + `"><questiontext format="html"><text><![CDATA[` + stem + `]]></text>` +
			more + `</question>`
	}
	data := "<quiz>" +
		question("shortanswer", `<p>这是&nbsp;<b>什么</b>？</p><img src="@@PLUGINFILE@@/a.png">`,
			`<file name="a.png" encoding="base64">iVBORw==</file></questiontext><answer fraction="100">`+
				`<text>标志</text></answer>`) +
		question("truefalse", "听一听", `<file name="a.mp3" encoding="base64">AAAA</file></questiontext>`+
			`<answer fraction="100"><text>true</text></answer>`) +
		question("multichoice", "选", `</questiontext><single>true</single><answer fraction="100"><text>甲</text>`+
			`</answer><answer fraction="0"><text>乙</text></answer>`) +
		question("multichoice", `<img src="http://x/b.png">选图`, `</questiontext><single>true</single>`+
			`<answer fraction="100"><text>甲</text></answer><answer fraction="0"><text>乙</text></answer>`) +
		question("gapselect", "填", "</questiontext>") + "</quiz>"
	expect(t, all(t, "x.xml", data, Options{}), "fill | 这是 什么？____ | 标志", "kind_unsupported", "single | 选 | 甲/乙 | A",
		"image_missing", "kind_unsupported")
	result, _ := Read("x.xml", []byte(data), Options{})
	if len(result.Images) != 1 || result.Images[result.Questions[0].Image] == nil {
		t.Errorf("images %v", result.Images)
	}
}

func TestQTINamesWhatItLacks(t *testing.T) {
	item := func(declaration, body string) string {
		return `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i">` + declaration +
			`<itemBody>` + body + `</itemBody></assessmentItem>`
	}
	const right = `<responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse>` +
		`<value>b</value></correctResponse></responseDeclaration>`
	const choice = `<p>问？</p><choiceInteraction responseIdentifier="R" maxChoices="1">` +
		`<simpleChoice identifier="a">甲</simpleChoice><simpleChoice identifier="b">乙</simpleChoice></choiceInteraction>`
	expect(t, all(t, "x.xml", item(right, choice), Options{}), "single | 问？ | 甲/乙 | B")
	expect(t, all(t, "x.xml", item("", choice), Options{}), "answer_empty")
	expect(t, all(t, "x.xml", item(right, `<p>画</p><drawingInteraction responseIdentifier="R"/>`), Options{}),
		"kind_unsupported")
	expect(t, all(t, "x.xml", item(right, choice+choice), Options{}), "kind_unsupported")
	expect(t, all(t, "x.zip", packed(t, "imsmanifest.xml", "<manifest/>", "a.xml", item(right, choice), "b.xml",
		`<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1">`), Options{}),
		"single | 问？ | 甲/乙 | B", "malformed")
}

func TestBombsAreRefused(t *testing.T) {
	zeros := strings.Repeat("\x00", 8<<20)
	deep := strings.Repeat("<p>", 500) + strings.Repeat("</p>", 500)
	many := strings.Repeat("<question/>", 200)
	lines := "题干,答案\n" + strings.Repeat("水导电,对\n", 300)
	cases := []struct {
		name, data string
		limits     Limits
		code       Code
	}{
		{"a.xlsx", packed(t, "xl/workbook.xml", zeros), Limits{}, draft.LimitUnpacked},
		{"a.docx", packed(t, "word/document.xml", strings.Repeat("<a/>", 1000)), Limits{Unpacked: 1000},
			draft.LimitUnpacked},
		{"a.zip", packed(t, "imsmanifest.xml", "<manifest/>", "a.xml", "<assessmentItem>"+zeros), Limits{},
			draft.LimitUnpacked},
		{"a.xml", "<quiz>" + deep + "</quiz>", Limits{}, draft.LimitNesting},
		{"a.xml", "<quiz>" + many + "</quiz>", Limits{Cells: 100}, draft.LimitNesting},
		{"a.xml", `<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>`, Limits{},
			draft.LimitNesting},
		{"a.csv", lines, Limits{Cells: 100}, draft.LimitNesting},
		{"a.csv", lines, Limits{Questions: 100}, draft.LimitQuestions},
		{"a.csv", lines, Limits{Bytes: 100}, draft.LimitBytes},
		{"a.zip", packed(t, "readme.md", "hello"), Limits{}, draft.FormatUnknown},
		{"a.xlsx", "PK\x03\x04 not a zip", Limits{}, draft.FormatUnknown},
		{"a.xls", string(sheet.OLE2) + "...", Limits{}, draft.FormatOld},
	}
	for _, c := range cases {
		result, err := Read(c.name, []byte(c.data), Options{Limits: c.limits})
		if err == nil || result.Problems[0].Code != c.code || result.Problems[0].Message == "" {
			t.Errorf("%s: %v, should be %s", c.name, err, c.code)
		}
	}
}

func TestAFormatCanBeForced(t *testing.T) {
	const data = "1. 水导电。\n答案：正确\n"
	expect(t, all(t, "x.csv", data, Options{Format: "text"}), "truefalse | 水导电。 | 正确")
	expect(t, all(t, "x.csv", data, Options{Format: "nonsense"}), "format_unknown")
}
