package bankfile

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"testing"

	"anquanda/internal/question"
	"anquanda/internal/sheet"
)

// What every reader must hold for any bytes: it ends, accounts for everything it
// found, accepts only what can be played, and can say so in JSON.
func fuzzed(t *testing.T, format string, data []byte) {
	limits := Limits{Bytes: 1 << 20, Unpacked: 4 << 20, Cells: 50_000, Questions: 5_000}
	result, err := Read("fuzz", data, Options{Format: format, Limits: limits})
	if err != nil {
		if len(result.Problems) != 1 || result.Problems[0].Code == "" {
			t.Fatalf("refused without a reason: %v", err)
		}
		return
	}
	if result.Found == 0 || result.Found != result.Accepted+result.Rejected ||
		len(result.Questions) != result.Accepted ||
		len(result.Numbers) != result.Accepted || len(result.Rejects) != result.Rejected {
		t.Fatalf("found %d, accepted %d, rejected %d", result.Found, result.Accepted, result.Rejected)
	}
	ids := map[string]bool{}
	for i := range result.Questions {
		q := &result.Questions[i]
		if problems := q.Check(); problems != nil || ids[q.ID] {
			t.Fatalf("accepted %+v: %v", q, problems)
		}
		ids[q.ID] = true
	}
	for i := range result.Rejects {
		if _, err := json.Marshal(&result.Rejects[i].Question); err != nil {
			t.Fatal(err)
		}
	}
	for _, problem := range result.Problems {
		if problem.Message == "" || problem.Severity == "" {
			t.Fatalf("problem %+v", problem)
		}
	}
	bank := &Bank{Questions: result.Questions, Images: result.Images}
	if _, err := Write(io.Discard, "json", bank); err != nil {
		t.Fatal(err)
	}
}

// seeds gives a format what it writes itself, and the shapes of the corpus.
func seeds(f *testing.F, format string, more ...string) {
	var out bytes.Buffer
	bank := &Bank{Name: "种子"}
	for _, q := range examples() {
		if cannot := named(format).Cannot; cannot == nil || cannot(&q) == "" {
			bank.Questions = append(bank.Questions, q)
		}
	}
	if format == "aiken" {
		bank.Questions = []question.Question{examples()[0]}
	}
	if err := named(format).Write(&out, bank); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes())
	for _, text := range more {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, format, data) })
}

func FuzzJSON(f *testing.F) {
	seeds(f, "json", `[{"category":"判断题","title":"水导电。","choices":"**A、正确**B、错误","answer":"A"}]`, `{"水导电。":["对"]}`,
		`[{"id":"1","title":"选","option":["甲","乙"],"answer":"B","analysis":""}]`)
}

func FuzzCSV(f *testing.F) {
	seeds(f, "csv", "题型,题干,选项,答案\n单选题,1.问？,**A.甲**B.乙**C.丙,B\n", "questionAnswer,questionContent\n1,水导电。\n2,油导电。\n",
		"题目,答案\n水导电。,['对']\n")
}

func FuzzText(f *testing.F) {
	seeds(f, "text", "一、单选题\n1.问（ ）。\nA.甲 B.乙\n答案：B。解析：因为。\n参考答案\n1-2 AB", "题目：水导电。^*^答案：正确", "水导电。###[\"对\"]",
		"题库一、单项选择题(1分)1.2025年()。A.甲B.乙【答案】B2.问()。A.1B.2【答案】A")
}

func FuzzGIFT(f *testing.F) {
	seeds(f, "gift", "$CATEGORY: a/b\n\n::t::[html]<p>q</p>{~%50%a#f ~%50%b =c ####g}\n\nq{#1..5}\n\nq{#=1:0 =%50%2:1}\n\n// [id:1] [tag:x]\nq{=a->b =c->d}\n\nq{T#a#b} tail\n\nd", `\~ \= \n {~=a~b}`)
}

func FuzzAiken(f *testing.F) { seeds(f, "aiken", "q\nA) a\nB) b\nANSWER: B\n\nA) x\n\nANSWER: C") }

func FuzzMoodle(f *testing.F) {
	seeds(f, "moodlexml", `<quiz><question type="numerical"><questiontext format="html"><text>`+
		`<![CDATA[<p>q<img src="@@PLUGINFILE@@/a.png"></p>]]></text>`+
		`<file name="a.png" encoding="base64">iVBORw==</file></questiontext><answer fraction="100"><text>1</text>`+
		`<tolerance>0.5</tolerance></answer></question></quiz>`)
}

func FuzzQTI(f *testing.F) {
	item := `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i">` +
		`<responseDeclaration identifier="R" cardinality="single" baseType="string"><correctResponse><value>a</value>` +
		`</correctResponse><mapping><mapEntry mapKey="b" mappedValue="1"/></mapping></responseDeclaration><itemBody>` +
		`<p>q <textEntryInteraction responseIdentifier="R"/></p></itemBody></assessmentItem>`
	f.Add([]byte(item))
	seeds(f, "qti22")
}

// inPackage fuzzes one part inside a package that is otherwise whole, which the
// fuzzer could not reach through the compression.
func inPackage(f *testing.F, format, part string, more ...string) {
	var out bytes.Buffer
	if err := named(format).Write(&out, &Bank{Questions: examples()}); err != nil {
		f.Fatal(err)
	}
	whole, err := sheet.OpenArchive(out.Bytes(), 1<<20)
	if err != nil {
		f.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, file := range whole.File {
		if parts[file.Name], err = sheet.ReadEntry(file, 1<<20); err != nil {
			f.Fatal(err)
		}
	}
	f.Add(parts[part])
	for _, text := range more {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var packed bytes.Buffer
		archive := zip.NewWriter(&packed)
		for name, content := range parts {
			if name == part {
				content = data
			}
			file, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := file.Write(content); err != nil {
				t.Fatal(err)
			}
		}
		if err := archive.Close(); err != nil {
			t.Fatal(err)
		}
		fuzzed(t, format, packed.Bytes())
	})
}

func FuzzDOCX(f *testing.F) {
	inPackage(f, "docx", "word/document.xml", `<w:document xmlns:w="w"><w:body><w:tbl><w:tr><w:tc><w:p><w:r>`+
		`<w:t>题干</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>`+
		`</w:numPr></w:pPr></w:p></w:body></w:document>`)
}

func FuzzXLSX(f *testing.F) { inPackage(f, "xlsx", "xl/worksheets/sheet1.xml") }

func FuzzXLSXStrings(f *testing.F) { inPackage(f, "xlsx", "xl/sharedStrings.xml") }

// FuzzSniff lets the content choose the format.
func FuzzSniff(f *testing.F) {
	for _, format := range []string{"json", "csv", "text", "gift", "moodlexml"} {
		var out bytes.Buffer
		bank := &Bank{Questions: examples()[:3]}
		if err := named(format).Write(&out, bank); err != nil {
			f.Fatal(err)
		}
		f.Add(out.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "auto", data) })
}
