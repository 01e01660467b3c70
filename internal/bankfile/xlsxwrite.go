package bankfile

import (
	"fmt"
	_ "image/gif" // excelize measures pictures
	_ "image/jpeg"
	_ "image/png"
	"io"
	"path"
	"slices"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/question"
)

// Names of the sheets that we write.
const (
	questionSheet = "题目"
	helpSheet     = "填写说明"
)

// writeXLSX writes the sheet that the template has. Every cell is a text, which
// no spreadsheet takes for a formula.
func writeXLSX(w io.Writer, bank *Bank) error { return writeBook(w, bank, help) }

func writeBook(w io.Writer, bank *Bank, help []string) error {
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", questionSheet); err != nil {
		return err
	}
	if err := writeRows(book, bank); err != nil {
		return err
	}
	for i := range bank.Questions {
		if err := addPicture(book, bank, i); err != nil {
			return err
		}
	}
	if err := writeHelp(book, help); err != nil {
		return err
	}
	book.SetActiveSheet(0)
	return book.Write(w)
}

func writeRows(book *excelize.File, bank *Bank) error {
	header, options := tableHeader(bank)
	rows := [][]string{header}
	for i := range bank.Questions {
		q := bank.Questions[i]
		if _, ok := bank.Images[q.Image]; !ok {
			q.Image = ""
		}
		rows = append(rows, tableRow(&q, options))
	}
	if err := widen(book, len(header)); err != nil {
		return err
	}
	for i, row := range rows {
		for column, text := range row {
			if text == "" {
				continue
			}
			ref, err := excelize.CoordinatesToCellName(column+1, i+1)
			if err != nil {
				return err
			}
			if err := book.SetCellStr(questionSheet, ref, text); err != nil {
				return err
			}
		}
	}
	return book.SetPanes(questionSheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// widen gives the stem room and the header a heavy face.
func widen(book *excelize.File, columns int) error {
	if err := book.SetColWidth(questionSheet, "C", "C", 48); err != nil {
		return err
	}
	style, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8F1EC"}}})
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(columns, 1)
	if err != nil {
		return err
	}
	return book.SetCellStyle(questionSheet, "A1", last, style)
}

// addPicture puts a question's picture into its cell, beside its name. What is no
// picture that a spreadsheet can show is left out, name and all; Write reports it.
func addPicture(book *excelize.File, bank *Bank, i int) error {
	content, ok := bank.Images[bank.Questions[i].Image]
	if !ok {
		return nil
	}
	ref := "D" + itoa(i+2)
	err := book.AddPictureFromBytes(questionSheet, ref, &excelize.Picture{
		Extension: path.Ext(bank.Questions[i].Image), File: content,
		Format: &excelize.GraphicOptions{AutoFit: true, LockAspectRatio: true}})
	if err != nil {
		return book.SetCellStr(questionSheet, ref, "")
	}
	return nil
}

var help = []string{
	"每行一道题，第一行的表头不要改动；不用的列可以空着。",
	"题型：单选题、多选题、判断题、填空题、排序题、连线题。",
	"题干：填空题里每个空写成 ____（四个下划线）。",
	"选项：一个选项写一列，不用写字母；判断题不写选项；连线题在这里写左边的各项。",
	"匹配项：只有连线题要写，每行一个右边的项，前面写 A. B. C.",
	"答案：单选写一个字母，如 B；多选写几个字母，如 ACD；判断写“正确”或“错误”；",
	"　　　填空各空之间用；隔开，同一个空的几种写法用 | 隔开，如 119|一一九；120；",
	"　　　排序写正确的顺序，如 BCA；连线依次写各左项对应的字母，如 CAB。",
	"允许误差：填空的答案是数时，可以写允许的误差，如 0.5。",
	"依据、条款、版本、施行日期：答案出自哪部法规的哪一条，日期写成 2021-09-01。",
	"难度：1（人人应知）到 5（专业人员）。适用对象：企业、农村、社区、学校、家庭，可写几个，用、隔开。",
	"图片：把图片插入到这一题的“图片”单元格里。",
	"导入时会逐题检查，有问题的题会说明在哪一格、为什么、怎样改。",
}

func writeHelp(book *excelize.File, help []string) error {
	if _, err := book.NewSheet(helpSheet); err != nil {
		return err
	}
	if err := book.SetColWidth(helpSheet, "A", "A", 110); err != nil {
		return err
	}
	for i, line := range help {
		if err := book.SetCellStr(helpSheet, "A"+itoa(i+1), line); err != nil {
			return err
		}
	}
	return nil
}

// WriteTemplate writes the workbook that organizers fill in: the sheet of
// questions with an example of each kind, and the sheet of instructions.
func WriteTemplate(w io.Writer) error {
	bank := &Bank{Name: "模板", Questions: examples()}
	note := fmt.Sprintf("前 %d 题是例子，一种题型一道，请换成自己的题，用不着的整行删去。", len(bank.Questions))
	return writeBook(w, bank, slices.Insert(slices.Clone(help), 1, note))
}

// examples are one question of each kind.
func examples() []question.Question {
	law := question.Source{Title: "中华人民共和国消防法", Article: "第四十四条", Version: "2021年修正", Effective: "2021-04-29"}
	return []question.Question{
		{ID: "例1", Kind: question.Single, Stem: "发现火灾时，应当拨打哪个电话报警？", Options: []string{"110", "119", "120", "122"}, Right: []int{1},
			Explanation: "119 是火警电话，任何人发现火灾都应当立即报警。", Source: law, Topics: []string{"消防"}, Difficulty: 1, Audience: []string{"家庭", "社区"}},
		{ID: "例2", Kind: question.Multiple, Stem: "报火警时应当说清哪些情况？", Options: []string{"起火的地址", "燃烧的东西", "有没有人被困", "自己的工资"}, Right: []int{0, 1, 2},
			Explanation: "说清地点、烧的是什么、有没有人被困，消防员才能带对装备、找对地方。", Topics: []string{"消防", "应急电话"}, Difficulty: 2},
		{ID: "例3", Kind: question.TrueFalse, Stem: "任何人发现火灾都应当立即报警。", Options: question.TrueFalseOptions, Right: []int{0},
			Explanation: "消防法规定任何人发现火灾都应当立即报警。", Source: law, Difficulty: 1},
		{ID: "例4", Kind: question.Fill, Stem: "火警电话是____，急救电话是____。", Blanks: [][]string{{"119", "一一九"}, {"120", "一二〇"}}, Difficulty: 1},
		{ID: "例5", Kind: question.Ordering, Stem: "使用手提式干粉灭火器，按先后排列。", Options: []string{"对准火焰根部", "拔掉保险销", "压下压把"}, Right: []int{1, 0, 2}, Difficulty: 2, Score: 2},
		{ID: "例6", Kind: question.Matching, Stem: "把电话号码与用途连起来。", Options: []string{"110", "119", "120"}, Matches: []string{"火警", "报警", "急救"}, Right: []int{1, 0, 2}, Difficulty: 1},
	}
}
