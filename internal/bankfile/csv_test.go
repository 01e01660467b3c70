package bankfile

import (
	"strings"
	"testing"

	"anquanda/internal/sheet"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const smallCSV = `题型,题干,选项,答案,解析
单选题,1、火警电话是（ ）。,A.110**B.119**C.120,B,119 是火警。
判断题,2、油锅起火可以浇水。,A.正确**B.错误,B,会爆溅。
`

var smallQuestions = []string{"single | 火警电话是（ ）。 | 110/119/120 | B", "truefalse | 油锅起火可以浇水。 | 错误"}

func TestCSVIsReadInTheEncodingsThatComputersInChinaWrite(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(smallCSV)
	if err != nil {
		t.Fatal(err)
	}
	little, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(smallCSV)
	if err != nil {
		t.Fatal(err)
	}
	big, err := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(smallCSV)
	if err != nil {
		t.Fatal(err)
	}
	for encoding, data := range map[string]string{sheet.UTF8: smallCSV, sheet.UTF8BOM: "\xef\xbb\xbf" + smallCSV,
		sheet.GB18030: gb,
		sheet.UTF16LE: little, sheet.UTF16BE: big} {
		result, err := Read("bank.csv", []byte(data), Options{})
		if err != nil || result.Encoding != encoding {
			t.Errorf("%s: %v, read as %s", encoding, err, result.Encoding)
			continue
		}
		expect(t, all(t, "bank.csv", data, Options{}), smallQuestions...)
	}
	expect(t, all(t, "bank.csv", strings.Repeat("abc\xff\xfd\x00qq", 10), Options{}), "encoding_unknown")
}

func TestCSVIsReadWithCommaTabAndSemicolon(t *testing.T) {
	for _, delimiter := range []string{",", "\t", ";"} {
		data := strings.ReplaceAll(smallCSV, ",", delimiter)
		expect(t, all(t, "bank.csv", data, Options{}), smallQuestions...)
		expect(t, all(t, "bank.unknown", data, Options{}), smallQuestions...)
	}
}

func TestHeadersInstructionsAndSectionsAreFound(t *testing.T) {
	const data = `安全生产月知识竞赛题库,,,,,
填写说明：答案写字母,,,,,
试题题干（必填）,A选项,B选项,选项C,标准答案,试题类型
一、单选题,,,,,
3.15 消费者权益日是哪一天？,3月15日,3月5日,5月15日,A,
二、多选题,,,,,
哪些是应急电话,110,119,999,"A，B",
试题题干（必填）,A选项,B选项,选项C,标准答案,试题类型
哪些不是应急电话,10086,119,95598,c、a,
`
	expect(t, all(t, "x.csv", data, Options{}),
		"single | 3.15 消费者权益日是哪一天？ | 3月15日/3月5日/5月15日 | A",
		"multiple | 哪些是应急电话 | 110/119/999 | AB",
		"multiple | 哪些不是应急电话 | 10086/119/95598 | AC")
}

func TestOptionsOfOneCellAreDividedByWhateverDividesThem(t *testing.T) {
	const head = "题型,题干,选项,答案\n"
	want := "single | 先做什么？ | 断电/报警/撤离 | B"
	for _, options := range []string{"A.断电**B.报警**C.撤离", "**A、断电**B、报警**C、撤离", "A:断电##B:报警##C:撤离", "断电|报警|撤离",
		"A.断电$B.报警$C.撤离",
		"断电$$报警$$撤离", "A．断电\nB．报警\nC．撤离", "A.断电 B.报警 C.撤离", "A、断电B、报警C、撤离", "断电;报警;撤离", "（A）断电（B）报警（C）撤离",
		"Ａ.断电Ｂ.报警Ｃ.撤离", `["断电","报警","撤离"]`, `['断电', '报警', '撤离']`, `[{"text":"断电"},{"text":"报警"},{"text":"撤离"}]`,
		"****A断电**B报警**C撤离", "**C.撤离**A.断电**B.报警"} {
		row := `单选题,先做什么？,"` + strings.ReplaceAll(options, `"`, `""`) + `",B`
		expect(t, all(t, "x.csv", head+row, Options{}), want)
	}
}

func TestWhatHasTwoReadingsIsRejectedAndSaysWhy(t *testing.T) {
	const head = "题型,题干,选项,答案\n"
	cases := map[string]string{
		"单选题,问？,A.甲**B.乙 C.丙**D.丁,D":     "separator_lost",
		"单选题,问？,A.甲**B.乙**D.丁,D":         "letters_skip",
		"单选题,问？,A.甲**B.乙**B.丙,B":         "letters_repeat",
		"单选题,问？,A.甲**B.乙**C.丙,D":         "answer_outside",
		"单选题,问？,A.甲**B.乙**C.丙,AB":        "kind_conflict",
		"多选题,问？,A.甲**B.乙**C.丙,A":         "kind_conflict",
		"单选题,问？,A.甲**B.乙**C.丙,丁":         "answer_no_letter",
		"单选题,问？,A.甲**B.乙**C.丙,":          "answer_empty",
		"单选题,问？,A.甲**B.**C.丙,A":          "option_empty",
		"单选题,问？,A.甲**B.甲**C.丙,C":         "option_repeated",
		"单选题,问？,,A":                      "options_none",
		"单选题,问？,A.甲,A":                   "options_too_few",
		"单选题,,A.甲**B.乙,A":                "stem_empty",
		"单选题,A.甲 B.乙 C.丙,A.甲**B.乙,A":     "stem_is_options",
		"单选题,问？,A.B**B.A,A":              "answer_unclear",
		"判断题,问？,A.正确**B.错误**C.不知道,A":     "truefalse_options",
		"判断题,问？,A.有**B.没有,A":             "truefalse_options",
		"判断题,问？,,A":                      "truefalse_unclear",
		"判断题,问？,,2":                      "truefalse_unclear",
		"判断题,问？,A.正确**B.错误,AB":           "kind_conflict",
		"填空题,火警电话是____。,A.119**B.120,A":  "kind_conflict",
		"填空题,____和____。,,119":            "blanks_mismatch",
		"简答题,谈谈安全。,,略":                   "kind_unsupported",
		"奇怪题,问？,A.甲**B.乙,A":              "kind_unknown",
		"单选题,问（A）？,A.甲**B.乙,B":           "answer_conflict",
		"单选题,看/img/a.png选,A.甲**B.乙,B":    "image_missing",
		"单选题,问？,A.甲**B.乙**C.丙用D丁**E.戊,A": "separator_lost",
	}
	for row, code := range cases {
		if got := all(t, "x.csv", head+row, Options{}); len(got) != 1 || got[0] != code {
			t.Errorf("%s: %v, should be %s", row, got, code)
		}
	}
}

func TestTrueAndFalseAreReadInEveryUsualWriting(t *testing.T) {
	const head = "题型,题干,答案\n"
	for _, word := range []string{"正确", "对", "√", "T", "true", "是", "1", "Ｔ", "对。"} {
		expect(t, all(t, "x.csv", head+"判断题,水导电。,"+word, Options{}), "truefalse | 水导电。 | 正确")
	}
	for _, word := range []string{"错误", "错", "×", "F", "FALSE", "否", "0", "不正确"} {
		expect(t, all(t, "x.csv", head+"判断题,水导电。,"+word, Options{}), "truefalse | 水导电。 | 错误")
	}
	expect(t, all(t, "x.csv", head+"判断题,水导电。,1\n判断题,油导电。,2", Options{}),
		"truefalse | 水导电。 | 正确", "truefalse | 油导电。 | 错误")
}

func TestBlanksAreFoundAndTheirAnswersDivided(t *testing.T) {
	const head = "题型,题干,答案\n"
	cases := map[string]string{
		"填空题,火警电话是____。,119|一一九":              "fill | 火警电话是____。 | 119|一一九",
		"填空题,火警（ ）急救（ ）,119；120":              "fill | 火警____急救____ | 119；120",
		"填空题,火警(%___%)急救(%___%),119、120":      "fill | 火警____急救____ | 119；120",
		"填空题,火警电话是多少？,119":                    "fill | 火警电话是多少？____ | 119",
		`填空题,____、____,"[[""a;b""],[""c""]]"`: `fill | ____、____ | [["a;b"],["c"]]`,
	}
	for row, want := range cases {
		expect(t, all(t, "x.csv", head+row, Options{}), want)
	}
}

func TestCorrectnessColumnsMarkTheRightOptions(t *testing.T) {
	const data = "题干,选项A,A是否正确,选项B,B是否正确,选项C,C是否正确\n哪些是急救电话？,119,,120,√,999,√\n"
	expect(t, all(t, "x.csv", data, Options{}), "multiple | 哪些是急救电话？ | 119/120/999 | BC")
}

func TestNumbersLeaveTheStemOnlyWhenTheyAreNumbers(t *testing.T) {
	const head = "题型,题干,答案\n"
	data := head + "判断题,1一般电线有绝缘层,对\n判断题,2铜线导电,对\n判断题,3铁线导电,对\n判断题,110是报警电话,对\n判断题,119是火警电话,对\n判断题,24小时都能拨打,对\n判断题,1.5米以上要护栏,对\n"
	expect(t, all(t, "x.csv", data, Options{}), "truefalse | 一般电线有绝缘层 | 正确", "truefalse | 铜线导电 | 正确",
		"truefalse | 铁线导电 | 正确",
		"truefalse | 110是报警电话 | 正确", "truefalse | 119是火警电话 | 正确", "truefalse | 24小时都能拨打 | 正确",
		"truefalse | 1.5米以上要护栏 | 正确")
	for _, number := range []string{"1.", "1、", "1．", "1，", "1 ", "1．、", "第1题", "(1)"} {
		second, third := strings.ReplaceAll(number, "1", "2"), strings.ReplaceAll(number, "1", "3")
		data := head + "判断题," + number + "水导电,对\n判断题," + second + "铜导电,对\n判断题," + third + "铁导电,对"
		got := all(t, "x.csv", data, Options{})
		expect(t, got, "truefalse | 水导电 | 正确", "truefalse | 铜导电 | 正确", "truefalse | 铁导电 | 正确")
	}
}

func TestTheSameStemIsCompared(t *testing.T) {
	const head = "题型,题干,选项,答案\n"
	data := head + "单选题,火警电话？,A.110**B.119,B\n单选题,火警电话?,A.119**B.110,A\n单选题,火警电话,A.110**B.119,A\n单选题,下列说法正确的是,A.甲**B.乙,A\n单选题,下列说法正确的是,A.丙**B.丁,A"
	expect(t, all(t, "x.csv", data, Options{}), "stem_two_answers", "duplicate", "stem_two_answers",
		"single | 下列说法正确的是 | 甲/乙 | A", "single | 下列说法正确的是 | 丙/丁 | A")
	data = head + "判断题,水导电。,,对\n判断题,水导电,,对\n判断题,u是电压,,对\n判断题,U是电压,,错"
	expect(t, all(t, "x.csv", data, Options{}), "truefalse | 水导电。 | 正确", "duplicate", "truefalse | u是电压 | 正确",
		"truefalse | U是电压 | 错误")
}

func TestWrittenCSVCannotCarryAFormula(t *testing.T) {
	bank := &Bank{Questions: examples()[:1]}
	bank.Questions[0].Stem = `=HYPERLINK("http://x","y")`
	var out strings.Builder
	if _, err := Write(&out, "csv", bank); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `"'=HYPERLINK`) {
		t.Errorf("not guarded: %s", out.String())
	}
}
