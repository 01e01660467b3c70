package bankfile

import (
	"strings"
	"testing"

	"anquanda/internal/bankfile/draft"
)

// Kinds of files of which a right answer was once read wrongly, a text was changed on
// its way, a question was swallowed or refused without need. Each stands for many faces.

// kindCase is a small file and what it must be read as: a line a question, or the code
// that rejects it.
type kindCase struct {
	shows string
	name  string
	data  string
	want  []string
}

func try(t *testing.T, cases []kindCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.shows, func(t *testing.T) {
			t.Helper()
			expect(t, all(t, c.name, c.data, Options{}), c.want...)
		})
	}
}

func TestAnAnswerWithTwoReadingsIsNeverTakenForARightOne(t *testing.T) {
	try(t, []kindCase{
		{"one answer that fits only as a text makes all of them texts", "a.csv",
			"题干,选项1,选项2,选项3,正确答案\n几具灭火器？,2,4,1,2\n几个月查一次？,3,9,1,9\n",
			[]string{"single | 几具灭火器？ | 2/4/1 | A", "single | 几个月查一次？ | 3/9/1 | B"}},
		{"a place that is also the text of another option is refused", "a.csv",
			"题干,选项1,选项2,选项3,答案\n几个出口？,2,3,1,2\n打哪个？,110,119,120,2\n几人？,1,5,6,1\n",
			[]string{"answer_unclear", "single | 打哪个？ | 110/119/120 | B", "single | 几人？ | 1/5/6 | A"}},
		{"a number in JSON that may be a place or a text is refused", "a.json",
			`[{"question":"几个？","options":["3","2","5"],"answer":2},{"question":"哪个？","options":["甲","乙"],"answer":1}]`,
			[]string{"answer_unclear", "answer_no_letter"}},
		{"two keys with two answers contradict", "a.json",
			`[{"题目":"打哪个？","选项":["110","119"],"答案":"A","正确答案":"B"},{"题目":"着火打？","选项":["119","110"],"答案":"A","正确答案":"119"}]`,
			[]string{"answer_conflict", "single | 着火打？ | 119/110 | A"}},
		{"two columns with two answers contradict", "a.csv",
			"题目,A,B,答案,参考答案\n打哪个？,110,119,A,B\n着火打？,119,110,A,119\n",
			[]string{"answer_conflict", "single | 着火打？ | 119/110 | A"}},
		{"marks that differ from the answer contradict", "a.csv",
			"题目,A,A是否正确,B,B是否正确,答案\n打哪个？,110,0,119,1,A\n着火打？,119,1,110,0,A\n",
			[]string{"answer_conflict", "single | 着火打？ | 119/110 | A"}},
		{"labels in cells contradict their columns", "a.csv",
			"题目,A,B,答案\n打哪个？,B.119,A.110,A\n着火打？,A.119,B.110,A\n",
			[]string{"letters_repeat", "single | 着火打？ | 119/110 | A"}},
		{"letters without options are lost options", "a.csv",
			"题目,答案\n进门先（____）。,C\n要带（____）。,AB\n水的化学式是____。,H2O\n",
			[]string{"options_none", "options_none", "fill | 水的化学式是____。 | H2O"}},
		{"columns without a header that are not all understood are refused", "a.csv",
			"着火了先打哪个电话？,20,true,true,119,110\n触电了先做什么事？,20,true,true,断电,拉人\n", []string{"no_questions"}},
		{"an option that is only the next letter is a misplaced separator", "a.csv",
			"题型,题干,选项,答案\n单选题,打哪个？,A.B.**110**C.119,A\n", []string{"separator_lost"}},
		{"two options worth full marks are two answers", "a.xml",
			`<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="x"><responseDeclaration ` +
				`identifier="R" cardinality="single"><correctResponse><value>a</value></correctResponse><mapping>` +
				`<mapEntry mapKey="a" mappedValue="2"/><mapEntry mapKey="c" mappedValue="2"/></mapping></responseDeclaration>` +
				`<itemBody><choiceInteraction responseIdentifier="R"><prompt>哪个？</prompt><simpleChoice identifier="a">甲` +
				`</simpleChoice><simpleChoice identifier="b">乙</simpleChoice><simpleChoice identifier="c">丙</simpleChoice>` +
				`</choiceInteraction></itemBody></assessmentItem>`, []string{"weights_unclear"}},
	})
}

func TestOneBlankWithSeveralPartsAcceptsThemOrIsUnclear(t *testing.T) {
	const head = "题型,题干,答案\n填空题,填____,"
	for answer, want := range map[string]string{
		"沙;沙子": "fill | 填____ | 沙|沙子", "119/一一九": "fill | 填____ | 119|一一九", "120或一二〇": "fill | 填____ | 120|一二〇",
		"关阀门或开窗": "answer_unclear", "水、沙": "answer_unclear", "≥5": "answer_unclear", "灭火/逃生": "answer_unclear",
		"1/20": "fill | 填____ | 1/20", "km/h": "fill | 填____ | km/h", "2026/6/1": "fill | 填____ | 2026/6/1",
		"10±2": "fill | 填____ | 10", "18~24": "fill | 填____ | 21", "预防为主": "fill | 填____ | 预防为主",
	} {
		expect(t, all(t, "a.csv", head+answer+"\n", Options{}), want)
	}
	result, err := Read("a.csv", []byte(head+"18~24\n填空题,约____米,10±2\n"), Options{})
	if err != nil || result.Accepted != 2 || result.Questions[0].Tolerance[0] != 3 ||
		result.Questions[1].Tolerance[0] != 2 {
		t.Errorf("ranges are read as %+v, %v", result, err)
	}
}

func TestABareLetterBeforeALatinOneIsTheLetterOfItsOption(t *testing.T) {
	try(t, []kindCase{
		{"all options begin with their letters", "a.csv",
			"题型,题干,选项,答案\n单选题,哪种电？,A直流**BX光**CO2**D交流,D\n", []string{"single | 哪种电？ | 直流/X光/O2/交流 | D"}},
		{"words that only look so stay whole", "a.csv",
			"题型,题干,选项,答案\n单选题,哪类？,A类**B类**C类**D类,B\n", []string{"single | 哪类？ | A类/B类/C类/D类 | B"}},
	})
}

func TestAMarkInTheStemThatAgreesWithTheAnswerIsTakenOff(t *testing.T) {
	try(t, []kindCase{{"the mark would tell the answer", "a.csv",
		"题型,题干,选项,答案\n判断题,要报警。（√）,A.正确**B.错误,A\n判断题,能堆纸箱。(F),A.正确**B.错误,B\n" +
			"判断题,能堵门。(T),A.正确**B.错误,B\n",
		[]string{"truefalse | 要报警。（ ） | 正确", "truefalse | 能堆纸箱。（ ） | 错误", "answer_conflict"}}})
}

func TestTheStemIsTheSurestOfSeveralTexts(t *testing.T) {
	try(t, []kindCase{
		{"a question beside a title", "a.json",
			`[{"title":"第三章","question":"打哪个？","options":["110","119"],"answer":"B"}]`,
			[]string{"single | 打哪个？ | 110/119 | B"}},
		{"a content beside a title", "a.json",
			`[{"title":"第三章","content":"打哪个？","options":["110","119"],"answer":"B"}]`,
			[]string{"single | 打哪个？ | 110/119 | B"}},
		{"a title alone", "a.json", `[{"title":"打哪个？","options":["110","119"],"answer":"B"}]`,
			[]string{"single | 打哪个？ | 110/119 | B"}},
	})
}

func TestListsOfOtherProgramsAreReadWhereverTheyStand(t *testing.T) {
	try(t, []kindCase{
		{"a list for each kind", "a.json",
			`{"count":2,"单选题":[{"题干":"打哪个？","选项":["110","119"],"答案":"B"}],"判断题":[{"题干":"要报警。","答案":"对"}]}`,
			[]string{"single | 打哪个？ | 110/119 | B", "truefalse | 要报警。 | 正确"}},
		{"chapters", "a.json",
			`{"chapters":[{"name":"一","items":[{"stem":"打哪个？","options":["110","119"],"answer":"B"}]},` +
				`{"name":"二","items":[{"stem":"要报警。","answer":true}]}]}`,
			[]string{"single | 打哪个？ | 110/119 | B", "truefalse | 要报警。 | 正确"}},
		{"objects by number", "a.json", `{"1":{"question":"打哪个？","A":"110","B":"119","answer":"B"}}`,
			[]string{"single | 打哪个？ | 110/119 | B"}},
		{"stems and answers within a list", "a.json", `{"list":[{"电梯里可以抽烟。":"错","发现火灾要报警。":"对"}]}`,
			[]string{"truefalse | 电梯里可以抽烟。 | 错误", "truefalse | 发现火灾要报警。 | 正确"}},
		{"options as objects with marks or letters", "a.json",
			`[{"question":"哪些能烧？","options":[{"text":"汽油","correct":true},{"text":"沙","correct":false},{"text":"酒精","correct":true}]},` +
				`{"question":"打哪个？","options":[{"key":"B","value":"119"},{"key":"A","value":"110"}],"answer":"B"}]`,
			[]string{"multiple | 哪些能烧？ | 汽油/沙/酒精 | AC", "single | 打哪个？ | 110/119 | B"}},
		{"right answer beside wrong ones", "a.json",
			`{"results":[{"type":"multiple","question":"打哪个？","correct_answer":"119","incorrect_answers":["110","120"]}]}`,
			[]string{"single | 打哪个？ | 119/110/120 | A"}},
		{"answers in words of rightOptions", "a.json",
			`[{"content":"能堵门。","options":["对","错"],"quesTypeStr":"判断题","rightOptions":["错"]}]`,
			[]string{"truefalse | 能堵门。 | 错误"}},
	})
}

func TestTemplatesOfOtherProductsAreRead(t *testing.T) {
	try(t, []kindCase{
		{"Kahoot", "a.csv", "Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters," +
			"Time limit (sec) – 5 or 10 secs,Correct answer(s) - choose at least one\n打哪个？,2,1,10,1\n",
			[]string{"single | 打哪个？ | 2/1 | A"}},
		{"Quizizz", "a.csv", "Question Text,Question Type,Option 1,Option 2,Option 3,Correct Answer,Time in seconds\n" +
			"Text (required),default is Multiple Choice,Text (required),Text (optional),Text (optional),between 1-5,(optional)\n" +
			"打哪个？,Multiple Choice,110,119,120,2,20\n哪些能烧？,Checkbox,汽油,沙,酒精,\"1,3\",20\n" +
			"电话是____,Fill-in-the-Blank,119,一一九,,,20\n" +
			"说说看,Open-Ended,,,,,20\n",
			[]string{"single | 打哪个？ | 110/119/120 | B", "multiple | 哪些能烧？ | 汽油/沙/酒精 | AC",
				"fill | 电话是____ | 119|一一九", "kind_unsupported"}},
		{"Gimkit", "a.csv", "Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2 (Optional)\n打哪个？,119,110,\n",
			[]string{"single | 打哪个？ | 119/110 | A"}},
		{"options named 答案A", "a.csv", "题目,答案A,答案B,正确答案\n" +
			"打哪个？,110,119,B\n", []string{"single | 打哪个？ | 110/119 | B"}},
		{"options named 答案1", "a.csv", "题目,答案1,答案2,正确答案\n" +
			"打哪个？,110,119,2\n", []string{"single | 打哪个？ | 110/119 | B"}},
		{"pairs of option and mark", "a.csv", "题目,选项1,是否正确1,选项2,选项2是否正确\n打哪个？,110,0,119,1\n",
			[]string{"single | 打哪个？ | 110/119 | B"}},
		{"a stem named 问题描述", "a.csv", "问题描述,A,B,答案\n" +
			"打哪个？,110,119,B\n", []string{"single | 打哪个？ | 110/119 | B"}},
		{"a row an option", "a.csv", "题干,选项,是否正确\n打哪个？,110,\n,119,√\n哪些能烧？,汽油,√\n,酒精,√\n,沙,\n",
			[]string{"single | 打哪个？ | 110/119 | B", "multiple | 哪些能烧？ | 汽油/酒精/沙 | AB"}},
		{"Aiken in small letters", "a.txt", "Whom to call?\na) police\nb) fire brigade\nAnswer: b\n",
			[]string{"single | Whom to call? | police/fire brigade | B"}},
		{"a short answer of GIFT without a sign", "a.gift", "Call {119}\n", []string{"fill | Call ____ | 119"}},
	})
}

func TestTextIsReadAsPeoplePasteIt(t *testing.T) {
	const two = "single | 打哪个（ ） | 110/119 | B"
	try(t, []kindCase{
		{"full-width numbers and letters", "a.txt", "１．打哪个（ ）\nＡ．110\nＢ．119\n答案：Ｂ\n", []string{two}},
		{"numbers in circles", "a.txt", "①打哪个（ ）\nA.110\nB.119\n答案：B\n②要报警。\n答案：对\n",
			[]string{two, "truefalse | 要报警。 | 正确"}},
		{"no numbers", "a.txt", "打哪个（ ）\nA.110\nB.119\n答案：B\n\n报警打（ ）\nA.110\nB.119\n答案：A\n",
			[]string{two, "single | 报警打（ ） | 110/119 | A"}},
		{"one lost its number", "a.txt", "1.打哪个（ ）\nA.110\nB.119\n答案：B\n报警打（ ）\nA.110\nB.119\n答案：A\n" +
			"3.要报警。\n答案：对\n",
			[]string{two, "single | 报警打（ ） | 110/119 | A", "truefalse | 要报警。 | 正确"}},
		{"the kind in front", "a.txt", "【单选题】打哪个（ ）\nA.110\nB.119\n答案：B\n2.(判断题,2分)要报警。\n答案：对\n",
			[]string{two, "truefalse | 要报警。 | 正确"}},
		{"a letter alone", "a.txt", "1.打哪个（ ）\nA.110\nB.119\nB\n2.报警打（ ）\nA.110\nB.119\nA\n",
			[]string{two, "single | 报警打（ ） | 110/119 | A"}},
		{"a list inside a stem", "a.txt", "1.先后是：\n1)断电\n2)灭火\n哪个对？\nA.1)2)\nB.2)1)\n答案：A\n",
			[]string{"single | 先后是：1)断电2)灭火哪个对？ | 1)2)/2)1) | A"}},
		{"a list inside a stem, numbered as questions are", "a.txt", "1.先后是：\n1.断电\n2.灭火\n哪个对？\nA.12\nB.21\n" +
			"答案：A\n2.打哪个（ ）\nA.110\nB.119\n答案：B\n",
			[]string{"single | 先后是：1.断电2.灭火哪个对？ | 12/21 | A", two}},
		{"a part that begins again at 1 after a statement", "a.txt", "一、判断题\n1.要报警。\n二、单选题\n1.打哪个（ ）\nA.110\n" +
			"B.119\n答案\n一、判断题\n1.对\n二、单选题\n1.B\n",
			[]string{"truefalse | 要报警。 | 正确", two}},
		{"numbers in brackets of one character", "a.txt", "⑴打哪个（ ）\nA.110\nB.119\n答案：B\n⑵要报警。\n答案：对\n",
			[]string{two, "truefalse | 要报警。 | 正确"}},
		{"the kind and a colon in front", "a.txt", "单选题：打哪个（ ）\nA.110\nB.119\n答案：B\n判断题：要报警（ ）\n答案：对\n",
			[]string{two, "truefalse | 要报警（ ） | 正确"}},
		{"an answer with its reason", "a.txt", "1.打哪个（ ）\nA.110\nB.119\n【答案】：B。因为119是火警\n2.要报警。\n答案：对，因为越早越好\n",
			[]string{two, "truefalse | 要报警。 | 正确"}},
		{"a tick behind the right option", "a.txt", "1.打哪个（ ）\nA.110\nB.119 √\n2.报警打（ ）\nA.110 ✔\nB.119\n",
			[]string{two, "single | 报警打（ ） | 110/119 | A"}},
		{"all answers in one line at the end", "a.txt", "1.打哪个（ ）\nA.110\nB.119\n2.报警打（ ）\nA.110\nB.119\n" +
			"答案：1.B 2.A\n",
			[]string{two, "single | 报警打（ ） | 110/119 | A"}},
		{"an answer behind a sign of LaTeX", "a.txt", "打哪个（ ）\nA 110\nB 119\\ans:B\n报警打（ ）\nA 110\n" +
			"B 119\\ans:A\n",
			[]string{two, "single | 报警打（ ） | 110/119 | A"}},
		{"marks behind the right options", "a.txt", "安全知识测试\n1. 打哪个（ ） [单选题] *\n○110\n○119 (正确答案)\n" +
			"2. 电话是____。 [填空题] *\n________（答案：119）\n",
			[]string{two, "fill | 电话是____。 | 119"}},
		{"what somebody answered", "a.txt", "1.打哪个（ ）\nA.110\nB.119\n我的答案：A\n正确答案：B:119;\n" +
			"0.0分\n", []string{two}},
		{"a letter with another option's text", "a.txt", "1.打哪个（ ）\nA.110\nB.119\n" +
			"正确答案：B:110;\n", []string{"answer_conflict"}},
		{"a block that cannot be read counts", "a.txt", "打哪个（ ）\n甲 110\n乙 119\n\n1.报警打（ ）\nA.110\n" +
			"B.119\n答案：A\n",
			[]string{"text_unread", "single | 报警打（ ） | 110/119 | A"}},
		{"quoted words at the start of a field", "a.csv", "题目,A,B,答案\n\"119\"是什么？,火警,匪警,A\n" +
			"\"先断电,再灭火\"对吗？,对,错,A\n\"整格,\"\"引\"\"\n两行\",甲,乙,B\n",
			[]string{"single | \"119\"是什么？ | 火警/匪警 | A", "truefalse | \"先断电,再灭火\"对吗？ | 正确",
				"single | 整格,\"引\"\n两行 | 甲/乙 | B"}},
		{"letters with accents", "a.csv", "Question,A,B,Answer\nWo h\xe4ngt er?,Flur,B\xfcro,B\n",
			[]string{"single | Wo hängt er? | Flur/Büro | B"}},
		{"letters with accents side by side", "a.csv", "Question;A;B;Answer\nGr\xf6\xdfer als 5 m\xb2?;ja;B\xfcro;A\n",
			[]string{"single | Größer als 5 m²? | ja/Büro | A"}},
		{"characters as pages write them", "a.csv", "题目,A,B,答案\n" +
			"温度&lt;50&#8451;？,10<sup>6</sup>,CO<sub>2</sub>,A\n占&frac12;吗&iquest;,1&permil;,&alpha;&amp;R&D;,B\n",
			[]string{"single | 温度<50℃？ | 10⁶/CO₂ | A", "single | 占½吗¿ | 1‰/α&R&D; | B"}},
	})
}

func TestWordKeepsWhatItsAuthorSees(t *testing.T) {
	p := func(runs string) string { return "<w:p>" + runs + "</w:p>" }
	r := func(text string) string { return "<w:r><w:t>" + text + "</w:t></w:r>" }
	styled := func(style, text string) string {
		return "<w:r><w:rPr>" + style + "</w:rPr><w:t>" + text + "</w:t></w:r>"
	}
	fraction := "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>" +
		"<m:den><m:r><m:t>20</m:t></m:r></m:den></m:f></m:oMath>"
	body := p(r("1. 面积几m")+styled(`<w:vertAlign w:val="superscript"/>`, "2")+styled("<w:vanish/>", "旧")+r("？")) +
		p(r("A. ")+fraction) + p(styled("<w:strike/>", "B. 删了")) +
		p(r("B. H")+styled(`<w:vertAlign w:val="subscript"/>`, "2")) +
		p(r("答案：A")) + p(r("2. 坡度是")+"<w:r><w:object/></w:r>"+r("吗？")) + p(r("答案：对"))
	expect(t, all(t, "a.docx", docxOf(t, body, ""), Options{}), "single | 面积几m²？ | 1/20/H₂ | A", "image_missing")
	expect(t, all(t, "a.docx", docxOf(t, `<w:altChunk r:id="x"/>`, ""), Options{}), "format_unreadable")
}

func TestSheetsSayWhatNoTextCanHold(t *testing.T) {
	cell := func(ref, text string) string {
		return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
	}
	row := func(n, rest string, texts ...string) string {
		out := ""
		for i, text := range texts {
			out += cell(string(rune('A'+i))+n, text)
		}
		return `<row r="` + n + `" ` + rest + `>` + out + `</row>`
	}
	rows := row("1", "", "题干", "A", "B", "答案") + row("2", "", "哪个？", "#REF!", "乙", "A") +
		row("3", "", "哪张？", `=DISPIMG("ID_1",1)`, "乙", "A") + row("4", `hidden="1"`, "打哪个？", "110", "119", "B") +
		`<row r="5">` + cell("A5", "几比几？") + `<c r="B5" s="2"><v>46024</v></c>` + cell("C5", "3:4") + cell("D5", "B") + `</row>`
	result, err := Read("a.xlsx", []byte(sheetOf(t, rows, "")), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := tally(result), "!cell_error 1, !image_in_option 1, date_in_cell 1, hidden_read 1"; got != want {
		t.Errorf("reported %s, not %s", got, want)
	}
	expect(t, all(t, "a.xls", "<html><table><tr><td>题干</td></tr></table></html>", Options{}), "format_unknown")
}

func TestAPassageThatItemsShareIsPartOfTheirStems(t *testing.T) {
	item := func(href string) string {
		return `<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" ` +
			`identifier="` + strings.Trim(href, "./sxml") +
			`"><qti-response-declaration identifier="R" cardinality="single"><qti-correct-response><qti-value>b</qti-value>` +
			`</qti-correct-response></qti-response-declaration><qti-assessment-stimulus-ref identifier="S" href="` + href +
			`"/><qti-item-body><qti-choice-interaction response-identifier="R"><qti-prompt>阀门什么颜色？</qti-prompt>` +
			`<qti-simple-choice identifier="a">蓝</qti-simple-choice><qti-simple-choice identifier="b">红</qti-simple-choice>` +
			`</qti-choice-interaction></qti-item-body></qti-assessment-item>`
	}
	data := packed(t, "imsmanifest.xml", "<manifest/>", "items/1.xml", item("../s/one.xml"),
		"items/2.xml", item("../s/gone.xml"),
		"s/one.xml", `<qti-assessment-stimulus><qti-stimulus-body><p>消火栓漆成红色。</p></qti-stimulus-body></qti-assessment-stimulus>`)
	expect(t, all(t, "a.zip", data, Options{}), "single | 消火栓漆成红色。\n"+
		"阀门什么颜色？ | 蓝/红 | B", "passage_missing")
}

func TestAnIndefiniteChoiceMayHaveOneRightAnswer(t *testing.T) {
	try(t, []kindCase{
		{"where the file says so", "a.csv", "题型,题干,A,B,C,答案\n不定项选择题,哪些能烧？,汽油,沙,水,A\n不定项,哪些？,甲,乙,丙,AC\n" +
			"多选题,哪些会？,甲,乙,丙,B\n",
			[]string{"indefinite | 哪些能烧？ | 汽油/沙/水 | A", "indefinite | 哪些？ | 甲/乙/丙 | AC", "kind_conflict"}},
		{"below a heading", "a.txt", "三、不定项选择题\n1.哪些能烧？\nA.汽油\nB.沙\n答案：A\n",
			[]string{"indefinite | 哪些能烧？ | 汽油/沙 | A"}},
	})
}

func TestTheReadingOfDigitsIsSaidOnceAndCanBeSaid(t *testing.T) {
	const file = "题干,选项1,选项2,选项3,答案\n几个？,2,3,1,2\n打哪个？,110,119,120,2\n"
	result, err := Read("a.csv", []byte(file), Options{})
	if err != nil || tally(result) != "!answer_unclear 1, digits_as_places 1" || result.Problems[0].Cell != "E3" {
		t.Errorf("%s at %s, %v", tally(result), result.Problems[0].Cell, err)
	}
	expect(t, all(t, "a.csv", file, Options{Conventions: draft.Conventions{Digits: draft.DigitPlaces}}),
		"single | 几个？ | 2/3/1 | B", "single | 打哪个？ | 110/119/120 | B")
	expect(t, all(t, "a.csv", file, Options{Conventions: draft.Conventions{Digits: draft.DigitTexts}}),
		"single | 几个？ | 2/3/1 | A", "answer_no_letter")
}
