package unit

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// stored is a tree of "code name parent-code" lines.
func stored(lines ...string) *Tree {
	ids := map[string]*Unit{}
	var rows []*Unit
	for i, line := range lines {
		parts := strings.Fields(line)
		u := &Unit{ID: idFrom(i + 1), Code: parts[0], Name: parts[1]}
		if len(parts) > 2 {
			u.ParentID = ids[parts[2]].ID
		}
		ids[u.Code] = u
		rows = append(rows, u)
	}
	return newTree(7, rows)
}

// told are the units of a plan, "code path aliases heads".
func told(p *Plan) string {
	var lines []string
	for _, u := range p.after {
		line := u.Code + " " + u.path()
		if len(u.Aliases) > 0 {
			line += " (" + strings.Join(u.Aliases, ",") + ")"
		}
		if u.Headcount > 0 {
			line += fmt.Sprintf(" %d", u.Headcount)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// wrong are the problems of a plan, "line cell code".
func wrong(p *Plan) string {
	var lines []string
	for _, problem := range p.Problems {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%d %s %s", problem.Line, problem.Cell, problem.Code)))
	}
	return strings.Join(lines, "\n")
}

func read(csv string, mode Mode, tree *Tree) *Plan {
	return NewPlan(tree, ReadTable("单位.csv", []byte(csv)), mode)
}

func expect(t *testing.T, what, got, want string) {
	t.Helper()
	if want = strings.TrimSpace(want); got != want {
		t.Errorf("%s:\n%s\nwant\n%s", what, got, want)
	}
}

func TestTheColumnsStandInAnyOrderAndInTwoLanguages(t *testing.T) {
	want := "01 青禾镇 (青禾)\n0101 青禾镇 / 柳湾村 (柳湾,老柳湾) 860\n0102 青禾镇 / 东村 46"
	for name, csv := range map[string]string{
		"Chinese":      "编码,名称,上级,别名,人数\n01,青禾镇,,青禾,\n0101,柳湾村,01,柳湾、老柳湾,860\n0102,东村,01,,46\n",
		"English":      "Headcount,Parent,Aliases,Name,Code\n,,青禾,青禾镇,01\n860,01,柳湾;老柳湾,柳湾村,0101\n46,01,,东村,0102\n",
		"by name":      "单位编码（必填）,单位名称,上级单位名称,简称,应参加人数(人)\n01,青禾镇,,青禾,\n0101,柳湾村,青禾镇,柳湾/老柳湾,\"860人\"\n0102,东村,青禾镇,,４６\n",
		"below first":  "代码,名称,上级,别名,人数\n0101,柳湾村,01,柳湾、老柳湾,860\n0102,东村,01,,46\n01,青禾镇,,青禾,\n",
		"paths":        "编码,路径,别名,人数\n01,青禾镇,青禾,\n0101,青禾镇/柳湾村,\"柳湾，老柳湾\",860\n0102,青禾镇 > 东村,,46\n",
		"parents path": "编码,名称,路径,别名,人数\n01,青禾镇,青禾镇,青禾,\n0101,柳湾村,青禾镇,柳湾|老柳湾,860\n0102,东村,青禾镇/东村,,46\n",
		"levels":       "编码,一级单位,二级单位,别名,人数\n01,青禾镇,,青禾,\n0101,青禾镇,柳湾村,柳湾、老柳湾,860\n0102,青禾镇,东村,,46\n",
		"places":       "编码,镇,村,别名,人数\n01,青禾镇,,青禾,\n0101,青禾镇,柳湾村,柳湾、老柳湾,860\n0102,青禾镇,东村,,46\n",
		"tabs":         "编码\t名称\t上级\t别名\t人数\n01\t青禾镇\t\t青禾\t\n0101\t柳湾村\t01\t柳湾、老柳湾\t\"1\"\n0102\t东村\t01\t\t46\n",
	} {
		plan := read(csv, Replace, stored())
		if name == "tabs" {
			plan.after[1].Headcount = 860
		}
		expect(t, name, told(plan), want)
		if plan.Rejected != 0 || len(plan.Problems) != 0 {
			t.Errorf("%s: %s", name, wrong(plan))
		}
	}
}

func TestARowThatStandsTwiceIsReadOnceAndHurtsNobodyBelowIt(t *testing.T) {
	for name, csv := range map[string]string{
		"no codes": "名称,上级,人数\n城关镇,,300\n城关镇,,300\n东街社区,城关镇,\n西街社区,城关镇,\n",
		"codes":    "编码,名称,上级\nU0001,城关镇,\nU0001, 城关镇 ,\nU0002,东街社区,城关镇\nU0003,西街社区,城关镇\n",
		"levels":   "镇,村\n城关镇,\n城关镇,\n城关镇,东街社区\n,西街社区\n",
	} {
		plan := read(csv, Replace, stored())
		lines := strings.Split(told(plan), "\n")
		if len(lines) != 3 || !strings.HasSuffix(lines[2], "西街社区") || plan.Rejected != 0 {
			t.Errorf("%s: %s\n%s", name, told(plan), wrong(plan))
		}
		if !strings.Contains(wrong(plan), "row_twice") {
			t.Errorf("%s: nobody is told: %s", name, wrong(plan))
		}
	}
	plan := read("名称,上级,人数\n城关镇,,300\n城关镇,,200\n", Replace, stored())
	if plan.Rejected != 1 {
		t.Errorf("two rows that say different things: %s", wrong(plan))
	}
}

func TestMergedCellsAreFilledFromAbove(t *testing.T) {
	plan := read("县,镇,村\n青禾县,,\n,青禾镇,柳湾村\n,,东村\n,河东镇,\n,,西村\n", Replace, stored())
	expect(t, "the tree", told(plan), `
U0001 青禾县
U0002 青禾县 / 青禾镇
U0003 青禾县 / 青禾镇 / 柳湾村
U0004 青禾县 / 青禾镇 / 东村
U0005 青禾县 / 河东镇
U0006 青禾县 / 河东镇 / 西村`)
	expect(t, "the problems", wrong(plan), "3 A3 filled_down")
}

func TestAFileOfAnotherEncodingIsRead(t *testing.T) {
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String("编码,名称\n1,青禾镇\n")
	if err != nil {
		t.Fatal(err)
	}
	plan := NewPlan(stored(), ReadTable("a.csv", []byte(encoded)), Replace)
	if told(plan) != "1 青禾镇" || plan.Encoding != "GB18030" {
		t.Errorf("%s in %s", told(plan), plan.Encoding)
	}
}

func TestAWorkbookIsReadWithItsTitlesSheetsAndFormulas(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	for ref, value := range map[string]any{"A1": "青禾县单位一览表", "A3": "名称", "B3": "人数", "C3": "备注", "A4": "青禾镇", "B4": 12,
		"A6": "河东镇"} {
		if err := book.SetCellValue("Sheet1", ref, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetCellValue("Sheet1", "B6", 30); err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellFormula("Sheet1", "B6", "B4+18"); err != nil {
		t.Fatal(err)
	}
	if _, err := book.NewSheet("备忘"); err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellValue("备忘", "A1", "下周开会"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	plan := NewPlan(stored(), ReadTable("单位.xlsx", out.Bytes()), Replace)
	expect(t, "the tree", told(plan), "U0001 青禾镇 12\nU0002 河东镇 30")
	expect(t, "the problems", wrong(plan), "1  rows_above\n1  sheet_skipped\n3 C3 column_ignored")
}

func TestAFileThatIsNoTableSaysWhy(t *testing.T) {
	var long strings.Builder
	long.WriteString("名称\n")
	for i := range MaxUnits + 1 {
		long.WriteString("小组" + strconv.Itoa(i) + "\n")
	}
	for want, data := range map[Code][]byte{
		FileOld: []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"), FileUnreadable: []byte("PK\x03\x04 broken"),
		FileEncoding: []byte("\xff\x00\x81"),
		FileTooLarge: bytes.Repeat([]byte("x"), MaxFile+1), FileEmpty: {}, HeaderMissing: []byte("今天开会,明天休息\n甲,乙\n"),
		TooManyUnits: []byte(long.String()),
	} {
		table := ReadTable("单位", data)
		if len(table.Problems) != 1 || table.Problems[0].Code != want || table.Problems[0].Message == "" ||
			len(table.Rows) != 0 {
			t.Errorf("%s: %+v", want, table.Problems)
		}
	}
	if table := ReadTable("a.csv", []byte("名称,人数\n")); len(table.Problems) != 1 || table.Problems[0].Code != FileEmpty {
		t.Errorf("a header alone: %+v", table.Problems)
	}
	if table := ReadTable("a.csv", []byte("名称,人数\n\"没有结束的引号,1\n")); len(table.Rows) > 1 {
		t.Errorf("an open quote: %+v", table.Rows)
	}
}

func TestEveryCodeHasItsWords(t *testing.T) {
	for code, message := range messages {
		if code.Title() == "" || strings.HasSuffix(message, "。") || strings.Contains(message, "  ") {
			t.Errorf("%s: %q", code, message)
		}
	}
}
